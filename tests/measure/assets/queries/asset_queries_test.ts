import assert from "node:assert/strict";
import { byCodeUnits } from "../../../../lib/core/compare.ts";
import { random } from "../../../../lib/core/random.ts";
import { AssetGraph, assetVariants } from "../../../../lib/graph/assets.ts";
import { readAssetTables } from "../../../../lib/measure/assets/fields/asset_row.ts";
import {
  assetsDownstream,
  assetsUpstream,
} from "../../../../lib/measure/assets/queries/asset_stream.ts";
import { compareAssets } from "../../../../lib/measure/assets/queries/compare_assets.ts";
import {
  findAssets,
  type FindAssetsOptions,
} from "../../../../lib/measure/assets/queries/find_assets.ts";
import { paths } from "../../../../lib/paths.ts";
import { readAssetSnapshot } from "../../../../lib/snapshot/asset_snapshot.ts";
import { readCell } from "../../../../lib/source/asset_cell.ts";
import { assetRecord, randomAssets, snapshotOf } from "../../../oracle/random_assets.ts";
import { needsShared } from "../../../support.ts";

const tables = await readAssetTables();
const cells = (fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).map(([field, text]) => [field, readCell(text)]));

/**
 *     Pile ---> GPT ---> Chat ---> GPT   (a cycle)
 *      |  \---> OPT ---> <script>
 *     Web            \-> OPT             (a self-loop)
 */
const snapshot = snapshotOf([
  assetRecord({
    name: "Pile",
    type: "dataset",
    organization: "Eleuther",
    created: Date.UTC(2021, 0),
    access: "open",
    dependencies: ["Web"],
    cells: cells({ modality: "text", license: "MIT", size: "825 GB" }),
  }),
  assetRecord({
    name: "GPT",
    organization: "OpenAI",
    created: Date.UTC(2020, 4, 28),
    access: "limited",
    dependencies: ["Pile", "Chat"],
    cells: cells({ modality: "text; text", license: "custom", size: "175B parameters" }),
  }),
  assetRecord({
    name: "OPT",
    organization: "Meta",
    access: "open",
    dependencies: ["pile", "OPT"],
    cells: cells({ modality: "text; code", license: "MIT", size: "unknown", url: "https://a.org" }),
  }),
  assetRecord({ name: "Chat", type: "application", organization: "OpenAI", dependencies: ["GPT"] }),
  assetRecord({ name: "<script>", type: "application", dependencies: ["OPT"] }),
]);
const graph = new AssetGraph(snapshot);
const found = (options: FindAssetsOptions) =>
  findAssets(graph, tables, options).assets.map(({ name }) => name);

Deno.test("findAssets() lists documented assets, those with most dependants first, self-loops left out", () => {
  const { variant, assets, of } = findAssets(graph, tables);
  assert.deepEqual([variant, of], ["aliased", 5]);
  assert.deepEqual(
    assets.map(({ name, dependencies, dependants }) => [name, dependencies, dependants]),
    [
      ["Pile", 1, 2],
      ["Chat", 1, 1],
      ["GPT", 2, 1],
      ["OPT", 1, 1],
      ["<script>", 1, 0],
    ],
  );
  const { family, license, input, parameters, url, date } = assets[3];
  assert.deepEqual([family, license, input, parameters, url, date], [
    "permissive",
    "mit",
    ["text"],
    null,
    "https://a.org",
    null,
  ]);
  assert.equal(assets[2].parameters, 175e9);
  assert.equal(assets[0].parameters, null);
});

Deno.test("findAssets() takes each filter, and all together", () => {
  assert.deepEqual(found({ type: "application" }), ["Chat", "<script>"]);
  assert.deepEqual(found({ organization: "OpenAI" }), ["Chat", "GPT"]);
  assert.deepEqual(found({ modality: "Code" }), ["OPT"]);
  assert.deepEqual(found({ modality: "text", side: "input" }), ["GPT", "OPT"]);
  assert.deepEqual(found({ access: "open" }), ["Pile", "OPT"]);
  assert.deepEqual(found({ license: "permissive" }), ["Pile", "OPT"]);
  assert.deepEqual(found({ license: "absent" }), ["Chat", "<script>"]);
  assert.deepEqual(found({ minDependants: 1, minDependencies: 2 }), ["GPT"]);
  assert.deepEqual(found({ license: "permissive", type: "model", access: "open" }), ["OPT"]);
  assert.deepEqual(found({ minDependants: 99 }), []);
  const owners = graph.names.map((_, node) => node === 1 ? ["OpenAI", "Microsoft"] : []);
  assert.deepEqual(found({ organization: "Microsoft", owners }), ["GPT"]);
});

Deno.test("findAssets() counts what it leaves out for lack of a date or a size", () => {
  const dated = findAssets(graph, tables, { from: "2020-05-28", until: "2020-12-31" });
  assert.deepEqual(dated.assets.map(({ name }) => name), ["GPT"]);
  assert.deepEqual([dated.undated, dated.unsized], [3, 0]);
  const sized = findAssets(graph, tables, { minParameters: 100e9 });
  assert.deepEqual(sized.assets.map(({ name }) => name), ["GPT"]);
  assert.deepEqual([sized.undated, sized.unsized], [0, 1]);
});

Deno.test("findAssets() refuses names that are not there, and suggests others", () => {
  const cases: [options: FindAssetsOptions, message: RegExp][] = [
    [{ organization: "openai" }, /organization called "openai": did you mean "OpenAI"\?/],
    [{ organization: "__proto__" }, /organization called "__proto__"/],
    [{ modality: "txt" }, /Cannot find the modality "txt"/],
    [{ from: "soon" }, /Cannot read from "soon"/],
  ];
  for (const [options, message] of cases) {
    assert.throws(
      () => found(options),
      (error: Error) => error instanceof RangeError && message.test(error.message),
    );
  }
});

Deno.test("assetsUpstream() and assetsDownstream() count the steps of shortest ways", () => {
  const down = assetsDownstream(graph, "Web");
  assert.deepEqual(down.assets.map(({ name, steps, type }) => [name, steps, type]), [
    ["Pile", 1, "dataset"],
    ["GPT", 2, "model"],
    ["OPT", 2, "model"],
    ["<script>", 3, "application"],
    ["Chat", 3, "application"],
  ]);
  assert.deepEqual(assetsDownstream(graph, "Web", { steps: 1 }).assets.map(({ name }) => name), [
    "Pile",
  ]);
  const up = assetsUpstream(graph, "Chat");
  assert.deepEqual(up.assets.map(({ name, steps }) => [name, steps]), [["GPT", 1], ["Pile", 2], [
    "Web",
    3,
  ]]);
  assert.deepEqual(up.assets.at(-1), {
    name: "Web",
    type: "undocumented",
    organization: "",
    steps: 3,
  });
  // The aliased graph knows other spellings.
  assert.equal(assetsDownstream(graph, "pile").seed, "Pile");
  for (const steps of [0, -1, 1.5, NaN]) {
    assert.throws(() => assetsUpstream(graph, "Chat", { steps }), /Cannot walk/);
  }
  assert.throws(() => assetsUpstream(graph, "Chta"), RangeError);
});

Deno.test("compareAssets() puts fields and neighbours side by side", () => {
  const { fields, dependencies, dependants, upstream, downstream, distance, a } = compareAssets(
    graph,
    {
      a: "GPT",
      b: "OPT",
    },
  );
  assert.deepEqual(a, { name: "GPT", type: "model" });
  assert.deepEqual(
    fields.map(({ field, a, b, aState, bState, same }) => [field, a ?? aState, b ?? bState, same]),
    [
      ["modality", "text; text", "text; code", false],
      ["license", "custom", "MIT", false],
      ["size", "175B parameters", "unknown", false],
      ["url", "absent", "https://a.org", false],
    ],
  );
  assert.deepEqual(dependencies, { shared: ["Pile"], onlyA: ["Chat"], onlyB: [] });
  assert.deepEqual(dependants, { shared: [], onlyA: ["Chat"], onlyB: ["<script>"] });
  assert.deepEqual(upstream, { shared: ["Pile", "Web"], onlyA: ["Chat"], onlyB: [] });
  assert.deepEqual(downstream, { shared: [], onlyA: ["Chat"], onlyB: ["<script>"] });
  assert.deepEqual(distance, { aToB: null, bToA: null, between: 2 });
});

Deno.test("compareAssets() takes undocumented names and the same asset twice, and refuses others", () => {
  const stub = compareAssets(graph, { a: "Web", b: "<script>" });
  assert.deepEqual([stub.a.type, stub.distance.aToB, stub.distance.between], [
    "undocumented",
    3,
    3,
  ]);
  const twice = compareAssets(graph, { a: "Pile", b: "pile" });
  assert.ok(twice.fields.length > 0 && twice.fields.every(({ same }) => same));
  assert.deepEqual(twice.distance, { aToB: 0, bToA: 0, between: 0 });
  assert.throws(() => compareAssets(graph, { a: "GPT", b: "constructor" }), RangeError);
});

Deno.test("queries of the asset graph agree with a walk over its edges on random snapshots", () => {
  const rng = random({ seed: 11 });
  for (let round = 0; round < 60; round++) {
    const variant = assetVariants[round % 3];
    const graph = new AssetGraph(randomAssets(rng), { variant });
    if (graph.nodes === 0) continue;
    const edges = Array.from(graph.dependency, (from, e) => [from, graph.dependant[e]]);
    const below = (seed: number) => {
      const met = new Map([[seed, 0]]);
      for (let steps = 1; steps <= graph.nodes; steps++) {
        for (const [from, to] of edges) {
          if (met.get(from) === steps - 1 && !met.has(to)) met.set(to, steps);
        }
      }
      met.delete(seed);
      return met;
    };
    for (let node = 0; node < graph.nodes; node++) {
      const expected = [...below(node)].map(([other, steps]) => ({
        name: graph.names[other],
        steps,
      }))
        .sort((a, b) => a.steps - b.steps || byCodeUnits(a.name, b.name));
      const { assets } = assetsDownstream(graph, graph.names[node]);
      assert.deepEqual(assets.map(({ name, steps }) => ({ name, steps })), expected);
    }
    for (const { name, dependants, dependencies } of findAssets(graph, tables).assets) {
      const node = graph.names.indexOf(name);
      assert.equal(dependants, edges.filter(([from, to]) => from === node && to !== node).length);
      assert.equal(dependencies, edges.filter(([from, to]) => to === node && from !== node).length);
    }
    const [a, b] = [rng.below(graph.nodes), rng.below(graph.nodes)];
    const { distance, downstream } = compareAssets(graph, { a: graph.names[a], b: graph.names[b] });
    assert.equal(distance.aToB, a === b ? 0 : below(a).get(b) ?? null);
    const both = [...below(a).keys()].filter((node) => below(b).has(node)).map((node) =>
      graph.names[node]
    );
    assert.deepEqual(downstream.shared, both.sort(byCodeUnits));
  }
});

Deno.test({
  name: "queries of the asset graph give the numbers of Ecosystem Graphs (needs shared data)",
  ignore: needsShared("data/ecosystem-graphs/"),
  async fn() {
    const late = await readAssetSnapshot(`${paths.shared}data/ecosystem-graphs/2025-01-24/assets`);
    const documented = new AssetGraph(late, { variant: "documented" });
    const { assets } = findAssets(documented, tables, { minDependants: 12 });
    assert.deepEqual(assets.map(({ name, dependants }) => [name, dependants]), [
      ["The Pile", 17],
      ["CLIP", 16],
      ["ChatGPT API", 12],
      ["LLaMA", 12],
    ]);
    assert.equal(assetsDownstream(documented, "C4").assets.length, 44);
    assert.equal(assetsDownstream(documented, "GPT-4").assets.length, 42);
    const early = await readAssetSnapshot(`${paths.shared}data/ecosystem-graphs/2023-03-20/assets`);
    const hubs = findAssets(new AssetGraph(early, { variant: "documented" }), tables, {
      minDependants: 9,
    });
    assert.deepEqual(hubs.assets.map(({ name, dependants }) => [name, dependants]), [
      ["ChatGPT API", 13],
      ["P3", 9],
      ["The Pile", 9],
    ]);
  },
});
