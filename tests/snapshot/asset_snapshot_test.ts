import assert from "node:assert/strict";
import { cpSync, existsSync } from "node:fs";
import { paths } from "../../lib/paths.ts";
import { readAssetSnapshot } from "../../lib/snapshot/asset_snapshot.ts";
import { openAssets, packAssets } from "../../lib/snapshot/pack_assets.ts";
import { inFolder } from "../fixtures/chunks.ts";
import { assetRecord, snapshotOf } from "../oracle/random_assets.ts";
import { needsShared } from "../support.ts";

const hostile = `- type: model
  name: __proto__
  organization: '=cmd()'
  created_date: 2023-02-24
  access: limited
  dependencies: {value: [constructor, "a\\0b", '<script>', constructor], explanation: "é😀"}
  constructor: {explanation: why}
  sample: ["x\\ny"]
- type: dataset
  name: constructor
  organization: Unknown
  dependencies: []
- type: dataset
  name: __proto__
  dependencies: [toString]
`;

Deno.test("buildAssetSnapshot() unites records of one name: dependencies of all, other fields of the first", () => {
  const snapshot = snapshotOf([
    assetRecord({ name: "B", type: "dataset", organization: "P", dependencies: ["x", "x"] }),
    assetRecord({ name: "A", line: 7 }),
    assetRecord({ name: "B", organization: "Q", created: 5, dependencies: ["y", "x"], line: 9 }),
  ]);
  assert.equal(snapshot.records.length, 3);
  assert.deepEqual(snapshot.assets.map(({ name }) => name), ["B", "A"]);
  const [{ type, organization, created, dependencies }] = snapshot.assets;
  assert.deepEqual([type, organization, created, dependencies], ["dataset", "P", NaN, ["x", "y"]]);
  assert.deepEqual(snapshot.assets.map(({ records }) => records), [2, 1]);
  assert.deepEqual(snapshot.issues.map(({ kind, examples }) => [kind, examples]), [
    ["duplicateName", ["B (test.yaml:1, test.yaml:9)"]],
  ]);
  for (const part of [snapshot, snapshot.records, snapshot.assets]) {
    assert.ok(Object.isFrozen(part));
  }
});

Deno.test("buildAssetSnapshot() counts organizations that differ by case or white space, and keeps them apart", () => {
  const snapshot = snapshotOf(["EleutherAI", "Eleuther AI", "AI2", "", "EleutherAI"].map(
    (organization, i) => assetRecord({ name: `${i}`, organization }),
  ));
  assert.deepEqual(snapshot.issues.map(({ kind, count, examples }) => [kind, count, examples]), [
    ["organizationSpelling", 1, ["EleutherAI / Eleuther AI"]],
  ]);
  assert.equal(snapshot.assets[1].organization, "Eleuther AI");
});

/** A snapshot as plain JSON; objects that come from JSON have another prototype than those that were read. */
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

Deno.test("openAssets() gives back what packAssets() packed when names are hostile", () =>
  inFolder(async (dir) => {
    await Deno.writeTextFile(`${dir}/hostile.yaml`, hostile);
    const manifest = await packAssets(`${dir}/hostile.yaml`, {
      name: "h",
      folder: `${dir}/packed`,
    });
    const read = await readAssetSnapshot(`${dir}/hostile.yaml`, { name: "h" });
    const opened = openAssets(`${dir}/packed`);
    assert.deepEqual(plain(opened), plain(read));
    assert.deepEqual(
      opened.records.map(({ created }) => created),
      [Date.UTC(2023, 1, 24), NaN, NaN],
    );
    assert.deepEqual(opened.assets[0].dependencies, [
      "constructor",
      "a\0b",
      "<script>",
      "toString",
    ]);
    assert.equal(manifest.kind, "assets");
    assert.deepEqual(manifest.counts, { records: 3, assets: 2 });
    assert.deepEqual(manifest.issues.map(({ kind }) => kind), ["explanationOnly"]);
    assert.deepEqual(manifest.files.map(({ name }) => name), ["faults.parquet", "records.parquet"]);
    assert.match(manifest.origin.sha256, /^[0-9a-f]{64}$/);
  }));

Deno.test("openAssets() keeps value and explanation, unknown apart from none and from absent, and every fault", () =>
  inFolder(async (dir) => {
    await Deno.writeTextFile(
      `${dir}/a.yaml`,
      `- type: model
  name: A
  license: {value: none, explanation: " nobody says "}
  size: {value: unknwon, explanation: "=why()"}
  sample: []
  feedback: ''
  analysis: {explanation: later}
  access: {value: open, original: Open, repair: accessCase}
  dependencies: {value: [B], explanation: see the table}
- no record
`,
    );
    await packAssets(`${dir}/a.yaml`, { name: "a", folder: `${dir}/packed` });
    const { records: [record], faults } = openAssets(`${dir}/packed`);
    const { license, size, sample, feedback, analysis, access, dependencies } = record.cells;
    const cells = [license, size, sample, feedback, analysis, dependencies];
    assert.deepEqual(cells.map(({ state, value, explanation }) => [state, value, explanation]), [
      ["none", "none", "nobody says"],
      ["unknown", "unknwon", "=why()"],
      ["none", null, null],
      ["absent", null, null],
      ["absent", null, "later"],
      ["known", ["B"], "see the table"],
    ]);
    assert.deepEqual(access.repair, { kind: "accessCase", original: "Open" });
    assert.equal(record.lines!.fields.dependencies, 9);
    assert.deepEqual(faults.map(({ kind, line, found }) => [kind, line, found]), [
      ["misspeltUnknown", 4, "unknwon"],
      ["explanationOnly", 7, "later"],
      ["notARecord", 10, ""],
    ]);
    const read = await readAssetSnapshot(`${dir}/a.yaml`);
    assert.deepEqual(faults, read.faults);
    // Without faults there is nothing to keep.
    await Deno.writeTextFile(`${dir}/clean.yaml`, "- {type: dataset, name: P3}\n");
    await packAssets(`${dir}/clean.yaml`, { name: "c", folder: `${dir}/clean` });
    assert.deepEqual(openAssets(`${dir}/clean`).faults, []);
  }));

Deno.test("packAssets() writes the same bytes twice, and replaces what was there", () =>
  inFolder(async (dir) => {
    await Deno.writeTextFile(`${dir}/a.yaml`, hostile);
    const pack = () => packAssets(`${dir}/a.yaml`, { name: "a", folder: `${dir}/packed` });
    const first = await pack();
    await Deno.writeTextFile(`${dir}/packed/left_over`, "");
    assert.deepEqual(await pack(), first);
    assert.deepEqual([...Deno.readDirSync(`${dir}/packed`)].map(({ name }) => name).sort(), [
      "faults.parquet",
      "manifest.json",
      "records.parquet",
    ]);
  }));

Deno.test("packAssets() leaves what was there, and nothing else, when the input is bad", () =>
  inFolder(async (dir) => {
    const folder = `${dir}/packed`;
    await Deno.writeTextFile(`${dir}/bad.yaml`, "- type: model\n  name: [x\n");
    await assert.rejects(packAssets(`${dir}/bad.yaml`, { name: "bad", folder }), SyntaxError);
    assert.ok(!existsSync(folder));
    await Deno.writeTextFile(`${dir}/good.yaml`, hostile);
    const manifest = await packAssets(`${dir}/good.yaml`, { name: "good", folder });
    await assert.rejects(packAssets(`${dir}/bad.yaml`, { name: "bad", folder }), SyntaxError);
    assert.equal(openAssets(folder).name, manifest.name);
    assert.deepEqual([...Deno.readDirSync(dir)].map(({ name }) => name).sort(), [
      ...["bad.yaml", "good.yaml"],
      "packed",
    ]);
  }));

Deno.test("openAssets() refuses a packed snapshot that was changed, cut or is of another kind", () =>
  inFolder(async (dir) => {
    await Deno.writeTextFile(`${dir}/a.yaml`, hostile);
    await packAssets(`${dir}/a.yaml`, { name: "a", folder: `${dir}/packed` });
    let copies = 0;
    const broken = (change: (folder: string) => void) => {
      const folder = `${dir}/copy${copies++}`;
      cpSync(`${dir}/packed`, folder, { recursive: true });
      change(folder);
      return () => openAssets(folder);
    };
    const edit = (file: string, change: (bytes: Uint8Array) => Uint8Array) => (folder: string) =>
      Deno.writeFileSync(`${folder}/${file}`, change(Deno.readFileSync(`${folder}/${file}`)));
    const text = (change: (text: string) => string) =>
      edit(
        "manifest.json",
        (bytes) => new TextEncoder().encode(change(new TextDecoder().decode(bytes))),
      );
    const wrong = /Cannot open snapshot "a": sha256 of records\.parquet is [0-9a-f]{12}…, expected/;
    assert.throws(
      broken(edit("records.parquet", (b) => b.with(b.length >> 1, 1 + b[b.length >> 1]))),
      wrong,
    );
    assert.throws(broken(edit("records.parquet", (bytes) => bytes.slice(0, -1))), wrong);
    assert.throws(
      broken((folder) => Deno.removeSync(`${folder}/records.parquet`)),
      /pack it again/,
    );
    assert.throws(broken((folder) => Deno.removeSync(`${folder}/manifest.json`)), SyntaxError);
    assert.throws(broken(text((json) => json.slice(0, 40))), SyntaxError);
    assert.throws(broken(text((json) => json.replace("kindred-snapshot-1", "v9"))), /schema "v9"/);
    assert.throws(broken(text((json) => json.replace('"kind": "assets"', '"kind": "models"'))), {
      name: "SyntaxError",
      message: /as assets: it holds models/,
    });
  }));

Deno.test({
  name: "openAssets() gives back Ecosystem Graphs 2025-01-24 whole (skipped without shared data)",
  ignore: needsShared("data/ecosystem-graphs/2025-01-24/assets"),
  fn: () =>
    inFolder(async (dir) => {
      const input = `${paths.shared}data/ecosystem-graphs/2025-01-24/assets`;
      await packAssets(input, { name: "eg", folder: `${dir}/eg` });
      assert.deepEqual(
        plain(openAssets(`${dir}/eg`)),
        plain(await readAssetSnapshot(input, { name: "eg" })),
      );
    }),
});
