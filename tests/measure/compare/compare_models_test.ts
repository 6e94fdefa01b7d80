import assert from "node:assert/strict";
import { similarity } from "ml-distance";
import { compareModels, denseRow, tokenDiff } from "../../../lib/measure/compare/compare_models.ts";
import { RowAlgebra } from "../../../lib/measure/kinship/row_algebra.ts";
import { readModelsAndText } from "../../../lib/snapshot/read_models.ts";
import type { TextIndex } from "../../../lib/snapshot/text_index.ts";
import { simulateHub } from "../../../lib/source/simulate.ts";
import { inFolder } from "../../fixtures/chunks.ts";

function withText(
  blocks: Iterable<Uint8Array> | string,
  body: (text: TextIndex) => Promise<void>,
): Promise<void> {
  return inFolder(async (dir) => {
    const path = `${dir}/rows.jsonl`;
    const parts = typeof blocks === "string" ? [new TextEncoder().encode(blocks)] : blocks;
    for (const part of parts) await Deno.writeFile(path, part, { append: true });
    const { text } = await readModelsAndText(path);
    try {
      await body(text);
    } finally {
      text.close();
    }
  });
}

const card = "A model of mice. ".repeat(40);
const rows = [
  { id: "lab/base", tags: ["en", "license:mit"], modelCard: card },
  { id: "lab/tuned", tags: ["en", "gguf"], modelCard: card.slice(0, 476) + "rats ".repeat(20) },
  { id: "__proto__", tags: [], modelCard: "short" },
].map((row) => JSON.stringify(row)).join("\n");

Deno.test("compareModels() gives metric, row and tokens of two models", () =>
  withText(rows, async (text) => {
    const { value, terms, row, tokens, kind } = await compareModels("lab/base", "lab/tuned", {
      text,
      metric: "manhattan",
    });
    // license, mit, gguf, base, tuned and the pairs with them: only one of the two has each.
    const first = ["lab base", "base tags", "en license", "license mit", "base", "license", "mit"];
    const second = ["lab tuned", "tuned tags", "en gguf", "tuned", "gguf"];
    assert.equal(value, first.length + second.length);
    assert.equal(kind, "distance");
    assert.deepEqual([terms.a - terms.shared, terms.b - terms.shared], [7, 5]);
    assert.deepEqual(row.map(({ value, change }) => `${value} ${change}`), [
      "mit lost",
      "en shared",
      "gguf gained",
    ]);
    assert.deepEqual(tokens.filter(({ change }) => change !== "shared"), [
      { token: "base", change: "lost", a: 1, b: 0 },
      { token: "license", change: "lost", a: 1, b: 0 },
      { token: "mit", change: "lost", a: 1, b: 0 },
      { token: "gguf", change: "gained", a: 0, b: 1 },
      { token: "tuned", change: "gained", a: 0, b: 1 },
    ]);
  }));

Deno.test("compareModels() compares the cards of kinship, null when a model has none of them", () =>
  withText(rows, async (text) => {
    const { value, tokens } = await compareModels("lab/base", "lab/tuned", {
      text,
      texts: "cards",
    });
    assert.ok(value! > 0.9 && value! < 1, `${value}`);
    assert.deepEqual(
      tokens.filter(({ change }) => change === "gained").map(({ token }) => token),
      ["rats"],
    );
    const none = await compareModels("lab/base", "__proto__", { text, texts: "cards" });
    assert.deepEqual([none.value, none.terms.b, none.terms.shared], [null, 0, 0]);
    assert.ok(none.tokens.every(({ change }) => change === "lost"));
  }));

Deno.test("compareModels() gives the cosines of kinship, which are those of ml-distance", () =>
  withText(simulateHub({ models: 100 }), async (text) => {
    const { snapshot } = text;
    const every = new Uint8Array(snapshot.models).fill(1);
    const { vectors } = await text.vectors("rows", { documents: every, wanted: every });
    const algebra = new RowAlgebra(vectors);
    for (let row = 1; row < snapshot.models; row++) {
      const dense = algebra.zeros();
      algebra.add(dense, row - 1);
      algebra.dot(dense, row);
      for (const weighting of ["bagOfWords", "tfidf"] as const) {
        const [p, q] = [row - 1, row].map((i) => denseRow(vectors, i, { weighting }));
        assert.ok(Math.abs(algebra[weighting] - similarity.cosine(p, q)) < 1e-12);
        if (row > 3) continue;
        const { value } = await compareModels(snapshot.ids.at(row - 1), snapshot.ids.at(row), {
          text,
          weighting,
        });
        assert.ok(Math.abs(value! - algebra[weighting]) < 1e-12);
      }
    }
  }));

Deno.test("compareModels() refuses models and metrics that are not there, with suggestions", () =>
  withText(rows, async (text) => {
    await assert.rejects(
      compareModels("lab/base", "lab/tunedd", { text }),
      /^RangeError: Cannot find the model "lab\/tunedd" .*did you mean "lab\/tuned"/,
    );
    await assert.rejects(
      compareModels("lab/base", "lab/tuned", { text, metric: "cosinus" as "cosine" }),
      /^RangeError: Cannot compare by "cosinus"; did you mean "cosine"\?/,
    );
  }));

Deno.test("tokenDiff() counts tokens, hostile ones too", () => {
  assert.deepEqual(tokenDiff("__proto__ aa AA", "constructor aa"), [
    { token: "aa", change: "shared", a: 2, b: 1 },
    { token: "__proto__", change: "lost", a: 1, b: 0 },
    { token: "constructor", change: "gained", a: 0, b: 1 },
  ]);
  assert.deepEqual(tokenDiff("", ""), []);
});
