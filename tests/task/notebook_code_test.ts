import assert from "node:assert/strict";
import { codeCells, notebookModule } from "../../lib/task/notebook_code.ts";

Deno.test("notebookModule() joins the code cells and leaves the prose out", () => {
  const notebook = JSON.stringify({
    cells: [
      { cell_type: "markdown", source: ["# Title\n", "prose"] },
      { cell_type: "code", source: ["const a = 1;\n", "a;"] },
      { cell_type: "code", source: "const b = a;" },
      { cell_type: "raw", source: "raw" },
    ],
  });
  assert.deepEqual(codeCells(notebook), ["const a = 1;\na;", "const b = a;"]);
  assert.equal(notebookModule(notebook), "const a = 1;\na;\nconst b = a;\nexport {};\n");
});
