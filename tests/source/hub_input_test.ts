import assert from "node:assert/strict";
import { gunzipSync, gzipSync } from "node:zlib";
import { Issues } from "../../lib/core/issues.ts";
import { paths } from "../../lib/paths.ts";
import { openHub } from "../../lib/source/hub_input.ts";
import { inFolder, textOf } from "../fixtures/chunks.ts";
import { hostileRows } from "../fixtures/hostile_rows.ts";
import {
  expandedParquet,
  type HubRow,
  keptByColumns,
  writeFormats,
} from "../fixtures/write_formats.ts";
import { needsShared } from "../support.ts";

async function read(path: string): Promise<{ rows: HubRow[]; issues: Issues; format: string }> {
  const issues = new Issues();
  const input = await openHub(path, { issues });
  const text = await textOf(input.blocks());
  assert.ok(text === "" || text.endsWith("\n"));
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return { rows: lines.map((line) => JSON.parse(line)), issues, format: input.format };
}

/** Reads bytes or text as a file of unknown name. */
function readContent(content: string | Uint8Array) {
  return inFolder(async (dir) => {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await Deno.writeFile(`${dir}/input`, bytes);
    return await read(`${dir}/input`);
  });
}

Deno.test("openHub() gives the same rows when the same models are written in every format", () =>
  inFolder(async (dir) => {
    for (const { format, path, columns } of await writeFormats(hostileRows, dir)) {
      const got = await read(path);
      assert.equal(got.format, format);
      assert.deepEqual(got.issues.list(), [], format);
      const want = columns ? hostileRows.map(keptByColumns) : hostileRows;
      assert.deepEqual(got.rows, want, format);
      assert.deepEqual(got.rows.map(Object.keys), want.map(Object.keys), format);
    }
  }));

Deno.test("openHub() tells size, progress and whether byte ranges can be read as they are", () =>
  inFolder(async (dir) => {
    for (const { format, path } of await writeFormats(hostileRows, dir)) {
      const input = await openHub(path, { issues: new Issues() });
      const marked = (await Deno.readFile(path))[0] === 0xef;
      assert.equal(input.plain, format === "jsonl" && !marked);
      assert.equal(input.bytes, (await Deno.stat(path)).size);
      let read = 0;
      await textOf(input.blocks({ onBytes: (bytes) => read = bytes }));
      assert.ok(read > 0 && read <= input.bytes, format);
      if (format !== "parquet") assert.equal(read, input.bytes);
    }
  }));

Deno.test("openHub() can be read twice, and left early", () =>
  inFolder(async (dir) => {
    for (const { path } of await writeFormats(hostileRows, dir)) {
      const input = await openHub(path, { issues: new Issues() });
      for await (const _ of input.blocks()) break;
      assert.equal(await textOf(input.blocks()), await textOf(input.blocks()));
    }
  }));

Deno.test("openHub() leaves rows out that cannot be parsed, and says where", async () => {
  const { rows, issues } = await readContent(
    "modelId,fullJson\r\n" +
      "a,\"{'id': 'a'}\"\r\n" +
      "b,\"{'id': 'b'\"\r\n" +
      'c,"[1, 2]"\r\n' +
      "d,\r\n" +
      "e,\"{'id': 'e', '__proto__': {'x': 1}}\"\r\n" +
      "f,\"{'likes': 1}\"\r\n" +
      'g,"{""id"": ""g"", ""ok"": true}"\r\n',
  );
  const hostile = JSON.parse('{"id": "e", "__proto__": {"x": 1}}');
  assert.deepEqual(rows, [{ id: "a" }, hostile, { id: "f", likes: 1 }, { id: "g", ok: true }]);
  assert.ok(Object.hasOwn(rows[1], "__proto__"));
  assert.equal(({} as { x?: number }).x, undefined);
  const [{ kind, count, examples }] = issues.list();
  assert.deepEqual([kind, count], ["unreadableRow", 3]);
  assert.match(examples[0], /line 3.*fullJson/);
});

Deno.test("openHub() adds the tags that typed columns name and tags lack", async () => {
  const { rows, issues } = await readContent(
    "model_id,tags,licenses,languages,finetune_parent,parent_model,likes,private,createdAt,odd\n" +
      "a,\"['en']\",\"['mit']\",\"['en', 'fr']\",p/q,\"['p/q']\",12.0,True,2022-03-02 23:29:04+00:00,x\n" +
      "b,,,,,,nan,False,,\n" +
      "c,\"['license:mit'\",mit,,,,,,,\n" +
      "d,[],None,nan,[],,many,maybe,2023-02-30,\n",
  );
  assert.deepEqual(rows, [
    {
      id: "a",
      likes: 12,
      private: true,
      tags: ["en", "license:mit", "fr", "base_model:p/q", "base_model:finetune:p/q"],
      createdAt: "2022-03-02T23:29:04.000Z",
      modelId: "a",
    },
    { id: "b", private: false, modelId: "b" },
    { id: "d", likes: "many", private: "maybe", tags: [], createdAt: "2023-02-30", modelId: "d" },
  ]);
  assert.equal(issues.count("tagMissing"), 4);
  assert.equal(issues.count("unreadableRow"), 1);
  const unreadable = issues.list().find(({ kind }) => kind === "unreadableRow")!;
  assert.match(unreadable.examples[0], /line 4.*tags/);
});

Deno.test("openHub() refuses when the input is cut, and when it is not for it", async () => {
  const parquet = expandedParquet(hostileRows, { lists: "native" });
  const damaged = parquet.slice();
  damaged.fill(7, 4, parquet.length >> 1);
  const gz = gzipSync(hostileRows.map((row) => JSON.stringify(row)).join("\n"));
  for (
    const bytes of [parquet.subarray(0, -5), parquet.subarray(0, 50), damaged, gz.subarray(0, -30)]
  ) {
    await assert.rejects(readContent(bytes), {
      name: "SyntaxError",
      message: /^Cannot read ".*input"/,
    });
  }
  await assert.rejects(readContent(JSON.stringify(hostileRows).slice(0, -9)), {
    name: "SyntaxError",
    message: /truncated/,
  });
  await assert.rejects(readContent("type,name,organization,dependencies\n"), {
    name: "TypeError",
    message: /as Hub rows: found assets in the format assets-csv/,
  });
  await assert.rejects(readContent("modelId,fullJson\r\na,\"{'id': "), { name: "SyntaxError" });
});

Deno.test("openHub() hands on a line of 20 MB that is no JSON, for the reader to count", async () => {
  await inFolder(async (dir) => {
    await Deno.writeFile(`${dir}/x`, new Uint8Array(20 << 20).fill(123));
    const input = await openHub(`${dir}/x`, { issues: new Issues() });
    let bytes = 0;
    for await (const block of input.blocks()) bytes += block.length;
    assert.equal(bytes, (20 << 20) + 1);
  });
  await assert.rejects(readContent(new Uint8Array(20 << 20).fill(97)), {
    name: "SyntaxError",
    message: /Cannot tell what/,
  });
});

for (const name of ["radar-2026-08-22", "families-2025-04"]) {
  const path = `${paths.shared}data/huggingface/${name}.jsonl.gz`;
  Deno.test({
    name:
      `openHub() gives the rows of ${name} in every format (skipped where the shared data is absent)`,
    ignore: needsShared(`data/huggingface/${name}.jsonl.gz`),
    fn: () =>
      inFolder(async (dir) => {
        const source = new TextDecoder().decode(gunzipSync(await Deno.readFile(path)));
        const rows: HubRow[] = source.trimEnd().split("\n").map((line) => JSON.parse(line));
        const lines = (list: HubRow[]) => list.map((row) => `${JSON.stringify(row)}\n`).join("");
        const full = lines(rows);
        const kept = lines(rows.map(keptByColumns));
        for (const { path, format, columns } of await writeFormats(rows, dir)) {
          const issues = new Issues();
          const text = await textOf((await openHub(path, { issues })).blocks());
          assert.deepEqual(issues.list(), [], format);
          const want = columns ? kept : full;
          const same = text.trimStart() === want ||
            lines(text.trim().split("\n").map((line) => JSON.parse(line))) === want;
          assert.ok(same, `${format} gives other rows`);
        }
      }),
  });
}
