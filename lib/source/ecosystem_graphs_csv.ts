import { type AssetRecord, toRecord } from "./asset_record.ts";
import { readCsv } from "./csv.ts";
import type { AssetTextOptions } from "./ecosystem_graphs_yaml.ts";
import { parsePythonLiteral } from "./python_literal.ts";

/** Columns whose cells are Python lists. */
const listColumns = new Set(["dependencies", "included", "excluded", "sample", "adaptation"]);

const literal = /^\s*[[{]/;

/**
 * Records of the CSV, which holds lists as Python literals. It has no explanations and writes '', none and absent alike, so
 * that an empty cell is absent.
 *
 * @throws {SyntaxError} when it is no CSV, or has a column twice
 */
export async function readAssetCsv(
  chunks: AsyncIterable<Uint8Array>,
  { file, report }: AssetTextOptions,
): Promise<AssetRecord[]> {
  const records: AssetRecord[] = [];
  let header: string[] | undefined;
  let line = 0;
  for await (const row of readCsv(chunks, { source: `"${file}"` })) {
    line++;
    if (header === undefined) {
      header = row.map((name) => name.trim());
      const twice = header.find((name, i) => header!.indexOf(name) < i);
      if (twice === undefined) continue;
      throw new SyntaxError(`Cannot read "${file}": its header has the column "${twice}" twice`);
    }
    if (row.length !== header.length) {
      const rule = "a row with more or fewer cells than the header; refused";
      const found = `${row.length} cells, expected ${header.length}`;
      const place = { file, line, asset: "", field: "" };
      report({ kind: "raggedRow", rule, ...place, found }, `row ${line} has ${found}`);
      continue;
    }
    const fields = new Map<string, unknown>();
    for (let i = 0; i < row.length; i++) {
      if (row[i].trim() === "") continue;
      fields.set(header[i], listColumns.has(header[i]) ? toList(row[i]) : row[i]);
      if (header[i] !== "dependencies" || fields.get(header[i]) !== row[i]) continue;
      if (!literal.test(row[i])) continue;
      const rule = "dependencies that are no Python list; count as unknown";
      const place = { file, line, asset: row[header.indexOf("name")]?.trim() ?? "" };
      report(
        { kind: "unreadableList", rule, ...place, field: header[i], found: row[i] },
        `row ${line}: ${row[i]}`,
      );
      fields.set(header[i], "unknown");
    }
    const record = toRecord(fields, { file, line, report });
    if (record !== null) records.push(record);
  }
  return records;
}

/** A Python list, or a dict as a map, as YAML gives them; the text itself where it is neither. */
function toList(cell: string): unknown {
  if (!literal.test(cell)) return cell;
  try {
    const value = parsePythonLiteral(cell);
    return Array.isArray(value) ? value.map(toMap) : toMap(value);
  } catch {
    return cell;
  }
}

function toMap(value: unknown): unknown {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : value;
}
