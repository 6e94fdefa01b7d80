import assert from "node:assert/strict";
import { compareStress } from "../../lib/task/stress_compare.ts";
import { stressNotebook } from "../../lib/task/stress_notebook.ts";

/** A notebook whose cells show these marks, each cell in one stream. */
function showing(cells: string[][]) {
  const { notebook } = stressNotebook(cells.length);
  return {
    ...notebook,
    cells: notebook.cells.map((cell, i) => ({
      ...cell,
      outputs: cells[i].map((text) => ({ output_type: "stream", name: "stdout", text: [text] })),
    })),
  };
}

const expected = [["@0.0@", "@0.1@"], ["@1.0@"]];
const none = { marks: 3, lost: 0, duplicated: 0, misplaced: 0, disordered: 0, strange: 0 };

Deno.test("compareStress() counts what was lost, doubled, misplaced, out of order or strange", () => {
  assert.deepEqual(compareStress(showing([["@0.0@", "x @0.1@"], ["@1.0@"]]), expected), none);
  const cases: [string[][], Partial<typeof none>][] = [
    [[["@0.0@"], ["@1.0@"]], { lost: 1 }],
    [[["@0.0@@0.1@"], ["@1.0@@1.0@"]], { duplicated: 1 }],
    [[["@0.0@"], ["@0.1@@1.0@"]], { misplaced: 1 }],
    [[["@0.1@", "@0.0@"], ["@1.0@"]], { disordered: 1 }],
    [[["@0.0@@0.1@", "data rate exceeded"], ["@1.0@"]], { strange: 1 }],
    [[[], []], { lost: 3 }],
  ];
  for (const [cells, found] of cases) {
    assert.deepEqual(compareStress(showing(cells), expected), { ...none, ...found });
  }
});

Deno.test("stressNotebook() gives each mark once and a large output in one cell of a hundred", () => {
  const { notebook, expected } = stressNotebook(500);
  const marks = expected.flat();
  assert.equal(new Set(marks).size, marks.length);
  assert.ok(marks.length > 15_000);
  assert.equal(notebook.cells.filter(({ source }) => source.includes("5000000")).length, 5);
});
