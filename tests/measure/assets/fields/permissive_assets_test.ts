import assert from "node:assert/strict";
import { readAssetTables } from "../../../../lib/measure/assets/fields/asset_row.ts";
import { permissiveAssets } from "../../../../lib/measure/assets/fields/permissive_assets.ts";
import { paths } from "../../../../lib/paths.ts";
import { readAssetSnapshot } from "../../../../lib/snapshot/asset_snapshot.ts";
import { readCell } from "../../../../lib/source/asset_cell.ts";
import type { AssetType } from "../../../../lib/source/asset_record.ts";
import { assetRecord, snapshotOf } from "../../../oracle/random_assets.ts";
import { needsShared } from "../../../support.ts";

const tables = await readAssetTables();
const record = (name: string, type: AssetType, modality: string, license: string, year?: number) =>
  assetRecord({
    name,
    type,
    created: year === undefined ? NaN : Date.UTC(year, 0),
    cells: { modality: readCell(modality), license: readCell(license) },
  });
const snapshot = snapshotOf([
  record("old", "model", "text; video", "Apache 2.0", 2021),
  record("new", "model", "video; text", "MIT", 2023),
  record("undated", "model", "video, text", "BSD-3-Clause"),
  record("bound", "model", "text; video", "CC BY-NC 4.0", 2023),
  record("part", "model", "text; text", "none (model weights), MIT (code)", 2023),
  record("silent", "model", "", "", 2023),
  record("clips", "dataset", "videos", "unknown", 2022),
]);

Deno.test("permissiveAssets() lists what is permissive on every count, newest first and undated last", () => {
  const { assets, records, leftOut } = permissiveAssets(snapshot, tables);
  assert.deepEqual(assets.map(({ name, license, date }) => [name, license, date]), [
    ["new", "mit", "2023-01-01"],
    ["old", "apache-2.0", "2021-01-01"],
    ["undated", "bsd-3-clause", null],
  ]);
  assert.equal(records, 7);
  assert.deepEqual(leftOut.absent, 1);
});

Deno.test("permissiveAssets() counts all families in each modality of a record", () => {
  const { counts } = permissiveAssets(snapshot, tables);
  assert.deepEqual(counts.map(({ type, modality, records }) => [type, modality, records]), [
    ["dataset", "video", 1],
    ["model", "text", 5],
    ["model", "video", 4],
  ]);
  const [clips, text, video] = counts.map(({ families }) => families);
  assert.deepEqual([clips.unknown, clips.permissive], [1, 0]);
  assert.deepEqual([text.permissive, text["non-commercial"], text.none], [3, 1, 1]);
  assert.deepEqual([video.permissive, video["non-commercial"], video.absent], [3, 1, 0]);
  for (const { records, families } of counts) {
    assert.equal(records, Object.values(families).reduce((a, b) => a + b));
  }
});

Deno.test("permissiveAssets() counts modalities on the side that is asked for", () => {
  const counted = (side?: "input" | "output" | "content") => {
    const { side: said, counts } = permissiveAssets(snapshot, tables, { modality: "video", side });
    return [said, counts.map(({ type, modality, records }) => [type, modality, records])];
  };
  assert.deepEqual(counted(), [null, [
    ["dataset", "video", 1],
    ["model", "text", 4],
    ["model", "video", 4],
  ]]);
  assert.deepEqual(counted("output"), ["output", [["model", "video", 2]]]);
  assert.deepEqual(counted("input"), ["input", [["model", "video", 1]]]);
  assert.deepEqual(counted("content"), ["content", [
    ["dataset", "video", 1],
    ["model", "text", 1],
    ["model", "video", 1],
  ]]);
});

Deno.test("permissiveAssets() filters by type, modality in any spelling, and side", () => {
  const names = (options: Parameters<typeof permissiveAssets>[2]) =>
    permissiveAssets(snapshot, tables, options).assets.map(({ name }) => name);
  assert.deepEqual(names({ type: "model", modality: " Videos" }), ["new", "old", "undated"]);
  assert.deepEqual(names({ modality: "video", side: "output" }), ["old"]);
  assert.deepEqual(names({ modality: "video", side: "input" }), ["new"]);
  assert.deepEqual(names({ modality: "video with caption" }), ["new", "old", "undated"]);
  assert.deepEqual(names({ type: "dataset" }), []);
});

Deno.test("permissiveAssets() suggests modalities when there is none of that name", () => {
  assert.throws(
    () => permissiveAssets(snapshot, tables, { modality: "vidoe" }),
    (error: Error) =>
      error instanceof RangeError && /"vidoe": did you mean "video"\?/.test(error.message),
  );
  for (const modality of ["__proto__", "", "audio", "zzz"]) {
    assert.throws(
      () => permissiveAssets(snapshot, tables, { modality }),
      new RangeError(`Cannot find the modality "${modality}" (there are text, video)`),
    );
  }
  assert.throws(
    () => permissiveAssets(snapshotOf([]), tables, { modality: "zzz" }),
    new RangeError('Cannot find the modality "zzz"'),
  );
});

Deno.test("permissiveAssets() refuses a side without a modality", () => {
  assert.throws(() => permissiveAssets(snapshot, tables, { side: "input" }), {
    name: "RangeError",
    message: /Cannot look on the side "input" for nothing/,
  });
});

Deno.test({
  name: "permissiveAssets() finds the video models of Ecosystem Graphs (needs shared data)",
  ignore: needsShared("data/ecosystem-graphs/"),
  async fn() {
    const late = await readAssetSnapshot(`${paths.shared}data/ecosystem-graphs/2025-01-24/assets`);
    const { assets, records } = permissiveAssets(late, tables, {
      type: "model",
      modality: "video",
    });
    assert.equal(records, 35);
    assert.deepEqual(assets.map(({ name }) => name), [
      "Mochi 1",
      "InternVideo2",
      "Prithvi",
      "Vid2Seq",
      "InternVideo",
      "VPT",
      "CogVideo",
      "VATT",
    ]);
  },
});
