import assert from "node:assert/strict";
import { join } from "node:path";
import { paths } from "../../lib/paths.ts";
import { inFolder } from "../fixtures/chunks.ts";
import { runTask } from "../support.ts";

const card = "A model of mice. ".repeat(40);
const rows = [
  { id: "lab/base", tags: ["en", "license:mit"], modelCard: card },
  { id: "lab/tuned", tags: ["en", "gguf", "base_model:finetune:lab/base"] },
  { id: "lab/\u001b[31mred", tags: Array.from({ length: 20 }, (_, i) => `tag-${i}`) },
];

function withRows(body: (path: string) => Promise<void>): Promise<void> {
  return inFolder(async (folder) => {
    const path = join(folder, "hub.jsonl");
    await Deno.writeTextFile(path, rows.map((row) => JSON.stringify(row)).join("\n"));
    await body(path);
  });
}

Deno.test("compare prints metric, row diff and tokens of two models, and the edge between them", () =>
  withRows(async (path) => {
    const { code, stdout, stderr } = await runTask("compare", [path, "lab/tuned", "lab/base"]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^lab\/tuned {2}-> {2}lab\/base\n/);
    assert.match(stdout, /\nEdge: lab\/base -finetune-> lab\/tuned\n/);
    assert.match(stdout, /\ncosine similarity of rows \(bag of words\): 0\.\d{6}\n/);
    assert.match(stdout, /\n {2}license +\+ {2}mit\n/);
    assert.match(stdout, /\n {2}language +\= {2}en\n/);
    assert.match(stdout, /\n {2}tag +- {2}gguf\n/);
    assert.match(stdout, /\n {2}- 4 {5}.*gguf/);
  }));

Deno.test("compare --json prints the comparison under the metric, texts and weighting asked for", () =>
  withRows(async (path) => {
    const { code, stdout, stderr } = await runTask("compare", [
      ...[path, "lab/base", "lab/tuned", "--json", "--metric", "manhattan"],
      ...["--texts", "cards", "--weighting", "tfidf"],
    ]);
    assert.equal(code, 0, stderr);
    const { metric, kind, texts, weighting, value, kinship, row } = JSON.parse(stdout);
    assert.deepEqual([metric, kind, texts, weighting], ["manhattan", "distance", "cards", "tfidf"]);
    // The child has no card.
    assert.equal(value, null);
    assert.equal(kinship.relation, "finetune");
    assert.ok(row.some(({ value }: { value: string }) => value === "mit"));
  }));

Deno.test("compare cuts long lists, and shows control characters instead of printing them", () =>
  withRows(async (path) => {
    const { stdout } = await runTask("compare", [path, "lab/base", "lab/\u001b[31mred"]);
    // deno-lint-ignore no-control-regex
    assert.ok(!/\u001b/.test(stdout));
    assert.match(stdout, /lab\/\\u001b\[31mred/);
    assert.match(stdout, /\nNo edge between them in snapshot "hub"\.\n/);
    assert.match(stdout, /\.\.\. and 8 more/);
  }));

Deno.test("compare says what is wrong and suggests names", () =>
  withRows(async (path) => {
    const cases: [args: string[], code: number, message: RegExp][] = [
      [
        [path, "lab/bas", "lab/tuned"],
        1,
        /Cannot find the model "lab\/bas".*did you mean "lab\/base"/,
      ],
      [[path, "lab/base", "lab/tuned", "--metric", "cosin"], 1, /did you mean "cosine"\?/],
      [
        [path, "lab/base", "lab/tuned", "--texts", "card"],
        2,
        /--texts is "card", expected rows or/,
      ],
      [[path, "lab/base"], 2, /found 2 arguments .*expected 3/],
      [[path, "lab/base", "lab/base"], 2, /A and B are the same model, "lab\/base": expected two/],
      [[paths.assets, "a", "b"], 2, /holds assets, expected models/],
    ];
    for (const [args, code, message] of cases) {
      const run = await runTask("compare", args);
      assert.equal(run.code, code, run.stderr);
      assert.match(run.stderr, message);
      assert.equal(run.stdout, "");
    }
  }));
