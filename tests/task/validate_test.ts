import assert from "node:assert/strict";
import { families } from "../../lib/measure/families.ts";
import { endsOf } from "../../lib/measure/family_interval.ts";
import { edgeFamilies } from "../../lib/measure/kinship/edge_families.ts";
import { kinshipGraph } from "../../lib/measure/kinship/graph.ts";
import { kinshipUncertainty } from "../../lib/measure/kinship/kinship_uncertainty.ts";
import { pairSums } from "../../lib/measure/kinship/pair_sums.ts";
import { readCsv } from "../../lib/source/csv.ts";
import { paths } from "../../lib/paths.ts";
import { ecosystemRows } from "../../lib/task/validate/ecosystem.ts";
import { measureKin, measureTraits, testSiblings } from "../../lib/task/validate/estimands.ts";
import { runJob } from "../../lib/task/validate/jobs.ts";
import { kinEcosystem } from "../../lib/task/validate/kin.ts";
import { licenseOrder } from "../../lib/task/validate/plan.ts";
import { planJobs, summarize } from "../../lib/task/validate/plan_jobs.ts";
import { printCsv, printPage, printRows } from "../../lib/task/validate/print_rows.ts";
import { shareJobs } from "../../lib/task/validate/share_jobs.ts";
import { summarizeReadings, summarizeTest } from "../../lib/task/validate/summary.ts";
import { slowKinSums, slowTraitSums, standardScore } from "../oracle/slow_estimates.ts";
import { runTask } from "../support.ts";

const small = { families: 100, replicates: 200 };

Deno.test("measureTraits() and measureKin() estimate what the slow definitions find", async () => {
  const options = { ...small, families: 60, seed: 3 };
  const { lineage, vectors } = kinEcosystem(options);
  const sums = [
    ...slowTraitSums(ecosystemRows(options), { order: licenseOrder }),
    ...slowKinSums(lineage, vectors),
  ];
  const measured = [...await measureTraits(options), ...measureKin(options)];
  assert.equal(measured.length, 16);
  for (const { name, interval, naive } of measured) {
    let [above, below] = [0, 0];
    for (const ofFamily of sums) {
      above += ofFamily.get(name)?.[0] ?? 0;
      below += ofFamily.get(name)?.[1] ?? 0;
    }
    for (const { estimate } of [interval, naive]) {
      assert.ok(Math.abs(estimate! - above / below) < 1e-9, `${name}: ${estimate}`);
    }
  }
});

Deno.test("measureKin() has the intervals of kinshipUncertainty()", () => {
  const options = { ...small, seed: 9 };
  const { lineage, vectors } = kinEcosystem(options);
  const graph = kinshipGraph(lineage.view("no-merge, no-quantized"));
  const groups = edgeFamilies(graph, families(lineage.view("no-merge")).of);
  const { intervals, siblingExcess } = kinshipUncertainty(
    pairSums(graph, vectors, { families: groups }),
    {
      families: groups,
      describe: (labels) => labels.map((label) => ({ root: `${label}`, models: 1 })),
      replicates: options.replicates,
      seed: options.seed,
    },
  );
  assert.deepEqual(measureKin(options).map(({ interval }) => endsOf(interval)), [
    intervals.bagOfWords["edge.parentChild"],
    intervals.bagOfWords["chain.grandparent"],
    intervals.bagOfWords["fork.siblings"],
    siblingExcess.bagOfWords.interval,
  ]);
});

Deno.test("truth is what endlessly many families come to", async () => {
  const options = { ...small, families: 4000, seed: 11 };
  const { lineage, vectors } = kinEcosystem({ ...options, families: 1500 });
  const rows = slowTraitSums(ecosystemRows(options), { order: licenseOrder });
  const kin = slowKinSums(lineage, vectors);
  const few = { ...options, families: 30 };
  for (const { name, truth } of [...await measureTraits(few), ...measureKin(few)]) {
    const score = standardScore(name.startsWith("kinship") ? kin : rows, name, truth);
    // Among 16 scores one beyond 3.5 would come by chance once in 130 draws of the families.
    assert.ok(Math.abs(score) < 3.5, `${name}: ${score} standard errors from ${truth}`);
  }
});

Deno.test("95% intervals hold the truth as often as they should in 12 small ecosystems", async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 12 }, (_, i) => [
      runJob({ do: "traits", seed: i + 1, ...small }),
      runJob({ do: "kin", seed: i + 1, ...small }),
    ]).flat(),
  );
  const rows = summarizeReadings(
    outcomes.flatMap((outcome) => "readings" in outcome ? outcome.readings : []),
  );
  assert.equal(rows.length, 16);
  let [mean, naive] = [0, 0];
  for (const { name, ecosystems, coverage, naiveCoverage } of rows) {
    assert.equal(ecosystems, 12);
    // Of 12 intervals at 95%, fewer than 8 hold the truth with a chance of 1 in 5,000.
    assert.ok(coverage! >= 8 / 12, `${name}: ${coverage}`);
    mean += coverage! / rows.length;
    naive += naiveCoverage! / rows.length;
  }
  assert.ok(mean > 0.9 && mean <= 1, `${mean}`);
  assert.ok(naive < 0.85, `${naive}`);
});

Deno.test("testSiblings() rejects 5% of ecosystems without an effect and all with the planted one", () => {
  const options = { families: 40, deals: 39 };
  const seeds = Array.from({ length: 100 }, (_, i) => i + 1);
  const without = seeds.map((seed) => testSiblings({ ...options, seed, scenario: "none" }));
  const rejected = without.filter((p) => p <= 0.05).length;
  // More than 12 of 100 at 5% have a chance of 1 in 700.
  assert.ok(rejected >= 1 && rejected <= 12, `${rejected} of 100`);
  const mean = without.reduce((a, b) => a + b) / 100;
  assert.ok(mean > 0.42 && mean < 0.6, `mean p is ${mean}`);
  for (const seed of [1, 2, 3]) assert.equal(testSiblings({ ...options, seed }), 1 / 40);
});

Deno.test("measureKin() finds siblings alike when only their month makes them so, which testSiblings() does not mistake", () => {
  const { lineage, vectors } = kinEcosystem({ families: 300, seed: 4, scenario: "none" });
  const score = standardScore(slowKinSums(lineage, vectors), "kinship, sibling excess", 0);
  assert.ok(score > 4, `${score}`);
  assert.ok(testSiblings({ families: 300, seed: 4, deals: 39, scenario: "none" }) > 0.05);
});

Deno.test("shareJobs() has the same outcomes in order however many threads there are", async () => {
  const plan = { seeds: 2, tests: 2, families: 20, replicates: 100, testFamilies: 20, deals: 19 };
  const jobs = planJobs(plan);
  assert.equal(jobs.length, 10);
  const done: number[] = [];
  const one = await shareJobs(jobs, { workers: 1, onDone: (count) => done.push(count) });
  assert.deepEqual(done, jobs.map((_, i) => i + 1));
  assert.deepEqual(await shareJobs(jobs, { workers: 3 }), one);
  const rows = summarize(jobs, one);
  assert.equal(rows.length, 19);
  assert.equal(
    rows[0].mean,
    one.slice(0, 2).reduce(
      (sum, outcome) => sum + ("readings" in outcome ? outcome.readings[0].estimate! / 2 : NaN),
      0,
    ),
  );
});

Deno.test("shareJobs() fails when a job does, and says which", async () => {
  await assert.rejects(
    shareJobs([{ do: "kin", seed: 7, families: 20, replicates: 5 }], { workers: 1 }),
    /^Error: Cannot measure kin with seed 7: .*replicates is 5/,
  );
});

const reading = (estimate: number, low: number, high: number) => ({
  name: "=rate|",
  truth: 0.5,
  estimate,
  interval: [low, high] as [number, number],
  naive: [low + 0.05, high - 0.05] as [number, number],
});

Deno.test("summarizeReadings() counts coverage, sides and intervals that could not be said", () => {
  const [row, ...rest] = summarizeReadings([
    reading(0.5, 0.4, 0.6),
    reading(0.7, 0.52, 0.9),
    reading(0.4, 0.38, 0.5),
    reading(0.4, 0.3, 0.48),
    { ...reading(0.5, 0, 1), interval: null, naive: null },
  ]);
  assert.equal(rest.length, 0);
  const { width, naiveWidth, biasError, mean, bias, ...shares } = row;
  assert.deepEqual(shares, {
    name: "=rate|",
    ecosystems: 5,
    truth: 0.5,
    unsaid: 1 - 4 / 5,
    coverage: 0.5,
    coverageError: 0.25,
    above: 0.25,
    below: 0.25,
    naiveCoverage: 0.25,
    rejected: null,
    rejectedError: null,
    passed: false,
  });
  assert.ok(Math.abs(mean! - 0.5) < 1e-12 && Math.abs(bias!) < 1e-12);
  assert.ok(Math.abs(width! - (0.2 + 0.38 + 0.12 + 0.18) / 4) < 1e-12);
  assert.ok(Math.abs(naiveWidth! - width! + 0.1) < 1e-12);
  assert.ok(Math.abs(biasError! - Math.sqrt(0.06 / 5 / 4)) < 1e-12);
});

Deno.test("summarizeReadings() passes coverages from 92% to 98%", () => {
  const passed = (held: number, of: number) =>
    summarizeReadings(
      Array.from({ length: of }, (_, i) => i < held ? reading(0.5, 0, 1) : reading(0.2, 0.1, 0.3)),
    )[0].passed;
  assert.deepEqual([183, 184, 190, 196, 197].map((held) => passed(held, 200)), [
    false,
    true,
    true,
    true,
    false,
  ]);
  const unsaid = { ...reading(0.5, 0, 1), interval: null };
  assert.equal(summarizeReadings([unsaid, unsaid])[0].passed, false);
});

Deno.test("summarizeTest() passes rejections from 3% to 7%, and asks for none where there is an effect", () => {
  const test = (rejections: number, required: boolean) =>
    summarizeTest("t", {
      values: Array.from({ length: 100 }, (_, i) => i < rejections ? 0.05 : 0.051),
      required,
    });
  assert.deepEqual([2, 3, 5, 7, 8].map((rejections) => test(rejections, true).passed), [
    false,
    true,
    true,
    true,
    false,
  ]);
  assert.equal(test(100, false).passed, null);
  assert.equal(test(7, true).rejected, 0.07);
});

Deno.test("printCsv(), printRows() and printPage() show every row, hostile names too", async () => {
  const rows = [
    ...summarizeReadings([reading(0.5, 0.4, 0.6), reading(0.5, 0.4, 0.6)]),
    summarizeTest("a test", { values: [0.01, 0.5], required: true }),
  ];
  const [header, ...cells] = await Array.fromAsync(readCsv([printCsv(rows)]));
  assert.equal(header.join(), Object.keys(rows[0]).join());
  assert.deepEqual(cells.map(([name]) => name), ["'=rate|", "a test"]);
  assert.match(printRows(rows), /=rate\| +0\.5000 .* NO\n[^]*a test +2 +50\.0% +35\.4% +NO$/);
  const plan = { seeds: 2, tests: 2, families: 20, replicates: 100, testFamilies: 20, deals: 19 };
  const page = printPage(rows, plan);
  assert.match(page, /2 ecosystems of 20 families each/);
  assert.match(page, /\n\| =rate\\\| +\| 0\.5000 /);
});

Deno.test("data/validation.csv has every number that the task measures, each within its bounds", async () => {
  const text = await Deno.readTextFile(`${paths.data}validation.csv`);
  const [header, ...cells] = await Array.fromAsync(readCsv([text]));
  const at = (row: string[], column: string) => row[header.indexOf(column)];
  const tests = ["no effect", "weak effect", "planted effect"].map((e) => `sibling excess, ${e}`);
  const measured = [
    ...await measureTraits({ ...small, families: 20, seed: 1 }),
    ...measureKin({ ...small, families: 20, seed: 1 }),
  ];
  assert.deepEqual(
    cells.map((row) => at(row, "name")),
    [...measured.map(({ name }) => name), ...tests],
  );
  measured.forEach(({ name, truth }, i) => {
    assert.equal(at(cells[i], "truth"), String(truth), name);
    assert.equal(at(cells[i], "passed"), "true", name);
    const coverage = Number(at(cells[i], "coverage"));
    assert.ok(coverage >= 0.92 && coverage <= 0.98, `${name}: ${coverage}`);
    assert.ok(Number(at(cells[i], "ecosystems")) >= 200, name);
  });
  const none = cells[measured.length];
  assert.ok(Math.abs(Number(at(none, "rejected")) - 0.05) <= 0.02);
  assert.ok(Number(at(none, "ecosystems")) >= 400);
});

Deno.test("validate prints the table and says that a few ecosystems are too few to judge by, which writes nothing", async () => {
  const before = await Deno.readTextFile(`${paths.data}validation.csv`);
  const sizes = ["--seeds", "2", "--tests", "2", "--families", "20"];
  const { code, stdout, stderr } = await runTask("validate", sizes);
  assert.equal(code, 0);
  assert.match(stdout, /mutation rate, license +0\.2047/);
  assert.match(stdout, /sibling excess, planted effect +2 +100\.0%/);
  assert.match(
    stderr,
    /Too few to judge by, and not written: found 2 seeds and 2 tests, expected at least/,
  );
  assert.equal(await Deno.readTextFile(`${paths.data}validation.csv`), before);
});

Deno.test("validate says how it is called, and refuses counts that are none", async () => {
  const { code, stdout } = await runTask("validate", ["--help"]);
  assert.equal(code, 0);
  assert.match(stdout, /deno task validate \[--seeds N\]/);
  for (const args of [["--seeds", "1"], ["--families", "x"], ["--workers", "0"], ["now"]]) {
    const refused = await runTask("validate", args);
    assert.equal(refused.code, 2, refused.stderr);
    assert.match(refused.stderr, /^error: /);
  }
});
