import type { AuditFault } from "../graph/audit/audit_fault.ts";
import type { AssetAudit, AuditKind } from "../graph/audit/audit_assets.ts";
import type { ModelAudit } from "../graph/audit/audit_models.ts";
import type { AssetPlace } from "../source/asset_fault.ts";
import { numberText, printable, table } from "../display/text_table.ts";
import { wrap } from "./wrap.ts";

/** Longest value that is printed of what was found. */
const longest = 160;

/** Number of faults of some kinds, those of a part counted once. */
export function totalOf(kinds: readonly AuditKind[]): number {
  const names = new Set(kinds.map(({ kind }) => kind));
  return kinds.reduce(
    (sum, { partOf, count }) => sum + (partOf !== null && names.has(partOf) ? 0 : count),
    0,
  );
}

/** An audit of assets as text for a terminal: a table of kinds, then every fault with its place. */
export function printAssetAudit(
  { snapshot, kinds, faults }: AssetAudit,
  { width = 100 }: { /** @default 100 */ width?: number } = {},
): string {
  const total = totalOf(kinds);
  const byKind = Map.groupBy(faults, ({ kind }) => kind);
  return [
    `${printable(snapshot.name)}: ${countOf(total, "fault")} in ${
      countOf(snapshot.records, "record")
    } of ${countOf(snapshot.assets, "asset")}` +
    (snapshot.sha256 === null ? "" : `, sha256 ${snapshot.sha256.slice(0, 12)}…`),
    ...(kinds.length === 0 ? [] : [`\n${kindTable(kinds, width)}`]),
    ...kinds.map((kind) => `\n${section(kind, byKind.get(kind.kind) ?? [], width)}`),
  ].join("\n");
}

/** A number of things: `1 record`, `2,000 records`. */
function countOf(count: number, thing: string): string {
  return `${numberText(count)} ${thing}${count === 1 ? "" : "s"}`;
}

function kindTable(kinds: readonly AuditKind[], width: number): string {
  const head = ["kind", "count", "repairable", "what the rule does"];
  const names = new Set(kinds.map(({ kind }) => kind));
  const rows = kinds.map(({ kind, count, places, repairable, rule, partOf }) => {
    const part = partOf !== null && names.has(partOf);
    return [
      part ? `  of them ${kind}` : kind,
      numberText(part ? places : count),
      repairable === 0
        ? "no"
        : repairable === places
        ? "yes"
        : `${numberText(repairable)} of ${numberText(places)}${
          part || places === count ? "" : " places"
        }`,
      rule,
    ];
  });
  return wrappedTable([head, ...rows], width);
}

/** A table whose last column is wrapped to what is left of the width. */
function wrappedTable(rows: readonly string[][], width: number): string {
  const last = rows[0].length - 1;
  const used = rows[0].slice(0, -1)
    .reduce((sum, _, i) => sum + 2 + Math.max(...rows.map((row) => row[i].length)), 2);
  return table(rows.flatMap((row) => {
    const [first, ...more] = wrap(row[last], { width: Math.max(20, width - used) }).split("\n");
    const blank = row.slice(0, -1).map(() => "");
    return [[...row.slice(0, -1), first], ...more.map((line) => [...blank, line])];
  }));
}

function section(
  { kind, count, places, listed, suggestion, examples }: AuditKind,
  faults: readonly AuditFault[],
  width: number,
): string {
  const size = places === count
    ? numberText(count)
    : `${numberText(count)}, at ${numberText(places)} places`;
  const lines = [wrap(`${kind} (${size}): ${suggestion}`, { width, indent: "  " })];
  for (const fault of faults) {
    const { found, repair, also } = fault;
    const value = found === "" ? "" : `: ${shortened(found)}`;
    const detail = fault.detail === "" ? "" : `; ${fault.detail}`;
    const own = fault.suggestion === suggestion ? "" : `; ${fault.suggestion}`;
    const end = detail + (repair === null ? own : `; ${repairText(repair, 1 + also.length)}`);
    const others = also.length === 0 ? "" : `; also at ${also.map(placeOf).join(", ")}`;
    const text = printable(`${placeOf(fault)}  ${whatOf(fault)}${value}${end}${others}`);
    lines.push(wrap(`  ${text}`, { width, indent: "    " }));
  }
  if (listed < count) {
    lines.push(
      wrap(
        `  ${
          numberText(count - listed)
        } without a place, which the snapshot was packed without; pack it again` +
          (examples.length === 0 ? "" : `; e.g. ${examples.map(quoted).join(", ")}`),
        { width, indent: "    " },
      ),
    );
  }
  return lines.join("\n");
}

function repairText(
  { to, places }: NonNullable<AuditFault["repair"]>,
  all: number,
): string {
  const where = places === all ? "" : ` at ${numberText(places)} of ${numberText(all)} places`;
  return `repair${where}: ${to === null ? "remove it" : quoted(to)}`;
}

function placeOf({ file, line }: AssetPlace): string {
  return `${file}:${line}`;
}

function whatOf({ asset, field }: AssetPlace): string {
  return [asset, field].filter((part) => part !== "").join(", ");
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A value on one line, its end cut where it is long. */
function shortened(text: string): string {
  const points = [...text];
  return quoted(points.length > longest ? `${points.slice(0, longest).join("")}…` : text);
}

/** An audit of models as text for a terminal: a table of kinds, then examples and advice for each. */
export function printModelAudit(
  { snapshot, kinds }: ModelAudit,
  { width = 100 }: { /** @default 100 */ width?: number } = {},
): string {
  const total = kinds.reduce((sum, { count }) => sum + count, 0);
  return [
    `${printable(snapshot.name)}: ${countOf(total, "fault")} in ${
      countOf(snapshot.models, "model")
    }` +
    (snapshot.sha256 === null ? "" : `, sha256 ${snapshot.sha256.slice(0, 12)}…`),
    wrap(
      "Kinds are counted and the first examples kept; not the places of single faults, of which there may be millions.",
      { width },
    ),
    ...(kinds.length === 0 ? [] : [
      `\n${
        wrappedTable([
          ["kind", "count", "what the rule does"],
          ...kinds.map(({ kind, count, rule }) => [kind, numberText(count), rule]),
        ], width)
      }`,
    ]),
    ...kinds.map(({ kind, count, suggestion, examples }) =>
      [
        `\n${wrap(`${kind} (${numberText(count)}): ${suggestion}`, { width, indent: "  " })}`,
        ...examples.map((text) =>
          wrap(`  ${printable(shortened(text))}`, { width, indent: "    " })
        ),
      ].join("\n")
    ),
  ].join("\n");
}
