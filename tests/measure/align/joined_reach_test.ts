import assert from "node:assert/strict";
import { AssetGraph } from "../../../lib/graph/assets.ts";
import { buildLineage } from "../../../lib/graph/build_lineage.ts";
import type { AlignedRepository } from "../../../lib/measure/align/align.ts";
import { joinedReach } from "../../../lib/measure/align/joined_reach.ts";
import { parseAssetSnapshot } from "../../../lib/snapshot/parse_asset_snapshot.ts";
import { readModelBlocks } from "../../../lib/snapshot/read_models.ts";

// web -> A -> chat        lab/a-1b -> me/x -> me/z <- me/y <- lab/b
//  |     |                lab/a-7b
//  |     v
//  + --> B    other -> C (in no snapshot)
const graph = new AssetGraph(parseAssetSnapshot(`
- {type: dataset, name: other}
- {type: model, name: A, dependencies: [web]}
- {type: model, name: B, dependencies: [web, A, B]}
- {type: model, name: C, dependencies: [other]}
- {type: application, name: chat, dependencies: [A]}
`));
const models: [string, string[]][] = [
  ["lab/a-1b", []],
  ["lab/a-7b", []],
  ["lab/b", []],
  ["me/x", ["lab/a-1b"]],
  ["me/y", ["lab/b"]],
  ["me/z", ["me/x", "me/y"]],
  ["__proto__", []],
];
const rows = models.map(([id, parents]) =>
  JSON.stringify({ id, tags: parents.map((parent) => `base_model:merge:${parent}`) })
);
const hub = await readModelBlocks([new TextEncoder().encode(`${rows.join("\n")}\n`)], {
  name: "hub",
});
const { lineage } = buildLineage(hub);

function at(asset: string, repository: string): AlignedRepository {
  const row = models.findIndex(([id]) => id === repository);
  return {
    asset,
    type: "model",
    kind: "model",
    repository,
    row: row < 0 ? null : row,
    rule: "url",
  };
}

Deno.test("joinedReach() counts repositories downstream and what descends from them, each once", () => {
  const aligned = [at("A", "lab/a-1b"), at("A", "lab/a-7b"), at("B", "lab/b"), at("C", "lab/c")];
  const reach = joinedReach(graph, { rows: aligned }, { lineage });
  assert.equal(reach.variant, "aliased");
  assert.deepEqual(reach.rows, [
    { asset: "A", type: "model", downstream: 2, joined: 2, models: 6 },
    { asset: "web", type: "undocumented", downstream: 3, joined: 2, models: 6 },
    { asset: "B", type: "model", downstream: 0, joined: 1, models: 3 },
  ]);
});

Deno.test("joinedReach() is empty without a repository in the snapshot, and refuses an asset that is not in the graph", () => {
  assert.deepEqual(joinedReach(graph, { rows: [at("C", "lab/c")] }, { lineage }).rows, []);
  assert.throws(() => joinedReach(graph, { rows: [at("D", "lab/b")] }, { lineage }), {
    name: "RangeError",
    message: /Cannot find an asset called "D"/,
  });
});
