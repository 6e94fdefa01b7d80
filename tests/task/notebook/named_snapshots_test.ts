import assert from "node:assert/strict";
import { paths } from "../../../lib/paths.ts";
import { loadAssets } from "../../../lib/snapshot/load.ts";
import { sampleModels } from "../../../lib/snapshot/sample_models.ts";

interface Cell {
  cell_type: string;
  source: string | string[];
  outputs?: unknown[];
}

Deno.test("every notebook shows which snapshots it used, by the first digits of their sha256", async () => {
  const { snapshot: models, text } = await sampleModels();
  text.close();
  const assets = await loadAssets();
  const shown: string[] = [];
  const silent: string[] = [];
  for (const { name } of Deno.readDirSync(paths.notebooks)) {
    if (!name.endsWith(".ipynb")) continue;
    const { cells } = JSON.parse(Deno.readTextFileSync(paths.notebooks + name)) as {
      cells: Cell[];
    };
    const code = cells.filter(({ cell_type }) => cell_type === "code");
    const sources = code.map(({ source }) => [source].flat().join("")).join("\n");
    const outputs = code.map((cell) => JSON.stringify(cell.outputs)).join("\n");
    for (const [call, { origin }] of [["loadModels(", models], ["loadAssets(", assets]] as const) {
      if (!sources.includes(call)) continue;
      (outputs.includes(origin.sha256.slice(0, 8)) ? shown : silent).push(`${name}: ${call}`);
    }
  }
  assert.deepEqual(silent, []);
  assert.ok(shown.length > 11);
});
