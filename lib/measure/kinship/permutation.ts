import { random } from "../../core/random.ts";
import type { TermVectors, Weighting } from "../../core/term_vectors.ts";
import type { SiblingExcess } from "../report.ts";
import type { DealPlaces } from "./deal_places.ts";
import { Dealer } from "./dealer.ts";
import { ForkSums } from "./fork_sums.ts";

/** Differences that are equal but for the order of their sums differ by less. */
const rounding = 1e-12;

/** How children are dealt. */
export interface DealOptions {
  /**
   * Number of deals; the smallest p that n of them can show is 1 / (n + 1).
   * @default 99
   */
  deals?: number;
  /**
   * Number of the first deal: threads that share the deals start at different ones.
   * @default 0
   */
  first?: number;
  /**
   * Seed of the deals; each has a generator of its own.
   * @default 1
   */
  seed?: number;
}

/**
 * By how much siblings are more alike than parent and child over the places as they are, and in each deal; NaN where there are no
 * such pairs.
 */
export type Deals = Record<Weighting, { observed: number; dealt: Float64Array }>;

/**
 * Deals the children again among the places below the parents, and measures `fork.siblings` less `fork.parentChild` each time. The
 * children of a stratum (see `dealPlaces`) are put in random order, so that each parent keeps as many children of each
 * relation and month as it has. Under the null hypothesis that whose child a model is does not matter to its text, given relation and
 * month, each such order is as likely as the one observed.
 *
 * A model with several parents is dealt once for each. An order that gives a parent the same child twice, or itself, is mended: the place
 * is swapped with random ones of its stratum until neither is so, a hundred times at most; then it stays. Cycles may arise and do no harm.
 * One deal costs one pass over the rows of terms of the places. Deal r depends on the seed and r alone: threads share the work with
 * `first`, and {@link joinDeals} puts it together.
 *
 * @throws {RangeError} when the vectors have another number of rows than there are models, or `deals` is no whole number
 */
export function dealChildren(
  places: DealPlaces,
  vectors: TermVectors,
  { deals = 99, first = 0, seed = 1 }: DealOptions = {},
): Deals {
  if (!Number.isSafeInteger(deals) || deals < 0) {
    throw new RangeError(`Cannot deal the children ${deals} times: expected a whole number`);
  }
  const sums = new ForkSums(places, vectors);
  const dealer = new Dealer(places);
  sums.measure(places.child);
  const found: Deals = {
    bagOfWords: { observed: sums.bagOfWords, dealt: new Float64Array(deals) },
    tfidf: { observed: sums.tfidf, dealt: new Float64Array(deals) },
  };
  for (let r = 0; r < deals; r++) {
    dealer.deal(random({ seed: seed + (first + r) * 2 ** 32 }));
    sums.measure(dealer.dealt);
    found.bagOfWords.dealt[r] = sums.bagOfWords;
    found.tfidf.dealt[r] = sums.tfidf;
  }
  return found;
}

/**
 * The deals of several threads as one; all were made of the same places.
 *
 * @throws {RangeError} when there are none
 */
export function joinDeals(parts: readonly Deals[]): Deals {
  if (parts.length === 0) throw new RangeError("Cannot join the deals: found no parts");
  const join = (weighting: Weighting) => ({
    observed: parts[0][weighting].observed,
    dealt: Float64Array.from(parts.flatMap((part) => [...part[weighting].dealt])),
  });
  return { bagOfWords: join("bagOfWords"), tfidf: join("tfidf") };
}

/**
 * Where the observed difference stands among the dealt ones: `p` counts the observed one as a deal, so that it is valid for any number of
 * deals. Null where there is no difference, or no deal has one.
 */
export function permutationNull(
  observed: number,
  dealt: Float64Array,
): SiblingExcess["permutation"] {
  const values = dealt.filter((value) => !Number.isNaN(value)).sort();
  const replicates = values.length;
  if (Number.isNaN(observed) || replicates === 0) return null;
  let sum = 0;
  let atLeast = 0;
  for (const value of values) {
    sum += value;
    if (value >= observed - rounding) atLeast++;
  }
  const at = (p: number) => values[Math.round(p * (replicates - 1))];
  return {
    replicates,
    mean: sum / replicates,
    low: at(0.025),
    high: at(0.975),
    p: (1 + atLeast) / (1 + replicates),
  };
}
