import { type LinearOrdering, linearOrdering } from "../core/ordering/linear_ordering.ts";
import {
  linearOrderingProgram,
  type LinearOrderingProgramOptions,
} from "../core/ordering/linear_ordering_program.ts";
import type { TraitColumn } from "../snapshot/traits.ts";
import { type NetTraffic, netTraffic, type Transitions, valueCounts } from "./transitions.ts";

/** Net traffic between two values, in its direction. */
export interface TrafficEdge {
  /** Value that loses. */
  from: string;
  /** Value that gains. */
  to: string;
  /** Net transitions, positive. */
  net: number;
  /** Whether `from` stands before `to` in the order. */
  forward: boolean;
}

/** The most frequent values of a trait in the order that traffic takes. */
export interface TraitOrdering {
  /** In the optimal order, first = where traffic starts. */
  traits: string[];
  /** Models that report each of `traits`, repeats counted. */
  frequency: number[];
  /** Positive net traffic between all pairs. */
  netTraffic: number;
  /** Net traffic that goes forward: the optimum. */
  forward: number;
  /** No order carries more than this; equals `forward` where the order is optimal. */
  bound: number;
  /** Whether the optimum is proven. */
  optimal: boolean;
  /** Whether it is the only optimal order; null where that is not known. */
  unique: boolean | null;
  /** How many orders are optimal, exact up to 2^53; null where they were not counted. */
  orders: number | null;
  /** Pairs, the earlier first, that stand the other way round in some optimal order. */
  free: [string, string][];
  /** Pairs of which neither that nor its contrary is proven. */
  undecided: [string, string][];
  /** The oriented graph, largest net traffic first, ties by places in the order. */
  edges: TrafficEdge[];
  /** Transitions between these values, both directions counted. */
  moves: number;
  /** Those that go from an earlier value to a later one. */
  movesForward: number;
}

/** Options of {@link traitOrdering}. */
export interface TraitOrderingOptions {
  /** How many values, the most frequent; at most 20. @default 10 */
  n?: number;
}

/** Options of {@link traitOrderingProgram}. */
export interface TraitOrderingProgramOptions extends LinearOrderingProgramOptions {
  /** How many values, the most frequent; at most 60. @default 40 */
  n?: number;
}

/**
 * Orders the most frequent values of a trait (as {@link netTraffic} chooses them) so that as much net traffic as possible goes
 * forward (Laufer, Oderinwale and Kleinberg 2025, section 7), proven for up to 20 values. Of several optimal orders it is the one
 * that puts the more frequent value first wherever it can, from the first place on.
 *
 * @param column The column that the transitions were counted from, repeats included.
 * @throws {RangeError} when n is no whole number from 0 to 20
 *
 * @example
 * ```ts
 * import { buildLineage, readModelBlocks, traitColumn, traitOrdering, transitions } from "kindred";
 * const rows = '{"id":"a","tags":["license:llama3"]}\n' +
 *   '{"id":"b","tags":["base_model:finetune:a","license:mit"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const column = traitColumn(snapshot, "license");
 * const found = transitions(buildLineage(snapshot).lineage.view("finetune"), column);
 * traitOrdering(found, column).traits; // ["llama3", "mit"]
 * ```
 */
export function traitOrdering(
  transitions: Transitions,
  column: TraitColumn,
  { n = 10 }: TraitOrderingOptions = {},
): TraitOrdering {
  checkSize(n, 20);
  const traffic = netTraffic(transitions, column, { n });
  return named(traffic, linearOrdering(traffic.net), { transitions, column });
}

/**
 * As {@link traitOrdering}, for up to 60 values, as an integer program: see `linearOrderingProgram` for what is proven and how ties
 * are chosen.
 *
 * @param column The column that the transitions were counted from, repeats included.
 * @throws {RangeError} when n is no whole number from 0 to 60, or another option is out of range
 *
 * @example
 * ```ts
 * import { buildLineage, readModelBlocks, traitColumn, traitOrderingProgram, transitions } from "kindred";
 * const rows = '{"id":"a","tags":["en"]}\n{"id":"b","tags":["base_model:finetune:a","en","fr"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const column = traitColumn(snapshot, "language");
 * const found = transitions(buildLineage(snapshot).lineage.view("finetune"), column);
 * const { traits, unique } = await traitOrderingProgram(found, column);
 * traits; // ["en", "fr"]
 * unique; // true
 * ```
 */
export async function traitOrderingProgram(
  transitions: Transitions,
  column: TraitColumn,
  { n = 40, ...options }: TraitOrderingProgramOptions = {},
): Promise<TraitOrdering> {
  checkSize(n, 60);
  const traffic = netTraffic(transitions, column, { n });
  const ordering = await linearOrderingProgram(traffic.net, options);
  return named(traffic, ordering, { transitions, column });
}

function checkSize(n: number, most: number): void {
  if (Number.isInteger(n) && n >= 0 && n <= most) return;
  throw new RangeError(`Cannot order traits: n is ${n}, expected a whole number from 0 to ${most}`);
}

/** An ordering of numbers told in names. */
function named(
  { values, net }: NetTraffic,
  { order, total, forward, bound, optimal, unique, orders, free, undecided }: LinearOrdering,
  { transitions, column }: { transitions: Transitions; column: TraitColumn },
): TraitOrdering {
  const traits = order.map((item) => values[item]);
  const place = new Map(traits.map((trait, at) => [trait, at]));
  const counts = valueCounts(column);
  const frequency = new Array<number>(traits.length).fill(0);
  const placeOf = new Int32Array(column.values.length).fill(-1);
  for (let code = 0; code < column.values.length; code++) {
    const at = place.get(column.values.at(code));
    if (at === undefined) continue;
    placeOf[code] = at;
    frequency[at] = counts[code];
  }
  let moves = 0;
  let movesForward = 0;
  for (let i = 0; i < transitions.pairs; i++) {
    const from = placeOf[transitions.from[i]];
    const to = placeOf[transitions.to[i]];
    if (from < 0 || to < 0) continue;
    moves += transitions.count[i];
    if (from < to) movesForward += transitions.count[i];
  }
  const edges = order.flatMap((i, a) =>
    order.flatMap((j, b) =>
      net[i][j] > 0 ? [{ from: values[i], to: values[j], net: net[i][j], forward: a < b }] : []
    )
  ).sort((a, b) => b.net - a.net);
  const names = (pairs: [number, number][]) =>
    pairs.map(([i, j]): [string, string] => [values[i], values[j]]);
  return {
    traits,
    frequency,
    netTraffic: total,
    forward,
    bound,
    optimal,
    unique,
    orders,
    free: names(free),
    undecided: names(undecided),
    edges,
    moves,
    movesForward,
  };
}
