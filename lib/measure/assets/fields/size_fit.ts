import { fitLine } from "../../../core/line_fit.ts";
import type { SizeRow } from "./size_trends.ts";

/** Sizes of one year. */
export interface SizeYear {
  /** Year of creation. */
  year: number;
  /** Records with a size. */
  rows: number;
  /** Median size, of an even number the geometric mean of the middle two. */
  median: number;
  /** The largest, of several the one with the first date, then name. */
  largest: SizeRow;
}

/** A number with its 95% interval; null where it cannot be said. */
export interface SizeEstimate {
  /** The estimate. */
  estimate: number | null;
  /** Lower end of the interval. */
  low: number | null;
  /** Upper end of the interval. */
  high: number | null;
}

/** How fast sizes grow. */
export interface SizeFit {
  /** Rows that the line goes through. */
  rows: number;
  /** Organizations, or years, that were resampled. */
  clusters: number;
  /** Slope of the base-2 logarithm; below 0 sizes fall. */
  doublingsPerYear: SizeEstimate;
  /**
   * Months in which sizes double: 12 over the doublings per year. Null where they do not grow; `high` is null where the interval of the
   * slope reaches 0, so that any long time is possible.
   */
  doublingMonths: SizeEstimate;
  /** The line, from the first date to the last, in milliseconds since 1970 and in the unit of the sizes, with a pointwise interval. */
  line: { created: number; size: number; low: number | null; high: number | null }[];
}

const year = 365.2425 * 86_400_000;
/** Points of a line that is drawn. */
const steps = 16;

/** Line of least squares through the base-2 logarithms of sizes, with intervals from resampling clusters. */
export function sizeFit(
  rows: readonly SizeRow[],
  { clusterOf, ...options }: {
    /** Rows of one cluster may depend on each other. */
    clusterOf: (row: SizeRow) => string;
    replicates: number;
    seed: number;
  },
): SizeFit {
  // Years since 1970, so that the slope is in doublings a year.
  const x = rows.map(({ created }) => created / year);
  const from = Math.min(...x);
  const to = Math.max(...x);
  const { slope, clusters, line } = fitLine(
    { x, y: rows.map(({ size }) => Math.log2(size)), cluster: rows.map(clusterOf) },
    {
      at: rows.length < 2
        ? []
        : Array.from({ length: steps + 1 }, (_, i) => from + (to - from) * i / steps),
      ...options,
    },
  );
  const { estimate, low, high } = slope;
  const months = (doublings: number | null) =>
    doublings !== null && doublings > 0 ? 12 / doublings : null;
  const power = (log: number | null) => log === null ? null : 2 ** log;
  return {
    rows: rows.length,
    clusters,
    doublingsPerYear: { estimate, low, high },
    doublingMonths: months(estimate) === null
      ? { estimate: null, low: null, high: null }
      : { estimate: months(estimate), low: months(high), high: months(low) },
    line: line.map(({ x, y, low, high }) => ({
      created: x * year,
      size: 2 ** y,
      low: power(low),
      high: power(high),
    })),
  };
}

/** Median and largest of each year that has a row, in order. */
export function sizeYears(rows: readonly SizeRow[]): SizeYear[] {
  const years = new Map<number, SizeRow[]>();
  for (const row of rows) {
    const of = years.get(row.year);
    if (of === undefined) years.set(row.year, [row]);
    else of.push(row);
  }
  return [...years].sort(([a], [b]) => a - b).map(([year, of]) => {
    const sizes = of.map(({ size }) => size).sort((a, b) => a - b);
    const middle = Math.floor(sizes.length / 2);
    return {
      year,
      rows: of.length,
      median: sizes.length % 2 === 1
        ? sizes[middle]
        : Math.sqrt(sizes[middle - 1]) * Math.sqrt(sizes[middle]),
      largest: of.reduce((a, b) => b.size > a.size ? b : a),
    };
  });
}
