import assert from "node:assert/strict";
import { join } from "node:path";
import { paths } from "../../lib/paths.ts";
import { loadAssets, loadModels } from "../../lib/snapshot/load.ts";
import { packModels } from "../../lib/snapshot/pack_models.ts";
import { readAssetSnapshot } from "../../lib/snapshot/asset_snapshot.ts";

const row = '{"id":"a/b","tags":["en","license:mit"]}\n';

Deno.test("loadModels() simulates a sample with its text when it is told nothing", async () => {
  const { snapshot, text } = await loadModels();
  assert.equal(snapshot.models, 20_000);
  assert.equal(snapshot.origin.simulated, true);
  const every = new Uint8Array(20_000).fill(1);
  const { vectors } = await text.vectors("rows", { documents: every, wanted: every });
  assert.equal(vectors.terms.length, 512);
  text.close();
});

Deno.test("loadModels() reads a dump and opens a packed folder, both with their text", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const dump = join(folder, "rows.jsonl");
    await Deno.writeTextFile(dump, row);
    const packed = join(folder, "packed");
    await packModels(dump, { name: "tiny", folder: packed });
    for (const input of [dump, packed]) {
      const seen: [number, number][] = [];
      const { snapshot, text } = await loadModels(input, {
        onProgress: (done, total) => seen.push([done, total]),
      });
      assert.equal(snapshot.ids.at(0), "a/b");
      const every = Uint8Array.of(1);
      const { vectors } = await text.vectors("rows", { documents: every, wanted: every });
      assert.ok(vectors.terms.includes("license mit"));
      assert.ok(seen.every(([done, total]) => done <= total));
      text.close();
    }
    await assert.rejects(loadAssets(dump), {
      name: "RangeError",
      message: `Cannot load assets: "${dump}" holds models; loadModels reads it`,
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("loadAssets() reads the sample when it is told nothing", async () => {
  assert.deepEqual(await loadAssets(), await readAssetSnapshot(paths.assets));
});

Deno.test("loadModels() and loadAssets() quote an input that is not there or of the other kind", async () => {
  await assert.rejects(loadModels("no such <input>"), {
    name: "RangeError",
    message: /^Cannot find "no such <input>": no file or folder/,
  });
  await assert.rejects(loadModels(paths.assets), {
    name: "RangeError",
    message: /^Cannot load models: ".*" holds assets; loadAssets reads it$/,
  });
  await assert.rejects(loadAssets(""), { name: "RangeError", message: /^Cannot find ""/ });
});

Deno.test("loadModels() and loadAssets() refuse an input that is no text", async () => {
  const wanted =
    "expected the path of a dump, the path or name of a packed snapshot, or nothing for the sample";
  for (const [input, found] of [[5, "5"], [null, "null"], [{}, "an object"]] as const) {
    await assert.rejects(loadModels(input as never), {
      name: "TypeError",
      message: `Cannot load models: found ${found}, ${wanted}`,
    });
    await assert.rejects(loadAssets(input as never), {
      name: "TypeError",
      message: `Cannot load assets: found ${found}, ${wanted}`,
    });
  }
});
