import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import { LineCounter, parseDocument, visit } from "yaml";
import { type IssueCount, Issues } from "../core/issues.ts";
import { byCodeUnits } from "../core/compare.ts";
import { type AssetRecord, toRecord } from "./asset_record.ts";
import { contentChunks } from "./content_chunks.ts";
import { readCsv } from "./csv.ts";
import { detect } from "./detect.ts";
import { parsePythonLiteral } from "./python_literal.ts";

/** The records of an Ecosystem Graphs snapshot. */
export interface AssetRows {
  /** In the order of the files' names, then of the file. */
  records: AssetRecord[];
  issues: IssueCount[];
  origin: { name: string; format: string; bytes: number; sha256: string };
}

/** Nothing in an asset file is so large. */
const largestFile = 256 << 20;

/**
 * Reads Ecosystem Graphs: the folder of YAML files, one YAML file, or the CSV (Bommasani et al. 2023); the format is found by
 * content. Records that cannot be used are left out and counted. The sha256 of a folder is that of the lines `sha256  name` of
 * its YAML files in code-unit order of their names.
 *
 * @throws {SyntaxError} when a file is not of a known format or is cut, or when no record can be used
 * @throws {RangeError} when there is no such file
 *
 * @example
 * ```ts
 * import { readAssets } from "kindred";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "- type: dataset\n  name: The Pile\n  dependencies: [arXiv]\n");
 * (await readAssets(path)).records[0].dependencies; // ["arXiv"]
 * await Deno.remove(path);
 * ```
 */
export async function readAssets(path: string): Promise<AssetRows> {
  const { kind, format, compression } = await detect(path);
  if (kind !== "assets" || format === "packed") {
    throw new TypeError(`Cannot read "${path}" as assets: found ${kind} in the format ${format}`);
  }
  const issues = new Issues();
  const records: AssetRecord[] = [];
  const name = basename(path.replace(/\/+$/, ""));
  let bytes = 0;
  let sha256: string;
  if (format === "assets-folder") {
    const files = [...Deno.readDirSync(path)]
      .filter((entry) => entry.isFile && /\.ya?ml$/i.test(entry.name))
      .map((entry) => entry.name)
      .sort(byCodeUnits);
    const all = createHash("sha256");
    for (const file of files) {
      const content = Deno.readFileSync(join(path, file));
      bytes += content.length;
      all.update(`${createHash("sha256").update(content).digest("hex")}  ${file}\n`);
      records.push(...readYaml(decode(content, file), { file, issues }));
    }
    sha256 = all.digest("hex");
  } else {
    const content = Deno.readFileSync(path);
    bytes = content.length;
    sha256 = createHash("sha256").update(content).digest("hex");
    if (format.startsWith("assets-csv")) {
      records.push(
        ...await readTable(contentChunks(path, { compression }), { file: name, issues }),
      );
    } else {
      const parts: Uint8Array[] = [];
      let size = 0;
      for await (const chunk of contentChunks(path, { compression })) {
        size += chunk.length;
        if (size > largestFile) {
          throw new RangeError(
            `Cannot read "${name}": it is larger than ${largestFile} bytes, which no YAML of assets is`,
          );
        }
        parts.push(chunk.slice());
      }
      const whole = new Uint8Array(size);
      parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
      records.push(...readYaml(decode(whole, name), { file: name, issues }));
    }
  }
  if (records.length === 0) {
    const found = issues.list().map(({ kind, count, examples }) =>
      `${count} x ${kind}, e.g. ${JSON.stringify(examples[0])}`
    );
    throw new SyntaxError(
      `Cannot read "${name}" as assets: no usable record` +
        (found.length > 0 ? ` (${found.join("; ")})` : "") +
        `; expected a list of records with type, name and dependencies`,
    );
  }
  return { records, issues: issues.list(), origin: { name, format, bytes, sha256 } };
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new SyntaxError(`Cannot read "${file}" as YAML: it is not UTF-8 text`);
  }
}

/**
 * Records of one YAML text. The failsafe schema makes every scalar a string, so that neither dates nor numbers nor `no` change
 * their form, and maps stay `Map`s, so that no key can reach a prototype; tags run nothing.
 */
function readYaml(text: string, { file, issues }: { file: string; issues: Issues }): AssetRecord[] {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: "failsafe",
    lineCounter: lines,
    uniqueKeys: false,
    logLevel: "silent",
  });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    const [reason] = error.message.split("\n");
    throw new SyntaxError(
      `Cannot read "${file}" as YAML: line ${line}, column ${col}: ${
        reason.replace(/ at line .*$/, "")
      }`,
    );
  }
  const places: number[] = [];
  visit(document, {
    Seq(_key, node) {
      for (const item of node.items) {
        const range = (item as { range?: [number, number, number] | null } | null)?.range;
        places.push(range ? lines.linePos(range[0]).line : 0);
      }
      return visit.BREAK;
    },
  });
  const list = document.toJS({ mapAsMap: true, maxAliasCount: 100 });
  if (!Array.isArray(list)) {
    throw new SyntaxError(`Cannot read "${file}" as assets: the YAML is no list of records`);
  }
  return list.flatMap((fields, i) => {
    const place = { file, line: places[i] ?? 0 };
    const fault = (kind: string, rule: string, example: string) => issues.add(kind, rule, example);
    if (!(fields instanceof Map)) {
      fault(
        "notARecord",
        "an item of the list that is no record; refused",
        `${file}:${place.line}`,
      );
      return [];
    }
    return toRecord(fields, { ...place, fault }) ?? [];
  });
}

/** Columns of the CSV whose cells are Python literals. */
const listColumns = new Set([
  "dependencies",
  "included",
  "excluded",
  "sample",
  "adaptation",
  "intended_uses",
]);

async function readTable(
  chunks: AsyncIterable<Uint8Array>,
  { file, issues }: { file: string; issues: Issues },
): Promise<AssetRecord[]> {
  const fault = (kind: string, rule: string, example: string) => issues.add(kind, rule, example);
  const records: AssetRecord[] = [];
  let header: string[] | undefined;
  let line = 0;
  for await (const row of readCsv(chunks, { source: `"${file}"` })) {
    line++;
    if (header === undefined) {
      header = row;
      continue;
    }
    if (row.length !== header.length) {
      fault(
        "raggedRow",
        "a row with more or fewer cells than the header; refused",
        `row ${line} has ${row.length} cells, expected ${header.length}`,
      );
      continue;
    }
    const fields = new Map<string, unknown>();
    row.forEach((cell, i) => {
      if (cell === "") return;
      if (!listColumns.has(header![i]) || !/^\s*[[{]/.test(cell)) {
        return fields.set(header![i], cell);
      }
      try {
        fields.set(header![i], toMaps(parsePythonLiteral(cell)));
      } catch {
        if (header![i] === "dependencies") {
          fault(
            "unreadableList",
            "dependencies that are no Python list; count as unknown",
            `row ${line}: ${cell}`,
          );
          fields.set(header![i], "unknown");
        } else fields.set(header![i], cell);
      }
    });
    const record = toRecord(fields, { file, line, fault });
    if (record !== null) records.push(record);
  }
  return records;
}

function toMaps(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toMaps);
  if (typeof value === "object" && value !== null) return new Map(Object.entries(value));
  return value;
}
