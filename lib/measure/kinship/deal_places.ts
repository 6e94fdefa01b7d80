import { random } from "../../core/random.ts";
import { monthOf } from "../../core/time.ts";
import type { LineageView } from "../../graph/lineage.ts";

/** Where children are dealt to: a place for each edge, in memory that threads may share. */
export interface DealPlaces {
  /** Number of models. */
  readonly nodes: number;
  /** Parent of each place, ascending. */
  readonly parent: Uint32Array;
  /** Child that the lineage has at each place. */
  readonly child: Uint32Array;
  /** Number of the stratum of each place: its relation and the month of its child. */
  readonly stratum: Uint32Array;
}

/** Which edges become places. */
export interface DealPlacesOptions {
  /**
   * Most places; of a view with more edges a random sample is taken, in which each fork is as likely as any other.
   * @default 20000
   */
  most?: number;
  /**
   * Seed of the sample.
   * @default 1
   */
  seed?: number;
}

/** Months that a relation has numbers for; the last is that of children without a date. */
const months = 4096;

/**
 * The edges of a view as places that children are dealt among: see `dealChildren`. The edges of one relation whose children were
 * created in the same calendar month (UTC) are a stratum, those without a date one more.
 *
 * A sample of the edges keeps each pair of siblings, and each child of a fork, with the same chance, so that the means over its forks
 * are those of the whole but for chance; and a permutation within a sample drawn without regard to the texts is a valid one.
 *
 * @throws {RangeError} when `most` is no whole number
 */
export function dealPlaces(
  view: LineageView,
  { most = 20_000, seed = 1 }: DealPlacesOptions = {},
): DealPlaces {
  if (!Number.isSafeInteger(most) || most < 0) {
    throw new RangeError(`Cannot sample the edges: most is ${most}, expected a whole number`);
  }
  const { lineage } = view;
  const places = Math.min(view.edges, most);
  const column = () => new Uint32Array(new SharedArrayBuffer(4 * places));
  const found = { nodes: lineage.nodes, parent: column(), child: column(), stratum: column() };
  const rng = random({ seed });
  let place = 0;
  let left = view.edges;
  for (let e = 0; e < lineage.edges; e++) {
    if (!view.has(e)) continue;
    // Chosen with the chance that fills the sample exactly.
    const taken = left === places - place || rng.uniform() * left < places - place;
    left--;
    if (!taken) continue;
    const month = monthOf(lineage.time[e]);
    found.parent[place] = lineage.parent[e];
    found.child[place] = lineage.child[e];
    found.stratum[place++] = lineage.relation[e] * months + (month < 0 ? months - 1 : month);
  }
  return found;
}
