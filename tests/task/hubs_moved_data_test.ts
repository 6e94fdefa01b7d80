import assert from "node:assert/strict";
import { hubsMovedData } from "../../lib/task/hubs_moved_data.ts";
import { paths } from "../../lib/paths.ts";
import { readAssetSnapshot } from "../../lib/snapshot/asset_snapshot.ts";
import { assetRecord, snapshotOf } from "../oracle/random_assets.ts";

const pile = assetRecord({ name: "Pile", created: Date.parse("2021-01-01") });
const after = snapshotOf([
  pile,
  assetRecord({ name: "OPT", created: Date.parse("2023-03-20"), dependencies: ["Pile"] }),
  assetRecord({ name: "J", created: Date.parse("2023-03-21"), dependencies: ["Pile"] }),
  assetRecord({ name: "X", dependencies: ["Pile"] }),
]);

Deno.test("hubsMovedData() compares with the same snapshot's past where no other is given", () => {
  const { hubs, before, cut } = hubsMovedData(after, { variant: "aliased" });
  assert.deepEqual([hubs[0].name, hubs[0].direct.before, hubs[0].direct.after], ["Pile", 2, 3]);
  assert.equal(before.name, "test until 2023-03-20");
  assert.deepEqual(cut, { until: "2023-03-20", later: 1, undated: 1, undatedAre: "kept" });
});

Deno.test("hubsMovedData() compares with the snapshot that is given", () => {
  const before = snapshotOf([pile]);
  const { hubs, cut } = hubsMovedData(after, { before, variant: "documented" });
  assert.deepEqual([hubs[0].direct.before, hubs[0].direct.after, cut], [0, 3, null]);
});

Deno.test("hubsMovedData() takes no undated hub of data/assets for a new one", async () => {
  const sample = await readAssetSnapshot(paths.assets);
  const { hubs, cut } = hubsMovedData(sample, { variant: "aliased" });
  const undated = sample.records.filter(({ created }) => Number.isNaN(created));
  assert.equal(cut?.undated, undated.length);
  const names = new Set(undated.map(({ name }) => name));
  const known = hubs.filter(({ name }) => names.has(name));
  assert.ok(known.length > 1);
  assert.deepEqual(known.filter(({ direct }) => direct.before === null), []);
  const people = hubs.find(({ name }) => name === "People")!;
  assert.deepEqual([people.direct.before, people.direct.after], [15, 20]);
});
