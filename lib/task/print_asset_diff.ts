import type { AssetDiff } from "../measure/assets/diff/diff_assets.ts";
import type { FieldChange } from "../measure/assets/diff/diff_cells.ts";
import type { HubMove } from "../measure/assets/diff/hub_moves.ts";
import type { HubStatus } from "../measure/diff/count_move.ts";
import type { AssetsUntil } from "../snapshot/assets_until.ts";
import { numberText, printable, table } from "../display/text_table.ts";

/** Longest value that is printed. */
const longest = 40;

/** What differs between two snapshots of assets as text for a terminal. */
export function printAssetDiff(
  diff: AssetDiff,
  { n, cut }: {
    /** Most entries of a list. */
    n: number;
    /** How the earlier snapshot was cut from the later, null where it is one of its own. */
    cut: Omit<AssetsUntil, "snapshot"> | null;
  },
): string {
  const { before, after, assets, edges, organizations, hubs, variant } = diff;
  const dependants = new Map(hubs.map(({ name, direct }) => [name, direct.after ?? 0]));
  const weight = ({ name }: { name: string }) => dependants.get(name) ?? 0;
  const added = [...assets.added].sort((a, b) => weight(b) - weight(a));
  const ends = ({ dependency, dependant }: { dependency: string; dependant: string }) => [
    dependency,
    "->",
    dependant,
  ];
  const between = edges.added.filter(({ bothEnds }) => bothEnds);
  return [
    sides(before, after),
    ...(cut === null ? [] : [
      `cut at ${cut.until}; records only in the later: ${numberText(cut.later)}; undated, ${
        cut.undatedAre === "kept" ? "in both" : "only in the later too"
      }: ${numberText(cut.undated)}`,
    ]),
    `${variant} graph`,
    "",
    table([
      ["", "before", "after", "added", "removed", "renamed", "changed"],
      ["records", numberText(before.records), numberText(after.records)],
      [
        "assets",
        ...[before.assets, after.assets, ...lengths(assets)].map((count) => numberText(count)),
        numberText(assets.changed.length),
      ],
      [
        "organizations",
        ...[before.organizations, after.organizations, ...lengths(organizations)]
          .map((count) => numberText(count)),
      ],
      ["nodes", numberText(before.nodes), numberText(after.nodes)],
      [
        "edges",
        ...[before.edges, after.edges, edges.added.length, edges.removed.length]
          .map((count) => numberText(count)),
      ],
      ["dependency documented in one only", ...Array(5).fill(""), numberText(edges.changed.length)],
    ]),
    ...section("Renamed, as it seems", assets.renamed, {
      n,
      row: ({ before, after, by }) => [before, "->", after, `same ${by}`],
    }),
    ...section("Removed assets", assets.removed, { n, row: presence }),
    ...section("Added assets, those with most direct dependants first", added, {
      n,
      row: presence,
    }),
    ...section("Fields by changed assets", assets.fields, {
      n,
      head: ["field", "state", "value", "spelling", "explanation"],
      row: ({ field, state, value, spelling, explanation }) => [
        field,
        ...[state, value, spelling, explanation].map((count) => numberText(count)),
      ],
    }),
    ...section("Changes of state", assets.states, {
      n,
      head: ["field", "from", "", "to", "assets"],
      row: ({ field, from, to, assets }) => [field, from, "->", to, numberText(assets)],
    }),
    ...section("Changed values", changedValues(diff), { n, row: (row) => row }),
    ...section("Added organizations", organizations.added, { n, row: (name) => [name] }),
    ...section("Removed organizations", organizations.removed, { n, row: (name) => [name] }),
    ...section("Renamed organizations, as it seems", organizations.renamed, {
      n,
      row: ({ before, after }) => [before, "->", after],
    }),
    ...section("Removed edges", edges.removed, { n, row: ends }),
    ...section("Added edges between nodes of both snapshots", between, { n, row: ends }),
    ...section("Edges whose dependency is documented now, or no longer is", edges.changed, {
      n,
      row: (edge) => [...ends(edge), edge.documented ? "now documented" : "no longer documented"],
    }),
    ...section(
      "Hubs that moved: direct dependants, their rank (ties share the mean), and dependants through any number of steps",
      hubs.filter(({ direct, transitive }) => direct.change !== 0 || transitive.change !== 0),
      {
        n,
        head: ["hub", ...moveColumns],
        row: hubRow,
      },
    ),
  ].join("\n");
}

/** Heads of the columns that say how a hub moved. */
export const moveColumns = [
  "before",
  "after",
  "change",
  "rank before",
  "after",
  "all before",
  "after",
  "",
] as const;

/** What a status means for what builds on a hub, `of` "dependants" say; a hub that appeared can have been there before. */
export function statusInWords(status: HubStatus, { of }: { of: string }): string {
  return { stayed: "", appeared: `first ${of}`, vanished: `no ${of} left` }[status];
}

/** The two snapshots; names alone are often the same. */
export function sides(...both: { name: string; sha256: string | null }[]): string {
  return both.map(({ name, sha256 }) =>
    printable(name) + (sha256 === null ? "" : ` (sha256 ${sha256.slice(0, 8)})`)
  ).join("  ->  ");
}

function lengths({ added, removed, renamed }: Record<"added" | "removed" | "renamed", unknown[]>) {
  return [added.length, removed.length, renamed.length];
}

function presence(
  { name, type, organization, named }: AssetDiff["assets"]["added"][number],
): string[] {
  return [name, type, organization, named ? "named as dependency in the other" : ""];
}

/** Values of fields that changed; dependencies are left to the edges. */
function changedValues({ assets }: AssetDiff): string[][] {
  return assets.changed.flatMap(({ name, changes }) =>
    changes.filter(({ field, change }) => change === "value" && field !== "dependencies")
      .map(({ field, before, after }) => [name, field, valueOf(before), "->", valueOf(after)])
  );
}

function valueOf({ state, value }: FieldChange["before"]): string {
  const text = value === null ? state : [value].flat().join(", ");
  return text.length <= longest ? text : `${text.slice(0, longest - 3)}...`;
}

function hubRow({ name, formerly, status, direct, transitive }: HubMove): string[] {
  const rank = (place: number | null) => place === null ? "–" : String(place);
  return [
    name,
    numberText(direct.before),
    numberText(direct.after),
    `${direct.change > 0 ? "+" : ""}${numberText(direct.change)}`,
    rank(direct.rankBefore),
    rank(direct.rankAfter),
    numberText(transitive.before),
    numberText(transitive.after),
    [
      statusInWords(status, { of: "dependants" }),
      ...(formerly === null ? [] : [`(formerly ${formerly})`]),
    ].join(" ").trim(),
  ];
}

/** A list under a title, cut after `n` entries; nothing where it is empty. */
export function section<T>(
  title: string,
  items: readonly T[],
  { n, head, row, total = items.length }: {
    n: number;
    head?: readonly string[];
    row: (item: T) => readonly string[];
    /** How many there are, where the items are cut already. */
    total?: number;
  },
): string[] {
  if (total === 0) return [];
  const shown = items.slice(0, n);
  const more = total - shown.length;
  return [
    "",
    `${title}: ${numberText(total)}`,
    ...(shown.length === 0
      ? []
      : [table([...(head === undefined ? [] : [head]), ...shown.map(row)])]),
    ...(more > 0 ? [`  ... and ${numberText(more)} more`] : []),
  ];
}
