import assert from "node:assert/strict";
import { assetRepairs } from "../../../lib/graph/audit/asset_repairs.ts";
import { assetRecord, snapshotOf } from "../../oracle/random_assets.ts";

Deno.test("assetRepairs() renames case twins, removes loops and repeats, and leaves all else", () => {
  const snapshot = snapshotOf([
    assetRecord({ name: "Llama 2" }),
    assetRecord({
      name: "A",
      dependencies: ["LLaMA2", "web", "A", "a", "Llama 2", "web", "Llama-2", "Llama 3"],
    }),
    assetRecord({ name: "B", file: "b.yaml", dependencies: ["b"] }),
  ]);
  const { edits, changes } = assetRepairs(snapshot);
  assert.deepEqual(edits, [
    {
      file: "test.yaml",
      record: 1,
      field: "dependencies",
      repair: "aliasOfAsset, selfLoop, repeatedDependency",
      to: ["Llama 2", "web", null, null, null, null, "Llama-2", "Llama 3"],
    },
    {
      file: "b.yaml",
      record: 0,
      field: "dependencies",
      repair: "aliasOfAsset, selfLoop",
      to: [null],
    },
  ]);
  assert.deepEqual(
    changes[0].map(({ kind, original, changed }) => [kind, original, changed]),
    [
      ["aliasOfAsset", "LLaMA2", "Llama 2"],
      ["selfLoop", "A", null],
      ["aliasOfAsset, selfLoop", "a", null],
      ["repeatedDependency", "Llama 2", null],
      ["repeatedDependency", "web", null],
    ],
  );
  // Nothing is left of the list, which the copy writes as unknown.
  assert.deepEqual(changes[1].map(({ changed }) => changed), ["unknown"]);
});

Deno.test("assetRepairs() writes unknown and access as they should be, but no name or type", () => {
  const cell = (value: string) => ({ state: "known" as const, value, explanation: null });
  const snapshot = snapshotOf([assetRecord({
    name: "unknwon",
    access: "open",
    cells: {
      name: cell("unknwon"),
      type: cell("unknwon"),
      access: cell("OPEN"),
      license: cell("unknwon"),
      size: cell("Unknown"),
    },
  })]);
  assert.deepEqual(
    assetRepairs(snapshot).edits.map(({ field, to, repair }) => [field, to, repair]),
    [["access", "open", "accessCase"], ["license", "unknown", "misspeltUnknown"]],
  );
  assert.deepEqual(assetRepairs(snapshot, { kinds: ["accessCase"] }).edits.length, 1);
});

Deno.test("assetRepairs() leaves a name that two assets could mean, and repairs only the kinds that are asked for", () => {
  const snapshot = snapshotOf([
    assetRecord({ name: "Code Llama" }),
    assetRecord({ name: "CodeLlama" }),
    assetRecord({ name: "p3" }),
    assetRecord({ name: "X", dependencies: ["codellama", "P3", "X"] }),
  ]);
  assert.deepEqual(assetRepairs(snapshot).edits[0].to, ["codellama", "p3", null]);
  const some = assetRepairs(snapshot, { kinds: ["selfLoop"] });
  assert.deepEqual(some.edits[0].to, ["codellama", "P3", null]);
  assert.deepEqual(assetRepairs(snapshot, { kinds: [] }).edits, []);
});
