import assert from "node:assert/strict";
import { join } from "node:path";
import { paths } from "../../lib/paths.ts";
import { readAssetSnapshot } from "../../lib/snapshot/asset_snapshot.ts";
import { inFolder } from "../fixtures/chunks.ts";
import { runTask } from "../support.ts";

const early = `- type: dataset
  name: The Pile
  created_date: 2021-01-01
  size: unknown
- type: model
  name: OPT
  created_date: 2022-05-01
  dependencies: [The Pile, "\\e[31mred"]
`;
const late = `- type: dataset
  name: The Pile
  created_date: 2021-01-01
  size: 825 GB
- type: model
  name: opt
  created_date: 2022-05-01
  dependencies: [The Pile]
- type: model
  name: GPT-J
  dependencies: [The Pile]
`;
const rows = [
  '{"id":"lab/base","tags":["license:mit"]}\n{"id":"lab/a","tags":["base_model:lab/base"]}\n',
  '{"id":"lab/base","tags":["license:gpl"]}\n{"id":"lab/b","tags":["base_model:lab/base"]}\n',
];

function withFiles(body: (files: Record<"a" | "b" | "x" | "y", string>) => Promise<void>) {
  return inFolder(async (folder) => {
    const files = {
      a: join(folder, "early.yaml"),
      b: join(folder, "late.yaml"),
      x: join(folder, "x.jsonl"),
      y: join(folder, "y.jsonl"),
    };
    const texts = { a: early, b: late, x: rows[0], y: rows[1] };
    for (const key of ["a", "b", "x", "y"] as const) {
      await Deno.writeTextFile(files[key], texts[key]);
    }
    await body(files);
  });
}

Deno.test("diff prints what differs between two snapshots of assets", () =>
  withFiles(async ({ a, b }) => {
    const { code, stdout, stderr } = await runTask("diff", [a, b]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^early \(sha256 \w{8}\) {2}-> {2}late \(sha256 \w{8}\)\naliased graph\n/);
    assert.match(stdout, /\n {2}assets +2 +3 +1 +0 +1 +1\n/);
    assert.match(stdout, /\nRenamed, as it seems: 1\n {2}OPT {2}-> {2}opt {2}same name\n/);
    assert.match(stdout, /\n {2}size +unknown {2}-> {2}known +1\n/);
    assert.match(stdout, /\n {2}The Pile +1 +2 +\+1 +1\.5 +1 +1 +2/);
    assert.match(stdout, /\n {2}\\u001b\[31mred {2}-> {2}OPT/);
    // deno-lint-ignore no-control-regex
    assert.ok(!/\u001b/.test(stdout));
  }));

Deno.test("diff --json prints the difference in the graph asked for, diff --until that of a snapshot's past", () =>
  withFiles(async ({ a, b }) => {
    const { code, stdout, stderr } = await runTask("diff", [
      a,
      b,
      "--json",
      "--graph",
      "documented",
    ]);
    assert.equal(code, 0, stderr);
    const { variant, edges, hubs } = JSON.parse(stdout);
    assert.deepEqual([variant, edges.kept, edges.added.length, hubs.length], [
      "documented",
      1,
      1,
      1,
    ]);
    const past = await runTask("diff", [a, "--until", "2021-12-31", "--json"]);
    assert.equal(past.code, 0, past.stderr);
    assert.deepEqual(
      JSON.parse(past.stdout).assets.added.map(({ name }: { name: string }) => name),
      ["OPT"],
    );
    assert.match(past.stderr, /issue: 1 x laterRecord/);
    assert.deepEqual(JSON.parse(past.stdout).cut, {
      until: "2021-12-31",
      later: 1,
      undated: 0,
      undatedAre: "kept",
    });
    assert.equal(JSON.parse(stdout).cut, null);
  }));

Deno.test("diff --until takes no undated asset for a new one, and says how many there are", () =>
  withFiles(async ({ b }) => {
    const { code, stdout, stderr } = await runTask("diff", [b, "--until", "2021-12-31"]);
    assert.equal(code, 0, stderr);
    assert.match(
      stdout,
      /\ncut at 2021-12-31; records only in the later: 1; undated, in both: 1\n/,
    );
    assert.match(stdout, /\nAdded assets, [^\n]+: 1\n {2}opt {2}model\n\n/);
    assert.match(stdout, /\n {2}The Pile +1 +2 /);
    assert.ok(!stderr.includes("undatedRecord"));
    const sample = await runTask("diff", [paths.assets, "--until", "2023-03-20", "--json"]);
    const { cut, assets } = JSON.parse(sample.stdout);
    const { records } = await readAssetSnapshot(paths.assets);
    const undated = records.filter(({ created }) => Number.isNaN(created)).map(({ name }) => name);
    assert.deepEqual([cut.undated, cut.undatedAre], [undated.length, "kept"]);
    const added = new Set<string>(assets.added.map(({ name }: { name: string }) => name));
    assert.ok(undated.length > 0 && added.size > 0);
    assert.deepEqual(undated.filter((name) => added.has(name)), []);
  }));

Deno.test("diff counts a renaming once, and says what a hub's status and a changed edge mean", () =>
  inFolder(async (folder) => {
    const write = async (name: string, yaml: string) => {
      const path = join(folder, name);
      await Deno.writeTextFile(path, yaml);
      return path;
    };
    const url = "  url: https://lab.example/model\n";
    const app = "- type: application\n  name: App\n  dependencies: ";
    const a = await write(
      "a.yaml",
      `- type: model\n  name: Old Model\n${url}${app}[Old Model, web]\n` +
        "- type: model\n  name: llama\n- type: model\n  name: Left\n  dependencies: [P3]\n",
    );
    const b = await write(
      "b.yaml",
      `- type: model\n  name: New Model\n${url}${app}[New Model, web]\n` +
        "- type: model\n  name: LLaMA\n- type: dataset\n  name: web\n" +
        "- type: model\n  name: Left\n  dependencies: [LLaMA]\n",
    );
    const { code, stdout, stderr } = await runTask("diff", [a, b]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /\n {2}assets +4 +5 +1 +0 +2 +1\n/);
    assert.match(stdout, /\n {2}dependencies +0 +1 +0 +0\n/);
    assert.match(
      stdout,
      /\n {2}edges +3 +3 +1 +1\n {2}dependency documented in one only +1\n/,
    );
    assert.match(stdout, /\n {2}LLaMA +0 +1 .* first dependants \(formerly llama\)\n/);
    assert.match(stdout, /\n {2}P3 +1 +– .* no dependants left\n/);
  }));

Deno.test("diff prints what differs between two snapshots of models, n entries of each list", () =>
  withFiles(async ({ x, y }) => {
    const { code, stdout, stderr } = await runTask("diff", [x, y, "--n", "0"]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /\n {2}models +2 +2 +1 +1 +1\n/);
    assert.match(
      stdout,
      /\nAdded models, those with most children first: 1\n {2}\.\.\. and 1 more/,
    );
    const json = await runTask("diff", [x, y, "--json"]);
    const { traits, rows } = JSON.parse(json.stdout);
    assert.deepEqual(traits.license.listed, [{ id: "lab/base", lost: ["mit"], gained: ["gpl"] }]);
    assert.equal(rows, undefined);
  }));

Deno.test("diff says what is wrong", () =>
  withFiles(async ({ a, b, x, y }) => {
    const cases: [args: string[], code: number, message: RegExp][] = [
      [[a, x], 2, /early\.yaml" holds assets and ".*x\.jsonl" holds models, expected both/],
      [[a], 2, /found one snapshot and no --until/],
      [[a, b, "--until", "2021-12-31"], 2, /is for one snapshot, found two/],
      [[a, "--until", "2021"], 2, /--until is "2021", expected a day like 2024-02-29/],
      [[a, "--until", "2021-02-29"], 2, /--until is "2021-02-29", expected a day/],
      [[a, "--until", ""], 2, /--until is "", expected a day/],
      [[x, "--until", "2021-12-31"], 2, /asks for assets, but ".*x\.jsonl" holds models/],
      [[a, b, "--graph", "all"], 2, /--graph is "all", expected documented, stubs, aliased/],
      [[x, y, "--graph", "stubs"], 2, /--graph "stubs" asks for assets/],
      [[a, b, "--n", "-1"], 2, /--n/],
    ];
    for (const [args, code, message] of cases) {
      const run = await runTask("diff", args);
      assert.equal(run.code, code, run.stderr);
      assert.match(run.stderr, message);
      assert.equal(run.stdout, "");
    }
  }));
