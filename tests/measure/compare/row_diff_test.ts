import assert from "node:assert/strict";
import { rowDiff, rowParts } from "../../../lib/measure/compare/row_diff.ts";
import { snapshotOfRows } from "../../oracle/random_lineage.ts";

const rows = [
  {
    id: "lab/base",
    pipeline_tag: "text-generation",
    library_name: "transformers",
    tags: [
      "transformers",
      "text-generation",
      "en",
      "fr",
      "en",
      "license:mit",
      "dataset:squad",
      "arxiv:1706.03762",
      "region:us",
      "safetensors",
    ],
  },
  {
    id: "user/tuned",
    pipeline_tag: "text-generation",
    tags: [
      "base_model:lab/base",
      "base_model:finetune:lab/base",
      "en",
      "de",
      "license:other",
      "license:",
      "safetensors",
      "__proto__",
      "constructor",
      "<script>",
      "=cmd()",
    ],
  },
  { id: "empty" },
];

Deno.test("rowDiff() says what became of every value of two rows", async () => {
  const snapshot = await snapshotOfRows(rows);
  const lines = rowDiff(0, 1, { snapshot }).map(({ part, value, change }) =>
    `${part} ${{ shared: "=", lost: "-", gained: "+" }[change]} ${value}`
  );
  assert.deepEqual(lines, [
    "license - mit",
    "license + other",
    "task = text-generation",
    "library - transformers",
    "language = en",
    "language - fr",
    "language + de",
    "parent + finetune:lab/base",
    "parent + lab/base",
    "dataset - squad",
    "paper - 1706.03762",
    "region - us",
    "tag = safetensors",
    "tag + <script>",
    "tag + =cmd()",
    "tag + __proto__",
    "tag + constructor",
    "tag + license:",
  ]);
});

Deno.test("rowDiff() turns lost into gained when the rows change places", async () => {
  const snapshot = await snapshotOfRows(rows);
  const turned = { shared: "shared", lost: "gained", gained: "lost" } as const;
  const key = ({ part, value, change }: ReturnType<typeof rowDiff>[number]) =>
    `${rowParts.indexOf(part)} ${change} ${value}`;
  const there = rowDiff(0, 1, { snapshot }).map((d) => key({ ...d, change: turned[d.change] }));
  assert.deepEqual(rowDiff(1, 0, { snapshot }).map(key).sort(), there.sort());
});

Deno.test("rowDiff() shares everything with itself and nothing with an empty row", async () => {
  const snapshot = await snapshotOfRows(rows);
  const all = rowDiff(0, 0, { snapshot });
  assert.equal(all.length, 9);
  assert.ok(all.every(({ change }) => change === "shared"));
  assert.ok(rowDiff(0, 2, { snapshot }).every(({ change }) => change === "lost"));
  assert.deepEqual(rowDiff(2, 2, { snapshot }), []);
});

Deno.test("rowDiff() refuses a row that is not there", async () => {
  const snapshot = await snapshotOfRows(rows);
  for (const row of [-1, 3, 0.5, NaN]) {
    assert.throws(
      () => rowDiff(0, row, { snapshot }),
      new RangeError(`Cannot compare row ${row}: snapshot "${snapshot.name}" has rows 0 to 2`),
    );
  }
});
