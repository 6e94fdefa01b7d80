import { bytesText } from "../display/bytes_text.ts";
import { cut, numberText, printable, table } from "../display/text_table.ts";
import type { ListedSnapshot } from "../snapshot/list_snapshots.ts";
import { wrap } from "./wrap.ts";

/** Snapshots as a table for each upstream, what there is to know of one below it. */
export function printSnapshots(snapshots: readonly ListedSnapshot[]): string {
  if (snapshots.length === 0) {
    return [
      "No snapshots yet. To get one:",
      "  deno task fetch hub-stats           the whole Hub in one download",
      "  deno task fetch ecosystem-graphs    the asset graph of foundation models",
      "  deno task fetch --help              all of them",
      "  deno task pack FILE --name NAME     a file of your own",
    ].join("\n");
  }
  const sections = Map.groupBy(snapshots, ({ upstream }) => upstream);
  return [...sections].map(([upstream, rows]) => section(upstream, rows)).join("\n\n");
}

function section(upstream: string | null, rows: readonly ListedSnapshot[]): string {
  const kinds = [...new Set(rows.map(({ kind }) => kind).filter((kind) => kind !== null))];
  const counted = kinds.length === 1 ? cut(kinds[0], { width: 9 }) : "count";
  const header = ["name", "kind", "fetched", counted, "raw", "packed", "state"];
  const one = kinds.length === 1;
  const cells = rows.map((row) => [
    cut(row.name, { width: 44 }),
    row.kind === null ? "–" : cut(row.kind, { width: 9 }),
    whenText(row),
    numberText(row.count),
    row.raw === null ? "–" : bytesText(row.raw),
    row.packed === null ? "–" : bytesText(row.packed),
    row.state,
  ]);
  // The heading of the counts says the kind where there is only one.
  const shown = [header, ...cells].map((line) => one ? line.toSpliced(1, 1) : line);
  const numbers = shown[0].map((name) => ["raw", "packed", counted].includes(name));
  const [first, ...lines] = table(shown, { numbers }).split("\n");
  const title = upstream === null ? "not fetched, or nothing says from where" : upstream;
  return [
    printable(title),
    first,
    ...lines.flatMap((line, i) => [
      line,
      ...rows[i].notes.map((note) =>
        wrap(`      ${printable(note)}`, { width: 100, indent: "      " })
      ),
    ]),
  ].join("\n");
}

/** The commit and its day, or the days from the first answer to the last: `2026-11-21 to 11-23`. */
function whenText({ revision, from, to }: ListedSnapshot): string {
  const [first, last] = [from, to].map((time) => time?.slice(0, 10) ?? "");
  if (revision !== null) return `${revision.slice(0, 8)} ${last}`.trim();
  if (first === "" || last === "" || first === last) return cut(first || last || "–");
  return `${first} to ${first.slice(0, 5) === last.slice(0, 5) ? last.slice(5) : last}`;
}
