import type { Job, Outcome, Reading } from "./jobs.ts";
import type { kinScenarios } from "./plan.ts";
import { type Row, summarizeReadings, summarizeTest } from "./summary.ts";

/** How many ecosystems of what size are drawn. */
export interface Plan {
  /** Ecosystems of rows, and as many of texts, whose numbers are estimated. */
  seeds: number;
  /** Families of each. */
  families: number;
  /** Resamples behind each interval. */
  replicates: number;
  /** Ecosystems for the permutation test, as many without an effect, with a weak one and with the planted one. */
  tests: number;
  /** Families of each. */
  testFamilies: number;
  /** Deals behind each p-value; one more should be a multiple of 20, so that 5% is met exactly. */
  deals: number;
}

const tested: readonly (readonly [keyof typeof kinScenarios, string])[] = [
  ["none", "sibling excess, no effect"],
  ["weak", "sibling excess, weak effect"],
  ["planted", "sibling excess, planted effect"],
];

/** The ecosystems of a plan, seeds from 1 each. */
export function planJobs(
  { seeds, families, replicates, tests, testFamilies, deals }: Plan,
): Job[] {
  const numbered = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
  return [
    ...numbered(seeds).map((seed): Job => ({ do: "traits", seed, families, replicates })),
    ...numbered(seeds).map((seed): Job => ({ do: "kin", seed, families, replicates })),
    ...tested.flatMap(([scenario]) =>
      numbered(tests).map((seed): Job => ({
        do: "test",
        scenario,
        seed,
        families: testFamilies,
        deals,
      }))
    ),
  ];
}

/** The table of a plan's outcomes. */
export function summarize(jobs: readonly Job[], outcomes: readonly Outcome[]): Row[] {
  const readings: Reading[] = [];
  const values = new Map<string, number[]>(tested.map(([scenario]) => [scenario, []]));
  jobs.forEach((job, i) => {
    const outcome = outcomes[i];
    if ("readings" in outcome) readings.push(...outcome.readings);
    else if (job.do === "test") values.get(job.scenario)!.push(outcome.p);
  });
  return [
    ...summarizeReadings(readings),
    ...tested.map(([scenario, name]) =>
      summarizeTest(name, { values: values.get(scenario)!, required: scenario === "none" })
    ),
  ];
}
