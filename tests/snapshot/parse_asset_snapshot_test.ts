import assert from "node:assert/strict";
import { AssetGraph } from "../../lib/graph/assets.ts";
import { readAssetSnapshot } from "../../lib/snapshot/asset_snapshot.ts";
import { parseAssetSnapshot } from "../../lib/snapshot/parse_asset_snapshot.ts";
import { inFolder } from "../fixtures/chunks.ts";

// web -> A -> chat
//         B ---^
const drawn = `
- {type: dataset, name: web}
- {type: model, name: A, organization: Lab, dependencies: [web, web]}
- {type: model, name: B}
- {type: application, name: chat, dependencies: [A, B, "<script>"]}
- {name: no type}
- {type: model, name: __proto__, dependencies: [constructor]}
`;

Deno.test("parseAssetSnapshot() gives what readAssetSnapshot() gives of the same text in a file", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/drawn.yaml`, drawn);
    const read = await readAssetSnapshot(`${folder}/drawn.yaml`);
    const parsed = parseAssetSnapshot(drawn, { name: "drawn" });
    const place = (text: string) => text.replaceAll("drawn.yaml", "drawn");
    assert.equal(JSON.stringify(parsed), place(JSON.stringify(read)));
    const { names, edges } = new AssetGraph(parsed);
    assert.deepEqual([edges, names.slice(5)], [5, ["<script>", "constructor"]]);
  }));

Deno.test("parseAssetSnapshot() refuses what is no list of records", () => {
  const name = "SyntaxError";
  assert.throws(() => parseAssetSnapshot(""), { name });
  assert.throws(() => parseAssetSnapshot("a: 1"), { name });
  assert.throws(() => parseAssetSnapshot("- ["), { name });
  assert.throws(() => parseAssetSnapshot("- {name: x}", { name: "mine" }), {
    name,
    message: /^Cannot read "mine" as assets: found no usable record/,
  });
});
