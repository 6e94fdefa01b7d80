import assert from "node:assert/strict";
import { syntaxError } from "../../lib/kernel/syntax_error.ts";

Deno.test("syntaxError() says what is wrong and marks the place", async () => {
  assert.deepEqual((await syntaxError("const a = 1;\nconst b = = 2;\n")).split("\n"), [
    "Expression expected (line 2, column 11)",
    "  |",
    "2 | const b = = 2;",
    "  |           ~",
  ]);
});

Deno.test("syntaxError() says only that there is a fault in what a module may say and a cell may not", async () => {
  assert.equal(await syntaxError("import.meta;"), "The cell could not be parsed.");
});
