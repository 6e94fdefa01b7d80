/** Points of the integral; the error of a quantile is below 1e-5. */
const steps = 4096;
/** Beyond as many degrees of freedom Student's distribution is taken as the normal one: the quantiles agree to 1e-5. */
const normal = 1_000_000;

/**
 * The t with P(|T| < t) = `level` for Student's distribution with `freedom` degrees of freedom, which need not be whole. Integrates
 * the density over the angle whose tangent is t / sqrt(freedom), where it is cos(angle)^(freedom - 1) up to a factor.
 *
 * @throws {RangeError} when there is less than one degree of freedom or the level is not in (0, 1)
 */
export function studentQuantile(freedom: number, { level }: { level: number }): number {
  if (!(freedom >= 1)) {
    throw new RangeError(
      `Cannot find a quantile: found ${freedom} degrees of freedom, expected at least 1`,
    );
  }
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`Cannot find a quantile: level is ${level}, expected one in (0, 1)`);
  }
  const power = Math.min(freedom, normal) - 1;
  // The density is negligible beyond 12 standard deviations, about 1 / sqrt(power + 1) each.
  const end = Math.min(Math.PI / 2, power > 100 ? 12 / Math.sqrt(power) : Infinity);
  const step = end / steps;
  const area = new Float64Array(steps + 1);
  for (let i = 1; i <= steps; i++) {
    const left = Math.cos((i - 1) * step) ** power;
    const middle = Math.cos((i - 0.5) * step) ** power;
    const right = Math.cos(i * step) ** power;
    area[i] = area[i - 1] + (left + 4 * middle + right) / 6;
  }
  const wanted = level * area[steps];
  let i = 1;
  while (area[i] < wanted) i++;
  const angle = (i - (area[i] - wanted) / (area[i] - area[i - 1])) * step;
  return Math.sqrt(power + 1) * Math.tan(angle);
}
