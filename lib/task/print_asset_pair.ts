import type { AssetStream } from "../measure/assets/queries/asset_stream.ts";
import type { AssetComparison, SharedNames } from "../measure/assets/queries/compare_assets.ts";
import { cut, numberText, printable, table } from "../display/text_table.ts";

/** Most names of one list. */
const listed = 15;

/** What lies upstream or downstream of an asset. */
export function printStream(
  { variant, seed, assets }: AssetStream,
  way: "upstream" | "downstream",
): string {
  const head = `${numberText(assets.length)} assets and names lie ${way} of ${
    printable(seed)
  } (${variant} graph)`;
  if (assets.length === 0) return head;
  return [
    head,
    table([
      ["steps", "asset", "type", "organization"],
      ...assets.map(({ steps, name, type, organization }) => [
        numberText(steps),
        cut(name, { width: 60 }),
        type,
        cut(organization),
      ]),
    ]),
  ].join("\n");
}

/** Two assets side by side. */
export function printAssetComparison(comparison: AssetComparison): string {
  const { variant, a, b, fields, distance } = comparison;
  const steps = (count: number | null) =>
    count === null ? "no way" : `${count} step${count === 1 ? "" : "s"}`;
  const lists: [string, SharedNames][] = [
    ["built on, directly", comparison.dependencies],
    ["built on, in all", comparison.upstream],
    ["built on it, directly", comparison.dependants],
    ["built on it, in all", comparison.downstream],
  ];
  const names = (list: readonly string[]) =>
    list.length === 0
      ? "–"
      : `${numberText(list.length)}: ${
        list.slice(0, listed).map((name) => printable(cut(name))).join(", ")
      }${list.length > listed ? ", ..." : ""}`;
  return [
    `${printable(a.name)} (${a.type})  and  ${printable(b.name)} (${b.type}), ${variant} graph`,
    `Ways: first to second ${steps(distance.aToB)}, second to first ${
      steps(distance.bToA)
    }, whatever the direction ${steps(distance.between)}`,
    "",
    table([
      ["field", "", "first", "second"],
      ...fields.map(({ field, a, aState, b, bState, same }) => [
        field,
        same ? "=" : " ",
        cut(a ?? `(${aState})`),
        cut(b ?? `(${bState})`),
      ]),
    ], { numbers: false }),
    ...lists.flatMap(([title, { shared, onlyA, onlyB }]) => [
      "",
      title,
      `  both    ${names(shared)}`,
      `  first   ${names(onlyA)}`,
      `  second  ${names(onlyB)}`,
    ]),
  ].join("\n");
}
