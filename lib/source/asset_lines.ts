import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  visit,
  type YAMLSeq,
} from "yaml";
import { asText, itemText, saysNothing } from "./asset_cell.ts";
import type { AssetLines } from "./asset_record.ts";

/**
 * Lines of the fields and dependencies of a record.
 *
 * @param node The record in the document; an alias has no lines of its own.
 * @param options.aliased Anchors of the records that stand in the list again, as an alias.
 */
export function linesOf(
  node: unknown,
  { fields, item, line, lineAt, aliased }: {
    fields: ReadonlyMap<string, unknown>;
    item: number;
    line: number;
    lineAt: (offset: number) => number;
    aliased: ReadonlySet<string>;
  },
): AssetLines {
  const lines: AssetLines = { item, fields: Object.create(null), dependencies: [] };
  if (!isMap(node)) {
    const shared = [...fields.keys()];
    return { ...lines, dependencies: listOf(fields).map(() => line), shared };
  }
  const twice = node.anchor !== undefined && aliased.has(node.anchor);
  const shared: string[] = [];
  for (const { key, value } of node.items) {
    if (!isScalar(key)) continue;
    if (key.range) lines.fields[String(key.value)] = lineAt(key.range[0]);
    if (twice || isShared(value)) shared.push(String(key.value));
  }
  if (shared.length > 0) lines.shared = shared;
  const list = listNode(pairOf(node.items, "dependencies")?.value);
  const own = lines.fields.dependencies ?? line;
  listOf(fields).forEach((value, i) => {
    if (itemText(value) === null) return;
    const found = isSeq(list) ? list.items[i] : list;
    lines.dependencies.push(isNode(found) && found.range ? lineAt(found.range[0]) : own);
  });
  return lines;
}

/** The items of the dependencies, or the one text that they are. */
function listOf(fields: ReadonlyMap<string, unknown>): unknown[] {
  const raw = fields.get("dependencies");
  const value = raw instanceof Map ? raw.get("value") : raw;
  return Array.isArray(value) ? value : saysNothing(asText(value) ?? "") ? [] : [value];
}

/** Whether a part of a document can be reached from elsewhere, or means more than its text. */
export function isShared(node: unknown): boolean {
  if (!isNode(node)) return false;
  let shared = false;
  visit(node, {
    Node(_, part) {
      if (!isAlias(part) && part.anchor === undefined && part.tag === undefined) return;
      shared = true;
      return visit.BREAK;
    },
  });
  return shared;
}

/** The last pair of a key, which is the one that counts. */
export function pairOf(pairs: readonly Pair[], name: string): Pair | undefined {
  return pairs.findLast(({ key }) => isScalar(key) && key.value === name);
}

function listNode(value: unknown): unknown {
  return isMap(value) ? pairOf(value.items, "value")?.value : value;
}

/** Record, field and key that an offset of the document lies in. */
export function fieldAt(
  { items }: YAMLSeq,
  { offset, list }: { offset: number; list: readonly unknown[] },
): { asset: string; field: string; found: string } {
  const begins = (node: unknown) => isNode(node) && node.range ? node.range[0] : Infinity;
  const item = items.findLastIndex((node) => begins(node) <= offset);
  const fields = list[item];
  const name = fields instanceof Map ? itemText(fields.get("name")) : null;
  const node = items[item];
  const pair = isMap(node) ? node.items.findLast(({ key }) => begins(key) <= offset) : undefined;
  const field = pair === undefined || isAlias(pair.key)
    ? ""
    : String((pair.key as Node).toString());
  return { asset: name ?? "", field, found: field };
}
