import { random } from "../../lib/core/random.ts";
import { studentQuantile } from "../../lib/core/student.ts";

/** A cluster of each of one or two ratios: [numerator, denominator] pairs. */
export type Cluster = readonly (readonly [number, number])[];

function contrast(clusters: readonly Cluster[]): number {
  const ratios = clusters[0].map((_, j) => {
    const above = clusters.reduce((sum, cluster) => sum + cluster[j][0], 0);
    const below = clusters.reduce((sum, cluster) => sum + cluster[j][1], 0);
    return below > 0 ? above / below : NaN;
  });
  return ratios.length === 1 ? ratios[0] : ratios[0] - ratios[1];
}

/** Position p of sorted values, linear between them. */
function quantile(sorted: readonly number[], p: number): number {
  const at = p * (sorted.length - 1);
  const weight = at - Math.floor(at);
  return (1 - weight) * sorted[Math.floor(at)] + weight * sorted[Math.ceil(at)];
}

/**
 * The expanded percentile interval in the words of its definition: real resamples of clusters, real estimates with one cluster left out. At
 * most 4,096 clusters, of which each counts.
 */
export function slowInterval(
  clusters: readonly Cluster[],
  { replicates, seed, level }: { replicates: number; seed: number; level: number },
): { estimate: number; low: number; high: number; standardError: number; freedom: number } {
  const n = clusters.length;
  const estimate = contrast(clusters);
  const changes = clusters.map((_, i) => contrast(clusters.filter((_, j) => j !== i)) - estimate);
  const sum = (power: number) => changes.reduce((total, e) => total + Math.abs(e) ** power, 0);
  const standardError = Math.sqrt(sum(2) * (n - 1) / n);
  const freedom = 3 * sum(2) ** 2 / sum(4) - 2;
  const rng = random({ seed });
  const values = Array.from(
    { length: replicates },
    () => contrast(Array.from({ length: n }, () => clusters[rng.below(n)])),
  ).filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const mean = values.reduce((a, b) => a + b) / values.length;
  const spread = Math.sqrt(
    values.reduce((total, value) => total + (value - mean) ** 2, 0) / (values.length - 1),
  );
  const factor = studentQuantile(freedom, { level }) / studentQuantile(Infinity, { level }) *
    standardError / spread;
  return {
    estimate,
    low: estimate + factor * (quantile(values, (1 - level) / 2) - estimate),
    high: estimate + factor * (quantile(values, (1 + level) / 2) - estimate),
    standardError,
    freedom,
  };
}
