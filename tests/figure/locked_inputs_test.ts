import assert from "node:assert/strict";
import type { FiguresManifest } from "../../lib/figure/figures_manifest.ts";
import { changedFigures, otherInputs } from "../../lib/figure/locked_inputs.ts";

const [a, b] = ["a", "b"].map((digit) => digit.repeat(64));

Deno.test("otherInputs() compares digests, tables by name", () => {
  const models = { role: "models", name: "hub", sha256: a } as const;
  const table = { role: "table", name: "x.csv", sha256: a } as const;
  const twin = { ...table, name: "__proto__" };
  assert.deepEqual(otherInputs([models, table, twin], [twin, { ...models, name: "y" }, table]), []);
  const changed = { ...twin, sha256: b };
  assert.deepEqual(otherInputs([models, changed], [table, twin]), [
    { role: "models", found: models, expected: null },
    { role: "table", found: changed, expected: twin },
    { role: "table", found: null, expected: table },
  ]);
  const none = { ...models, sha256: null };
  assert.equal(otherInputs([none], [none]).length, 1);
});

Deno.test("changedFigures() names figures that changed, came and went", () => {
  const set = (figures: Record<string, string>) =>
    ({
      figures: Object.entries(figures).map(([name, sha256]) => ({
        name,
        files: ["svg", "csv"].map((ending) => ({ name: `${name}.${ending}`, bytes: 1, sha256 })),
      })),
    }) as FiguresManifest;
  const before = set({ "01_a": a, "02_b": a, "03_c": a });
  assert.deepEqual(changedFigures(before, before), []);
  assert.deepEqual(changedFigures(before, set({ "01_a": a, "02_b": b, "04_d": a })), [
    "02_b",
    "03_c",
    "04_d",
  ]);
});
