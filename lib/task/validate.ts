import { paths } from "../paths.ts";
import { command, integer } from "./cli.ts";
import { progress } from "../display/progress.ts";
import { planJobs, summarize } from "./validate/plan_jobs.ts";
import { printCsv, printPage, printRows } from "./validate/print_rows.ts";
import { shareJobs } from "./validate/share_jobs.ts";

const help = `
Measures simulated ecosystems whose true numbers are known: do 95% intervals hold the truth 95 times in 100, and does the
permutation test of the sibling excess reject 5 times in 100 where there is none?

  deno task validate [--seeds N] [--tests N] [--families N] [--workers N] [--print]

  --seeds N     ecosystems whose numbers are estimated, default 1000; the seeds are 1 to N
  --tests N     ecosystems for the test, default 1000 each without and with an effect
  --families N  families of each ecosystem whose numbers are estimated, default 600
  --workers N   threads, default 2; the table does not depend on it
  --print       print the table only; else a run of at least 200 seeds and 400 tests is written to data/validation.csv and
                data/validation.md too

Ends with exit code 1 when a coverage lies outside 92% to 98%, or the share of rejections outside 3% to 7%. With 200 seeds a coverage
has a standard error of 1.5%, so that of 16 good intervals one is outside by chance in two of five runs; with 1,000
it is 0.7%.

  deno task validate --seeds 200 --tests 400 --print
`;

/** With fewer a share says little, good or bad. */
const fewestSeeds = 200;
const fewestTests = 400;

await command({
  help,
  options: {
    seeds: { type: "string", default: "1000" },
    tests: { type: "string", default: "1000" },
    families: { type: "string", default: "600" },
    workers: { type: "string", default: "2" },
    print: { type: "boolean", default: false },
  },
  positionals: [0, 0],
  async run(values) {
    const plan = {
      seeds: integer(values.seeds, { name: "seeds", least: 2 }),
      families: integer(values.families, { name: "families", least: 20 }),
      replicates: 1000,
      tests: integer(values.tests, { name: "tests", least: 2 }),
      testFamilies: 100,
      deals: 199,
    };
    const workers = integer(values.workers, { name: "workers", least: 1 });
    const jobs = planJobs(plan);
    const bar = progress("Measuring ecosystems", { total: jobs.length });
    const outcomes = await shareJobs(jobs, { workers, onDone: (done) => bar.update(done) })
      .finally(() => bar.end());
    const rows = summarize(jobs, outcomes);
    console.log(printRows(rows));
    if (plan.seeds < fewestSeeds || plan.tests < fewestTests) {
      console.error(
        `Too few to judge by, and not written: found ${plan.seeds} seeds and ${plan.tests} tests, expected at least ${fewestSeeds} and ${fewestTests}`,
      );
      return;
    }
    if (values.print !== true) {
      await Deno.writeTextFile(`${paths.data}validation.csv`, printCsv(rows));
      await Deno.writeTextFile(`${paths.data}validation.md`, printPage(rows, plan));
    }
    const failed = rows.filter(({ passed }) => passed === false);
    if (failed.length > 0) {
      throw new Error(
        `Cannot vouch for ${failed.map(({ name }) => `"${name}"`).join(", ")}: found ${
          failed.length === 1 ? "a share" : "shares"
        } outside the bounds, expected 92% to 98% of intervals with the truth and 3% to 7% rejections without an effect`,
      );
    }
  },
});
