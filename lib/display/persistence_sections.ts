import type { PersistenceReport } from "../measure/persistence_report.ts";
import { traitNames } from "../snapshot/traits.ts";
import { Estimate, intervalText } from "./estimate.ts";
import type { Section } from "./sections.ts";
import { shareOf } from "./shares.ts";
import { numberText } from "./text_table.ts";

/** What became of traits and of the terms of licenses, as tables. */
export function persistenceSections({ traits, violations }: PersistenceReport): Section[] {
  const { overall, share, interval, byPair, byYear } = violations;
  const around = interval === null
    ? ""
    : `, 95% ${intervalText([100 * interval[0], 100 * interval[1]], { digits: 1 })}%`;
  const broken = {
    headings: { share: "of them" },
    units: { share: "%" },
    digits: { share: 1 },
  };
  return [
    {
      title: "Persistence of traits",
      words: ["Lineages in which the root's value is still declared after one and two steps."],
      rows: traitNames.map((trait) => {
        const { lineages, generations, halfLife } = traits[trait];
        const kept = (steps: number) => {
          const found = generations.find(({ generation }) => generation === steps);
          return found === undefined ? null : shareOf(found.kept, found.lineages);
        };
        return {
          trait,
          lineages,
          one: kept(1),
          two: kept(2),
          halfLife: new Estimate(halfLife.fitted, halfLife.interval),
        };
      }),
      options: {
        headings: { one: "after one step", two: "after two", halfLife: "half-life" },
        units: { one: "%", two: "%", halfLife: "steps" },
        digits: { one: 1, two: 1, halfLife: 2 },
      },
    },
    {
      title: "Edges that break the terms of the parent's license",
      words: [
        `${numberText(overall.broken)} of ${numberText(overall.judged)} judged edges${
          share === null ? "" : ` (${numberText(100 * share, { digits: 1 })}%${around})`
        }.`,
      ],
      rows: byPair.filter((pair) => pair.broken > 0).slice(0, 10)
        .map((pair) => ({
          parent: pair.from,
          child: pair.to,
          judged: pair.judged,
          broken: pair.broken,
          share: shareOf(pair.broken, pair.judged),
        })),
      options: broken,
    },
    {
      title: "The same by year of the child",
      rows: byYear.map((entry) => ({
        year: entry.year ?? "undated",
        judged: entry.judged,
        broken: entry.broken,
        share: shareOf(entry.broken, entry.judged),
      })),
      options: broken,
    },
  ];
}
