import { endsOf } from "../../measure/family_interval.ts";
import { measureKin, measureTraits, testSiblings } from "./estimands.ts";
import type { kinScenarios } from "./plan.ts";

/** An ecosystem to draw and measure. */
export type Job =
  | { do: "traits" | "kin"; seed: number; families: number; replicates: number }
  | {
    do: "test";
    scenario: keyof typeof kinScenarios;
    seed: number;
    families: number;
    deals: number;
  };

/** Ends of an interval, null where the library says that there is none. */
export type Ends = [low: number, high: number] | null;

/** What one ecosystem says of a number, without what is not counted. */
export interface Reading {
  /** Name of the number. */
  name: string;
  /** Its true value. */
  truth: number;
  /** The estimate. */
  estimate: number | null;
  /** Interval with families resampled. */
  interval: Ends;
  /** Interval that takes edges as independent. */
  naive: Ends;
}

/** What came of a job: readings of numbers, or the p-value of a test. */
export type Outcome = { readings: Reading[] } | { p: number };

/** Draws and measures the ecosystem of a job; the same job has the same outcome on every machine. */
export async function runJob(job: Job): Promise<Outcome> {
  if (job.do === "test") return { p: testSiblings(job) };
  const measured = job.do === "traits" ? await measureTraits(job) : measureKin(job);
  return {
    readings: measured.map(({ name, truth, interval, naive }) => ({
      name,
      truth,
      estimate: interval.estimate,
      interval: endsOf(interval),
      naive: endsOf(naive),
    })),
  };
}
