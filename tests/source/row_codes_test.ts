import assert from "node:assert/strict";
import { Candidates } from "../../lib/core/terms/candidates.ts";
import { HubScanner } from "../../lib/source/hub_scanner.ts";
import { kinshipCard } from "../../lib/source/kinship_card.ts";
import { addRowBytes, addText } from "../../lib/source/row_bytes.ts";
import { RowCodes } from "../../lib/source/row_codes.ts";
import { rowText } from "../../lib/source/row_text.ts";
import { candidatesOf, rowTexts, someLines } from "../../lib/source/sample_rows.ts";
import { simulateHub } from "../../lib/source/simulate.ts";
import { arenaOf, ArenaWriter, type TextArena } from "../../lib/source/text_arena.ts";
import { hostileRows } from "../fixtures/hostile_rows.ts";
import { expected, readStream } from "../core/terms/streams.ts";
import { randomRows } from "../oracle/random_rows.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const longCard = `# Über ${"model card, 数据 🦙 ".repeat(40)}`;

/** Lines that take the fast way, the careful way, each for another reason, or are refused. */
const oddLines = [
  '{ "id" : "c/d" , "tags" : [ "en" , "de" ] , "parameters": 7000000, "gated": true, "sha": "A b" }',
  '{"modelId":"only/modelId","tags":[],"pipeline_tag":null,"library_name":"","private":false}',
  '{"id":"escaped","tags":["a\\"b","\\u0041pache","c\\\\nd"],"pipeline_tag":"text-\\ngeneration"}',
  '{"id":"float","trendingScore":1.50,"other":-2e3,"10":"number key","x":{"nested":["deep",null]}}',
  '{"id":"twice","tags":["first"],"tags":["second"]}',
  '{"tags":["not ASCII","größe","日本語"],"id":"unicode"}',
  `{"id":"card","modelCard":${JSON.stringify(longCard)},"after":"the card"}`,
  '{"id":"short","modelCard":"# Short"}',
  `{"id":"auto","modelCard":${JSON.stringify(longCard + " automatically generated")}}`,
  '{"id":"no string","modelCard":12,"tags":["x y"]}',
  '{"id":"half","modelCard":"\\ud800' + "long ".repeat(120) + '","name":"\\udc00 half"}',
  '{"id":"cut off","tags":["model"',
  '{"id":"","tags":["no id"]}',
  "not JSON",
  "",
  '{"id":"__proto__","__proto__":{"toString":"constructor"},"constructor":"prototype"}',
];

function* blocks(): Generator<string> {
  yield oddLines.map((line) => `${line}\n`).join("");
  yield hostileRows.map((row) => `${JSON.stringify(row)}\n`).join("");
  for (let seed = 0; seed < 20; seed++) {
    yield randomRows({ seed, models: 12 }).map((row) => `${JSON.stringify(row)}\n`).join("");
  }
  for (const block of simulateHub({ models: 300, seed: 3, cards: true })) {
    yield decoder.decode(block);
  }
}

function textAt({ pieces, piece, start, end }: TextArena, row: number): string {
  return end[row] > start[row]
    ? decoder.decode(pieces[piece[row]].slice(start[row], end[row]))
    : "";
}

Deno.test("HubScanner writes the tokens of every row and card as rowText() and kinshipCard() have them", () => {
  let rows = 0;
  for (const text of blocks()) {
    const block = encoder.encode(text);
    const candidates = candidatesOf(rowTexts([block]));
    const scanner = new HubScanner({ text: new RowCodes(candidates) });
    const batch = scanner.scan(block);
    const streams = scanner.text!.take();
    const found = {
      rows: readStream(streams.rows, candidates.rows),
      cards: readStream(streams.cards, candidates.cards),
    };
    assert.equal(found.rows.length, batch.rows);
    const writers = { rows: new ArenaWriter(), cards: new ArenaWriter() };
    const texts = { rows: [] as string[], cards: [] as string[] };
    for (let i = 0; i < batch.rows; i++) {
      const [start, end] = [batch.lineStart[i], batch.lineEnd[i]];
      const line = decoder.decode(block.subarray(start, end));
      const { text: row, card } = rowText(JSON.parse(line));
      const read = card === null ? null : kinshipCard(card);
      assert.deepEqual(found.rows[i], expected(row, candidates.rows), line);
      assert.deepEqual(found.cards[i], read === null ? [] : expected(read, candidates.cards), line);
      texts.rows.push(row.toWellFormed());
      texts.cards.push(read ?? "");
      for (const kind of ["rows", "cards"] as const) {
        const careful = streams.careful[i] === 1;
        addRowBytes(writers[kind], i, { kind, block, start, end, careful });
      }
      rows++;
    }
    for (const kind of ["rows", "cards"] as const) {
      const arena = arenaOf(writers[kind].take(), { rows: batch.rows });
      assert.deepEqual(texts[kind].map((_, i) => textAt(arena, i)), texts[kind]);
    }
  }
  assert.ok(rows > 500);
});

Deno.test("RowCodes counts the same tokens when rows come as strings", () => {
  for (const text of blocks()) {
    const block = encoder.encode(text);
    const candidates = candidatesOf([...rowTexts([block])].slice(0, 3));
    const scanner = new HubScanner({ text: new RowCodes(candidates) });
    const batch = scanner.scan(block);
    const strings = new RowCodes(candidates);
    for (let i = 0; i < batch.rows; i++) {
      const line = decoder.decode(block.subarray(batch.lineStart[i], batch.lineEnd[i]));
      const { text, card } = rowText(JSON.parse(line));
      strings.texts(text, card);
    }
    const [bytes, same] = [scanner.text!.take(), strings.take()];
    for (const kind of ["rows", "cards"] as const) {
      const [a, b] = [bytes, same].map((stream) => readStream(stream[kind], candidates[kind]));
      assert.deepEqual(a, b);
    }
    // Rows taken back stay counted: the counters are bounds.
    for (const kind of ["rows", "cards"] as const) {
      const upper = scanner.text![kind].buckets;
      assert.ok(strings[kind].buckets.every((count, i) => upper[i] >= count));
    }
  }
});

Deno.test("someLines() gives whole lines from all over a block", () => {
  const block = encoder.encode(Array.from({ length: 9 }, (_, i) => `line ${i}\n`).join(""));
  assert.equal(
    [...someLines(block)].map((line) => decoder.decode(line)).join(""),
    decoder.decode(block),
  );
});

Deno.test("kinshipCard() takes the first 512 characters of cards that are long enough and written by people", () => {
  assert.equal(kinshipCard("x".repeat(511)), null);
  assert.equal(kinshipCard("x".repeat(512)), "x".repeat(512));
  assert.equal(kinshipCard("🦙".repeat(511)), null);
  assert.equal(kinshipCard("🦙".repeat(513)), "🦙".repeat(512));
  assert.equal(kinshipCard("x".repeat(600) + " Automatically generated"), null);
});

Deno.test("candidatesOf() finds nothing when there are no rows", () => {
  const { rows, cards } = candidatesOf([]);
  assert.deepEqual([rows.tokens, cards.tokens], [[], []]);
  assert.ok(rows instanceof Candidates);
});

Deno.test("ArenaWriter fills piece after piece, and writes to memory that is spare first", () => {
  const long = "long ".repeat(1_000_000);
  const write = (texts: (string | null)[], reuse?: TextArena) => {
    const writer = new ArenaWriter({ spare: reuse?.pieces });
    texts.forEach((text, row) => addText(writer, row, text));
    return arenaOf(writer.take(), { rows: texts.length, reuse });
  };
  const first = write(["größe", null, long, "", "end"]);
  assert.deepEqual([0, 1, 2, 3, 4].map((row) => textAt(first, row)), [
    "größe",
    "",
    long,
    "",
    "end",
  ]);
  assert.ok(first.pieces.length > 1);
  const memory = first.pieces.map(({ buffer }) => buffer);
  const second = write([null, "other", null, "short", null], first);
  assert.deepEqual([0, 1, 2, 3, 4].map((row) => textAt(second, row)), [
    "",
    "other",
    "",
    "short",
    "",
  ]);
  assert.ok(second.pieces.every(({ buffer }) => memory.includes(buffer)));
});
