import { isSeq, LineCounter, parseDocument, type YAMLError } from "yaml";
import type { Issues } from "../core/issues.ts";
import { type AssetRecord, toRecord } from "./asset_record.ts";

/** Where a text comes from, and where its faults go. */
export interface AssetTextOptions {
  /** Name of the file. */
  file: string;
  issues: Issues;
}

/**
 * Records of one YAML text. The failsafe schema makes every scalar a string, so that neither dates nor numbers nor `no` change
 * their form, and maps stay `Map`s, so that no key can reach a prototype; tags run nothing.
 *
 * @throws {SyntaxError} when it is no YAML, more than one document, or no list of records; says at which line
 */
export function readAssetYaml(text: string, { file, issues }: AssetTextOptions): AssetRecord[] {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: "failsafe",
    lineCounter: lines,
    logLevel: "error",
  });
  for (const error of document.errors) {
    if (error.code !== "DUPLICATE_KEY") throw refused(error, { file, lines });
    issues.add(
      "duplicateKey",
      "a field that a record has twice; the last one counts",
      `${file}:${lines.linePos(error.pos[0]).line}`,
    );
  }
  const { contents } = document;
  if (!isSeq(contents)) {
    throw new SyntaxError(`Cannot read "${file}" as assets: the YAML is no list of records`);
  }
  const list = toValues(document, file);
  return list.flatMap((fields, i) => {
    const range = (contents.items[i] as { range?: [number, number, number] | null } | null)?.range;
    const line = range ? lines.linePos(range[0]).line : 0;
    const fault = (kind: string, rule: string, example: string) => issues.add(kind, rule, example);
    if (fields instanceof Map) {
      for (const key of fields.keys()) {
        if (typeof key === "string") continue;
        fault("fieldNotText", "a field whose name is no text; left out", `${file}:${line}`);
        fields.delete(key);
      }
      return toRecord(fields, { file, line, fault }) ?? [];
    }
    fault("notARecord", "an item of the list that is no record; refused", `${file}:${line}`);
    return [];
  });
}

function refused(
  { message, pos }: YAMLError,
  { file, lines }: { file: string; lines: LineCounter },
): SyntaxError {
  const { line, col } = lines.linePos(pos[0]);
  const [first] = message.split("\n");
  const reason = /call stack/.test(first)
    ? "it is nested too deeply"
    : first.replace(/;.*parseAllDocuments.*| at line .*$/, "");
  return new SyntaxError(`Cannot read "${file}" as YAML: line ${line}, column ${col}: ${reason}`);
}

/** The document as arrays, `Map`s and strings; at most 100 uses of aliases, so that none can grow without end. */
function toValues(document: ReturnType<typeof parseDocument>, file: string): unknown[] {
  try {
    return document.toJS({ mapAsMap: true, maxAliasCount: 100 });
  } catch (error) {
    const reason = error instanceof RangeError
      ? "it is nested too deeply"
      : (error as Error).message;
    throw new SyntaxError(`Cannot read "${file}" as YAML: ${reason}`, { cause: error });
  }
}
