import assert from "node:assert/strict";
import { NotebookOutputs } from "../../lib/kernel/notebook_outputs.ts";

Deno.test("NotebookOutputs keeps no display that was emptied, and keeps those that were not", () => {
  const outputs = new NotebookOutputs(new Map());
  const display = (id: string, text: string) => ({
    data: { "text/html": text },
    metadata: {},
    transient: { display_id: id },
  });
  outputs.add("display_data", display("bar", "50%"));
  outputs.add("display_data", display("figure", "a"));
  outputs.add("update_display_data", { data: {}, metadata: {}, transient: { display_id: "bar" } });
  assert.deepEqual(outputs.finished(), [
    { output_type: "display_data", data: { "text/html": "a" }, metadata: {} },
  ]);
});
