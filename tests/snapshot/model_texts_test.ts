import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { type ModelText, modelTexts, type RowBlocks } from "../../lib/snapshot/model_texts.ts";
import type { ModelSnapshot } from "../../lib/snapshot/model_snapshot.ts";
import { openModels, packModels } from "../../lib/snapshot/pack_models.ts";
import { readModelBlocks, readModels } from "../../lib/snapshot/read_models.ts";
import { simulateHub } from "../../lib/source/simulate.ts";
import { inFolder } from "../fixtures/chunks.ts";
import { hostileRows } from "../fixtures/hostile_rows.ts";
import { keptByColumns, writeFormats } from "../fixtures/write_formats.ts";

async function all(input: string | RowBlocks, snapshot: ModelSnapshot): Promise<ModelText[]> {
  const texts: ModelText[] = [];
  for await (const batch of modelTexts(input, { snapshot })) texts.push(...batch);
  return texts;
}

Deno.test("modelTexts() gives the same text whatever the format, raw or packed", () =>
  inFolder(async (dir) => {
    for (const { format, path, columns } of await writeFormats(hostileRows, dir)) {
      const want = hostileRows.map((whole, row) => {
        const { modelCard, ...rest } = columns ? keptByColumns(whole) : whole;
        return { row, text: JSON.stringify(rest), card: modelCard ?? null };
      });
      assert.deepEqual(await all(path, await readModels(path)), want, format);
      await packModels(path, { name: "packed", folder: `${dir}/packed` });
      assert.deepEqual(await all(`${dir}/packed`, openModels(`${dir}/packed`)), want, format);
    }
  }));

const faulty = [
  '{"id":"a/b","z":1,"a":{"modelCard":"kept"},"modelCard":"\\ud83e\\udd99 \\ud800"}',
  "",
  "not JSON",
  '{"id":"a/b","likes":4}',
  '["id","c"]',
  "null",
  '{"id":7}',
  '{"id":""}',
  ' {"modelId" : "c", "modelCard": 5, "__proto__": {"x": 1}, "2": 1, "1": 2}\r',
  '{"id":"c"}',
  '{"id":"a/b"}',
  '{"id":"half\\ud800","modelCard":""}',
  '{"id":"last","modelCard":"\\ufeffmark"}',
].join("\n");
const faultless: ModelText[] = [
  { row: 0, text: '{"id":"a/b","z":1,"a":{"modelCard":"kept"}}', card: "🦙 �" },
  { row: 1, text: '{"1":2,"2":1,"modelId":"c","__proto__":{"x":1}}', card: null },
  { row: 2, text: '{"id":"half\\ud800"}', card: "" },
  { row: 3, text: '{"id":"last"}', card: "\ufeffmark" },
];

Deno.test("modelTexts() passes over refused rows and repeated ids, as the snapshot does", () =>
  inFolder(async (dir) => {
    const path = `${dir}/rows`;
    await Deno.writeTextFile(path, faulty);
    assert.deepEqual(await all(path, await readModels(path)), faultless);
    await Deno.writeFile(`${path}.gz`, gzipSync(faulty));
    assert.deepEqual(await all(`${path}.gz`, await readModels(`${path}.gz`)), faultless);
    await packModels(path, { name: "packed", folder: `${dir}/packed` });
    assert.deepEqual(await all(`${dir}/packed`, openModels(`${dir}/packed`)), faultless);
  }));

Deno.test("modelTexts() takes the blocks of a simulation", async () => {
  const blocks = () => simulateHub({ models: 100, cards: true });
  const snapshot = await readModelBlocks(blocks(), { name: "simulated" });
  const texts = await all(blocks(), snapshot);
  assert.deepEqual(texts.map(({ row }) => row), [...Array(100).keys()]);
  for (const { row, text, card } of texts) {
    assert.equal(JSON.parse(text).id, snapshot.ids.at(row));
    assert.equal(card === null ? -1 : [...card].length, snapshot.cardCharacters[row]);
  }
});

Deno.test("modelTexts() joins the pages of a packed snapshot when cards fill more than one", () =>
  inFolder(async (dir) => {
    const rows = Array.from({ length: 40 }, (_, i) => {
      const card = i % 3 === 0 ? null : `${i} `.repeat(i % 3 === 1 ? 60_000 : 1);
      return { row: i, text: JSON.stringify({ id: `m${i}` }), card };
    });
    await Deno.writeTextFile(
      `${dir}/rows`,
      rows.map(({ row, card }) => JSON.stringify({ id: `m${row}`, modelCard: card })).join("\n"),
    );
    const folder = `${dir}/packed`;
    await packModels(`${dir}/rows`, { name: "packed", folder });
    const snapshot = openModels(folder);
    let batches = 0;
    const texts: ModelText[] = [];
    for await (const batch of modelTexts(folder, { snapshot })) {
      batches++;
      texts.push(...batch);
    }
    assert.ok(batches > 1, `${batches} batches`);
    assert.deepEqual(texts, rows);
  }));

Deno.test("modelTexts() refuses an input that is not the snapshot's", () =>
  inFolder(async (dir) => {
    await Deno.writeTextFile(`${dir}/rows`, faulty);
    await Deno.writeTextFile(`${dir}/other`, '{"id":"a/b"}\n{"id":"d"}\n');
    const snapshot = await readModels(`${dir}/rows`);
    await assert.rejects(
      all(`${dir}/other`, snapshot),
      /^RangeError: Cannot read the text of snapshot "rows" from "other": found 1 of its rows, expected 4$/,
    );
    const folder = `${dir}/packed`;
    await packModels(`${dir}/rows`, { name: "packed", folder });
    const bytes = await Deno.readFile(`${folder}/text.parquet`);
    bytes[10] ^= 1;
    await Deno.writeFile(`${folder}/text.parquet`, bytes);
    await assert.rejects(all(folder, snapshot), /^SyntaxError: .*sha256 of text\.parquet is/);
    await Deno.remove(`${folder}/text.parquet`);
    await assert.rejects(all(folder, snapshot), /^Error: .*pack it again/);
  }));
