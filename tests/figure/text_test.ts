import assert from "node:assert/strict";
import {
  dodge,
  fitId,
  fitMiddle,
  fitText,
  printable,
  shortId,
  textWidth,
  wrapText,
} from "../../lib/figure/text.ts";
import { hostile } from "./inputs.ts";

Deno.test("textWidth() grows with the text, its size and its weight", () => {
  assert.equal(textWidth(""), 0);
  assert.ok(textWidth("iii") < textWidth("mmm"));
  assert.ok(Math.abs(textWidth("ab", { size: 20 }) - 2 * textWidth("ab", { size: 10 })) < 1e-9);
  assert.ok(textWidth("ab", { weight: 600 }) > textWidth("ab"));
});

Deno.test("printable() drops what cannot be seen and marks what the font lacks", () => {
  assert.equal(printable("  a\n\tb\u202e\u200b "), "a b");
  assert.equal(printable("é→…–ß Ω Ж"), "é→…–ß Ω Ж");
  assert.equal(printable("של🦙"), "□□□");
  assert.equal(printable("\ud800"), "(no name)");
  assert.equal(printable(""), "(no name)");
  assert.equal(printable("__proto__"), "__proto__");
});

Deno.test("fitText() and fitMiddle() never exceed their room and keep what fits whole", () => {
  for (const name of hostile) {
    for (const width of [14, 40, 90]) {
      for (const fit of [fitText, fitMiddle, fitId]) {
        assert.ok(textWidth(fit(name, { width })) <= width, `${fit.name} ${name}`);
      }
    }
  }
  assert.equal(fitText("short", { width: 100 }), "short");
  assert.match(fitText("a rather long name", { width: 50 }), /^a rat.*…$/);
  assert.match(fitMiddle("Qwen3-8B-Instruct-GGUF", { width: 80 }), /^Qwen3.*….*GF?$|^Qwen3.*….*F$/);
});

Deno.test("fitId() drops the owner before it cuts the name", () => {
  const id = "some-organisation/llama-7b";
  assert.equal(fitId(id, { width: 500 }), id);
  assert.equal(fitId(id, { width: textWidth("llama-7b") }), "llama-7b");
  assert.equal(shortId("owner/"), "owner/");
  assert.equal(shortId("gpt2"), "gpt2");
});

Deno.test("wrapText() keeps every line within its width and every word", () => {
  const text = "one two three four five six seven";
  const lines = wrapText(text, { width: 60 });
  assert.ok(lines.length > 1);
  assert.ok(lines.every((line) => textWidth(line) <= 60));
  assert.equal(lines.join(" "), text);
  assert.match(wrapText(`x ${"w".repeat(200)}`, { width: 60 })[1], /…$/);
});

Deno.test("dodge() moves labels apart as little as needed and keeps their order", () => {
  assert.deepEqual(dodge([0, 100], { gap: 10, least: 0, most: 100 }), [0, 100]);
  assert.deepEqual(dodge([50, 50], { gap: 10, least: 0, most: 100 }), [45, 55]);
  assert.deepEqual(dodge([52, 50, 98], { gap: 10, least: 0, most: 100 }), [56, 46, 98]);
  assert.deepEqual(dodge([100, 100, 100], { gap: 10, least: 0, most: 100 }), [80, 90, 100]);
  assert.deepEqual(dodge([], { gap: 10, least: 0, most: 100 }), []);
});
