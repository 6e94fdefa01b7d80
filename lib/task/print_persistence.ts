import type { PersistenceReport } from "../measure/persistence_report.ts";
import { traitNames } from "../snapshot/traits.ts";
import { ends } from "./print_kinship.ts";
import { numberText, percent, table } from "../display/text_table.ts";

/** What became of traits and license terms, as text for a terminal. */
export function printPersistence(report: PersistenceReport): string {
  const { traits, violations: { overall, share, interval, byYear, byPair } } = report;
  return [
    "\nLineages whose root's value is still declared after one and two steps, and half-life in steps (95%)",
    table([
      ["trait", "lineages", "one step", "two steps", "half-life", "95%"],
      ...traitNames.map((trait) => {
        const { lineages, generations, halfLife } = traits[trait];
        const kept = (steps: number) => {
          const found = generations.find(({ generation }) => generation === steps);
          return found === undefined ? "–" : percent(found.kept, found.lineages);
        };
        return [
          trait,
          numberText(lineages),
          kept(1),
          kept(2),
          numberText(halfLife.fitted, { digits: 2 }),
          ends(halfLife.interval),
        ];
      }),
    ]),
    "\nEdges that break the terms of the parent's license, as data/license_moves.csv reads them",
    `  ${numberText(overall.broken)} of ${numberText(overall.judged)} judged edges${
      share === null ? "" : ` (${percent(share, 1)}${interval ? `, 95% ${ends(interval)}` : ""})`
    }`,
    table([
      ["license of the parent and of the child", "judged", "broken", "share"],
      ...byPair.filter(({ broken }) => broken > 0).slice(0, 10).map((
        { from, to, judged, broken },
      ) => [`${from} > ${to}`, numberText(judged), numberText(broken), percent(broken, judged)]),
    ]),
    table([
      ["year", "judged", "broken", "share"],
      ...byYear.map(({ year, judged, broken }) => [
        String(year ?? "undated"),
        numberText(judged),
        numberText(broken),
        percent(broken, judged),
      ]),
    ]),
  ].join("\n");
}
