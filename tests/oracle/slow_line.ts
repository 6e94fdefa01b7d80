import { random } from "../../lib/core/random.ts";

/** Line by the normal equations; null where x has no spread. */
export function slowLine(
  x: readonly number[],
  y: readonly number[],
): { slope: number; intercept: number } | null {
  const n = x.length;
  let sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (let i = 0; i < n; i++) {
    sx += x[i];
    sy += y[i];
    sxx += x[i] * x[i];
    sxy += x[i] * y[i];
  }
  const determinant = n * sxx - sx * sx;
  if (new Set(x).size < 2) return null;
  const slope = (n * sxy - sx * sy) / determinant;
  return { slope, intercept: (sy - slope * sx) / n };
}

/** Plain percentile intervals: clusters are drawn with replacement, the line is fitted anew each time. */
export function slowLineInterval(
  { x, y, cluster }: { x: number[]; y: number[]; cluster: number[] },
  { at, replicates, seed }: { at: number[]; replicates: number; seed: number },
): { slope: { low: number; high: number }; line: { low: number; high: number }[] } {
  const rng = random({ seed });
  const keys = [...new Set(cluster)];
  const members = keys.map((key) => cluster.flatMap((other, i) => other === key ? [i] : []));
  const slopes: number[] = [];
  const places: number[][] = at.map(() => []);
  for (let r = 0; r < replicates; r++) {
    const drawn = keys.flatMap(() => members[rng.below(keys.length)]);
    const fit = slowLine(drawn.map((i) => x[i]), drawn.map((i) => y[i]));
    if (fit === null) continue;
    slopes.push(fit.slope);
    at.forEach((place, i) => places[i].push(fit.intercept + fit.slope * place));
  }
  const ends = (values: number[]) => {
    values.sort((a, b) => a - b);
    return {
      low: values[Math.floor(values.length * 0.025)],
      high: values[Math.floor(values.length * 0.975)],
    };
  };
  return { slope: ends(slopes), line: places.map(ends) };
}
