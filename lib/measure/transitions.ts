import { byCodeUnits } from "../core/compare.ts";
import type { StringColumn } from "../core/string_column.ts";
import { topIndices } from "../core/top.ts";
import type { LineageView } from "../graph/lineage.ts";
import { distinctWithin, type TraitColumn } from "../snapshot/traits.ts";

/** How often one value of a trait gives way to another along the edges. */
export interface Transitions {
  /** Names of the codes. */
  readonly values: StringColumn;
  /** All transitions counted. */
  readonly total: number;
  /** Number of distinct ordered pairs (from, to). */
  readonly pairs: number;
  /** Codes and counts of the pairs, in the order they were first met. */
  readonly from: Uint32Array;
  /** Codes of the values gained. */
  readonly to: Uint32Array;
  /** How often each pair occurs. */
  readonly count: Float64Array;
}

/** One pair, by name. */
export interface Transition {
  /** Value at the parent. */
  from: string;
  /** Value at the child. */
  to: string;
  /** How often. */
  count: number;
}

/**
 * Counts the transitions of a trait: for an edge with values A at the parent and B at the child, every b in B\A counts a -> b for every a
 * in A, and every a in A\B counts a -> b for every b in B, so that a plain substitution counts twice (Laufer,
 * Oderinwale and Kleinberg 2025, section 7).
 *
 * @example
 * ```ts
 * import { buildLineage, readModelBlocks, topTransitions, traitColumn, transitions } from "kindred";
 * const rows = '{"id":"a","tags":["license:mit"]}\n' +
 *   '{"id":"b","tags":["base_model:finetune:a","license:gpl-3.0"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const view = buildLineage(snapshot).lineage.view("finetune");
 * topTransitions(transitions(view, traitColumn(snapshot, "license")));
 * // [{ from: "mit", to: "gpl-3.0", count: 2 }]
 * ```
 */
export function transitions(view: LineageView, column: TraitColumn): Transitions {
  const { offsets, codes, values } = distinctWithin(column);
  const { lineage } = view;
  const inParent = new Uint32Array(values.length);
  const inChild = new Uint32Array(values.length);
  const counts = new Map<number, number>();
  const width = values.length;
  let total = 0;
  for (let e = 0; e < lineage.edges; e++) {
    if (!view.has(e)) continue;
    const u = lineage.parent[e];
    const v = lineage.child[e];
    if (offsets[u + 1] === offsets[u] || offsets[v + 1] === offsets[v]) continue;
    for (let i = offsets[u]; i < offsets[u + 1]; i++) inParent[codes[i]] = e + 1;
    for (let j = offsets[v]; j < offsets[v + 1]; j++) inChild[codes[j]] = e + 1;
    for (let i = offsets[u]; i < offsets[u + 1]; i++) {
      const a = codes[i];
      const lost = inChild[a] === e + 1 ? 0 : 1;
      for (let j = offsets[v]; j < offsets[v + 1]; j++) {
        const b = codes[j];
        const times = lost + (inParent[b] === e + 1 ? 0 : 1);
        if (times === 0) continue;
        const key = a * width + b;
        counts.set(key, (counts.get(key) ?? 0) + times);
        total += times;
      }
    }
  }
  const from = new Uint32Array(counts.size);
  const to = new Uint32Array(counts.size);
  const count = new Float64Array(counts.size);
  let pair = 0;
  for (const [key, times] of counts) {
    from[pair] = Math.floor(key / width);
    to[pair] = key % width;
    count[pair++] = times;
  }
  return { values, total, pairs: pair, from, to, count };
}

/**
 * The most frequent transitions, ties by code-unit order of `from`, then `to`.
 *
 * @example
 * ```ts
 * import { buildLineage, readModelBlocks, topTransitions, traitColumn, transitions } from "kindred";
 * const rows = '{"id":"a","tags":["en"]}\n{"id":"b","tags":["base_model:finetune:a","en","fr"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const view = buildLineage(snapshot).lineage.view("finetune");
 * topTransitions(transitions(view, traitColumn(snapshot, "language")), { n: 1 });
 * // [{ from: "en", to: "fr", count: 1 }]
 * ```
 */
export function topTransitions(
  { values, from, to, count }: Transitions,
  { n = 10 }: { /** @default 10 */ n?: number } = {},
): Transition[] {
  return topIndices(count, { n })
    .map((i) => ({ from: values.at(from[i]), to: values.at(to[i]), count: count[i] }))
    .sort((a, b) => b.count - a.count || byCodeUnits(a.from, b.from) || byCodeUnits(a.to, b.to))
    .slice(0, n);
}

/** Values that are left out of transition figures because they say nothing. */
const empty = new Set(["other", "unknown", "None", "[]", ""]);

/** Net traffic between the most frequent values of a trait. */
export interface NetTraffic {
  /** Most frequent first. */
  values: string[];
  /** net[i][j]: transitions from value i to value j less those from j to i; antisymmetric. */
  net: number[][];
}

/**
 * Net traffic between the `n` most frequent values that take part in the oriented graph, which has an edge wherever net traffic is
 * positive. Frequency is over all models and counts repeats, ties by code-unit order; `other`, `unknown`, `None`, `[]` and the
 * empty value are skipped.
 *
 * @param column The column that `transitions` was counted from, repeats included.
 *
 * @example
 * ```ts
 * import { buildLineage, netTraffic, readModelBlocks, traitColumn, transitions } from "kindred";
 * const rows = '{"id":"a","tags":["en"]}\n{"id":"b","tags":["base_model:finetune:a","en","fr"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const column = traitColumn(snapshot, "language");
 * const view = buildLineage(snapshot).lineage.view("finetune");
 * netTraffic(transitions(view, column), column); // { values: ["en", "fr"], net: [[0, 1], [-1, 0]] }
 * ```
 */
export function netTraffic(
  { values, from, to, count }: Transitions,
  column: TraitColumn,
  { n = 10 }: { /** @default 10 */ n?: number } = {},
): NetTraffic {
  const width = values.length;
  const traffic = new Map<number, number>();
  for (let i = 0; i < count.length; i++) traffic.set(from[i] * width + to[i], count[i]);
  const net = (a: number, b: number) =>
    (traffic.get(a * width + b) ?? 0) - (traffic.get(b * width + a) ?? 0);
  const takesPart = new Uint8Array(width);
  for (let i = 0; i < count.length; i++) {
    if (net(from[i], to[i]) !== 0) takesPart[from[i]] = takesPart[to[i]] = 1;
  }
  const frequency = valueCounts(column);
  const ranked = Array.from(
    { length: width },
    (_, code) => ({ code, name: values.at(code), count: frequency[code] }),
  )
    .filter(({ code, name }) => takesPart[code] === 1 && !empty.has(name))
    .sort((a, b) => b.count - a.count || byCodeUnits(a.name, b.name))
    .slice(0, n);
  return {
    values: ranked.map(({ name }) => name),
    net: ranked.map((a) => ranked.map((b) => net(a.code, b.code))),
  };
}

/**
 * How often each value of a column occurs, repeats within a model included.
 *
 * @example
 * ```ts
 * import { readModelBlocks, traitColumn, valueCounts } from "kindred";
 * const rows = '{"id":"a","tags":["en"]}\n{"id":"b","tags":["base_model:finetune:a","en","fr"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * valueCounts(traitColumn(snapshot, "language")); // Float64Array [2, 1]
 * ```
 */
export function valueCounts({ codes, values }: TraitColumn): Float64Array {
  const counts = new Float64Array(values.length);
  for (let i = 0; i < codes.length; i++) counts[codes[i]]++;
  return counts;
}
