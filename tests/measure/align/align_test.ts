import assert from "node:assert/strict";
import { buildLineage } from "../../../lib/graph/build_lineage.ts";
import { resolveOwners } from "../../../lib/graph/asset_owners.ts";
import { AssetGraph } from "../../../lib/graph/assets.ts";
import { align } from "../../../lib/measure/align/align.ts";
import { alignmentPrecision } from "../../../lib/measure/align/alignment_precision.ts";
import { hubAddress } from "../../../lib/measure/align/hub_address.ts";
import { hubReach } from "../../../lib/measure/align/hub_reach.ts";
import { comparedNames } from "../../../lib/measure/align/repository_name.ts";
import { paths } from "../../../lib/paths.ts";
import { type AssetSnapshot, readAssetSnapshot } from "../../../lib/snapshot/asset_snapshot.ts";
import { readModelBlocks } from "../../../lib/snapshot/read_models.ts";
import { readAlignmentCheck } from "../../../lib/source/alignment_check.ts";
import { parseHubOwners, readHubOwners } from "../../../lib/source/hub_owners.ts";
import { readOrganizationAliases } from "../../../lib/source/organization_aliases.ts";
import { assetRecord, snapshotOf } from "../../oracle/random_assets.ts";

const accounts = await readHubOwners();
const table = await readOrganizationAliases();

function hubOf(rows: readonly object[]) {
  const text = rows.map((row) => JSON.stringify(row)).join("\n") + "\n";
  return readModelBlocks([new TextEncoder().encode(text)], { name: "hub" });
}

async function aligned(snapshot: AssetSnapshot, ids: readonly string[]) {
  const graph = new AssetGraph(snapshot);
  const hub = await hubOf(ids.map((id) => ({ id })));
  return align(graph, hub, { owners: resolveOwners(graph, table), accounts });
}

function cell(value: string) {
  return { state: "known" as const, value, explanation: null };
}

Deno.test("align() is right on the pairs that were looked at by hand, and nobody has yet to look", async () => {
  const check = await readAlignmentCheck();
  const snapshot = await readAssetSnapshot(paths.assets);
  const ids = [...new Set(check.map(({ repository }) => repository))];
  const found = alignmentPrecision(await aligned(snapshot, ids), check);
  assert.equal(found.unchecked, 0);
  const all = found.rules.at(-1)!;
  assert.ok(all.checked >= 170 && all.right === all.checked, JSON.stringify(found.wrong));
  assert.ok(found.recall.found >= 171, `${found.recall.found} of ${found.recall.same}`);
  // The sample's own links were written by whoever wrote the check, so names alone are looked at too.
  const linkless = snapshotOf(snapshot.records.map((record) => ({ ...record, cells: {} })));
  const names = alignmentPrecision(await aligned(linkless, ids), check);
  const byName = names.rules.at(-1)!;
  assert.ok(byName.checked >= 135, String(byName.checked));
  assert.ok(byName.right / byName.checked >= 0.97, JSON.stringify(names.wrong));
});

Deno.test("readAlignmentCheck() names assets of the sample only", async () => {
  const names = new Set((await readAssetSnapshot(paths.assets)).assets.map(({ name }) => name));
  for (const { asset } of await readAlignmentCheck()) assert.ok(names.has(asset), asset);
});

Deno.test("align() prefers the stronger rule and says where two assets claim one repository", async () => {
  const model = (name: string, cells: Record<string, ReturnType<typeof cell>> = {}) =>
    assetRecord({ name, organization: "Lab One", cells });
  const { rows, contested, rules, models } = await aligned(
    snapshotOf([
      model("Bird", { url: cell("see https://huggingface.co/Lab-One/BIRD-7b.") }),
      model("Bird 7B"),
      model("Fish", { model_card: cell("https://huggingface.co/other/fish") }),
      model("Fish+", { feedback: cell("https://huggingface.co/other/fish/discussions/3") }),
      model("Old", { url: cell("https://huggingface.co/old-model") }),
      model("Account", { url: cell("https://huggingface.co/Lab-One") }),
      model("Twin", { url: cell("https://hf.co/a/twin") }),
      model("Double", { url: cell("https://hf.co/a/twin") }),
      assetRecord({
        name: "Data",
        type: "dataset",
        cells: {
          url: cell("https://huggingface.co/datasets/a/data and https://huggingface.co/a/b"),
        },
      }),
    ]),
    [
      "LabOne/other",
      "Lab-One/bird-7b",
      "old-model",
      "labone/Fish-plus",
      "labone/fish-13B-hf",
      "x/fish",
    ],
  );
  assert.deepEqual(
    rows.map(({ asset, kind, repository, row, rule }) => [asset, kind, repository, row, rule]),
    [
      ["Bird", "model", "Lab-One/bird-7b", 1, "url"],
      ["Fish", "model", "other/fish", null, "card"],
      ["Fish", "model", "labone/fish-13B-hf", 4, "size"],
      ["Fish+", "model", "labone/Fish-plus", 3, "name"],
      ["Old", "model", "old-model", 2, "url"],
      ["Twin", "model", "a/twin", null, "url"],
      ["Double", "model", "a/twin", null, "url"],
      ["Data", "dataset", "a/data", null, "url"],
    ],
  );
  assert.deepEqual(contested, [{ repository: "a/twin", assets: ["Twin", "Double"] }]);
  assert.deepEqual(rules[0], { rule: "url", rows: 5, assets: 5, inSnapshot: 2 });
  assert.deepEqual(models, { unaligned: 2, all: 8 });
});

Deno.test("align() takes hostile names and addresses as the text they are", async () => {
  const names = ["__proto__", "", "++", "a/b", "<script>", "\u202e", "a".repeat(500)];
  const url = cell(
    "https://huggingface.co/../../etc/passwd https://huggingface.co/%2e/%00 http://[",
  );
  const { rows } = await aligned(
    snapshotOf(
      names.map((name) => assetRecord({ name, organization: "__proto__", cells: { url } })),
    ),
    ["__proto__/__proto__", "constructor/x", "/", "%00"],
  );
  assert.deepEqual(
    rows.filter(({ rule }) => rule === "url").map(({ asset, repository }) => [asset, repository]),
    names.map((name) => [name, "etc/passwd"]),
  );
  assert.ok(rows.every(({ rule }) => rule === "url"));
});

Deno.test("hubAddress() finds repositories and nothing else", () => {
  const id = (address: string) => hubAddress(address)?.id ?? null;
  assert.equal(id("https://huggingface.co/a/b/tree/main?x=1#y"), "a/b");
  assert.equal(id("http://www.huggingface.co/a/b"), "a/b");
  assert.deepEqual(hubAddress("https://huggingface.co/datasets/a/b.c/discussions"), {
    kind: "dataset",
    id: "a/b.c",
    discussions: true,
  });
  for (
    const other of [
      "https://huggingface.co",
      "https://huggingface.co/blog/x",
      "https://huggingface.co/spaces/a/b",
      "https://huggingface.co.evil.example/a/b",
      "https://evil.example/huggingface.co/a/b",
      "ftp://huggingface.co/a/b",
      "https://huggingface.co/a b/c",
      "nothing",
    ]
  ) assert.equal(id(other), null, other);
});

Deno.test("comparedNames() keeps plus signs and versions, and leaves out sizes and makers apart", () => {
  const whole = (name: string) => comparedNames(name)[0].whole;
  const sizeless = (name: string) => comparedNames(name)[0].sizeless;
  assert.notEqual(whole("Command R"), whole("Command R+"));
  assert.equal(whole("Command R+"), whole("command-r-plus"));
  assert.equal(whole("Star Coder2"), whole("starcoder2"));
  assert.notEqual(whole("GPT 3 5"), whole("GPT-35"));
  assert.notEqual(whole("Llama 3"), sizeless("Llama-3.1-8B"));
  assert.equal(sizeless("Qwen-1_8B"), "qwen");
  assert.equal(sizeless("bloom-7b1"), "bloom");
  assert.equal(sizeless("Mixtral-8x7B"), "mixtral");
  assert.equal(sizeless("7B"), "7b");
  assert.deepEqual(
    comparedNames("Meta-Llama-3-8B-hf", { makers: ["Meta", "meta-llama"] }).map(({ whole }) =>
      whole
    ),
    ["metallama3-8b", "llama3-8b", "3-8b"],
  );
  assert.deepEqual(comparedNames("--"), []);
});

Deno.test("hubReach() counts what descends from all repositories of an asset", async () => {
  /*
   *   lab/bird-7b -> me/tuned -> you/quantised
   *   lab/bird-13b -> me/tuned
   */
  const child = (id: string, ...parents: string[]) => ({
    id,
    tags: parents.map((parent) => `base_model:finetune:${parent}`),
  });
  const hub = await hubOf([
    child("lab/bird-7b"),
    child("lab/bird-13b", "lab/bird-7b"),
    child("me/tuned", "lab/bird-7b", "lab/bird-13b"),
    child("you/quantised", "me/tuned"),
  ]);
  const graph = new AssetGraph(snapshotOf([
    assetRecord({ name: "Bird", organization: "Lab" }),
    assetRecord({ name: "Fish", organization: "Lab" }),
  ]));
  const alignment = align(graph, hub, { owners: resolveOwners(graph, table), accounts });
  assert.deepEqual(hubReach(alignment, buildLineage(hub).lineage), [
    { asset: "Bird", repositories: 2, children: 1, descendants: 2 },
  ]);
});

Deno.test("parseHubOwners() refuses what is no table, naming the line", async () => {
  const head = "organization,owner,reason\n";
  await assert.rejects(parseHubOwners(""), /:0: found nothing/);
  await assert.rejects(parseHubOwners("a,b\n"), /:1: found "a,b", expected the header/);
  await assert.rejects(parseHubOwners(`${head}a,b\n`), SyntaxError);
  await assert.rejects(parseHubOwners(`${head}a,,c\n`), /:2: a cell of "a,,c" is empty/);
  await assert.rejects(parseHubOwners(`${head}a,b,c\na,B,c\n`), /:3: "B" of "a" again/);
});
