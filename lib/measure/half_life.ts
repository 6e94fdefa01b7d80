import type { PersistenceGeneration } from "./persistence_generations.ts";

/** How fast a declared trait decays with the steps of derivation. */
export interface HalfLife {
  /** Share kept by each step in the fit p^k, from 0 to 1; null without a lineage. */
  perStep: number | null;
  /**
   * Steps after which half is kept, in the fit: log(1/2) / log(perStep), 0 where nothing is kept; null where all is (it never halves) or
   * there is no lineage.
   */
  fitted: number | null;
  /**
   * Steps after which the share kept first falls to 1/2, a straight line drawn between generations and from all kept at 0; no curve is
   * assumed. Null where it stays above. Generations with fewer lineages than `fewest` are not looked at.
   */
  crossing: number | null;
}

/** What {@link halfLife} looks at. */
export interface HalfLifeOptions {
  /**
   * Fewest lineages of a generation that counts for the crossing.
   * @default 30
   */
  fewest?: number;
}

/** Largest rate of decay a step that is told from the loss of everything. */
const fastest = 60;
/** Slowest rate of decay a step that is told from none at all. */
const slowest = 1e-12;

/**
 * Half-life of a trait in derivation steps. The fit takes every lineage of generation k as kept with probability p^k, independently, and
 * p where the likelihood of the counts is largest (binomial, so that generations weigh by their lineages, and one in which nothing is
 * kept does no harm, as it would to logarithms). The crossing assumes nothing. Where the two differ, decay is not exponential: what is
 * declared once is often declared forever.
 *
 * Lineages of different generations are not the same lineages: only deep families have deep generations. Lineages of one family
 * depend on each other; for an interval see `persistenceIntervals`.
 *
 * @throws {RangeError} when a generation is not a positive number or counts more kept than lineages
 *
 * @example
 * ```ts
 * import { halfLife } from "kindred";
 * const generation = (generation: number, kept: number) =>
 *   ({ generation, lineages: 100, kept, changed: 100 - kept, lost: 0, retained: kept / 100 });
 * halfLife([generation(1, 50), generation(2, 25)]).fitted?.toFixed(6); // "1.000000"
 * ```
 */
export function halfLife(
  generations: readonly PersistenceGeneration[],
  { fewest = 30 }: HalfLifeOptions = {},
): HalfLife {
  for (const { generation, lineages, kept } of generations) {
    if (!(generation > 0) || !(kept >= 0 && kept <= lineages)) {
      throw new RangeError(
        `Cannot fit a half-life: generation ${generation} has ${kept} kept of ${lineages} lineages, expected 0 to ${lineages} and a generation from 1`,
      );
    }
  }
  const perStep = keptPerStep(generations);
  return {
    perStep,
    fitted: perStep === null || perStep === 1 ? null : perStep === 0 ? 0 : -1 / Math.log2(perStep),
    crossing: crossing(generations.filter(({ lineages }) => lineages >= Math.max(1, fewest))),
  };
}

/** Where the derivative of the likelihood in the rate x = -log p is 0; it falls as x grows. */
export function keptPerStep(
  generations: readonly Pick<PersistenceGeneration, "generation" | "lineages" | "kept">[],
): number | null {
  let lineages = 0;
  let kept = 0;
  for (const row of generations) {
    lineages += row.lineages;
    kept += row.kept;
  }
  if (lineages === 0) return null;
  if (kept === 0) return 0;
  if (kept === lineages) return 1;
  let low = Math.log(slowest);
  let high = Math.log(fastest);
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    const x = Math.exp(middle);
    let slope = 0;
    for (const { generation: k, lineages, kept } of generations) {
      slope += k * ((lineages - kept) / Math.expm1(k * x) - kept);
    }
    if (slope > 0) low = middle;
    else high = middle;
  }
  return Math.exp(-Math.exp((low + high) / 2));
}

/** Generations ascend. */
function crossing(generations: readonly PersistenceGeneration[]): number | null {
  let [before, above] = [0, 1];
  for (const { generation, lineages, kept } of generations) {
    const share = kept / lineages;
    if (share <= 0.5) {
      return before + (generation - before) * (above - 0.5) / (above - share);
    }
    [before, above] = [generation, share];
  }
  return null;
}
