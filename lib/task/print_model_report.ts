import type { Relation } from "../graph/lineage.ts";
import type { ModelReport } from "../measure/report.ts";
import type { Trait } from "../snapshot/traits.ts";
import { ends, printKinship } from "./print_kinship.ts";
import { printCategories } from "./print_categories.ts";
import { printPersistence } from "./print_persistence.ts";
import { printModelsWithout } from "./print_without.ts";
import { numberText, percent, printable, table } from "../display/text_table.ts";

const traits: Trait[] = ["license", "task", "language", "library"];

/** The report of a model snapshot as text for a terminal, about 80 columns wide. */
export function printModelReport(
  report: ModelReport,
  { simulated }: { simulated: boolean },
): string {
  const { counts, families, fertility, mutation, transitions, drift } = report;
  const section = (title: string, body: string) => `\n${title}\n${body}`;
  const relationNames = Object.keys(counts.edgesByRelation) as Relation[];
  const parts = [
    `${printable(report.snapshot.name)}${
      report.snapshot.tier === "cleaned" ? ", cleaned tier" : ""
    }${simulated ? "  (simulated)" : ""}: ${numberText(counts.models)} models, ` +
    `${numberText(counts.edges)} edges` +
    (report.snapshot.sha256 === null ? "" : `, sha256 ${report.snapshot.sha256.slice(0, 12)}…`),
    section(
      "Edges by relation (share of edges; children that have a child of their own)",
      table(relationNames.map((relation) => {
        const fertile = relation in fertility
          ? fertility[relation as keyof typeof fertility].fertile
          : null;
        const edges = counts.edgesByRelation[relation];
        return [
          relation,
          numberText(edges),
          percent(edges, counts.edges),
          fertile === null ? "" : `${numberText(fertile)} fertile (${percent(fertile, edges)})`,
        ];
      })),
    ),
    section(
      "References that are no edges",
      table([
        [
          "to parents outside the snapshot",
          numberText(counts.missingParentReferences),
          `${numberText(counts.missingParents)} parents`,
        ],
        ["to oneself", numberText(counts.selfLoops), ""],
      ]),
    ),
    section(
      "Shape",
      table([
        ["acyclic", report.acyclic ? "yes" : "no"],
        ["longest path, edges", numberText(report.longestPath)],
        ["families (weak components without merges)", numberText(families.components)],
        ["families of two or more", numberText(families.withEdges)],
        ["largest families, models", families.topSizes.map((size) => numberText(size)).join(" ")],
      ]),
    ),
    section(
      "Models with most children",
      table(report.hubs.map(({ id, children }) => [id, numberText(children)])),
    ),
    ...traits.map((trait) =>
      section(
        `Most frequent: ${trait}`,
        table(
          report.top[trait].map((
            { value, count },
          ) => [value, numberText(count), percent(count, counts.models)]),
        ),
      )
    ),
    ...(report.categories === undefined ? [] : [printCategories(report.categories)]),
    section(
      "Mutation rate on finetune edges whose ends both report the trait",
      table([
        ["trait", "rate", "95%", "mutations", "edges"],
        ...traits.map((trait) => [
          trait,
          numberText(mutation[trait].rate, { digits: 4 }),
          ends(mutation[trait].interval),
          numberText(mutation[trait].mutations, { digits: 1 }),
          numberText(mutation[trait].edges),
        ]),
      ]),
    ),
    section(
      "Most frequent transitions on finetune edges",
      table([
        ["trait", "from", "to", "count", "of"],
        ...traits.flatMap((trait) =>
          transitions[trait].top.slice(0, 3).map(({ from, to, count }) => [
            trait,
            from,
            to,
            numberText(count),
            numberText(transitions[trait].total),
          ])
        ),
      ]),
    ),
    section(
      "Order that most net traffic follows, of the ten most frequent values (proved optimal)",
      table([
        ["trait", "forward", "of", "pairs against", "order"],
        ...traits.map((trait) => {
          const { forward, netTraffic, violations, traits: order } = transitions[trait].ordering;
          return [
            trait,
            numberText(forward),
            numberText(netTraffic),
            numberText(violations.length),
            order.join(" > "),
          ];
        }),
      ]),
    ),
    section(
      "Drift from parent to child (edges where both ends report)",
      table([
        ["relation", "edges", "languages", "edges", "card characters", "automatic cards", "edges"],
        ...(Object.keys(drift) as (keyof typeof drift)[]).map((relation) => {
          const { edges, languages, cards } = drift[relation];
          const arrow = (a: number | null, b: number | null, digits: number) =>
            a === null ? "–" : `${numberText(a, { digits })} → ${numberText(b, { digits })}`;
          return [
            relation,
            numberText(edges),
            arrow(languages.parent, languages.child, 2),
            numberText(languages.edges),
            arrow(cards.parentCharacters, cards.childCharacters, 0),
            arrow(cards.parentAutomatic, cards.childAutomatic, 3),
            numberText(cards.edges),
          ];
        }),
      ]),
    ),
  ];
  if (report.persistence !== null) parts.push(printPersistence(report.persistence));
  if (report.kinship !== null) parts.push(printKinship(report.kinship));
  if (report.without !== undefined) parts.push(printModelsWithout(report.without));
  return parts.join("\n");
}
