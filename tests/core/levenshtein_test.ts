import assert from "node:assert/strict";
import {
  codePoints,
  editDistance,
  levenshtein,
  levenshteinSimilarity,
} from "../../lib/core/levenshtein.ts";
import { random } from "../../lib/core/random.ts";
import { alphabets, randomText, wordBoundaries } from "../oracle/random_texts.ts";
import { slowLevenshtein } from "../oracle/slow_levenshtein.ts";

Deno.test("levenshtein() gives known distances", () => {
  const cases: [string, string, number][] = [
    ["", "", 0],
    ["", "abc", 3],
    ["abc", "", 3],
    ["kitten", "sitting", 3],
    ["saturday", "sunday", 3],
    ["gumbo", "gambol", 2],
    ["a".repeat(200), "a".repeat(200), 0],
    ["a".repeat(200), "b".repeat(130), 200],
    ["x".repeat(64) + "y", "y" + "x".repeat(64), 2],
    ["__proto__", "constructor", 9],
    ['=cmd("<script>")', '=cmd("<Script>")', 1],
  ];
  for (const [a, b, distance] of cases) {
    assert.equal(levenshtein(a, b), distance, `${a} ${b}`);
    assert.equal(levenshtein(b, a), distance, `${b} ${a}`);
    assert.equal(slowLevenshtein(a, b), distance, "the oracle");
  }
});

Deno.test("levenshtein() counts code points, half surrogates as one each", () => {
  assert.equal(levenshtein("🤗🤗", "🤗"), 1);
  assert.equal(levenshtein("🤗", "🤖"), 1);
  assert.equal(levenshtein("模型", "模型卡"), 1);
  assert.equal(levenshtein("e\u0301", "\u00e9"), 2);
  assert.equal(levenshtein("\ud83e", "🤗"), 1);
  assert.equal(levenshtein("\ud83e\ud83e", "\ud83e"), 1);
  assert.deepEqual([...codePoints("a🤗\udd17")], [0x61, 0x1f917, 0xdd17]);
});

Deno.test("levenshteinSimilarity() is 1 - distance / longer length in code points", () => {
  assert.equal(levenshteinSimilarity("", ""), 1);
  assert.equal(levenshteinSimilarity("", "a"), 0);
  assert.equal(levenshteinSimilarity("a", ""), 0);
  assert.equal(levenshteinSimilarity("gpt2", "gpt2"), 1);
  assert.equal(levenshteinSimilarity("gpt2", "gpt4"), 0.75);
  assert.equal(levenshteinSimilarity("🤗🤗🤗🤗", "🤗"), 0.25);
});

Deno.test("levenshtein() agrees with the table of prefixes at every word boundary", () => {
  const rng = random({ seed: 3 });
  for (const rows of wordBoundaries) {
    for (const columns of wordBoundaries) {
      const a = randomText(rng, { length: rows, alphabet: alphabets[0] });
      const b = randomText(rng, { length: columns, alphabet: alphabets[0] });
      assert.equal(levenshtein(a, b), slowLevenshtein(a, b), `${a}\n${b}`);
    }
  }
});

Deno.test("levenshtein() agrees with the table of prefixes on random and edited texts", () => {
  const rng = random({ seed: 4 });
  for (let i = 0; i < 300; i++) {
    const alphabet = alphabets[i % alphabets.length];
    const a = randomText(rng, { length: rng.below(301), alphabet });
    const b = randomText(rng, { length: rng.below(301), alphabet, near: i % 2 === 0 ? a : null });
    assert.equal(levenshtein(a, b), slowLevenshtein(a, b), `${a}\n${b}`);
    assert.equal(levenshtein(b, a), levenshtein(a, b));
  }
});

Deno.test("editDistance() compares sequences of any numbers", () => {
  assert.equal(editDistance([1e9, -1, 0.5], [-1, 0.5]), 1);
  assert.equal(editDistance(Uint8Array.of(1, 2), Uint32Array.of(2, 1)), 2);
});
