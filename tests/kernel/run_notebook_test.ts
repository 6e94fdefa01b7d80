import assert from "node:assert/strict";
import { runNotebook } from "../../lib/kernel/run_notebook.ts";
import { compareStress } from "../../lib/task/stress_compare.ts";
import { stressNotebook } from "../../lib/task/stress_notebook.ts";
import { withKernel } from "./support.ts";

const notebook = (...sources: string[]) => ({
  cells: sources.map((source) => ({ cell_type: "code", source, metadata: {} })),
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});

Deno.test("runNotebook() loses nothing of a stress notebook of 50 cells", () =>
  withKernel({}, async ({ client }) => {
    const { notebook, expected } = stressNotebook(50);
    const run = await runNotebook(notebook, { client });
    const { marks, ...faults } = compareStress(run.notebook, expected);
    assert.ok(marks > 1500);
    assert.equal(run.failed, null);
    assert.deepEqual(faults, { lost: 0, duplicated: 0, misplaced: 0, disordered: 0, strange: 0 });
  }));

Deno.test("Deno's kernel without the proxy loses or misplaces outputs of the same notebook", () =>
  withKernel({ way: "bare" }, async ({ client }) => {
    const { notebook, expected } = stressNotebook(50);
    const run = await runNotebook(notebook, { client });
    const { lost, misplaced } = compareStress(run.notebook, expected);
    assert.ok(lost + misplaced > 0, "the control: if this fails, Deno was mended");
  }));

Deno.test("runNotebook() stops at an error, keeps outputs so far and names the cell", () =>
  withKernel({}, async ({ client }) => {
    const seen: number[] = [];
    const { notebook: done, failed } = await runNotebook(
      notebook("console.log(1)", "   ", "console.log(2); throw new Error('three')", "4"),
      { client, onCell: (index) => seen.push(index) },
    );
    assert.deepEqual(failed, { cell: 2, message: "Error: three" });
    assert.deepEqual(seen, [0, 2]);
    assert.deepEqual(done.cells[0].outputs, [
      { output_type: "stream", name: "stdout", text: ["1\n"] },
    ]);
    assert.deepEqual(done.cells[2].outputs?.map(({ output_type }) => output_type), [
      "stream",
      "error",
    ]);
    assert.equal(done.cells[3].execution_count, null);
  }));

Deno.test("runNotebook() updates displays of earlier cells, clears outputs and keeps to a time limit", () =>
  withKernel({}, async ({ client }) => {
    const show = (text: string, update: boolean) =>
      `await Deno.jupyter.display({ "text/plain": "${text}" }, { raw: true, display_id: "d", update: ${update} });`;
    const { notebook: done, failed } = await runNotebook(
      notebook(
        show("old", false),
        show("new", true),
        `console.log("gone"); await Deno.jupyter.broadcast("clear_output", { wait: true }); console.log("kept")`,
        "await new Promise(() => {})",
      ),
      { client, timeout: 2 },
    );
    assert.deepEqual(done.cells[0].outputs?.map(({ data }) => data), [{ "text/plain": "new" }]);
    assert.deepEqual(done.cells[1].outputs, []);
    assert.deepEqual(done.cells[2].outputs, [
      { output_type: "stream", name: "stdout", text: ["kept\n"] },
    ]);
    assert.deepEqual(failed, { cell: 3, message: "took longer than 2 s" });
  }));
