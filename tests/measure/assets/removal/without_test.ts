import assert from "node:assert/strict";
import { AssetGraph } from "../../../../lib/graph/assets.ts";
import { resolveOwners } from "../../../../lib/graph/asset_owners.ts";
import { blastRanking } from "../../../../lib/measure/assets/removal/blast_ranking.ts";
import { isApi } from "../../../../lib/measure/assets/removal/removal_seeds.ts";
import { without } from "../../../../lib/measure/assets/removal/without.ts";
import { worstRemovals } from "../../../../lib/measure/assets/removal/worst_removals.ts";
import { paths } from "../../../../lib/paths.ts";
import { readAssetSnapshot } from "../../../../lib/snapshot/asset_snapshot.ts";
import { readOrganizationAliases } from "../../../../lib/source/organization_aliases.ts";
import { assetRecord, snapshotOf } from "../../../oracle/random_assets.ts";
import { needsShared } from "../../../support.ts";

//  Pile (E) --> OPT (M) ------> Chat API (M) --> Bot (S)
//  web  (stub) --^   GLM (Z) ------^      Bot also: books (stub)
//                    GLM -----> Loop (Z) --> Loop
const snapshot = snapshotOf([
  assetRecord({ name: "Pile", type: "dataset", organization: "E" }),
  assetRecord({ name: "OPT", organization: "M", dependencies: ["Pile", "web"] }),
  assetRecord({ name: "GLM", organization: "Z" }),
  assetRecord({
    name: "Chat API",
    type: "application",
    organization: "M",
    dependencies: ["OPT", "GLM"],
  }),
  assetRecord({
    name: "Bot",
    type: "application",
    organization: "S",
    dependencies: ["Chat API", "books"],
  }),
  assetRecord({ name: "Loop", organization: "Z", dependencies: ["GLM", "Loop"] }),
]);
const graph = new AssetGraph(snapshot);

Deno.test("without() tells what is lost step by step, and what stands in for it", () => {
  const all = without(graph, { assets: ["Pile"] });
  assert.deepEqual(all, {
    variant: "aliased",
    reading: "all",
    seeds: ["Pile"],
    lost: [{
      name: "OPT",
      type: "model",
      step: 1,
      lostDependencies: ["Pile"],
      alternatives: [],
      replaceable: false,
    }, {
      name: "Chat API",
      type: "application",
      step: 2,
      lostDependencies: ["OPT"],
      alternatives: ["GLM"],
      replaceable: true,
    }, {
      name: "Bot",
      type: "application",
      step: 3,
      lostDependencies: ["Chat API"],
      alternatives: [],
      replaceable: false,
    }],
    byStep: [1, 1, 1],
    byType: { dataset: 0, model: 1, application: 2, undocumented: 0 },
    affected: [],
    withoutAlternative: 2,
  });
  const kinds = without(graph, { assets: ["Pile"], reading: "kinds" });
  assert.deepEqual(kinds.lost.map(({ name }) => name), ["OPT"]);
  assert.deepEqual(kinds.affected, [{
    name: "Chat API",
    type: "application",
    lostDependencies: ["OPT"],
    alternatives: ["GLM"],
    replaceable: true,
  }]);
  assert.equal(kinds.withoutAlternative, 1);
  const any = without(graph, { assets: ["Pile"], reading: "any" });
  assert.deepEqual([any.lost, any.affected[0].alternatives], [[], ["web"]]);
  assert.equal(any.withoutAlternative, 0);
});

Deno.test("without() lets stubs stand in for stubs only, and a self-loop for nothing", () => {
  const found = without(graph, { assets: ["web"], reading: "kinds" });
  assert.deepEqual(found.lost.map(({ name }) => name), ["OPT"]);
  assert.deepEqual(found.byType.model, 1);
  const glm = without(graph, { assets: ["GLM"], reading: "any" });
  assert.deepEqual(glm.lost.map(({ name }) => name), ["Loop"]);
});

Deno.test("without() removes all that an organization owns, or its APIs, or both with named assets", () => {
  const seeds = (options: Parameters<typeof without>[1]) => without(graph, options).seeds;
  assert.deepEqual(seeds({ organization: "M" }), ["OPT", "Chat API"]);
  assert.deepEqual(seeds({ apisOf: "M" }), ["Chat API"]);
  assert.deepEqual(seeds({ apisOf: "M", organization: "E", assets: ["Loop", "Pile"] }), [
    "Pile",
    "Chat API",
    "Loop",
  ]);
  assert.deepEqual(seeds({ organization: ["E", "S"] }), ["Pile", "Bot"]);
  assert.deepEqual(seeds({ apisOf: ["M", "M"], organization: ["Z"] }), ["GLM", "Chat API", "Loop"]);
  const owners = graph.names.map((name) => name === "GLM" ? ["Z", "Tsinghua"] : []);
  assert.deepEqual(seeds({ organization: "Tsinghua", owners }), ["GLM"]);
});

Deno.test("without() says what it cannot find, and what may have been meant", () => {
  const refuse = (options: Parameters<typeof without>[1], message: RegExp) =>
    assert.throws(() => without(graph, options), { name: "RangeError", message });
  refuse({}, /^Cannot remove nothing: found no assets, organization or provider/);
  refuse({ assets: [], organization: [], apisOf: [] }, /Cannot remove nothing/);
  refuse({ organization: ["M", "N"] }, /Cannot find an organization called "N"/);
  refuse({ apisOf: ["M", "Z"] }, /Cannot remove the APIs of "Z"/);
  refuse({ assets: ["The Pile"] }, /called "The Pile" .* did you mean "Pile"\?/);
  refuse({ organization: "m" }, /Cannot find an organization called "m": did you mean "M"\?/);
  refuse({ organization: "" }, /Cannot find an organization called ""$/);
  for (const name of ["__proto__", "constructor", "<script>", "=cmd()", 'a"b']) {
    refuse({ apisOf: name }, /Cannot find an organization called/);
    refuse({ assets: [name] }, /Cannot find an asset called/);
  }
  refuse({ apisOf: "Z" }, /APIs of "Z": none of its 2 assets has the word API in its name/);
  refuse({ assets: ["Pile"], reading: "some" as never }, /under the reading "some"/);
  refuse({ organization: "M", owners: [] }, /found owners of 0 nodes/);
});

Deno.test("isApi() takes the word API in any case, not letters of another word", () => {
  const names = ["OpenAI API", "apis of X", "GPT-4-API", "API", "(Api)"];
  assert.deepEqual(names.filter(isApi), names);
  assert.deepEqual(["Apiary", "Therapist", "GooseAI", "APIÉ", ""].filter(isApi), []);
});

Deno.test("blastRanking() has every node with its radius under each reading", () => {
  const { variant, rows } = blastRanking(graph);
  assert.equal(variant, "aliased");
  assert.deepEqual(
    rows.map(({ name, type, direct, all, kinds, any }) => [name, type, direct, all, kinds, any]),
    [
      ["GLM", "model", 2, 3, 1, 1],
      ["Pile", "dataset", 1, 3, 1, 0],
      ["web", "undocumented", 1, 3, 1, 0],
      ["OPT", "model", 1, 2, 0, 0],
      ["Chat API", "application", 1, 1, 1, 0],
      ["books", "undocumented", 1, 1, 1, 0],
      ["Bot", "application", 0, 0, 0, 0],
      ["Loop", "model", 0, 0, 0, 0],
    ],
  );
});

Deno.test("worstRemovals() names the removals and compares them with random order", () => {
  const { removals, guarantee, random, nodes, reading } = worstRemovals(graph, { k: 2, runs: 50 });
  assert.deepEqual([nodes, reading], [8, "all"]);
  assert.deepEqual(removals, [
    { name: "Pile", type: "dataset", gain: 4, lost: 4 },
    { name: "GLM", type: "model", gain: 2, lost: 6 },
  ]);
  // After Pile 4 are gone, and GLM and books would add 2 and 1.
  assert.equal(guarantee!.bound, 7);
  assert.deepEqual([random.mean.length, random.runs, random.seed], [2, 50, 1]);
  assert.equal(worstRemovals(graph, { reading: "kinds" }).guarantee, null);
});

const folder = "data/ecosystem-graphs/2025-01-24/assets";
Deno.test({
  name: "without() and blastRanking() find the known numbers in Ecosystem Graphs of 2025-01-24",
  ignore: needsShared(folder),
  async fn() {
    const snapshot = await readAssetSnapshot(`${paths.shared}${folder}`);
    const graph = new AssetGraph(snapshot, { variant: "documented" });
    const { lost, byType, byStep } = without(graph, { assets: ["OpenAI API"] });
    assert.deepEqual([lost.length, byType.application, byStep], [8, 6, [8]]);
    const radius = new Map(blastRanking(graph).rows.map((row) => [row.name, row]));
    assert.equal(radius.get("C4")!.all, 44);
    assert.equal(radius.get("GPT-4")!.all, 42);
    for (const { name, all, kinds, any } of radius.values()) {
      assert.ok(any <= kinds && kinds <= all, name);
      for (const reading of ["all", "kinds", "any"] as const) {
        if (all < 25) continue;
        const { lost } = without(graph, { assets: [name], reading });
        assert.equal(lost.length, { all, kinds, any }[reading], name);
      }
    }
    const owners = resolveOwners(graph, await readOrganizationAliases());
    const apis = without(graph, { apisOf: "OpenAI", owners });
    assert.equal(apis.seeds.length, 7);
    assert.ok(apis.seeds.includes("ChatGPT API") && !apis.seeds.includes("ChatGPT"));
    assert.equal(apis.lost.length, 37);
  },
});
