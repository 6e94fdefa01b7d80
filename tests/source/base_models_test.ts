import assert from "node:assert/strict";
import { parquetWriteBuffer } from "hyparquet-writer";
import { Issues } from "../../lib/core/issues.ts";
import { baseModelTags } from "../../lib/source/base_models.ts";
import { openHub } from "../../lib/source/hub_input.ts";
import { parquetRows } from "../../lib/source/parquet_buffer.ts";
import { inFolder, textOf } from "../fixtures/chunks.ts";

Deno.test("baseModelTags() turns the field into the tags that the Hub gives", () => {
  const value = { relation: "merge", models: [{ _id: "1", id: "a/b" }, { id: "c/d" }] };
  const tags = ["base_model:a/b", "base_model:merge:a/b", "base_model:c/d", "base_model:merge:c/d"];
  assert.deepEqual(baseModelTags(value), tags);
  assert.deepEqual(baseModelTags(JSON.stringify(value)), tags);
  assert.deepEqual(baseModelTags("{'relation': 'finetune', 'models': [{'id': \"a'b\"}]}"), [
    "base_model:a'b",
    "base_model:finetune:a'b",
  ]);
  assert.deepEqual(baseModelTags(tags), tags);
  assert.deepEqual(baseModelTags({ relation: null, models: [{ id: "a/b" }] }), ["base_model:a/b"]);
  assert.deepEqual(baseModelTags({ relation: "__proto__", models: [{ id: "a" }] }), [
    "base_model:a",
  ]);
  assert.deepEqual(baseModelTags({ relation: "finetune", models: [] }), []);
  const struct = { relation: null, models: null };
  for (const none of [undefined, null, "null", [], {}, struct]) {
    assert.ok(!baseModelTags(none)?.length);
  }
});

Deno.test("baseModelTags() refuses what has another form", () => {
  for (
    const value of [
      { models: 7 },
      { models: [{}] },
      { models: [null] },
      ["a/b"],
      "[1]",
      "7",
      7n,
      "{",
    ]
  ) {
    assert.throws(() => baseModelTags(value), { name: "SyntaxError", message: /^baseModels: / });
  }
});

const text = { type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" } as const;
const list = { converted_type: "LIST", repetition_type: "OPTIONAL", num_children: 1 } as const;
const items = { name: "list", repetition_type: "REPEATED", num_children: 1 } as const;

/** A file like the community's snapshot: `baseModels` native, times in nanoseconds, columns that are large and not read. */
function statistics(baseModels: "native" | "text"): Uint8Array<ArrayBuffer> {
  const rows = [
    {
      id: "a/b",
      tags: ["en", "base_model:x/y"],
      baseModels: { relation: "finetune", models: [{ _id: "1", id: "x/y" }] },
      likes: 3n,
      downloads: 12n,
      createdAt: 1_700_000_000_123_000_000n,
      pipeline_tag: "text-generation",
    },
    { id: "c/d", tags: [], baseModels: null, likes: null, downloads: 0n, createdAt: null },
    {
      id: "__proto__",
      tags: null,
      baseModels: { relation: "quantized", models: [{ _id: "1", id: "<script>" }] },
      likes: 0n,
      downloads: 0n,
      createdAt: 1_700_000_000_000_000_000n,
    },
    { id: "e/f", tags: ["en"], baseModels: { relation: "merge", models: [{ _id: "1" }] } },
    { id: "g/h", tags: ["en"], baseModels: { relation: null, models: null } },
  ];
  const native = baseModels === "native";
  const columns = ["id", "author", "createdAt", "likes", "downloads", "pipeline_tag", "tags"];
  const schema = [
    { name: "schema", num_children: columns.length + 2 },
    { name: "id", ...text },
    { name: "author", ...text },
    {
      name: "createdAt",
      type: "INT64",
      repetition_type: "OPTIONAL",
      logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "NANOS" },
    },
    { name: "likes", type: "INT64", repetition_type: "OPTIONAL" },
    { name: "downloads", type: "INT64", repetition_type: "OPTIONAL" },
    { name: "pipeline_tag", ...text },
    { name: "tags", ...list },
    items,
    { name: "element", ...text },
    { name: "siblings", ...list },
    items,
    { name: "element", repetition_type: "OPTIONAL", num_children: 1 },
    { name: "rfilename", ...text },
    ...(native
      ? [
        { name: "baseModels", repetition_type: "OPTIONAL", num_children: 2 },
        { name: "relation", ...text },
        { name: "models", ...list },
        items,
        { name: "element", repetition_type: "OPTIONAL", num_children: 2 },
        { name: "_id", ...text },
        { name: "id", ...text },
      ]
      : [{ name: "baseModels", ...text }]),
  ];
  const columnData = [...columns, "siblings", "baseModels"].map((name) => ({
    name,
    data: rows.map((row) => {
      const value = (row as Record<string, unknown>)[name] ?? null;
      if (name === "siblings") return [{ rfilename: "x".repeat(1000) }];
      return name === "baseModels" && !native && value !== null ? JSON.stringify(value) : value;
    }),
  }));
  const options = { schema, columnData, rowGroupSize: [3, 2] };
  const written = parquetWriteBuffer(options as Parameters<typeof parquetWriteBuffer>[0]);
  return new Uint8Array(written);
}

for (const form of ["native", "text"] as const) {
  Deno.test(`openHub() reads the community's snapshot when its parents are ${form}`, () =>
    inFolder(async (dir) => {
      await Deno.writeFile(`${dir}/models.parquet`, statistics(form));
      const issues = new Issues();
      const lines = await textOf((await openHub(`${dir}/models.parquet`, { issues })).blocks());
      assert.deepEqual(lines.trimEnd().split("\n").map((line) => JSON.parse(line)), [
        {
          id: "a/b",
          likes: 3,
          downloads: 12,
          tags: ["en", "base_model:x/y", "base_model:finetune:x/y"],
          pipeline_tag: "text-generation",
          createdAt: "2023-11-14T22:13:20.123Z",
          modelId: "a/b",
        },
        { id: "c/d", downloads: 0, tags: [], modelId: "c/d" },
        {
          id: "__proto__",
          likes: 0,
          downloads: 0,
          tags: ["base_model:<script>", "base_model:quantized:<script>"],
          createdAt: "2023-11-14T22:13:20.000Z",
          modelId: "__proto__",
        },
        { id: "g/h", tags: ["en"], modelId: "g/h" },
      ]);
      assert.deepEqual(issues.list().map(({ kind, count }) => [kind, count]), [
        ["tagMissing", 3],
        ["unreadableRow", 1],
      ]);
      assert.match(issues.list()[1].examples[0], /^row 4, baseModels: found .*"merge".*, wanted/);
      assert.equal(await parquetRows(`${dir}/models.parquet`), 5);
    }));
}

Deno.test("openHub() reads the table modelId,fullJson with cards as CSV and as the Hub's Parquet of it", async () => {
  const rows = [
    { modelId: "a/b", fullJson: "{'id': 'a/b', 'tags': ['en'], 'likes': 3}", card: '# "A"\r\n' },
    { modelId: "c/d", fullJson: "{'likes': 0}", card: null },
    { modelId: "e/f", fullJson: "{'id': 'e/f', 'modelCard': 'own', '__proto__': 1}", card: "x" },
    { modelId: "g/h", fullJson: "{'id'", card: "y" },
  ];
  const expected = [
    '{"id":"a/b","tags":["en"],"likes":3,"modelCard":"# \\"A\\"\\r\\n"}',
    '{"id":"c/d","likes":0}',
    '{"id":"e/f","modelCard":"own","__proto__":1}',
  ];
  const names = ["modelId", "fullJson", "card"] as const;
  const quoted = (cell: string | null) => cell === null ? "" : `"${cell.replaceAll('"', '""')}"`;
  const csv = [names.join(","), ...rows.map((row) => names.map((name) => quoted(row[name])).join())]
    .join("\r\n");
  const parquet = parquetWriteBuffer({
    columnData: names.map((name) => ({
      name,
      type: "STRING" as const,
      data: rows.map((row) => row[name]),
      nullable: true,
    })),
  });
  for (const content of [new TextEncoder().encode(csv), new Uint8Array(parquet)]) {
    await inFolder(async (dir) => {
      await Deno.writeFile(`${dir}/x`, content);
      const issues = new Issues();
      const lines = await textOf((await openHub(`${dir}/x`, { issues })).blocks());
      assert.deepEqual(lines.trimEnd().split("\n"), expected);
      assert.equal(issues.count("unreadableRow"), 1);
    });
  }
});
