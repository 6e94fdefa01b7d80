import assert from "node:assert/strict";
import { termsOf, tokens } from "../../lib/core/tokens.ts";

Deno.test("tokens() finds runs of two or more word characters in lower case, as scikit-learn does", () => {
  assert.deepEqual(tokens("A Qwen2.5-7B model"), ["qwen2", "7b", "model"]);
  assert.deepEqual(tokens("snake_case __init__ _ x"), ["snake_case", "__init__"]);
  assert.deepEqual(tokens("Übergröße 日本語 モデル я не"), ["übergröße", "日本語", "モデル", "не"]);
  assert.deepEqual(tokens("10½ ²³ 🦙🦙 a"), ["10½", "²³"]);
  assert.deepEqual(tokens(""), []);
});

Deno.test("tokens() gives what stands in objects as strings when the text is hostile", () => {
  assert.deepEqual(tokens("__proto__ constructor <script>"), [
    "__proto__",
    "constructor",
    "script",
  ]);
});

Deno.test("termsOf() lists tokens, then pairs of neighbours", () => {
  assert.deepEqual(termsOf("one, two; x three"), [
    "one",
    "two",
    "three",
    "one two",
    "two three",
  ]);
  assert.deepEqual(termsOf("one"), ["one"]);
});
