import assert from "node:assert/strict";
import { random } from "../../lib/core/random.ts";
import { TextNumbers } from "../../lib/core/text_numbers.ts";

Deno.test("TextNumbers.of() numbers texts as a Map does when there are many and some repeat", () => {
  const rng = random({ seed: 1 });
  const known = new Map<string, number>();
  const numbers = new TextNumbers();
  for (let i = 0; i < 50_000; i++) {
    const text = `${"ab".repeat(rng.below(20))}${rng.below(20_000)}`;
    if (!known.has(text)) known.set(text, known.size);
    assert.equal(numbers.of(text), known.get(text));
  }
  assert.equal(numbers.size, known.size);
});

Deno.test("TextNumbers.of() tells hostile and similar texts apart", () => {
  const texts = [
    "",
    "__proto__",
    "constructor",
    "\u0000",
    "\u0000\u0000",
    "a",
    "\u0001",
    "ab",
    "ba",
    "é",
    "e\u0301",
    "x".repeat(10_000),
    "x".repeat(10_001),
  ];
  const numbers = new TextNumbers();
  assert.deepEqual(texts.map((text) => numbers.of(text)), [...texts.keys()]);
  assert.deepEqual(texts.map((text) => numbers.of(text)), [...texts.keys()]);
});

Deno.test("TextNumbers.ofPair() tells ordered pairs apart when there are many", () => {
  const numbers = new TextNumbers();
  const most = 2 ** 32 - 1;
  for (let i = 0; i < 150; i++) for (let j = 0; j < 150; j++) numbers.ofPair(i, most - j);
  assert.equal(numbers.size, 150 ** 2);
  assert.equal(numbers.ofPair(1, most), 150);
  assert.equal(numbers.ofPair(most, 1), 150 ** 2);
});
