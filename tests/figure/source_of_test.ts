import assert from "node:assert/strict";
import { sourceOf } from "../../lib/figure/source_of.ts";
import { loadAssets } from "../../lib/snapshot/load.ts";
import { readModelBlocks } from "../../lib/snapshot/read_models.ts";

const rows = [new TextEncoder().encode('{"id":"a/b","tags":["license:mit"]}\n')];

Deno.test("sourceOf() states name, digest, and of models the tier", async () => {
  const snapshot = await readModelBlocks(rows, { name: "tiny" });
  const { sha256 } = snapshot.origin;
  const source = { snapshot: "tiny", sha256, simulated: false, tier: "raw" as const };
  assert.deepEqual(sourceOf(snapshot), source);
  assert.deepEqual(sourceOf({ ...snapshot, tier: "cleaned" }), { ...source, tier: "cleaned" });
});

Deno.test("sourceOf() states no tier of assets", async () => {
  const assets = await loadAssets();
  const { name, origin: { sha256 } } = assets;
  assert.deepEqual(sourceOf(assets), { snapshot: name, sha256, simulated: false });
});
