import assert from "node:assert/strict";
import { codeCells, joinCells } from "../../../lib/task/notebook/join_cells.ts";
import { notebookOf } from "./support.ts";

/** The module of cells, without its last line and the comments that name the cells. */
function module(...cells: string[]): string {
  return joinCells(notebookOf(...cells)).code.replaceAll(/ \/\/ cell \d+/g, "");
}

Deno.test("codeCells() leaves the prose out and joins lines", () => {
  const notebook = JSON.stringify({
    cells: [
      { cell_type: "markdown", source: ["# Title\n", "prose"] },
      { cell_type: "code", source: ["const a = 1;\n", "a;"] },
      { cell_type: "code", source: "const b = a;" },
      { cell_type: "raw", source: "raw" },
    ],
  });
  assert.deepEqual(codeCells(notebook), ["const a = 1;\na;", "const b = a;"]);
});

Deno.test("joinCells() puts later cells into the block of earlier ones, so that names may be declared again", () => {
  assert.equal(
    module("const a = 1;", "export const a = 'x';\na"),
    "{\nconst a = 1;\n{\nconst a = 'x';\na\n}}\nexport {};\n",
  );
});

Deno.test("joinCells() imports at the top what several cells import, once", () => {
  assert.equal(
    module(
      'import { a, type B } from "kindred";\nimport "side";\na();',
      'import {\n  a,\n  c as d,\n} from "kindred";\nimport "side";\nimport x, * as y from "m";',
      'import type { T } from "kindred";\nimport config from "c" with { type: "json" };\nd();',
      'const text = "import { z } from me";\nawait import("kindred");',
    ),
    'import { a, type B } from "kindred";\nimport "side";\nimport { c as d } from "kindred";\n' +
      'import x, * as y from "m";\nimport type { T } from "kindred";\n' +
      'import config from "c" with { type: "json" };\n' +
      "{\n\n\na();\n{\n\n\nd();\n" +
      '{\nconst text = "import { z } from me";\nawait import("kindred");\n}}}\nexport {};\n',
  );
});

Deno.test("joinCells() keeps an import of one name for two things, which is an error of types", () => {
  const { code } = joinCells(notebookOf('import { a } from "m";', 'import { b as a } from "m";'));
  assert.equal(code, 'import { a } from "m";\nimport { b as a } from "m";\n\nexport {};\n');
});

Deno.test("joinCells() tells of each line its cell and line", () => {
  const { code, places } = joinCells(
    notebookOf({ prose: "# Question" }, '\nimport { a } from "m";\na;', "const b = a;"),
  );
  assert.equal(places.length, code.split("\n").length - 1);
  const at = (text: string) => places[code.split("\n").indexOf(text)];
  assert.deepEqual(at('import { a } from "m";'), { cell: 2, line: 2 });
  assert.deepEqual(at("a;"), { cell: 2, line: 3 });
  assert.deepEqual(at("const b = a;"), { cell: 3, line: 1 });
  assert.equal(at("export {};"), null);
});
