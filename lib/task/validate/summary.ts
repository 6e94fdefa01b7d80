import type { Ends, Reading } from "./jobs.ts";

/** Least and most acceptable coverage of intervals at 95%. */
const coverageBounds = [0.92, 0.98] as const;
/** Least and most acceptable share of rejections at 5% where there is no effect. */
const rejectionBounds = [0.03, 0.07] as const;

/** A row of the table: a number that is estimated, or a test. Errors are Monte-Carlo standard errors. */
export interface Row {
  /** What is estimated or tested. */
  name: string;
  /** Ecosystems behind the row. */
  ecosystems: number;
  /** True value. */
  truth: number | null;
  /** Mean of the estimates. */
  mean: number | null;
  /** Mean less truth. */
  bias: number | null;
  /** Standard error of the bias. */
  biasError: number | null;
  /** Share of ecosystems without an interval; the other columns are over those that have one. */
  unsaid: number | null;
  /** Share of intervals that hold the truth, families resampled. */
  coverage: number | null;
  /** Standard error of the coverage. */
  coverageError: number | null;
  /** Share of intervals that lie above the truth. */
  above: number | null;
  /** Share of intervals that lie below it. */
  below: number | null;
  /** Mean width. */
  width: number | null;
  /** Share of intervals that hold the truth when edges are taken as independent. */
  naiveCoverage: number | null;
  /** Mean width of those. */
  naiveWidth: number | null;
  /** Share of tests at 5% that reject. */
  rejected: number | null;
  /** Standard error of that share. */
  rejectedError: number | null;
  /** Whether the row is as it should be; null where nothing is required of it. */
  passed: boolean | null;
}

const empty: Omit<Row, "name" | "ecosystems"> = {
  truth: null,
  mean: null,
  bias: null,
  biasError: null,
  unsaid: null,
  coverage: null,
  coverageError: null,
  above: null,
  below: null,
  width: null,
  naiveCoverage: null,
  naiveWidth: null,
  rejected: null,
  rejectedError: null,
  passed: null,
};

/** Rows of the numbers in the order in which they are first met. */
export function summarizeReadings(readings: readonly Reading[]): Row[] {
  const groups = Map.groupBy(readings, ({ name }) => name);
  return [...groups].map(([name, group]): Row => {
    const { truth } = group[0];
    const estimates = group.flatMap(({ estimate }) => estimate === null ? [] : [estimate]);
    const ecosystems = group.length;
    const mean = meanOf(estimates);
    const family = coverageOf(truth, group.map(({ interval }) => interval));
    const naive = coverageOf(truth, group.map((reading) => reading.naive));
    return {
      name,
      ecosystems,
      ...empty,
      truth,
      mean,
      bias: mean - truth,
      biasError: Math.sqrt(
        meanOf(estimates.map((value) => (value - mean) ** 2)) / (estimates.length - 1),
      ),
      ...family,
      naiveCoverage: naive.coverage,
      naiveWidth: naive.width,
      passed: within(family.coverage, coverageBounds),
    };
  });
}

/** Row of a test at 5%. `required` says whether its share of rejections has to be about 5%. */
export function summarizeTest(
  name: string,
  { values, required }: { /** p-values. */ values: readonly number[]; required: boolean },
): Row {
  const rejected = meanOf(values.map((p) => Number(p <= 0.05)));
  return {
    name,
    ecosystems: values.length,
    ...empty,
    rejected,
    rejectedError: shareError(rejected, values.length),
    passed: required ? within(rejected, rejectionBounds) : null,
  };
}

function coverageOf(truth: number, intervals: readonly Ends[]) {
  const said = intervals.filter((ends) => ends !== null);
  const above = meanOf(said.map(([low]) => Number(low > truth)));
  const below = meanOf(said.map(([, high]) => Number(high < truth)));
  const coverage = 1 - above - below;
  return {
    unsaid: 1 - said.length / intervals.length,
    coverage,
    coverageError: shareError(coverage, said.length),
    above,
    below,
    width: meanOf(said.map(([low, high]) => high - low)),
  };
}

function within(value: number, [least, most]: readonly [number, number]): boolean {
  // Shares of whole counts that lie on a bound may miss it by a rounding error.
  return value >= least - 1e-9 && value <= most + 1e-9;
}

function shareError(share: number, of: number): number {
  return Math.sqrt(share * (1 - share) / of);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}
