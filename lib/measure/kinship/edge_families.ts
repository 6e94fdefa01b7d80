import { descending } from "../../core/descending.ts";
import { random } from "../../core/random.ts";
import type { KinshipGraph } from "./graph.ts";
import type { KinshipFamilies } from "./pair_sums.ts";

/** How families are numbered. */
export interface EdgeFamiliesOptions {
  /**
   * Most numbers that are given. Beyond as many families the quarter of them with the most edges keep their own, and the others are
   * put at random into bundles of about as many families each, so that sums by family stay small.
   * @default 1024
   */
  most?: number;
  /**
   * Seed of the bundles.
   * @default 1
   */
  seed?: number;
}

/** Families, or bundles of small ones. */
export interface EdgeFamilies extends KinshipFamilies {
  /** Label of each family, -1 for a bundle of several. */
  readonly labels: Int32Array;
}

/**
 * Numbers the families that have edges in a graph: with at most `most` of them in the order of their lowest such node, else those on
 * their own by edges, largest first, and then the bundles. Independent families in a bundle add their variances, so that bundles
 * spread as families do on average.
 *
 * @param labels Family of each node, for example its weak component in the no-merge graph; both ends of an edge have the same.
 * @throws {RangeError} when there is not one label for each node, or `most` is below 8
 */
export function edgeFamilies(
  { nodes, childOffsets, parentOffsets }: KinshipGraph,
  labels: Uint32Array,
  { most = 1024, seed = 1 }: EdgeFamiliesOptions = {},
): EdgeFamilies {
  if (labels.length !== nodes) {
    throw new RangeError(
      `Cannot number the families: found ${labels.length} labels, expected one for each of ${nodes} nodes`,
    );
  }
  if (!(Number.isSafeInteger(most) && most >= 8)) {
    throw new RangeError(`Cannot number the families: most is ${most}, expected at least 8`);
  }
  let highest = 0;
  for (let u = 0; u < nodes; u++) if (labels[u] > highest) highest = labels[u];
  const number = new Int32Array(highest + 1).fill(-1);
  let families = 0;
  for (let u = 0; u < nodes; u++) {
    const lonely = childOffsets[u] === childOffsets[u + 1] &&
      parentOffsets[u] === parentOffsets[u + 1];
    if (!lonely && number[labels[u]] < 0) number[labels[u]] = families++;
  }
  const label = new Int32Array(families);
  const edges = new Float64Array(families);
  for (let u = 0; u < nodes; u++) {
    const family = number[labels[u]];
    if (family < 0) continue;
    label[family] = labels[u];
    edges[family] += childOffsets[u + 1] - childOffsets[u];
  }
  const count = Math.min(most, families);
  const own = label.slice(0, count);
  if (families > most) {
    const order = descending(edges);
    const alone = most >> 2;
    const rng = random({ seed });
    for (let i = order.length - 1; i > alone; i--) {
      const j = alone + rng.below(i - alone + 1);
      [order[i], order[j]] = [order[j], order[i]];
    }
    own.fill(-1, alone);
    for (let i = 0; i < families; i++) {
      number[label[order[i]]] = i < alone ? i : alone + (i - alone) % (most - alone);
      if (i < alone) own[i] = label[order[i]];
    }
  }
  const of = new Int32Array(new SharedArrayBuffer(4 * nodes)).fill(-1);
  for (let u = 0; u < nodes; u++) {
    if (childOffsets[u] < childOffsets[u + 1] || parentOffsets[u] < parentOffsets[u + 1]) {
      of[u] = number[labels[u]];
    }
  }
  return { count, of, labels: own };
}
