import { random } from "../core/random.ts";
import { Lineage, type LineageView } from "../graph/lineage.ts";
import type { TraitColumn } from "../snapshot/traits.ts";
import { trafficByEdge } from "./direction.ts";
import type { Families } from "./families.ts";
import { traitOrdering } from "./trait_ordering.ts";
import { transitions } from "./transitions.ts";

/** How well an order of values does on the families that it was found in, and on others. */
export interface HeldOutOrder {
  /** Splits in which both halves have a transition. */
  splits: number;
  /** Mean share of the transitions that go forward in the half that the order was found in; null where there is no split. */
  fitted: number | null;
  /** Mean share that go forward in the other half; one half is what an order would do that says nothing. */
  heldOut: number | null;
  /** Smallest and largest share of the other half over the splits. */
  range: [least: number, most: number] | null;
}

/** Options of {@link heldOutOrder}. */
export interface HeldOutOrderOptions {
  /** Families, each of which falls into one half as a whole; an edge goes with the family of its parent. */
  families: Families;
  /** Values that are put in order, the most frequent; at most 20. @default 10 */
  n?: number;
  /** Random splits, at least 1. @default 20 */
  splits?: number;
  /** Seed of the splits. @default 1 */
  seed?: number;
}

/**
 * How much of an optimal order would hold for other families: the order is found in a random half of the families and followed in the
 * other half. The share in the same half flatters, since the order was chosen for it.
 *
 * @param column The column, repeats included.
 * @throws {RangeError} when n is no whole number from 0 to 20, or splits none from 1
 *
 * @example
 * ```ts
 * import { buildLineage, families, heldOutOrder, readModelBlocks, traitColumn } from "kindred";
 * let rows = "";
 * for (let i = 0; i < 20; i++) {
 *   rows += `{"id":"a${i}","tags":["license:llama3"]}\n` +
 *     `{"id":"b${i}","tags":["base_model:finetune:a${i}","license:mit"]}\n`;
 * }
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "pairs" });
 * const { lineage } = buildLineage(snapshot);
 * const groups = families(lineage.view("no-merge"));
 * heldOutOrder(lineage.view("finetune"), traitColumn(snapshot, "license"), { families: groups }).heldOut; // 1
 * ```
 */
export function heldOutOrder(
  view: LineageView,
  column: TraitColumn,
  { families, n = 10, splits = 20, seed = 1 }: HeldOutOrderOptions,
): HeldOutOrder {
  if (!Number.isSafeInteger(splits) || splits < 1) {
    throw new RangeError(
      `Cannot hold families out: splits is ${splits}, expected a whole number from 1`,
    );
  }
  const { lineage } = view;
  const draw = random({ seed });
  const shares: { fitted: number; heldOut: number }[] = [];
  for (let split = 0; split < splits; split++) {
    const side = Uint8Array.from({ length: families.components }, () => draw.below(2));
    const isFitted = (e: number) => side[families.of[lineage.parent[e]]] === 0;
    const half = lineageOf(lineage, isFitted).view(view.graph);
    const { traits, moves, movesForward } = traitOrdering(transitions(half, column), column, { n });
    const { numerator, denominator } = trafficByEdge(view, column, { order: traits });
    let [above, below] = [0, 0];
    for (let e = 0; e < lineage.edges; e++) {
      if (isFitted(e)) continue;
      above += numerator[e];
      below += denominator[e];
    }
    if (moves > 0 && below > 0) {
      shares.push({ fitted: movesForward / moves, heldOut: above / below });
    }
  }
  if (shares.length === 0) return { splits: 0, fitted: null, heldOut: null, range: null };
  const mean = (share: "fitted" | "heldOut") =>
    shares.reduce((sum, of) => sum + of[share], 0) / shares.length;
  const others = shares.map(({ heldOut }) => heldOut);
  return {
    splits: shares.length,
    fitted: mean("fitted"),
    heldOut: mean("heldOut"),
    range: [Math.min(...others), Math.max(...others)],
  };
}

/** The lineage with some of its edges only. */
function lineageOf(lineage: Lineage, keep: (edge: number) => boolean): Lineage {
  const kept = Uint32Array.from({ length: lineage.edges }, (_, e) => e).filter(keep);
  return new Lineage(lineage.nodes, {
    parent: kept.map((e) => lineage.parent[e]),
    child: kept.map((e) => lineage.child[e]),
    relation: Uint8Array.from(kept, (e) => lineage.relation[e]),
    time: Float64Array.from(kept, (e) => lineage.time[e]),
  });
}
