import type { BootstrapInterval } from "../core/cluster_bootstrap.ts";
import { byCodeUnits } from "../core/compare.ts";
import type { LineageView } from "../graph/lineage.ts";
import { distinctWithin, type TraitColumn } from "../snapshot/traits.ts";
import {
  type EdgeColumns,
  endsOf,
  familyInterval,
  type FamilyIntervalOptions,
} from "./family_interval.ts";
import type { Transitions } from "./transitions.ts";

/** Traffic between two values, seen from the one that loses more. */
export interface TraitDirection {
  /** Value that gives way more often; of two that do so equally often the first by code units. */
  from: string;
  /** Value that is gained. */
  to: string;
  /** Transitions from `from` to `to`. */
  forward: number;
  /** Transitions from `to` to `from`. */
  back: number;
  /** forward / (forward + back), at least one half. */
  share: number;
  /** Interval of the share, families resampled; the direction is not proven while it holds one half. Null where it cannot be said. */
  interval: [low: number, high: number] | null;
}

/**
 * Transitions (as `transitions` counts them) of each edge between the values of an order: those that go forward in it over all of them, for
 * each edge of the lineage; 0 and 0 where there are none or the edge is not in the view.
 *
 * @param options.order Values, first to last; transitions from or to any other value are not counted.
 * @throws {RangeError} when a value is given twice
 *
 * @example
 * ```ts
 * import { buildLineage, readModelBlocks, trafficByEdge, traitColumn } from "kindred";
 * const rows = '{"id":"a","tags":["license:mit"]}\n' +
 *   '{"id":"b","tags":["base_model:finetune:a","license:gpl-3.0"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const view = buildLineage(snapshot).lineage.view("finetune");
 * trafficByEdge(view, traitColumn(snapshot, "license"), { order: ["mit", "gpl-3.0"] });
 * // { numerator: Float64Array [2], denominator: Float64Array [2] }
 * ```
 */
export function trafficByEdge(
  view: LineageView,
  column: TraitColumn,
  { order }: { order: readonly string[] },
): EdgeColumns {
  const { offsets, codes, values } = distinctWithin(column);
  const { lineage } = view;
  const place = places(column, order);
  const numerator = new Float64Array(lineage.edges);
  const denominator = new Float64Array(lineage.edges);
  const inParent = new Uint32Array(values.length);
  const inChild = new Uint32Array(values.length);
  for (let e = 0; e < lineage.edges; e++) {
    if (!view.has(e)) continue;
    const u = lineage.parent[e];
    const v = lineage.child[e];
    for (let i = offsets[u]; i < offsets[u + 1]; i++) inParent[codes[i]] = e + 1;
    for (let j = offsets[v]; j < offsets[v + 1]; j++) inChild[codes[j]] = e + 1;
    for (let i = offsets[u]; i < offsets[u + 1]; i++) {
      const a = codes[i];
      if (place[a] < 0) continue;
      const lost = inChild[a] === e + 1 ? 0 : 1;
      for (let j = offsets[v]; j < offsets[v + 1]; j++) {
        const b = codes[j];
        if (place[b] < 0) continue;
        const times = lost + (inParent[b] === e + 1 ? 0 : 1);
        denominator[e] += times;
        if (place[a] < place[b]) numerator[e] += times;
      }
    }
  }
  return { numerator, denominator };
}

/** Place of each code in the order, -1 where its value is not in it. */
function places({ values }: TraitColumn, order: readonly string[]): Int32Array {
  const wanted = new Map(order.map((value, i) => [value, i]));
  if (wanted.size < order.length) {
    const twice = order.find((value, i) => wanted.get(value) !== i);
    throw new RangeError(`Cannot follow the order: "${twice}" is given twice, expected once`);
  }
  const place = new Int32Array(values.length).fill(-1);
  for (let code = 0; code < place.length; code++) place[code] = wanted.get(values.at(code)) ?? -1;
  return place;
}

/**
 * Share of the transitions between the values of an order that go forward in it, with an interval that respects families: see
 * {@link familyInterval}. The order is taken as given; one found in the same data is the best for them, so that its share is
 * a little too high for others.
 *
 * @throws {RangeError} when a value is given twice or an option is out of range
 *
 * @example
 * ```ts
 * import { buildLineage, forwardInterval, readModelBlocks, traitColumn } from "kindred";
 * const rows = '{"id":"a","tags":["license:mit"]}\n' +
 *   '{"id":"b","tags":["base_model:finetune:a","license:gpl-3.0"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const view = buildLineage(snapshot).lineage.view("finetune");
 * forwardInterval(view, traitColumn(snapshot, "license"), { order: ["mit", "gpl-3.0"] }).estimate; // 1
 * ```
 */
export function forwardInterval(
  view: LineageView,
  column: TraitColumn,
  { order, ...options }: FamilyIntervalOptions & { order: readonly string[] },
): BootstrapInterval {
  const columns = trafficByEdge(view, column, { order });
  return familyInterval(view.lineage, columns, { ...options, range: [0, 1] });
}

/**
 * The pairs of values with most traffic in both directions together, most first, ties by code units; of each the share that goes
 * in its dominant direction, with an interval that respects families.
 *
 * @param found What `transitions` counted in the same view and column.
 * @throws {RangeError} when an option is out of range
 *
 * @example
 * ```ts
 * import { buildLineage, readModelBlocks, traitColumn, traitDirections, transitions } from "kindred";
 * const rows = '{"id":"a","tags":["license:mit"]}\n' +
 *   '{"id":"b","tags":["base_model:finetune:a","license:gpl-3.0"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const view = buildLineage(snapshot).lineage.view("finetune");
 * const column = traitColumn(snapshot, "license");
 * traitDirections(view, column, { found: transitions(view, column) });
 * // [{ from: "mit", to: "gpl-3.0", forward: 2, back: 0, share: 1, interval: null }]
 * ```
 */
export function traitDirections(
  view: LineageView,
  column: TraitColumn,
  { found, n = 10, ...options }: FamilyIntervalOptions & {
    found: Transitions;
    /** @default 10 */
    n?: number;
  },
): TraitDirection[] {
  const pairs = new Map<string, TraitDirection>();
  for (let i = 0; i < found.pairs; i++) {
    const from = found.values.at(found.from[i]);
    const to = found.values.at(found.to[i]);
    const ordered = byCodeUnits(from, to) <= 0;
    const key = JSON.stringify(ordered ? [from, to] : [to, from]);
    let pair = pairs.get(key);
    if (pair === undefined) {
      const [first, second] = ordered ? [from, to] : [to, from];
      pair = { from: first, to: second, forward: 0, back: 0, share: 0, interval: null };
      pairs.set(key, pair);
    }
    if (ordered) pair.forward = found.count[i];
    else pair.back = found.count[i];
  }
  return [...pairs.values()]
    .sort((a, b) =>
      b.forward + b.back - a.forward - a.back || byCodeUnits(a.from, b.from) ||
      byCodeUnits(a.to, b.to)
    )
    .slice(0, n)
    .map(({ from, to, forward, back }) => {
      const pair = forward >= back ? { from, to, forward, back } : {
        from: to,
        to: from,
        forward: back,
        back: forward,
      };
      const order = [pair.from, pair.to];
      return {
        ...pair,
        share: pair.forward / (forward + back),
        interval: endsOf(forwardInterval(view, column, { ...options, order })),
      };
    });
}
