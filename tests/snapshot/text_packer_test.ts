import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { ModelBuilder } from "../../lib/snapshot/model_builder.ts";
import { modelTexts } from "../../lib/snapshot/model_texts.ts";
import { PackLane } from "../../lib/snapshot/pack_lane.ts";
import { openModels, packModels } from "../../lib/snapshot/pack_models.ts";
import { PackThread } from "../../lib/snapshot/pack_thread.ts";
import { readModels } from "../../lib/snapshot/read_models.ts";
import { readTextPages } from "../../lib/snapshot/text_pages.ts";
import { TextWriter } from "../../lib/snapshot/text_writer.ts";
import { rowText } from "../../lib/source/row_text.ts";
import { simulateHub } from "../../lib/source/simulate.ts";
import { inFolder } from "../fixtures/chunks.ts";

/** Texts of the rows that a snapshot keeps, by parsing each line. */
function slowTexts(lines: string[]): { texts: string[]; cards: (string | null)[] } {
  const seen = new Set<string>();
  const kept = lines.flatMap((line) => {
    const row = JSON.parse(line);
    const field = (name: string) => Object.hasOwn(row, name) ? row[name] : undefined;
    const id = field("id") ?? field("modelId");
    if (typeof id !== "string" || id === "" || seen.has(id.toWellFormed())) return [];
    seen.add(id.toWellFormed());
    return [rowText(row)];
  });
  return { texts: kept.map(({ text }) => text), cards: kept.map(({ card }) => card) };
}

/** The same by scanning the bytes, packing them and reading what was written. */
async function packedTexts(
  lines: string[],
  path: string,
): Promise<ReturnType<typeof slowTexts>> {
  const lane = new PackLane();
  const builder = new ModelBuilder();
  using writer = new TextWriter(path, { createdBy: "test" });
  // Two blocks, both scanned before the first is packed.
  const half = lines.length >> 1;
  const kept = [lines.slice(0, half), lines.slice(half)].map((part) =>
    builder.append(lane.scan(new TextEncoder().encode(part.map((line) => `${line}\n`).join(""))))
  );
  for (const rows of kept) await writer.add(lane.pack(rows));
  await writer.finish();
  const pages = [...readTextPages(path)];
  return {
    texts: pages.flatMap(({ texts }) => texts),
    cards: pages.flatMap(({ cards }) => cards),
  };
}

/** Spellings of a character in a JSON string. */
const character = fc.tuple(fc.string({ unit: "binary", minLength: 1, maxLength: 1 }), fc.nat(9))
  .map(([c, how]) =>
    how > 1 ? JSON.stringify(c).slice(1, -1) : Array.from(
      { length: c.length },
      (_, i) => `\\u${c.charCodeAt(i).toString(16).padStart(4, "0")}`,
    ).join("")
  );
const plain = fc.constantFrom("a", "en", "b/c", "license:mit", " ", "modelCard", "~", "\x7f");
const escape = fc.constantFrom(
  "\\n",
  '\\"',
  "\\\\",
  "\\/",
  "\\b",
  "\\t",
  "\\r",
  "\\f",
  "\\ud800",
  "\ufeff",
);
const text = fc.array(fc.oneof(plain, plain, escape, character), { maxLength: 5 })
  .map((parts) => `"${parts.join("")}"`);
const number = fc.constantFrom(
  "0",
  "-0",
  "7",
  "-12",
  "1e5",
  "1E-2",
  "0.5",
  "1.50",
  "9007199254740993",
);
const literal = fc.constantFrom("true", "false", "null");
const list = fc.array(text, { maxLength: 3 }).map((items) => `[${items.join(", ")}]`);
const value = fc.oneof(
  text,
  text,
  number,
  literal,
  list,
  fc.json().filter((json) => !/[\r\n]/.test(json)),
);
const key = fc.constantFrom(
  "tags",
  "likes",
  "private",
  "createdAt",
  "modelCard",
  "modelCard",
  "modelId",
  "__proto__",
  "constructor",
  "<script>",
  "2",
  "1",
  "x y",
  "sha",
);
const gap = fc.constantFrom("", "", "", " ", "\t", " \r");
const line = fc.tuple(
  fc.array(fc.tuple(key, value, gap), { maxLength: 5 }),
  fc.nat(5),
  fc.constantFrom("a", "b", "c", "d/e", "\\u0061", "é"),
  gap,
).map(([pairs, at, id, space]) => {
  const spelled = pairs.map(([name, json, between]) => `"${name}"${between}:${between}${json}`);
  spelled.splice(at, 0, `"id":"${id}"`);
  return `${space}{${space}${spelled.join(`,${space}`)}${space}}${space}`;
});

Deno.test("TextPacker.pack() gives the text of the parsed rows whatever they hold and however they are written", () =>
  inFolder(async (dir) => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 6 }), async (lines) => {
        assert.deepEqual(await packedTexts(lines, `${dir}/text`), slowTexts(lines));
      }),
      { seed: 1, numRuns: 600 },
    );
  }));

Deno.test("TextPacker.pack() leaves out the card and one comma when the card stands anywhere", () =>
  inFolder(async (dir) => {
    const lines = [
      '{"modelCard":"a\\n\\"b\\"","id":"1/a"}',
      '{"id":"2/a","modelCard":"c","likes":1}',
      '{"id":"3/a","likes":1,"modelCard":""}',
      '{ "id" : "4/a" , "modelCard" : "d e" , "tags" : [ "x y" ] }',
      '{"id":"5/a","modelCard":null}',
      '{"id":"6/a","modelCard":5}',
      '{"id":"7/a","modelCard":"first","modelCard":"second"}',
      '{"modelCard":"of a row that is refused","likes":0.5}',
      '{"id":"8/a"}',
    ];
    assert.deepEqual(await packedTexts(lines, `${dir}/text`), {
      texts: [
        '{"id":"1/a"}',
        '{"id":"2/a","likes":1}',
        '{"id":"3/a","likes":1}',
        '{"id":"4/a","tags":["x y"]}',
        '{"id":"5/a"}',
        '{"id":"6/a"}',
        '{"id":"7/a"}',
        '{"id":"8/a"}',
      ],
      cards: ['a\n"b"', "c", "", "d e", null, null, "second", null],
    });
    return Promise.resolve();
  }));

Deno.test("packModels() packs alike on threads, from frames and from plain rows, and keeps the first row of an id", () =>
  inFolder(async (dir) => {
    const rows: string[] = [];
    for (const block of simulateHub({ models: 4000, cards: true })) {
      rows.push(...new TextDecoder().decode(block).trimEnd().split("\n"));
    }
    // Long enough for several blocks on each thread, with repeated ids in most of them.
    const lines = [1, 2, 3].flatMap((round) =>
      rows.map((row, i) => i % 500 === 0 ? row : row.replace('"id":"', `"id":"${round}.`))
    );
    await Deno.writeTextFile(`${dir}/rows.jsonl`, lines.map((row) => `${row}\n`).join(""));
    const frames: Uint8Array[] = [];
    for (let i = 0; i < lines.length; i += 1000) {
      frames.push(
        zstdCompressSync(lines.slice(i, i + 1000).map((row) => `${row}\n`).join("")),
      );
    }
    await Deno.writeFile(`${dir}/rows.jsonl.zst`, Buffer.concat(frames));
    assert.ok(Deno.statSync(`${dir}/rows.jsonl`).size > 25 << 20);
    const seen: number[] = [];
    const pack = async (path: string, folder: string) =>
      (await packModels(path, {
        name: "rows",
        folder,
        onProgress: (done, total) => seen.push(done / total),
      })).files;
    const files = await pack(`${dir}/rows.jsonl`, `${dir}/packed`);
    assert.ok(new Set(seen).size > 10 && seen.every((share, i) => i === 0 || share >= seen[i - 1]));
    assert.equal(seen.at(-1), 1);
    assert.deepEqual(await pack(`${dir}/rows.jsonl.zst`, `${dir}/framed`), files);
    const opened = openModels(`${dir}/packed`);
    const snapshot = await readModels(`${dir}/rows.jsonl`, { workers: 1 });
    assert.equal(opened.models, 12_000 - 2 * 8);
    assert.deepEqual(opened.issues, snapshot.issues);
    const raw = modelTexts(`${dir}/rows.jsonl`, { snapshot });
    const packed = modelTexts(`${dir}/packed`, { snapshot: opened });
    const all = async (texts: typeof raw) => (await Array.fromAsync(texts)).flat();
    assert.deepEqual(await all(packed), await all(raw));
  }));

Deno.test("packModels() ends a row group with the block that fills 64 MB of cards, and others read it", () =>
  inFolder(async (dir) => {
    const cards = Array.from({ length: 4 }, (_, i) => `${i}`.repeat(24 << 20));
    await Deno.writeTextFile(
      `${dir}/rows`,
      cards.map((modelCard, i) => JSON.stringify({ id: `m${i}`, modelCard })).join("\n"),
    );
    await packModels(`${dir}/rows`, { name: "rows", folder: `${dir}/packed` });
    const file = Deno.readFileSync(`${dir}/packed/text.parquet`).buffer;
    const groups = parquetMetadata(file).row_groups;
    assert.deepEqual(groups.map((group) => Number(group.num_rows)), [3, 1]);
    for (const group of groups) {
      const sum = group.columns.reduce((n, c) => n + Number(c.meta_data!.total_compressed_size), 0);
      assert.equal(sum, Number(group.total_compressed_size));
    }
    const read = await parquetReadObjects({ file, compressors });
    assert.deepEqual(read.map(({ row }) => row), cards.map((_, i) => `{"id":"m${i}"}`));
    assert.ok(read.every(({ card }, i) => card === cards[i]));
  }));

Deno.test("PackThread.pack() rejects when the thread cannot do it", async () => {
  const thread = new PackThread();
  try {
    await assert.rejects(thread.pack(new Uint8Array(1)), /^Error: Cannot pack: /);
  } finally {
    thread.close();
  }
});
