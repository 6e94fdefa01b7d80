import type { LineageView } from "../../graph/lineage.ts";
import { type Random, random } from "../../core/random.ts";
import type { ModelSnapshot } from "../../snapshot/model_snapshot.ts";
import { hasCard } from "../drift.ts";

/** The edges whose two cards are compared, and the cards to read for them. */
export interface CardEdges {
  /** Parent and child of each edge. */
  parent: Uint32Array;
  child: Uint32Array;
  /** 1 for each model whose card is read. */
  read: Uint8Array;
  /** Models whose card could be read, and edges between two of them: all there are. */
  usable: { cards: number; edges: number };
}

/** Which cards count. */
export interface CardEdgesOptions {
  /** Whether cards that say that they were generated automatically count. @default true */
  automatic?: boolean;
  /**
   * Most cards to read; where there are more, edges are drawn at random until their ends are so many, and other cards only
   * where all edges are in.
   * @default all
   */
  limit?: number;
  /** Of the draw. @default 1 */
  seed?: number;
}

/**
 * Chooses the cards to read: all of more than 3 characters or, where they are more than `limit`, those of edges drawn without
 * replacement, each edge as likely as any other, and then cards without such an edge, each as likely as any other.
 *
 * @throws {RangeError} when `limit` is not a whole number of at least 2
 */
export function cardEdges(
  snapshot: ModelSnapshot,
  view: LineageView,
  { automatic = true, limit = Infinity, seed = 1 }: CardEdgesOptions = {},
): CardEdges {
  if (limit !== Infinity && (!Number.isInteger(limit) || limit < 2)) {
    throw new RangeError(
      `Cannot read ${limit} cards: expected a whole number of at least 2 as limit`,
    );
  }
  const { lineage } = view;
  const usable = new Uint8Array(snapshot.models);
  let cards = 0;
  for (let row = 0; row < snapshot.models; row++) {
    if (!hasCard(snapshot, row) || (!automatic && snapshot.cardAutomatic[row] === 1)) continue;
    usable[row] = 1;
    cards++;
  }
  const edges = new Uint32Array(view.edges);
  let length = 0;
  for (let e = 0; e < lineage.edges; e++) {
    if (view.has(e) && usable[lineage.parent[e]] === 1 && usable[lineage.child[e]] === 1) {
      edges[length++] = e;
    }
  }
  let read = usable;
  let chosen = edges.subarray(0, length);
  if (cards > limit) {
    const rng = random({ seed });
    read = new Uint8Array(snapshot.models);
    let taken = 0;
    let count = 0;
    for (; count < length; count++) {
      const pick = count + rng.below(length - count);
      const e = edges[pick];
      const more = 2 - read[lineage.parent[e]] - read[lineage.child[e]];
      if (taken + more > limit) break;
      edges[pick] = edges[count];
      edges[count] = e;
      read[lineage.parent[e]] = read[lineage.child[e]] = 1;
      taken += more;
    }
    chosen = edges.subarray(0, count);
    // All edges are in: the room that is left goes to other cards.
    if (count === length) draw(usable, { into: read, n: limit - taken, rng });
  }
  return {
    parent: chosen.map((e) => lineage.parent[e]),
    child: chosen.map((e) => lineage.child[e]),
    read,
    usable: { cards, edges: length },
  };
}

/** Marks `n` rows, drawn without replacement from those that are in `from` and not yet marked. */
function draw(
  from: Uint8Array,
  { into, n, rng }: { into: Uint8Array; n: number; rng: Random },
): void {
  let left = 0;
  for (let row = 0; row < from.length; row++) if (from[row] === 1 && into[row] === 0) left++;
  let wanted = n;
  for (let row = 0; row < from.length && wanted > 0; row++) {
    if (from[row] === 0 || into[row] === 1) continue;
    if (rng.below(left--) < wanted) {
      into[row] = 1;
      wanted--;
    }
  }
}
