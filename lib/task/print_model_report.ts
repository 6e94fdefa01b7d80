import type { Relation } from "../graph/lineage.ts";
import type { ModelReport } from "../measure/report.ts";
import type { Trait } from "../snapshot/traits.ts";
import { ends, printKinship } from "./print_kinship.ts";
import { printPersistence } from "./print_persistence.ts";
import { printModelsWithout } from "./print_without.ts";
import { percent, printable, show, table } from "./table.ts";

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
    }${simulated ? "  (simulated)" : ""}: ${show(counts.models)} models, ` +
    `${show(counts.edges)} edges` +
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
          show(edges),
          percent(edges, counts.edges),
          fertile === null ? "" : `${show(fertile)} fertile (${percent(fertile, edges)})`,
        ];
      })),
    ),
    section(
      "References that are no edges",
      table([
        [
          "to parents outside the snapshot",
          show(counts.missingParentReferences),
          `${show(counts.missingParents)} parents`,
        ],
        ["to oneself", show(counts.selfLoops), ""],
      ]),
    ),
    section(
      "Shape",
      table([
        ["acyclic", report.acyclic ? "yes" : "no"],
        ["longest path, edges", show(report.longestPath)],
        ["families (weak components without merges)", show(families.components)],
        ["families of two or more", show(families.withEdges)],
        ["largest families, models", families.topSizes.map((size) => show(size)).join(" ")],
      ]),
    ),
    section(
      "Models with most children",
      table(report.hubs.map(({ id, children }) => [id, show(children)])),
    ),
    ...traits.map((trait) =>
      section(
        `Most frequent: ${trait}`,
        table(
          report.top[trait].map((
            { value, count },
          ) => [value, show(count), percent(count, counts.models)]),
        ),
      )
    ),
    section(
      "Mutation rate on finetune edges whose ends both report the trait",
      table([
        ["trait", "rate", "95%", "mutations", "edges"],
        ...traits.map((trait) => [
          trait,
          show(mutation[trait].rate, { digits: 4 }),
          ends(mutation[trait].interval),
          show(mutation[trait].mutations, { digits: 1 }),
          show(mutation[trait].edges),
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
            show(count),
            show(transitions[trait].total),
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
            show(forward),
            show(netTraffic),
            show(violations.length),
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
            a === null ? "–" : `${show(a, { digits })} → ${show(b, { digits })}`;
          return [
            relation,
            show(edges),
            arrow(languages.parent, languages.child, 2),
            show(languages.edges),
            arrow(cards.parentCharacters, cards.childCharacters, 0),
            arrow(cards.parentAutomatic, cards.childAutomatic, 3),
            show(cards.edges),
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
