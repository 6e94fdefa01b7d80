import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { lineBlocks, textBlocks } from "../../lib/source/line_blocks.ts";
import { pieces, textOf } from "../fixtures/chunks.ts";

const encode = (text: string) => new TextEncoder().encode(text);

Deno.test("lineBlocks() gives the lines unchanged when pieces cut them anywhere", async () => {
  for (
    const [text, want] of [["a\nbé\n\nc", "a\nbé\n\nc\n"], ["a\n", "a\n"], ["", ""], [
      "\n\n",
      "\n\n",
    ]]
  ) {
    for (const size of [1, 2, 3, 100]) {
      assert.equal(await textOf(lineBlocks(pieces(encode(text), size), { source: "x" })), want);
    }
  }
});

Deno.test("lineBlocks() drops a byte-order mark when the text begins with one, and only there", async () => {
  for (const size of [1, 2, 5, 100]) {
    const chunks = pieces(encode("\ufeffa\n\ufeffb\n"), size);
    assert.equal(await textOf(lineBlocks(chunks, { source: "x" })), "a\n\ufeffb\n");
  }
});

Deno.test("lineBlocks() ends every block at a line end when the input is long", async () => {
  const line = `{"id": "${"x".repeat(1000)}"}\n`;
  const text = encode(line.repeat(12_000));
  let length = 0;
  let blocks = 0;
  for await (const block of lineBlocks(pieces(text, 1 << 20), { source: "x" })) {
    assert.equal(block.at(-1), 10);
    assert.ok(block.length < 8 << 20);
    assert.ok(Buffer.compare(block, text.subarray(length, length + block.length)) === 0);
    length += block.length;
    blocks++;
  }
  assert.equal(length, text.length);
  assert.ok(blocks >= 2);
});

Deno.test("lineBlocks() gives the same blocks however the pieces are cut", async () => {
  const text = encode(
    Array.from({ length: 30_000 }, (_, i) => `${i} ${"x".repeat((i * 7919) % 900)}\n`).join(""),
  );
  const lengths = (size: number) =>
    Array.fromAsync(lineBlocks(pieces(text, size), { source: "x" }), (block) => block.length);
  const whole = await lengths(text.length);
  assert.ok(whole.length > 2 && whole.slice(0, -1).every((length) => length >= 4 << 20));
  for (const size of [100_003, 1 << 20, 5_000_011]) assert.deepEqual(await lengths(size), whole);
});

Deno.test("lineBlocks() keeps a line of 20 MB whole and refuses one beyond the limit", async () => {
  const long = new Uint8Array(20 << 20).fill(97);
  const blocks: number[] = [];
  for await (const block of lineBlocks(pieces(long, 1 << 20), { source: "x" })) {
    blocks.push(block.length);
  }
  assert.deepEqual(blocks, [long.length + 1]);
  const limited = lineBlocks(pieces(long, 1 << 20), { source: "big.jsonl", longest: 10 << 20 });
  await assert.rejects(limited.next(), {
    name: "RangeError",
    message: 'Cannot read "big.jsonl": a row is longer than 10485760 bytes',
  });
});

Deno.test("textBlocks() ends each line with a newline", async () => {
  async function* lines() {
    yield await Promise.resolve("a");
    yield "é".repeat(5_000_000);
    yield "b";
  }
  assert.equal(await textOf(textBlocks(lines())), `a\n${"é".repeat(5_000_000)}\nb\n`);
});
