import assert from "node:assert/strict";
import { chooseConverted, chooseOriginal } from "../../../lib/fetch/dataset/choose_files.ts";
import type { DatasetFile } from "../../../lib/fetch/dataset/pin_dataset.ts";

const files = (...paths: string[]): DatasetFile[] =>
  paths.map((path) => ({ path, bytes: 1, hash: { kind: "git", hex: "0".repeat(40) } }));
const taken = (chosen: ReturnType<typeof chooseConverted>) =>
  chosen !== null && "files" in chosen
    ? [chosen.splits, chosen.files.map(({ path }) => path)]
    : chosen;

Deno.test("chooseConverted() takes the split train of a configuration, its files in order", () => {
  const listed = files(
    "models/train/0001.parquet",
    "models/test/0000.parquet",
    "models/train/0000.parquet",
    "spaces/train/0000.parquet",
    "README.md",
    "models/train/0000.parquet.txt",
    "models/train/deep/0000.parquet",
  );
  const expected = [["models/train"], [
    "models/train/0000.parquet",
    "models/train/0001.parquet",
  ]];
  assert.deepEqual(taken(chooseConverted(listed, { config: "models" })), expected);
  assert.equal(chooseConverted(listed, { config: "posts" }), null);
  assert.throws(() => chooseConverted(listed, { config: null }), {
    name: "RangeError",
    message: 'Cannot choose a configuration: found "models", "spaces"',
  });
});

Deno.test("chooseConverted() takes the only configuration, or default, and all splits where none is train", () => {
  assert.deepEqual(
    taken(chooseConverted(files("x/a/0.parquet", "x/b/0.parquet"), { config: null })),
    [
      ["x/a", "x/b"],
      ["x/a/0.parquet", "x/b/0.parquet"],
    ],
  );
  const two = files("default/train/0000.parquet", "other/train/0000.parquet");
  assert.deepEqual(taken(chooseConverted(two, { config: null })), [
    ["default/train"],
    ["default/train/0000.parquet"],
  ]);
  const large = files("d/train-part0/0000.parquet", "d/train-part1/0000.parquet");
  assert.deepEqual(taken(chooseConverted(large, { config: null })), [
    ["d/train"],
    ["d/train-part0/0000.parquet", "d/train-part1/0000.parquet"],
  ]);
  assert.equal(chooseConverted([], { config: null }), null);
});

Deno.test("chooseConverted() says that a conversion is of a part only", () => {
  const listed = files("d/partial-train/0000.parquet", "d/test/0000.parquet");
  assert.deepEqual(chooseConverted(listed, { config: null }), { partial: "partial-train" });
  const parts = files("d/partial-train-part0/0000.parquet");
  assert.deepEqual(chooseConverted(parts, { config: "d" }), { partial: "partial-train" });
  // Another split may be whole or not, it is not what is taken.
  const other = files("d/train/0000.parquet", "d/partial-test/0000.parquet");
  assert.deepEqual(taken(chooseConverted(other, { config: null })), [
    ["d/train"],
    ["d/train/0000.parquet"],
  ]);
});

Deno.test("chooseOriginal() takes what the authors published, in the preferred form, by name where there is one", () => {
  const listed = files(
    "README.md",
    "models.parquet",
    "datasets.parquet",
    "data/models/0.parquet",
    "models-00000-of-00002.parquet",
    "modelsx.parquet",
    "default/partial-train/0000.parquet",
  );
  const paths = (...args: Parameters<typeof chooseOriginal>) =>
    chooseOriginal(...args).files.map(({ path }) => path);
  assert.deepEqual(paths(listed, { config: "models", prefer: "parquet" }), [
    "data/models/0.parquet",
    "models-00000-of-00002.parquet",
    "models.parquet",
  ]);
  const both = files("b.CSV", "a.csv.zst", "c.csv.gz", "d.parquet", "e.tsv");
  assert.deepEqual(paths(both, { config: null, prefer: "csv" }), [
    "a.csv.zst",
    "b.CSV",
    "c.csv.gz",
  ]);
  assert.deepEqual(paths(both, { config: null, prefer: "parquet" }), ["d.parquet"]);
  assert.deepEqual(paths(files("d.parquet"), { config: null, prefer: "csv" }), ["d.parquet"]);
  assert.throws(() => chooseOriginal(files("<script>.md"), { config: "models", prefer: "csv" }), {
    name: "RangeError",
    message:
      'Cannot choose the files to fetch: found "<script>.md", expected CSV or Parquet named "models"',
  });
  assert.throws(
    () => chooseOriginal(files("d/partial-train/0.parquet"), { config: null, prefer: "csv" }),
    { message: /expected CSV or Parquet$/ },
  );
});
