import assert from "node:assert/strict";
import { AssetGraph, assetVariants } from "../../lib/graph/assets.ts";
import {
  assetsToGraphology,
  type AssetsToGraphologyOptions,
} from "../../lib/graph/assets_to_graphology.ts";
import { paths } from "../../lib/paths.ts";
import { type AssetSnapshot, readAssetSnapshot } from "../../lib/snapshot/asset_snapshot.ts";
import { inFolder } from "../fixtures/chunks.ts";
import { needsShared } from "../support.ts";

// crawl (stub) -> The Pile -> model -> app      The pile -alias-> constructor, which is its own dependency      lone
const yaml = `- type: dataset
  name: The Pile
  organization: EleutherAI
  created_date: 2021-01-01
  dependencies: [crawl]
- type: model
  name: model
  organization: unknown
  dependencies: [The Pile]
- type: application
  name: app
  dependencies: [model]
- type: model
  name: constructor
  dependencies: [The pile, constructor, <script>]
- type: dataset
  name: lone
  dependencies: []
`;

function snapshotOf(text: string): Promise<AssetSnapshot> {
  return inFolder(async (dir) => {
    await Deno.writeTextFile(`${dir}/assets.yaml`, text);
    return await readAssetSnapshot(`${dir}/assets.yaml`);
  });
}

function edgesOf(snapshot: AssetSnapshot, options: AssetsToGraphologyOptions): string[] {
  return assetsToGraphology(snapshot, options)
    .mapEdges((_key, _data, source, target) => `${source} > ${target}`)
    .sort();
}

Deno.test("assetsToGraphology() gives each variant with its nodes, edges and attributes", async () => {
  const snapshot = await snapshotOf(yaml);
  const documented = ["The Pile > model", "model > app", "~constructor > ~constructor"];
  const stubs = ["<script> > ~constructor", "The pile > ~constructor", "crawl > The Pile"];
  assert.deepEqual(edgesOf(snapshot, { variant: "documented" }), documented);
  assert.deepEqual(edgesOf(snapshot, { variant: "stubs" }), [...documented, ...stubs].sort());
  const aliased = [
    ...documented,
    "<script> > ~constructor",
    "The Pile > ~constructor",
    "crawl > The Pile",
  ].sort();
  assert.deepEqual(edgesOf(snapshot, {}), aliased);
  const graph = assetsToGraphology(snapshot);
  assert.deepEqual(graph.getNodeAttributes("The Pile"), {
    label: "The Pile",
    type: "dataset",
    organization: "EleutherAI",
    created_date: "2021-01-01",
    documented: true,
  });
  const absent = { organization: null, created_date: null };
  assert.deepEqual(graph.getNodeAttributes("crawl"), {
    label: "crawl",
    type: null,
    ...absent,
    documented: false,
  });
  assert.deepEqual(graph.getNodeAttributes("~constructor"), {
    label: "constructor",
    type: "model",
    ...absent,
    documented: true,
  });
  assert.deepEqual(graph.getEdgeAttributes("The Pile", "model"), {});
});

Deno.test("assetsToGraphology() gives families and neighbourhoods, and refuses unknown names and graphs over the limit", async () => {
  const snapshot = await snapshotOf(yaml);
  assert.deepEqual(assetsToGraphology(snapshot, { family: "app", variant: "documented" }).nodes(), [
    "The Pile",
    "model",
    "app",
  ]);
  assert.equal(assetsToGraphology(snapshot, { family: "app" }).order, 6);
  assert.equal(assetsToGraphology(snapshot, { family: "lone" }).order, 1);
  const down = assetsToGraphology(snapshot, { around: "The pile", hops: 2, direction: "down" });
  assert.deepEqual(down.nodes(), ["The Pile", "model", "app", "~constructor"]);
  assert.throws(() => assetsToGraphology(snapshot, { around: "the pile", variant: "stubs" }), {
    name: "RangeError",
    message: /"the pile".*"The Pile"/,
  });
  assert.throws(() => assetsToGraphology(snapshot, { limit: 6 }), {
    name: "RangeError",
    message: /7 objects.*limit is 6/,
  });
});

Deno.test({
  name:
    "assetsToGraphology() has the counts of the asset graph of real snapshots (skipped where the shared data is absent)",
  ignore: needsShared("data/ecosystem-graphs/2025-01-24/assets"),
  async fn() {
    const snapshot = await readAssetSnapshot(
      `${paths.shared}data/ecosystem-graphs/2025-01-24/assets`,
    );
    const documented = assetsToGraphology(snapshot, { variant: "documented" });
    assert.deepEqual([documented.order, documented.size], [634, 507]);
    for (const variant of assetVariants) {
      const assets = new AssetGraph(snapshot, { variant });
      const graph = assetsToGraphology(snapshot, { variant });
      assert.deepEqual([graph.order, graph.size], [assets.nodes, assets.edges]);
      assert.equal(graph.filterNodes((_key, { documented }) => documented).length, 634);
    }
  },
});
