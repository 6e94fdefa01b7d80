import assert from "node:assert/strict";
import type { ModelSnapshot } from "../../lib/snapshot/model_snapshot.ts";
import { readModelBlocks } from "../../lib/snapshot/read_models.ts";
import {
  distinctWithin,
  prefixColumn,
  type Trait,
  type TraitColumn,
  traitColumn,
  traitNames,
} from "../../lib/snapshot/traits.ts";
import { type Row, slowTrait } from "../oracle/model_rows.ts";
import { randomRows } from "../oracle/random_rows.ts";

function snapshotOf(rows: readonly Row[]): Promise<ModelSnapshot> {
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  return readModelBlocks([new TextEncoder().encode(text)], { name: "rows" });
}

function valuesOf({ offsets, codes, values }: TraitColumn): string[][] {
  return Array.from(
    { length: offsets.length - 1 },
    (_, row) => Array.from(codes.subarray(offsets[row], offsets[row + 1]), (c) => values.at(c)),
  );
}

Deno.test("traitColumn() and distinctWithin() equal the slow definitions when rows are random", async () => {
  for (let seed = 1; seed <= 30; seed++) {
    const rows = randomRows({ seed, models: 1 + seed % 12 });
    const snapshot = await snapshotOf(rows);
    for (const trait of traitNames) {
      const expected = rows.map((row) => slowTrait(row, trait));
      const column = traitColumn(snapshot, trait);
      assert.deepEqual(valuesOf(column), expected, `seed ${seed}, ${trait}`);
      const distinct = expected.map((values) => [...new Set(values)]);
      assert.deepEqual(valuesOf(distinctWithin(column)), distinct);
      assert.deepEqual(valuesOf(column), expected, "the column itself is not changed");
      const repeats = expected.flat().length > distinct.flat().length;
      assert.equal(distinctWithin(column) === column, !repeats);
    }
  }
});

Deno.test("prefixColumn() takes what follows the prefix, and nothing where nothing follows", async () => {
  const snapshot = await snapshotOf([
    { id: "a", tags: ["dataset:imdb", "dataset:", "datasets:x", "xdataset:y", "dataset:imdb"] },
    { id: "b" },
    { id: "c", tags: ["dataset:__proto__", "DATASET:z", "dataset:dataset:<script>"] },
  ]);
  const column = prefixColumn(snapshot, "dataset:");
  assert.deepEqual(valuesOf(column), [["imdb", "imdb"], [], ["__proto__", "dataset:<script>"]]);
  assert.deepEqual(column.values.toArray(), ["imdb", "__proto__", "dataset:<script>"]);
});

Deno.test("traitColumn() holds more values than models when each model has many", async () => {
  const tags = ["en", "de", "fr", "zh", "ja", "ko", "it", "es"];
  const column = traitColumn(await snapshotOf([{ id: "a", tags }, { id: "b", tags }]), "language");
  assert.deepEqual(valuesOf(column), [tags, tags]);
});

Deno.test("traitColumn() refuses a trait that there is not", async () => {
  const snapshot = await snapshotOf([{ id: "a" }]);
  assert.throws(() => traitColumn(snapshot, "constructor" as Trait), {
    name: "RangeError",
    message:
      'Cannot read the trait "constructor": expected one of "language", "license", "task", "library"',
  });
});
