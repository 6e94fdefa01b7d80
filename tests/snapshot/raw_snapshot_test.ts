import assert from "node:assert/strict";
import { zstdCompressSync } from "node:zlib";
import { assetRepairs } from "../../lib/graph/audit/asset_repairs.ts";
import { paths } from "../../lib/paths.ts";
import { readAssetSnapshot } from "../../lib/snapshot/asset_snapshot.ts";
import { writeCorrectedCopy } from "../../lib/snapshot/corrected_copy.ts";
import { loadAssets, loadModels } from "../../lib/snapshot/load.ts";
import { modelTexts } from "../../lib/snapshot/model_texts.ts";
import { openAssets, packAssets } from "../../lib/snapshot/pack_assets.ts";
import { openModels, packModels } from "../../lib/snapshot/pack_models.ts";
import { readModels } from "../../lib/snapshot/read_models.ts";
import { inFolder } from "../fixtures/chunks.ts";
import { type RawContent, writeRaw } from "../fixtures/write_raw.ts";

const rows =
  '{"id":"a/b","tags":["en"],"likes":3}\n{"id":"c/d","createdAt":"2024-01-02T03:04:05.000Z"}\n';
const cards = '{"id":"a/b","modelCard":"# A\\n🦙"}\n{"id":"c/d","modelCard":null}\n';
const files: RawContent[] = [
  { name: "rows-0001.jsonl.zst", role: "rows", content: zstdCompressSync(rows) },
  { name: "cards-0001.jsonl.zst", role: "cards", content: zstdCompressSync(cards) },
  { name: "rows.index.jsonl", role: "index", content: "{}\n" },
];

Deno.test("packModels() packs a raw snapshot with its cards, and its manifest says what was fetched", () =>
  inFolder(async (dir) => {
    const { files: written, ...raw } = await writeRaw(`${dir}/raw`, files);
    const seen: [number, number][] = [];
    const manifest = await packModels(`${dir}/raw`, {
      name: "packed",
      folder: `${dir}/packed`,
      onProgress: (done, total) => seen.push([done, total]),
    });
    assert.deepEqual(manifest.fetched, raw);
    const bytes = written[0].bytes + written[1].bytes;
    const { upstream, revision, from, to } = raw;
    const origin = {
      name: "snap",
      format: "raw",
      bytes,
      sha256: raw.sha256,
      fetched: { upstream, revision, from, to },
      simulated: false,
    };
    assert.deepEqual(manifest.origin, origin);
    const [done, total] = seen.at(-1)!;
    assert.equal(done, total);
    const shares = seen.map(([done, total]) => done / total);
    assert.deepEqual(shares, shares.toSorted((a, b) => a - b));
    const packed = openModels(`${dir}/packed`);
    const read = await readModels(`${dir}/raw`);
    assert.deepEqual([read.name, packed.name], ["snap", "packed"]);
    assert.deepEqual([read.origin, packed.origin], [origin, origin]);
    for (const snapshot of [read, packed]) {
      assert.deepEqual([...snapshot.cardCharacters], [5, -1]);
      for (const input of [`${dir}/raw`, `${dir}/packed`]) {
        const texts = [];
        for await (const batch of modelTexts(input, { snapshot })) texts.push(...batch);
        assert.deepEqual(texts, [
          { row: 0, text: rows.split("\n")[0], card: "# A\n🦙" },
          { row: 1, text: rows.split("\n")[1], card: null },
        ]);
      }
    }
    const { text } = await loadModels(`${dir}/raw`);
    const every = Uint8Array.of(1, 1);
    const { vectors } = await text.vectors("rows", { documents: every, wanted: every });
    assert.ok(vectors.terms.includes("en"));
    text.close();
  }));

Deno.test("packModels() refuses a raw snapshot of which a file was changed, and names it", async () => {
  for (const { name } of files) {
    await inFolder(async (dir) => {
      await writeRaw(`${dir}/raw`, files);
      const bytes = await Deno.readFile(`${dir}/raw/${name}`);
      bytes[bytes.length - 1] ^= 1;
      await Deno.writeFile(`${dir}/raw/${name}`, bytes);
      const expected = { name: "SyntaxError", message: new RegExp(`"snap": ${name} was changed`) };
      const options = { name: "x", folder: `${dir}/x` };
      await assert.rejects(packModels(`${dir}/raw`, options), expected);
      await assert.rejects(readModels(`${dir}/raw`), expected);
      await Deno.remove(`${dir}/raw/${name}`);
      await assert.rejects(readModels(`${dir}/raw`), { message: new RegExp(`${name} is missing`) });
      await assert.rejects(Deno.stat(`${dir}/x`), Deno.errors.NotFound);
    });
  }
});

Deno.test("packAssets() packs a raw snapshot, and a corrected copy of it can be written", () =>
  inFolder(async (dir) => {
    const yaml = "# kept\n- type: model\n  name: T0\n  access: Open\n  dependencies: []\n";
    const { files: _, ...raw } = await writeRaw(
      `${dir}/raw`,
      [{ name: "assets/t0.yaml", role: "assets", content: yaml }],
      { kind: "assets", upstream: "ecosystem-graphs", name: "eco" },
    );
    const manifest = await packAssets(`${dir}/raw`, { name: "eco", folder: `${dir}/packed` });
    assert.deepEqual(manifest.fetched, raw);
    assert.equal(openAssets(`${dir}/packed`).origin.sha256, raw.sha256);
    const snapshot = await loadAssets(`${dir}/raw`);
    assert.deepEqual([snapshot.name, snapshot.origin.format], ["eco", "raw"]);
    const { edits } = assetRepairs(snapshot);
    await writeCorrectedCopy(`${dir}/raw/`, { snapshot, edits, folder: `${dir}/copy` });
    assert.match(await Deno.readTextFile(`${dir}/copy/t0.yaml`), /^# kept[^]*repair: accessCase/);
    assert.equal((await readAssetSnapshot(`${dir}/copy`)).assets[0].access, "open");
  }));

/** Runs locate() in a process that has its data elsewhere. */
async function located(data: string, input: string, raw: boolean): Promise<string> {
  const module = `${paths.root}lib/snapshot/locate.ts`;
  const code = `import { locate } from ${JSON.stringify(`file://${module}`)};
    try { const { path, packed } = await locate(${JSON.stringify(input)}, { raw: ${raw} });
      console.log(path, packed);
    } catch (error) { console.log(error.name + ": " + error.message); }`;
  const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--config", `${paths.root}deno.json`, "--ext=ts", code],
    env: { KINDRED_DATA: data, NO_COLOR: "1" },
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout).trim().replaceAll(data, "DATA");
}

Deno.test("locate() finds packed snapshots first, then raw ones, and says which there are", () =>
  inFolder(async (dir) => {
    assert.match(
      await located(dir, "both", false),
      /^RangeError: .*none was fetched or packed yet/,
    );
    for (const name of ["both", "raw-only", "being.part"]) {
      await writeRaw(`${dir}/raw/${name}`, files, { name });
    }
    await packModels(`${dir}/raw/both`, { name: "both", folder: `${dir}/cache/both` });
    assert.deepEqual([
      await located(dir, "both", false),
      await located(dir, "both", true),
      await located(dir, "raw-only", false),
    ], ["DATA/cache/both true", "DATA/raw/both false", "DATA/raw/raw-only false"]);
    assert.equal(
      await located(dir, "being", false),
      'RangeError: Cannot open the snapshot "being": it is not complete; run the fetch again',
    );
    assert.match(await located(dir, "being.part", false), /being\.part": it is not complete/);
    assert.match(
      await located(dir, "../raw", true),
      /no snapshot of that name \(there are "both", "raw-only"\)$/,
    );
    assert.match(await located(dir, "..x", true), /no snapshot of that name/);
  }));

Deno.test("readModels() tells how much of a raw snapshot is hashed before a row of it is read", () =>
  inFolder(async (dir) => {
    await writeRaw(`${dir}/raw`, files);
    await Deno.writeTextFile(`${dir}/raw/rows-0001.jsonl.zst`, "changed");
    const seen: number[] = [];
    const onProgress = (done: number, total: number) => void seen.push(done / total);
    await assert.rejects(readModels(`${dir}/raw`, { onProgress }), /was changed: its sha256 is/);
    assert.ok(seen.length > 0 && seen.every((share) => share > 0 && share < 0.1), `${seen}`);
    await writeRaw(`${dir}/raw`, files);
    seen.length = 0;
    await readModels(`${dir}/raw`, { onProgress });
    assert.equal(seen.at(-1), 1);
    assert.ok(seen.filter((share) => share < 0.1).length >= files.length);
    assert.deepEqual(seen, seen.toSorted((a, b) => a - b));
  }));
