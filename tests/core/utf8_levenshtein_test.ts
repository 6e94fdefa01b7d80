import assert from "node:assert/strict";
import { levenshteinSimilarity } from "../../lib/core/levenshtein.ts";
import { random } from "../../lib/core/random.ts";
import { Utf8Levenshtein } from "../../lib/core/utf8_levenshtein.ts";
import { levenshteinWasm } from "../../lib/core/wasm/levenshtein_wasm.ts";
import { compileWasm, wasmModule } from "../../lib/task/compile_wasm.ts";
import { paths } from "../../lib/paths.ts";
import { pairOf } from "../oracle/pair_of.ts";
import { alphabets, randomText, wordBoundaries } from "../oracle/random_texts.ts";
import { slowLevenshtein } from "../oracle/slow_levenshtein.ts";

/** Compares two texts both ways with the table of prefixes. */
function agree(texts: Utf8Levenshtein, a: string, b: string): void {
  const longest = Math.max([...a].length, [...b].length);
  const expected = longest === 0 ? 1 : 1 - slowLevenshtein(a, b) / longest;
  assert.equal(texts.similarity(pairOf(a, b)), expected, `${a}\n${b}`);
  assert.equal(texts.similarity(pairOf(b, a)), expected, `${b}\n${a}`);
}

Deno.test("Utf8Levenshtein agrees with the table of prefixes at every word boundary", () => {
  const texts = new Utf8Levenshtein();
  const rng = random({ seed: 5 });
  for (const rows of wordBoundaries) {
    for (const columns of wordBoundaries) {
      const [a, b] = [rows, columns].map((length) =>
        randomText(rng, { length, alphabet: alphabets[0] })
      );
      agree(texts, a, b);
    }
  }
});

Deno.test("Utf8Levenshtein agrees with the table of prefixes in every alphabet, texts of all lengths mixed", () => {
  const texts = new Utf8Levenshtein();
  const rng = random({ seed: 6 });
  for (let i = 0; i < 300; i++) {
    const alphabet = alphabets[i % alphabets.length];
    const a = randomText(rng, { length: rng.below(301), alphabet });
    agree(texts, a, randomText(rng, { length: rng.below(301), alphabet }));
    agree(texts, a, randomText(rng, { length: 0, alphabet, near: a }));
  }
});

Deno.test("Utf8Levenshtein is exact when one text is ASCII, empty, equal, or a prefix of the other", () => {
  const texts = new Utf8Levenshtein();
  for (const a of ["", "a", "🤗", "é", "\0", "\ufeffa", "a".repeat(300), "模".repeat(130)]) {
    for (const b of ["", "a", "é🤗", "\0\0", "a".repeat(299), "模型".repeat(70)]) {
      agree(texts, a, b);
      agree(texts, a, a + b);
      agree(texts, a, b + a);
    }
  }
});

Deno.test("Utf8Levenshtein is exact when texts share as many characters as a byte can number, one less and more", () => {
  const texts = new Utf8Levenshtein();
  for (let kinds = 250; kinds <= 260; kinds++) {
    const a = alphabets[4].slice(0, kinds).join("");
    const b = [...a].reverse().join("") + alphabets[4][kinds];
    agree(texts, a, b);
  }
});

Deno.test("Utf8Levenshtein is exact for texts that need more memory, and for short ones after them", () => {
  const texts = new Utf8Levenshtein();
  const rng = random({ seed: 7 });
  for (const length of [3000, 20, 20_000, 5]) {
    const a = randomText(rng, { length, alphabet: alphabets[1] });
    const b = randomText(rng, { length: 0, alphabet: alphabets[1], near: a });
    const c = randomText(rng, { length: 70, alphabet: alphabets[3] });
    assert.equal(texts.similarity(pairOf(a, b)), levenshteinSimilarity(a, b));
    assert.equal(texts.similarity(pairOf(c, a)), levenshteinSimilarity(c, a));
  }
});

Deno.test("Utf8Levenshtein reads only the bytes between start and end", () => {
  const bytes = new TextEncoder().encode("🤗kitten|sitting🤗");
  const texts = new Utf8Levenshtein();
  const pair = { a: bytes, aStart: 4, aEnd: 10, b: bytes, bStart: 11, bEnd: 18 };
  assert.equal(texts.similarity(pair), 1 - 3 / 7);
});

Deno.test("compileWasm() gives the module in the checkout when its source is compiled anew", async () => {
  const text = await compileWasm();
  assert.equal(
    (/"(.*)"/.exec(text) ?? [])[1],
    levenshteinWasm,
    "levenshtein.as has changed: deno task build-wasm",
  );
  assert.equal(text, await Deno.readTextFile(`${paths.root}${wasmModule}`));
});
