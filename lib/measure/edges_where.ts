import type { EdgeColumns } from "./family_interval.ts";

/**
 * Edge columns in which some of the edges count only: those of one relation, of one year, of one family. What an edge adds is left as it
 * is where it is kept, and 0 elsewhere.
 *
 * @param keep Tells by its number whether an edge is kept; asked for those that count only.
 *
 * @example
 * ```ts
 * import { edgesWhere } from "kindred";
 * const columns = { numerator: Float64Array.of(1, 0, 1), denominator: Float64Array.of(1, 1, 1) };
 * edgesWhere(columns, (e) => e > 0).denominator; // Float64Array [0, 1, 1]
 * ```
 */
export function edgesWhere(
  { numerator, denominator }: EdgeColumns,
  keep: (edge: number) => boolean,
): EdgeColumns {
  const kept = {
    numerator: new Float64Array(numerator.length),
    denominator: new Float64Array(denominator.length),
  };
  for (let e = 0; e < denominator.length; e++) {
    if (denominator[e] === 0 || !keep(e)) continue;
    kept.numerator[e] = numerator[e];
    kept.denominator[e] = denominator[e];
  }
  return kept;
}
