import assert from "node:assert/strict";
import { paths } from "../../lib/paths.ts";
import { readAssetSnapshot } from "../../lib/snapshot/asset_snapshot.ts";
import { assetsUntil } from "../../lib/snapshot/assets_until.ts";
import { assetRecord, snapshotOf } from "../oracle/random_assets.ts";

const at = (text: string) => Date.parse(text);
const snapshot = snapshotOf([
  assetRecord({ name: "Pile", created: at("2021-01-01"), dependencies: ["web"] }),
  assetRecord({ name: "OPT", created: at("2022-05-02"), dependencies: ["Pile"] }),
  assetRecord({ name: "late that day", created: at("2022-05-02T23:59:59.999Z") }),
  assetRecord({ name: "next day", created: at("2022-05-03") }),
  assetRecord({ name: "OPT", created: at("2023-01-01"), dependencies: ["next day"] }),
  assetRecord({ name: "__proto__" }),
]);
const names = ({ assets }: typeof snapshot) => assets.map(({ name }) => name);

Deno.test("assetsUntil() keeps what was created up to the end of the day and counts the rest", () => {
  const { snapshot: cut, ...counts } = assetsUntil(snapshot, "2022-05-02");
  assert.deepEqual(names(cut), ["Pile", "OPT", "late that day"]);
  // The later record of the same name is left out, and so is what it depends on.
  assert.deepEqual(cut.assets[1].dependencies, ["Pile"]);
  assert.deepEqual(counts, {
    until: "2022-05-02",
    later: 2,
    undated: 1,
    undatedAre: "left out",
  });
  assert.equal(cut.name, "test until 2022-05-02");
  assert.deepEqual(cut.issues.map(({ kind, count }) => [kind, count]), [
    ["laterRecord", 2],
    ["undatedRecord", 1],
  ]);
});

Deno.test("assetsUntil() keeps undated records when asked", () => {
  const { snapshot: cut, undated, undatedAre } = assetsUntil(snapshot, "2021-01-01", {
    undated: "keep",
  });
  assert.deepEqual(names(cut), ["Pile", "__proto__"]);
  assert.deepEqual([undated, undatedAre], [1, "kept"]);
  assert.deepEqual(cut.issues.map(({ kind }) => kind), ["laterRecord"]);
});

Deno.test("assetsUntil() keeps all or nothing when the day is late or early", () => {
  assert.equal(assetsUntil(snapshot, "2020-12-31").snapshot.assets.length, 0);
  assert.equal(assetsUntil(snapshot, "2023-01-01").snapshot.assets.length, 4);
});

Deno.test("assetsUntil() refuses what is no day", () => {
  for (const date of ["2022", "2022-05", "2022-5-2", "2022-02-30", "2022-05-02T00:00", "", "May"]) {
    assert.throws(() => assetsUntil(snapshot, date), {
      name: "SyntaxError",
      message: `Cannot cut the snapshot: the date is ${
        JSON.stringify(date)
      }, expected a day such as "2023-03-20"`,
    });
  }
});

Deno.test("assetsUntil() divides data/assets", async () => {
  const sample = await readAssetSnapshot(paths.assets);
  const { snapshot: cut, later, undated } = assetsUntil(sample, "2023-03-20");
  assert.equal(cut.records.length + later + undated, sample.records.length);
  assert.ok(cut.records.length > 100 && later > 50);
});
