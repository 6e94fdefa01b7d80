import assert from "node:assert/strict";
import { newestAssets } from "../../../../lib/measure/assets/fields/newest_assets.ts";
import { paths } from "../../../../lib/paths.ts";
import { readAssetSnapshot } from "../../../../lib/snapshot/asset_snapshot.ts";
import { readCell } from "../../../../lib/source/asset_cell.ts";
import { assetRecord, snapshotOf } from "../../../oracle/random_assets.ts";
import { needsShared } from "../../../support.ts";

const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
const snapshot = snapshotOf([
  assetRecord({ name: "b", created: day("2022-01-02"), organization: "Lab", access: "open" }),
  assetRecord({
    name: "a",
    created: day("2022-01-02"),
    cells: { url: readCell("see https://a.org.") },
  }),
  assetRecord({
    name: "old",
    created: day("2019-12-31"),
    cells: { url: readCell("javascript:alert(1)") },
  }),
  assetRecord({ name: "undated" }),
  assetRecord({ name: "<script>", type: "dataset", created: day("2023-05-06") }),
]);

Deno.test("newestAssets() lists the newest first, ties by name, and counts the undated", () => {
  const { assets, records, undated, later } = newestAssets(snapshot, { type: "model" });
  assert.deepEqual(assets, [
    {
      name: "a",
      type: "model",
      date: "2022-01-02",
      organization: "",
      access: "unknown",
      url: "https://a.org",
    },
    {
      name: "b",
      type: "model",
      date: "2022-01-02",
      organization: "Lab",
      access: "open",
      url: null,
    },
    {
      name: "old",
      type: "model",
      date: "2019-12-31",
      organization: "",
      access: "unknown",
      url: null,
    },
  ]);
  assert.deepEqual([records, undated, later], [4, 1, 0]);
});

Deno.test("newestAssets() stops at n and at a day, that day included", () => {
  assert.deepEqual(newestAssets(snapshot, { n: 1 }).assets.map(({ name }) => name), ["<script>"]);
  const { assets, later } = newestAssets(snapshot, { until: "2022-01-02" });
  assert.deepEqual(assets.map(({ name }) => name), ["a", "b", "old"]);
  assert.equal(later, 1);
  assert.deepEqual(newestAssets(snapshotOf([])).assets, []);
});

Deno.test("newestAssets() refuses a day that is none", () => {
  for (const until of ["2022", "2022-02-30", "2022-1-2", "", "2022-01-02T00:00"]) {
    assert.throws(
      () => newestAssets(snapshot, { until }),
      /Cannot read until .*expected a day like/,
    );
  }
});

Deno.test({
  name: "newestAssets() finds the newest of Ecosystem Graphs (needs shared data)",
  ignore: needsShared("data/ecosystem-graphs/"),
  async fn() {
    const late = await readAssetSnapshot(`${paths.shared}data/ecosystem-graphs/2025-01-24/assets`);
    const found = (["dataset", "model", "application"] as const).map((type) => {
      const { assets, undated, records } = newestAssets(late, { type, n: 1 });
      return [assets[0].name, assets[0].date, undated, records];
    });
    assert.deepEqual(found, [
      ["CosmicMan-HQ 1.0", "2024-04-28", 2, 112],
      ["DeepSeek-V3", "2025-01-14", 3, 429],
      ["Le Chat", "2024-02-26", 17, 98],
    ]);
  },
});
