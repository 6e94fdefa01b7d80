import assert from "node:assert/strict";
import { parseModalityTerms, readModalityTerms } from "../../lib/source/modality_terms.ts";

const table = (...rows: string[]) => ["written,modality,reason", ...rows, ""].join("\n");

Deno.test("readModalityTerms() leads every word of the project's table to modalities that stand for themselves", async () => {
  const { words, modalities } = await readModalityTerms();
  for (const [word, meant] of words) {
    assert.equal(word, word.trim().toLowerCase());
    for (const one of meant) assert.ok(modalities.has(one), word);
  }
  for (const one of modalities) assert.deepEqual(words.get(one), [one]);
  assert.deepEqual(words.get("videos"), ["video"]);
  assert.deepEqual(words.get("image-caption pairings"), ["image", "text"]);
});

Deno.test("parseModalityTerms() adds plurals, and no row gives way to one", async () => {
  const { words } = await parseModalityTerms(table(
    "image,image,itself",
    "mask,mask,itself",
    "masks,image,a row of its own",
  ));
  assert.deepEqual(words.get("images"), ["image"]);
  assert.deepEqual(words.get("masks"), ["image"]);
  assert.equal(words.get("imagess"), undefined);
});

Deno.test("parseModalityTerms() keeps hostile words as plain keys", async () => {
  const { words } = await parseModalityTerms(table(
    "__proto__,__proto__,itself",
    "constructor,__proto__,another",
    '"<script>""=cmd()",__proto__,another',
  ));
  assert.deepEqual(words.get("constructor"), ["__proto__"]);
  assert.deepEqual(words.get('<script>"=cmd()'), ["__proto__"]);
  assert.equal(words.get("tostring"), undefined);
});

Deno.test("parseModalityTerms() refuses a table with a wrong row", async () => {
  const cases: [text: string, message: RegExp][] = [
    [table("Image,image,x"), /line 2 has a word that is not in lower case/],
    [table("a,a,x", "a,a,y"), /line 3 has the word "a" a second time/],
    [table("a,b,x"), /the modality "b" has no row that stands for itself/],
    [table("a,a,x", "b,b,x", 'c,"a, b",x', "d,c,x"), /the modality "c" has no row/],
    [table("a,,x"), /line 2 has no modality/],
    [table("a,a"), /line 2 has 2 cells/],
    [table(), /it has no rows/],
    ["word,modality,reason\na,a,x\n", /another header/],
  ];
  for (const [text, message] of cases) {
    await assert.rejects(parseModalityTerms(text), (error: Error) => {
      assert.ok(error instanceof SyntaxError);
      assert.match(error.message, message);
      assert.match(error.message, /modality_aliases\.csv/);
      return true;
    });
  }
});
