import { isAlias, isNode, isSeq, LineCounter, parseDocument, type YAMLError } from "yaml";
import type { ReportFault } from "./asset_fault.ts";
import { type AssetRecord, toRecord } from "./asset_record.ts";
import { fieldAt, linesOf } from "./asset_lines.ts";

/** Where a text comes from, and where its faults go. */
export interface AssetTextOptions {
  /** Name of the file. */
  file: string;
  /** Takes each fault. */
  report: ReportFault;
  /** Called now and then with the share of the text that has been read. @default nothing */
  onProgress?: (share: number) => void;
}

/** Share of the time that goes by before the text is taken apart into tokens, the rest makes a document and records of them. */
const tokensShare = 0.4;

/** Lines from one call of `onProgress` to the next. */
const linesPerCall = 1000;

/** A counter of lines that tells how far the parser is. */
function lineCounter(length: number, onProgress: (share: number) => void): LineCounter {
  const counter = new LineCounter();
  const add = counter.addNewLine;
  let lines = 0;
  counter.addNewLine = (offset) => {
    if (++lines % linesPerCall === 0) onProgress(tokensShare * offset / length);
    return add(offset);
  };
  return counter;
}

/**
 * Records of one YAML text. The failsafe schema makes every scalar a string, so that neither dates nor numbers nor `no` change
 * their form, and maps stay `Map`s, so that no key can reach a prototype; tags run nothing.
 *
 * @throws {SyntaxError} when it is no YAML, more than one document, or no list of records; says at which line
 */
export function readAssetYaml(
  text: string,
  { file, report, onProgress = () => {} }: AssetTextOptions,
): AssetRecord[] {
  const counter = lineCounter(text.length, onProgress);
  const document = parseDocument(text, {
    schema: "failsafe",
    lineCounter: counter,
    logLevel: "error",
  });
  const fatal = document.errors.find(({ code }) => code !== "DUPLICATE_KEY");
  if (fatal !== undefined) throw refused(fatal, { file, lines: counter });
  const { contents } = document;
  if (!isSeq(contents)) {
    throw new SyntaxError(`Cannot read "${file}" as assets: the YAML is no list of records`);
  }
  const list = toValues(document, file);
  const lineAt = (offset: number) => counter.linePos(offset).line;
  for (const { pos: [offset] } of document.errors) {
    const rule = "a field that a record has twice; the last one counts";
    const line = lineAt(offset);
    const where = fieldAt(contents, { offset, list });
    report({ kind: "duplicateKey", rule, file, line, ...where }, `${file}:${line}`);
  }
  const aliased = new Set(contents.items.flatMap((node) => isAlias(node) ? node.source : []));
  return list.flatMap((fields, item) => {
    const node = contents.items[item];
    if (item % linesPerCall === 0) {
      onProgress(tokensShare + (1 - tokensShare) * item / list.length);
    }
    const line = isNode(node) && node.range ? lineAt(node.range[0]) : 0;
    const fault = (kind: string, rule: string) =>
      report({ kind, rule, file, line, asset: "", field: "", found: "" }, `${file}:${line}`);
    if (!(fields instanceof Map)) {
      fault("notARecord", "an item of the list that is no record; refused");
      return [];
    }
    for (const key of fields.keys()) {
      if (typeof key === "string") continue;
      fault("fieldNotText", "a field whose name is no text; left out");
      fields.delete(key);
    }
    const lines = linesOf(node, { fields, item, line, lineAt, aliased });
    return toRecord(fields, { file, line, lines, report }) ?? [];
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
