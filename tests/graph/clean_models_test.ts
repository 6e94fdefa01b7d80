import assert from "node:assert/strict";
import { buildLineage } from "../../lib/graph/build_lineage.ts";
import { cleanModels } from "../../lib/graph/clean_models.ts";
import type { ModelSnapshot } from "../../lib/snapshot/model_snapshot.ts";
import { readModelBlocks, readModels } from "../../lib/snapshot/read_models.ts";
import { paths } from "../../lib/paths.ts";
import { printCleaning } from "../../lib/task/print_cleaning.ts";
import { needsShared } from "../support.ts";

interface Row {
  id: string;
  [field: string]: unknown;
}

function read(rows: readonly Row[]): Promise<ModelSnapshot> {
  const text = rows.map((row) => `${JSON.stringify({ library_name: "transformers", ...row })}\n`);
  return readModelBlocks([new TextEncoder().encode(text.join(""))], { name: "few" });
}

function childOf(parent: string, id: string, relation = "finetune"): Row {
  return { id, tags: [`base_model:${parent}`, `base_model:${relation}:${parent}`] };
}

/** Children that no rule matches, enough to make a model known. */
function children(parent: string, n = 3): Row[] {
  return Array.from(
    { length: n },
    (_, i) => childOf(parent, `someone/child-${parent.length}${"abc"[i]}`),
  );
}

/** Ids that are left, and how many each rule took. */
async function cleaned(rows: readonly Row[]) {
  const { snapshot, report } = await cleanModels(await read(rows), { knownChildren: 3 });
  const ids = Array.from({ length: snapshot.models }, (_, row) => snapshot.ids.at(row));
  const rules = Object.fromEntries(
    report.rules.filter(({ matched }) => matched > 0)
      .map(({ rule, matched, removed }) => [rule, `${removed} of ${matched}`]),
  );
  return { ids, rules, report, snapshot };
}

Deno.test("cleanModels() leaves out what the first matching rule says, with counts", async () => {
  const { ids, rules, report, snapshot } = await cleaned([
    { id: "a/bert" },
    { id: "a/bert-1719012345" },
    { id: "b/gemma-1719012346" },
    { id: "b/my_awesome_model" },
    { id: "c/phi-test" },
    { id: "d/nothing", library_name: undefined },
    { id: "d/task-only", library_name: undefined, pipeline_tag: "fill-mask" },
    { id: "d/license-only", library_name: undefined, tags: ["license:mit"] },
    { id: "d/parent-only", library_name: undefined, tags: ["base_model:x/y"] },
    { id: "d/other-tag", library_name: undefined, tags: ["region:us", "license:"] },
  ]);
  assert.deepEqual(ids, ["a/bert", "d/task-only", "d/license-only", "d/parent-only"]);
  assert.deepEqual(rules, {
    "unix-time": "2 of 2",
    "awesome-model": "1 of 1",
    "test-suffix": "1 of 1",
    empty: "2 of 2",
  });
  assert.equal(report.removed, 6);
  assert.equal(report.models, 10);
  assert.equal(report.rules.reduce((sum, { removed }) => sum + removed, 0), report.removed);
  assert.deepEqual(report.rules.find(({ rule }) => rule === "unix-time")!.examples, [
    "a/bert-1719012345",
    "b/gemma-1719012346",
  ]);
  assert.equal(snapshot.tier, "cleaned");
  assert.match(printCleaning(report), /6 of 10 models left out \(60/);
});

Deno.test("cleanModels() keeps known models, mirrors and quantisers of them whatever they are called", async () => {
  // lab/run-1719012345 has three children that no rule matches; lab/run-17190999990 only has one.
  const { ids } = await cleaned([
    { id: "lab/run-1719012345" },
    ...children("lab/run-1719012345"),
    { id: "lab/run-17190999990" },
    ...children("lab/run-17190999990", 1),
    { id: "lab/dogbooth" },
    ...children("lab/dogbooth"),
    { id: "mirror/dogbooth" },
    childOf("lab/dogbooth", "quant/test", "quantized"),
    { id: "quant/dogbooth-gguf-test" },
  ]);
  assert.ok(ids.includes("lab/run-1719012345"));
  assert.ok(!ids.includes("lab/run-17190999990"));
  assert.ok(ids.includes("lab/dogbooth"));
  assert.ok(ids.includes("mirror/dogbooth"));
  assert.ok(ids.includes("quant/test"));
  assert.ok(!ids.includes("quant/dogbooth-gguf-test"));
});

Deno.test("cleanModels() does not take children that a rule matches for a reason to know a model", async () => {
  const rows = Array.from({ length: 5 }, (_, i) => childOf("lab/test", `x/test-sft-${"abcde"[i]}`));
  assert.deepEqual((await cleaned([{ id: "lab/test" }, { id: "y/bert" }, ...rows])).ids, [
    "y/bert",
  ]);
});

Deno.test("cleanModels() keeps the first uploader of a name: by date, then by row", async () => {
  const { ids, report } = await cleaned([
    { id: "a/dogbooth", createdAt: "2023-05-01T00:00:00.000Z" },
    { id: "b/DogBooth", createdAt: "2023-04-01T00:00:00.000Z" },
    { id: "c/dogbooth" },
    { id: "a/results" },
    { id: "b/results" },
    { id: "a/phi-2-role-play" },
    { id: "z/bert" },
  ]);
  // A name that only one model bears has no first uploader.
  assert.deepEqual(ids, ["b/DogBooth", "a/results", "z/bert"]);
  assert.equal(report.rules.find(({ rule }) => rule === "vision-course")!.kept.first, 1);
});

//   lab/base -> lab/base-1719012345 -> lab/grandchild
//            \-> lab/second                /
//                       \-----------------/
Deno.test("cleanModels() turns a reference to a parent left out into a missing one, and ties no child to its grandparent", async () => {
  const rows = [
    { id: "lab/base" },
    childOf("lab/base", "lab/base-1719012345"),
    childOf("lab/base", "lab/second"),
    {
      id: "lab/grandchild",
      tags: ["base_model:merge:lab/base-1719012345", "base_model:merge:lab/second"],
    },
    childOf("lab/base-1719012345", "lab/orphan"),
  ];
  const { ids, report, snapshot } = await cleaned(rows);
  assert.deepEqual(ids, ["lab/base", "lab/second", "lab/grandchild", "lab/orphan"]);
  assert.deepEqual(report.orphaned, { edges: 2, models: 1 });
  const { lineage, missingParents, missingParentReferences } = buildLineage(snapshot);
  assert.deepEqual([...lineage.parent].map((p, e) => [ids[p], ids[lineage.child[e]]]), [
    ["lab/base", "lab/second"],
    ["lab/second", "lab/grandchild"],
  ]);
  assert.deepEqual([missingParents, missingParentReferences], [1, 2]);
});

Deno.test("cleanModels() takes hostile names and says the same twice", async () => {
  const rows = [
    "__proto__",
    "a/constructor",
    "b/<script>",
    'c/"q"',
    "=cmd()",
    "x/toString",
    "t/test",
  ]
    .map((id) => ({ id }));
  const { ids, report } = await cleaned(rows);
  assert.deepEqual(ids, rows.slice(0, -1).map(({ id }) => id));
  assert.deepEqual((await cleaned(rows)).report, report);
});

Deno.test("cleanModels() refuses when nothing is left", async () => {
  await assert.rejects(cleaned([{ id: "a/test" }]), {
    name: "NothingKept",
    message: /^Cannot clean ".*": the rules leave out all 1 models \(test-name 1\)/,
  });
});

for (const file of ["families-2025-04", "radar-2026-08-22"]) {
  Deno.test({
    name: `cleanModels() accounts for every model of ${file} (shared data)`,
    ignore: needsShared(`data/huggingface/${file}.jsonl.gz`),
    async fn() {
      const snapshot = await readModels(`${paths.shared}data/huggingface/${file}.jsonl.gz`);
      const { kept, rows, report, snapshot: left } = await cleanModels(snapshot);
      assert.equal(left.models + report.removed, snapshot.models);
      assert.equal(rows.length, kept.reduce((sum, one) => sum + one, 0));
      let removed = 0;
      for (const rule of report.rules) {
        const spared = Object.values(rule.kept).reduce((sum, n) => sum + n, 0);
        assert.equal(rule.matched, rule.removed + spared, rule.rule);
        removed += rule.removed;
      }
      assert.equal(removed, report.removed);
      assert.ok(report.removed > 0.05 * snapshot.models && report.removed < 0.3 * snapshot.models);
      const [all, part] = [snapshot, left].map((s) => buildLineage(s).lineage);
      let between = 0;
      for (let e = 0; e < all.edges; e++) between += kept[all.parent[e]] & kept[all.child[e]];
      assert.equal(part.edges, between);
    },
  });
}
