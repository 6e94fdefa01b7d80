import type { ComparedTrait, ModelDiff } from "../measure/diff/diff_models.ts";
import { moveColumns, section, sides, statusInWords } from "./print_asset_diff.ts";
import { numberText, table } from "../display/text_table.ts";

/** Most values of a model that are printed. */
const listed = 6;

/** What differs between two snapshots of models as text for a terminal. */
export function printModelDiff(diff: Omit<ModelDiff, "rows">): string {
  const { before, after, models, edges, traits, hubs } = diff;
  const named = ({ parent, child, relation }: typeof edges.listed.added[number]) => [
    parent,
    `-${relation}->`,
    child,
  ];
  const all = Infinity;
  return [
    sides(before, after),
    "",
    table([
      ["", "before", "after", "added", "removed", "in both", "changed"],
      [
        "models",
        ...[before.models, after.models, models.added, models.removed, models.kept]
          .map((count) => numberText(count)),
      ],
      [
        "edges",
        ...[
          before.edges,
          after.edges,
          edges.added,
          edges.removed,
          edges.kept,
          edges.relationChanged,
        ].map((count) => numberText(count)),
      ],
      [
        "between models of both",
        "",
        "",
        numberText(edges.addedBetweenKept),
        numberText(edges.removedBetweenKept),
      ],
    ]),
    "",
    "Models of both whose values changed (as sets)",
    table([
      ["", "changed", "none before", "none now"],
      ...Object.entries(traits).map(([trait, { changed, gained, lost }]) => [
        trait,
        ...[changed, gained, lost].map((count) => numberText(count)),
      ]),
    ]),
    ...section("Added models, those with most children first", models.listed.added, {
      n: all,
      row: (id) => [id],
      total: models.added,
    }),
    ...section("Removed models, those with most children first", models.listed.removed, {
      n: all,
      row: (id) => [id],
      total: models.removed,
    }),
    ...section("Added edges", edges.listed.added, { n: all, row: named, total: edges.added }),
    ...section("Removed edges", edges.listed.removed, {
      n: all,
      row: named,
      total: edges.removed,
    }),
    ...section("Edges of another relation", edges.listed.relationChanged, {
      n: all,
      row: ({ parent, child, before, after }) => [parent, child, before, "->", after],
      total: edges.relationChanged,
    }),
    ...(Object.keys(traits) as ComparedTrait[]).flatMap((trait) =>
      section(`Changed ${trait}`, traits[trait].listed, {
        n: all,
        row: ({ id, lost, gained }) => [id, ...marked(lost, "-"), ...marked(gained, "+")],
        total: traits[trait].changed,
      })
    ),
    ...section(
      `Hubs that moved (${numberText(hubs.grown)} models with more children, ${
        numberText(hubs.shrunk)
      } with fewer): children, their rank (ties share the mean), and models below`,
      hubs.moves,
      {
        n: all,
        head: ["model", ...moveColumns],
        row: ({ id, status, children, descendants }) => [
          id,
          numberText(children.before),
          numberText(children.after),
          `${children.change > 0 ? "+" : ""}${numberText(children.change)}`,
          numberText(children.rankBefore, { digits: 1 }),
          numberText(children.rankAfter, { digits: 1 }),
          numberText(descendants.before),
          numberText(descendants.after),
          statusInWords(status, { of: "children" }),
        ],
        total: hubs.grown + hubs.shrunk,
      },
    ),
  ].join("\n");
}

function marked(values: readonly string[], mark: string): string[] {
  const more = values.length - listed;
  const text = values.slice(0, listed).map((value) => `${mark}${value}`).join(" ");
  return [more > 0 ? `${text} (and ${numberText(more)} more)` : text];
}
