import assert from "node:assert/strict";
import { unformattedCells } from "../../../lib/task/notebook/check_format.ts";
import { notebookOf } from "./support.ts";

Deno.test("unformattedCells() finds code and prose without form, whatever ends the cells", async () => {
  const cells = (...cells: Parameters<typeof notebookOf>) =>
    unformattedCells(notebookOf(...cells), { file: "any.ipynb" });
  assert.deepEqual(await cells({ prose: "# A\n\n- b" }, "const a = 1;\na;", 'a + ";";\n'), []);
  assert.deepEqual(await cells(), []);
  assert.deepEqual(await cells("const a=1\na;", "a;", { prose: "# A\n* b" }, "a"), [1, 3, 4]);
});

Deno.test("unformattedCells() leaves cells that cannot be parsed to the check of types", async () => {
  assert.deepEqual(await unformattedCells(notebookOf("const = ;"), { file: "any.ipynb" }), []);
});
