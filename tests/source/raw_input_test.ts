import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { zstdCompressSync } from "node:zlib";
import { Issues } from "../../lib/core/issues.ts";
import { detect } from "../../lib/source/detect.ts";
import { readAssets } from "../../lib/source/ecosystem_graphs.ts";
import { openHub } from "../../lib/source/hub_input.ts";
import { inFolder, textOf } from "../fixtures/chunks.ts";
import { hostileRows } from "../fixtures/hostile_rows.ts";
import { expandedParquet, fullJsonCsv, keptByColumns } from "../fixtures/write_formats.ts";
import { readRawManifest } from "../../lib/source/raw_manifest.ts";
import { type RawContent, writeRaw } from "../fixtures/write_raw.ts";

const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");

/** Rows as zstd frames of some lines each. */
function frames(rows: readonly object[], step: number): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let i = 0; i < rows.length; i += step) {
    parts.push(zstdCompressSync(lines(rows.slice(i, i + step))));
  }
  return Buffer.concat(parts);
}

const withoutCard = hostileRows.map(({ modelCard: _, ...row }) => row);
const cards = hostileRows.map(({ id, modelCard = null }) => ({ id, modelCard }));
const joined = withoutCard.map((row, i) =>
  cards[i].modelCard === null ? row : { ...row, modelCard: cards[i].modelCard }
);

/** Rows and cards in two pairs of files, the second pair in other frames; an index between them. */
const pairs: RawContent[] = [
  { name: "rows-0001.jsonl.zst", role: "rows", content: frames(withoutCard.slice(0, 5), 1) },
  { name: "cards-0001.jsonl.zst", role: "cards", content: frames(cards.slice(0, 5), 3) },
  { name: "rows.index.jsonl", role: "index", content: "{}\n" },
  { name: "rows-0002.jsonl.zst", role: "rows", content: frames(withoutCard.slice(5), 4) },
  { name: "cards-0002.jsonl.zst", role: "cards", content: frames(cards.slice(5), 100) },
];

async function text(folder: string, issues = new Issues()): Promise<string> {
  return await textOf((await openHub(folder, { issues })).blocks());
}

Deno.test("openHub() joins each card of a raw snapshot to its row, byte by byte and as its last key", () =>
  inFolder(async (dir) => {
    const { sha256, files } = await writeRaw(`${dir}/raw`, pairs);
    const input = await openHub(`${dir}/raw`, { issues: new Issues() });
    assert.deepEqual([input.name, input.format, input.plain], ["snap", "raw", false]);
    const read = files.filter(({ role }) => role !== "index");
    assert.equal(input.bytes, read.reduce((sum, { bytes }) => sum + bytes, 0));
    let last = 0;
    const blocks = input.blocks({
      onBytes(bytes) {
        assert.ok(bytes >= last && bytes <= input.bytes);
        last = bytes;
      },
    });
    assert.equal(await textOf(blocks), lines(joined));
    assert.equal(last, input.bytes);
    assert.equal(await input.sha256(), sha256);
    assert.equal(await textOf(input.blocks()), lines(joined));
  }));

Deno.test("openHub() reads the files of rows in the order of the manifest, each in a format of its own", () =>
  inFolder(async (dir) => {
    const [first, second, third] = [0, 4, 8].map((at) => hostileRows.slice(at, at + 4));
    await writeRaw(`${dir}/raw`, [
      { name: "b.parquet", role: "rows", content: expandedParquet(first, { lists: "native" }) },
      { name: "rows/c/0.csv", role: "rows", content: fullJsonCsv(second) },
      { name: "a.jsonl", role: "rows", content: lines(third).trimEnd() },
    ]);
    const rows = (await text(`${dir}/raw`)).trimEnd().split("\n").map((line) => JSON.parse(line));
    assert.deepEqual(rows, [...first.map(keptByColumns), ...second, ...third]);
  }));

Deno.test("openHub() reads rows and cards that are written otherwise than the tool writes them", () =>
  inFolder(async (dir) => {
    const row =
      '{ "id" : "a/b", "tags" : [] } \r\n{"_id":"1","id":"c/d"}\n{"likes":1,"id":"\\u0065/f"}\n' +
      '{"_id":"x\\"","id":"g/h","tags":["a\\\\"]}\n{"modelId":"i/j"}';
    const card = '{"modelCard": "# \\"A\\"", "id": "a/b"}\n{"id":"c/d","modelCard":"c:\\\\"}\n' +
      '{"id":"e/f","modelCard":null}\n{"id":"g/h"}\n{"id":"i/j","modelCard":"","likes":7}\n';
    await writeRaw(`${dir}/raw`, [
      { name: "x/rows-1.jsonl", role: "rows", content: row },
      { name: "x/cards-1.jsonl", role: "cards", content: card },
    ]);
    const got = (await text(`${dir}/raw`)).trimEnd().split("\n").map((line) => JSON.parse(line));
    assert.deepEqual(got, [
      { id: "a/b", tags: [], modelCard: '# "A"' },
      { _id: "1", id: "c/d", modelCard: "c:\\" },
      { likes: 1, id: "e/f" },
      { _id: 'x"', id: "g/h", tags: ["a\\"] },
      { modelId: "i/j", modelCard: "" },
    ]);
  }));

Deno.test("openHub() keeps blocks small where cards are large", () =>
  inFolder(async (dir) => {
    const large = Array.from(
      { length: 40 },
      (_, i) => ({ id: `a/${i}`, modelCard: "é".repeat(2e5) }),
    );
    await writeRaw(`${dir}/raw`, [
      { name: "rows-1", role: "rows", content: lines(large.map(({ id }) => ({ id }))) },
      { name: "cards-1", role: "cards", content: zstdCompressSync(lines(large)) },
    ]);
    let count = 0;
    for await (const block of (await openHub(`${dir}/raw`, { issues: new Issues() })).blocks()) {
      assert.ok(block.length < 5 << 20);
      assert.equal(block.at(-1), 10);
      count += block.filter((byte) => byte === 10).length;
    }
    assert.equal(count, 40);
  }));

Deno.test("openHub() refuses cards that are not those of the rows, and names both", async () => {
  const cases: [rows: string, cards: string, message: RegExp][] = [
    [
      '{"id":"a/b"}\n{"id":"<script>"}\n',
      '{"id":"a/b","modelCard":null}\n{"id":"c/d","modelCard":"x"}\n',
      /^Cannot join "cards-1" to "rows-1": line 2 of it is of "c\/d", that of the rows of "<script>"$/,
    ],
    ["{}\n", '{"id":"c","modelCard":"x"}\n', /of "c", that of the rows of no model/],
    ["not JSON\n", '{"id":"c","modelCard":"x"}\n', /of "c", that of the rows of no model/],
    ['{"id":"a"}\n{"id":"b"}\n', '{"id":"a","modelCard":"x"}\n', /it has 1 lines, fewer than/],
    ['{"id":"a"}\n', '{"id":"a"}\n{"id":"b"}\n', /it has more than 1 lines/],
    ['{"id":"a"}\n', '{"id":"a","modelCard":7}\n', /line 1 of it is no/],
    ['{"id":"a"}\n', '{"id":"a","modelCard":"x"\n', /line 1 of it is no/],
    ['{"id":"a"}\n', '{"id":"a","modelCard":"x","modelCard":"y}\n', /line 1 of it is no/],
    ['{"id":"a"}\n', '{"modelCard":"x"}\n', /line 1 of it is no/],
    ['{"id":"ab"}\n', '{"id":"a","modelCard":"x"}\n', /of "a", that of the rows of "ab"/],
  ];
  for (const [rows, cards, message] of cases) {
    await inFolder(async (dir) => {
      await writeRaw(`${dir}/raw`, [
        { name: "rows-1", role: "rows", content: rows },
        { name: "cards-1", role: "cards", content: zstdCompressSync(cards) },
      ]);
      // The first file of rows may itself be no JSON.
      const wanted = rows.startsWith("not") ? /Cannot tell what/ : message;
      await assert.rejects(text(`${dir}/raw`), { name: "SyntaxError", message: wanted }, cards);
    });
  }
});

Deno.test("openHub() refuses raw snapshots without rows, with cards alone, or with assets among the rows", async () => {
  const assets = "type,name,organization,dependencies\n";
  const cases: [RawContent[], string, RegExp][] = [
    [[], "SyntaxError", /lists no file of rows/],
    [[{ name: "cards-1", role: "cards", content: "{}" }], "SyntaxError", /no file of rows/],
    [
      [...pairs, { name: "cards-0003.jsonl.zst", role: "cards", content: "{}" }],
      "SyntaxError",
      /"cards-0003\.jsonl\.zst" without the rows/,
    ],
    [[{ name: "a.csv", role: "rows", content: assets }], "TypeError", /found assets in the format/],
  ];
  for (const [files, name, message] of cases) {
    await inFolder(async (dir) => {
      await writeRaw(`${dir}/raw`, files);
      await assert.rejects(text(`${dir}/raw`), { name, message });
    });
  }
});

Deno.test("detect() tells raw snapshots, and refuses those that hold no models, or are not complete", () =>
  inFolder(async (dir) => {
    await writeRaw(`${dir}/raw`, pairs);
    const found = { kind: "models", format: "raw", compression: "", marked: false };
    assert.deepEqual(await detect(`${dir}/raw`), found);
    await Deno.rename(`${dir}/raw`, `${dir}/raw.part`);
    const unfinished = {
      name: "SyntaxError",
      message: /raw\.part\/?": it is not complete; run the fetch again/,
    };
    await assert.rejects(detect(`${dir}/raw.part`), unfinished);
    await Deno.rename(`${dir}/raw.part/fetch.json`, `${dir}/raw.part/request.json`);
    await assert.rejects(detect(`${dir}/raw.part/`), unfinished);
    await writeRaw(`${dir}/papers`, [], { kind: "papers", upstream: "arxiv-categories" });
    await assert.rejects(detect(`${dir}/papers`), {
      name: "TypeError",
      message: /snapshot "snap" holds papers \(arxiv-categories\)/,
    });
    await writeRaw(`${dir}/changed`, pairs, { sha256: "0".repeat(64) });
    await assert.rejects(detect(`${dir}/changed`), { name: "SyntaxError", message: /was changed/ });
    const outside: RawContent = { name: "rows", role: "rows", content: "" };
    const { files } = await writeRaw(`${dir}/outside`, [outside]);
    const { createHash } = await import("node:crypto");
    const hash = createHash("sha256").update(`${files[0].sha256}  ../rows\n`).digest("hex");
    await writeRaw(`${dir}/outside`, [], {
      files: [{ ...files[0], name: "../rows" }],
      sha256: hash,
    });
    await assert.rejects(detect(`${dir}/outside`), { message: /expected a path below the folder/ });
  }));

Deno.test("readAssets() reads the YAML files of a raw snapshot, or its CSV, and says whose they are", () =>
  inFolder(async (dir) => {
    const yaml =
      "- type: dataset\n  name: The Pile\n  organization: EleutherAI\n  dependencies: []\n";
    const eco = { kind: "assets", upstream: "ecosystem-graphs", name: "eco-1" } as const;
    const { sha256, files } = await writeRaw(`${dir}/raw`, [
      { name: "archive.tar.gz", role: "archive", content: "x" },
      { name: "assets/eleutherai.yaml", role: "assets", content: yaml },
    ], eco);
    const { records, origin } = await readAssets(`${dir}/raw`);
    assert.deepEqual(records.map(({ name, file }) => [name, file]), [[
      "The Pile",
      "eleutherai.yaml",
    ]]);
    const { upstream, revision, from, to } = readRawManifest(`${dir}/raw`);
    const fetched = { upstream, revision, from, to };
    const bytes = files[1].bytes;
    assert.deepEqual(origin, { name: "eco-1", format: "raw", bytes, sha256, fetched });
    await Deno.writeTextFile(`${dir}/raw/archive.tar.gz`, "y");
    await assert.rejects(readAssets(`${dir}/raw`), {
      name: "SyntaxError",
      message: /"eco-1": archive\.tar\.gz was changed/,
    });
    const csv = "type,name,organization,dependencies\nmodel,OPT,Meta,\n";
    await writeRaw(`${dir}/csv`, [{ name: "assets.csv", role: "assets", content: csv }], eco);
    assert.equal((await readAssets(`${dir}/csv/`)).records[0].name, "OPT");
    await writeRaw(`${dir}/two`, [
      { name: "a/x.yaml", role: "assets", content: yaml },
      { name: "b/x.yaml", role: "assets", content: yaml },
    ], eco);
    await assert.rejects(readAssets(`${dir}/two`), { message: /2 files of assets in 2 folders/ });
  }));
