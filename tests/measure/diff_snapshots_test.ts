import assert from "node:assert/strict";
import { AssetGraph } from "../../lib/graph/assets.ts";
import { directHubs } from "../../lib/measure/assets/asset_hubs.ts";
import { measureAssets } from "../../lib/measure/assets/asset_report.ts";
import { diffSnapshots } from "../../lib/measure/diff_snapshots.ts";
import { paths } from "../../lib/paths.ts";
import { readAssetSnapshot } from "../../lib/snapshot/asset_snapshot.ts";
import { assetsUntil } from "../../lib/snapshot/assets_until.ts";
import { assetRecord, snapshotOf } from "../oracle/random_assets.ts";
import { snapshotOfRows } from "../oracle/random_lineage.ts";
import { needsShared } from "../support.ts";

Deno.test("diffSnapshots() refuses models beside assets, and names both", async () => {
  const models = await snapshotOfRows([{ id: "a" }]);
  const assets = snapshotOf([assetRecord({ name: "a" })]);
  for (const pair of [[models, assets], [assets, models]]) {
    assert.throws(() => diffSnapshots(pair[0] as never, pair[1] as never), {
      name: "TypeError",
      message: `Cannot compare the snapshots: "${pair[0].name}" holds ${pair[0].kind} and "${
        pair[1].name
      }" holds ${pair[1].kind}, expected both to hold the same`,
    });
  }
  assert.equal(diffSnapshots(models, models).kind, "models");
  assert.equal(diffSnapshots(assets, assets).kind, "assets");
});

Deno.test("diffSnapshots() finds nothing removed when a snapshot is compared with its own past", async () => {
  const sample = await readAssetSnapshot(paths.assets);
  const { snapshot, later, undated } = assetsUntil(sample, "2023-03-20", { undated: "keep" });
  const { assets, edges, hubs } = diffSnapshots(snapshot, sample);
  assert.deepEqual([assets.removed, assets.renamed, edges.removed], [[], [], []]);
  assert.ok(undated > 0 && assets.added.length <= later);
  assert.ok(hubs.every(({ direct, transitive }) => direct.change >= 0 && transitive.change >= 0));
});

const folder = "data/ecosystem-graphs/";

Deno.test({
  name:
    "diffSnapshots() gives the published numbers of 2023-03-20 and 2025-01-24 (skipped where the shared data is absent)",
  ignore: needsShared(`${folder}2023-03-20/assets`) || needsShared(`${folder}2025-01-24/assets`),
  async fn() {
    const [before, after] = await Promise.all(
      ["2023-03-20", "2025-01-24"].map((day) =>
        readAssetSnapshot(`${paths.shared}${folder}${day}/assets`)
      ),
    );
    const diff = diffSnapshots(before, after, { variant: "documented" });
    assert.deepEqual([diff.before.records, diff.before.organizations], [262, 63]);
    assert.equal(measureAssets(before).counts.organizations, 63);
    assert.deepEqual([diff.after.records, diff.after.assets], [639, 634]);
    assert.deepEqual(
      directHubs(new AssetGraph(before, { variant: "documented" }), { n: 3 }),
      [["ChatGPT API", 13], ["P3", 9], ["The Pile", 9]].map(([name, dependants]) => ({
        name,
        dependants,
      })),
    );
    const move = (name: string) => {
      const { direct: { before, after, rankBefore, rankAfter }, transitive } = diff.hubs.find((
        hub,
      ) => hub.name === name)!;
      return [before, after, rankBefore, rankAfter, transitive.before, transitive.after];
    };
    assert.deepEqual(move("The Pile"), [9, 17, 2.5, 1, 15, 32]);
    assert.deepEqual(move("CLIP"), [1, 16, 90, 2, 1, 31]);
    assert.deepEqual(move("ChatGPT API"), [13, 12, 1, 3.5, 13, 14]);
    assert.deepEqual(move("LLaMA"), [0, 12, 199, 3.5, 0, 24]);
    assert.deepEqual(move("P3").slice(0, 3), [9, 9, 2.5]);
    assert.deepEqual([move("C4")[5], move("GPT-4")[5]], [44, 42]);
    const { added, removed, renamed, changed } = diff.assets;
    assert.deepEqual([added.length, removed.length, changed.length], [378, 5, 255]);
    assert.deepEqual(renamed.map(({ before, after, by }) => [before, after, by]), [
      ["LLaMa", "LLaMA", "name"],
    ]);
    assert.deepEqual([diff.edges.added.length, diff.edges.removed.length, diff.edges.kept], [
      267,
      9,
      240,
    ]);
  },
});
