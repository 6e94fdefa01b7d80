import assert from "node:assert/strict";
import { cardReader, longestProse } from "../../../lib/measure/cards/card_reader.ts";

const read = await cardReader();

Deno.test("cardReader() gives sentences and lemmas without stop words, numbers and symbols", () => {
  const reading = read(
    "# Children\nThe 3 models WERE trained; they're better. See $x$!\n- 模型 работает 🤗",
  );
  assert.deepEqual(reading, {
    blocks: ["Children", "The 3 models WERE trained; they're better. See $x$!", "模型 работает 🤗"],
    sentences: [
      "Children",
      "The 3 models WERE trained; they're better.",
      "See $x$!",
      "模型 работает 🤗",
    ],
    lemmas: ["child", "model", "train", "good", "模型", "работает"],
    cut: false,
  });
});

Deno.test("cardReader() finds nothing in a card that is empty, front matter or code only", () => {
  const nothing = { blocks: [], sentences: [], lemmas: [], cut: false };
  for (
    const card of ["", "  \n", "---\nlicense: mit\n---\n", "```py\nx = 1\n", "\u0000", "| a |"]
  ) {
    assert.deepEqual(read(card), nothing, JSON.stringify(card));
  }
});

Deno.test("cardReader() takes names of object members for words", () => {
  assert.deepEqual(read("constructor hasownproperty proto valueof").lemmas, [
    "constructor",
    "hasownproperty",
    "proto",
    "valueof",
  ]);
});

Deno.test("cardReader() reads scripts without spaces, sentence by sentence", () => {
  const { sentences } = read("模型很好。训练完成！数据");
  assert.deepEqual(sentences, ["模型很好。", "训练完成！", "数据"]);
});

Deno.test("cardReader() reads the beginning of a card that is too long, and says so", () => {
  const block = "word ".repeat(longestProse / 16).trim();
  const exact = read(`${block}\n\n`.repeat(3));
  assert.deepEqual([exact.blocks.length, exact.cut], [3, false]);
  const longer = read(`${block}\n\n`.repeat(6));
  assert.ok(longer.cut);
  assert.ok(longer.blocks.join("").length <= longestProse);
  assert.ok(longer.blocks.join("").length > longestProse - 5);
  const { cut, lemmas } = read(`${"word ".repeat(longestProse)}`);
  assert.deepEqual([cut, lemmas.length], [true, longestProse / 5]);
});

Deno.test("cardReader() takes time in proportion to the length of runs without white space", () => {
  // Given whole, the first of these alone would take several seconds.
  const card = (n: number) => ["!?", "=", "a'", "#a", "-a"].map((m) => m.repeat(n)).join("\n");
  const { lemmas } = read(`${card(10_000)}\n\nend`);
  assert.equal(lemmas.at(-1), "end");
});
