import {
  Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  Scalar,
  visit,
  YAMLMap,
  YAMLSeq,
} from "yaml";
import { itemText } from "./asset_cell.ts";
import { type AssetEdit, editedValue } from "./asset_edit.ts";
import { isShared, pairOf } from "./asset_lines.ts";
import type { AssetRecord } from "./asset_record.ts";
import { readAssetYaml } from "./ecosystem_graphs_yaml.ts";

/** A part of a text and what takes its place. */
interface Splice {
  from: number;
  to: number;
  text: string;
}

/**
 * Repairs cells of a YAML text. Each becomes a map of the new value, `original` with what stood there, `repair` with the kind, and
 * its explanation if it has one; every other byte stays. A cell that is written with an anchor, an alias or a tag, or that
 * would be read otherwise than the edit says, is left as it is.
 *
 * @param edits Of this file; `record` counts `records`.
 * @param options.records What the text holds, as `readAssetYaml` reads it.
 * @returns the new text, and the edits that were left out
 */
export function editAssetYaml(
  text: string,
  edits: readonly AssetEdit[],
  { records, file }: { records: readonly AssetRecord[]; file: string },
): { text: string; leftOut: AssetEdit[] } {
  if (edits.length === 0) return { text, leftOut: [] };
  const splices = splicesOf(text, edits, records);
  const made = edits.filter((edit) => splices.has(edit));
  const leftOut = edits.filter((edit) => !splices.has(edit));
  const apply = (some: readonly AssetEdit[]) => spliced(text, some.map((e) => splices.get(e)!));
  let good: AssetEdit[] = [];
  // Halves of what does not read as it should are tried by themselves, down to the edits that are at fault.
  const open = [made];
  for (let some = open.pop(); some !== undefined; some = open.pop()) {
    const more = [...good, ...some];
    if (readsAs(apply(more), more, { records, file })) good = more;
    else if (some.length === 1) leftOut.push(some[0]);
    else open.push(some.slice(some.length >> 1), some.slice(0, some.length >> 1));
  }
  return { text: apply(good), leftOut };
}

function splicesOf(
  text: string,
  edits: readonly AssetEdit[],
  records: readonly AssetRecord[],
): Map<AssetEdit, Splice> {
  const { contents } = parseDocument(text, {
    schema: "failsafe",
    keepSourceTokens: true,
    logLevel: "error",
  });
  const splices = new Map<AssetEdit, Splice>();
  for (const edit of edits) {
    const node = isSeq(contents) ? contents.items[records[edit.record].lines!.item] : null;
    const pair = isMap(node) ? pairOf(node.items, edit.field) : undefined;
    if (pair === undefined || !isMap(node)) continue;
    const splice = spliceOf(pair, { text, edit, flow: node.flow === true });
    if (splice !== null) splices.set(edit, splice);
  }
  return splices;
}

function spliceOf(
  { key, value, srcToken }: Pair,
  { text, edit, flow }: { text: string; edit: AssetEdit; flow: boolean },
): Splice | null {
  const colon = srcToken?.sep?.find(({ type }) => type === "map-value-ind");
  if (!isNode(value) || !isNode(key) || !value.range || !key.range || isShared(value)) return null;
  const cell = editedCell(value, edit);
  if (cell === null || colon === undefined) return null;
  const end = value.range[0] + text.slice(value.range[0], value.range[1]).trimEnd().length;
  if (flow || isScalar(value) || (isMap(value) && value.flow)) {
    const start = value.range[0];
    return {
      from: start,
      to: end,
      text: text.slice(start, end) === "" ? ` ${flat(cell)}` : flat(cell),
    };
  }
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const column = key.range[0] - (text.lastIndexOf("\n", key.range[0] - 1) + 1);
  const lines = new Document(cell, { schema: "failsafe" }).toString({
    indentSeq: false,
    flowCollectionPadding: false,
  }).trimEnd();
  const block = lines.split("\n").map((line) => line === "" ? "" : " ".repeat(column + 2) + line);
  return { from: colon.offset + 1, to: end, text: `${newline}${block.join(newline)}` };
}

/** The cell as a map of value, original, repair and what else it has; null where the edit does not fit it. */
function editedCell(cell: Node, edit: AssetEdit): YAMLMap | null {
  const old = isMap(cell) ? pairOf(cell.items, "value")?.value : cell;
  if (!isNode(old)) return null;
  const value = newValue(old, edit.to);
  if (value === null) return null;
  const map = new YAMLMap();
  const before = isMap(cell) ? cell.items : [];
  const known = (name: string) => pairOf(before, name)?.value as Node | undefined;
  const kinds = [known("repair")?.toString(), edit.repair].filter((kind) => kind !== undefined);
  map.set("value", value);
  map.set("original", known("original")?.clone() ?? withoutComments(old));
  map.set("repair", new Scalar(kinds.join(", ")));
  for (const { key, value } of before) {
    const name = isScalar(key) ? key.value : key;
    if (!["value", "original", "repair"].includes(name as string)) map.set(name, value);
  }
  return map;
}

function newValue(old: Node, to: AssetEdit["to"]): Node | null {
  if (isScalar(old)) return new Scalar(typeof to === "string" ? to : to[0] ?? "unknown");
  if (!isSeq(old) || typeof to === "string") return null;
  // A comment after the list stands beyond it and stays there.
  const { flow, commentBefore } = old;
  const list = Object.assign(new YAMLSeq(), { flow, commentBefore });
  let readable = 0;
  let kept = 0;
  for (const item of old.items as Node[]) {
    const text = itemText(item.toJS(new Document(), { mapAsMap: true }));
    const next = text === null ? text : to[readable++];
    if (next === null && text !== null) continue;
    if (text !== null) kept++;
    list.items.push(next === text ? item : renamed(item, next as string));
  }
  return kept > 0 ? list : new Scalar("unknown");
}

/** An item with another text, and the comments and explanation of the one before. */
function renamed(item: Node, text: string): Node {
  const { comment, commentBefore, spaceBefore } = item;
  const next = new Scalar(text);
  if (!isMap(item)) return Object.assign(next, { comment, commentBefore, spaceBefore });
  const copy = item.clone() as YAMLMap;
  copy.set("value", next);
  return copy;
}

function withoutComments(node: Node): Node {
  const copy = node.clone() as Node;
  visit(copy, {
    Node(_, part) {
      part.comment = part.commentBefore = undefined;
      part.spaceBefore = false;
    },
  });
  return copy;
}

/** A cell on one line, which any context takes. */
function flat(cell: YAMLMap): string {
  const copy = withoutComments(cell);
  visit(copy, {
    Collection(_, part) {
      part.flow = true;
    },
  });
  const text = new Document(copy, { schema: "failsafe" })
    .toString({ lineWidth: 0, flowCollectionPadding: false, blockQuote: false });
  return text.trimEnd();
}

function spliced(text: string, splices: Splice[]): string {
  const sorted = splices.toSorted((a, b) => a.from - b.from);
  let at = 0;
  const parts: string[] = [];
  for (const { from, to, text: part } of sorted) {
    parts.push(text.slice(at, from), part);
    at = to;
  }
  return parts.join("") + text.slice(at);
}

/** Whether a text holds the records with the edits made, and nothing else is otherwise. */
function readsAs(
  text: string,
  edits: readonly AssetEdit[],
  { records, file }: { records: readonly AssetRecord[]; file: string },
): boolean {
  let read: AssetRecord[];
  try {
    read = readAssetYaml(text, { file, report: () => {} });
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
  const byRecord = Map.groupBy(edits, ({ record }) => record);
  return read.length === records.length &&
    records.every((record, i) => isEdited(record, read[i], byRecord.get(i) ?? []));
}

function isEdited(before: AssetRecord, after: AssetRecord, edits: readonly AssetEdit[]): boolean {
  const cells = Object.assign(Object.create(null), before.cells);
  for (const edit of edits) {
    const { value, state, explanation } = before.cells[edit.field];
    const next = editedValue(edit);
    const kind = [before.cells[edit.field].repair?.kind, edit.repair].filter(Boolean).join(", ");
    cells[edit.field] = {
      state: next === "unknown" ? "unknown" : state,
      value: next,
      explanation,
      repair: { kind, original: before.cells[edit.field].repair?.original ?? value },
    };
  }
  const fields = ({ cells }: Pick<AssetRecord, "cells">) =>
    JSON.stringify(
      Object.keys(cells).map((key) => {
        const { state, value, explanation, repair } = cells[key];
        return [key, state, value, explanation, repair?.kind, repair?.original];
      }),
    );
  return before.name === after.name && before.type === after.type &&
    before.access === after.access &&
    Object.is(before.created, after.created) && before.organization === after.organization &&
    fields({ cells }) === fields(after);
}
