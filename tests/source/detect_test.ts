import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { csvHeader } from "../../lib/source/csv_header.ts";
import { detect } from "../../lib/source/detect.ts";
import { inFolder } from "../fixtures/chunks.ts";

/** What detect() says of bytes in a file whose name tells nothing. */
function detected(content: string | Uint8Array): Promise<string> {
  return inFolder(async (dir) => {
    const path = `${dir}/input.bin`;
    await Deno.writeFile(
      path,
      typeof content === "string" ? new TextEncoder().encode(content) : content,
    );
    const { kind, format } = await detect(path);
    return `${kind} ${format}`;
  });
}

const assetsHeader = 'type,"name",organization,description,dependencies\n';
const texts: [text: string, kind: string, format: string][] = [
  ['{"id": "a/b"}\n', "models", "jsonl"],
  ['\ufeff\n  {"id": "a/b"}', "models", "jsonl"],
  ['cut": 1}\n{"id": "a/b"}\n{"id"', "models", "jsonl"],
  ['[{"id": "a/b"}]', "models", "json"],
  ["\ufeff\r\n\t[]", "models", "json"],
  ["modelId,fullJson\r\na/b,\"{'id': 'a/b'}\"\r\n", "models", "csv-fulljson"],
  ['\ufeff"modelId","fullJson"\n', "models", "csv-fulljson"],
  [",model_id,likes,tags\n0,a/b,1,[]\n", "models", "csv-expanded"],
  ["id,tags\na/b,[]\n", "models", "csv-expanded"],
  [assetsHeader, "assets", "assets-csv"],
  ["---\n# assets\n- access: open\n  name: x\n", "assets", "assets-yaml"],
  ['- "type": dataset\n', "assets", "assets-yaml"],
  ["-\n  type: dataset\n", "assets", "assets-yaml"],
];

Deno.test("detect() tells the format by content when the text is plain or compressed", async () => {
  const skippable = Buffer.from([0x5f, 0x2a, 0x4d, 0x18, 0, 0, 0, 0]);
  for (const [text, kind, format] of texts) {
    assert.equal(await detected(text), `${kind} ${format}`, text);
    assert.equal(await detected(gzipSync(text)), `${kind} ${format}.gz`, text);
    assert.equal(await detected(zstdCompressSync(text)), `${kind} ${format}.zst`, text);
    const skipped = Buffer.concat([skippable, zstdCompressSync(text)]);
    assert.equal(await detected(skipped), `${kind} ${format}.zst`, text);
  }
  assert.equal(await detected("PAR1...."), "models parquet");
});

Deno.test("detect() says what it found and what it wanted when the content is none of the formats", async () => {
  const cases: [string | Uint8Array, RegExp][] = [
    ["", /the file is empty/],
    [" \n\t\r\n", /nothing in it but white space/],
    [gzipSync(""), /nothing in it but white space/],
    [gzipSync('{"id": "a/b"}').subarray(0, 10), /truncated/],
    [zstdCompressSync('{"id": "a/b"}').subarray(0, 6), /truncated/],
    ["a".repeat(300_000), /Cannot tell what "input.bin" is: found "aaaa.*wanted Hub rows/],
    [gzipSync("hello"), /inside its gz compression found "hello"/],
    [gzipSync(gzipSync("{}")), /inside its gz compression found/],
    ["PK\x03\x04rest", /a ZIP archive/],
    ["BZh9", /bzip2/],
    ["<!DOCTYPE html><title>404</title>", /HTML or XML/],
    [Uint8Array.of(0xff, 0xfe, 0x7b, 0), /UTF-16/],
    [Uint8Array.from({ length: 5000 }, (_, i) => (i * 197 + (i >> 3)) & 255), /Cannot tell what/],
    ["name,age\nx,1\n", /Cannot tell what/],
    ["__proto__,constructor\n", /Cannot tell what/],
  ];
  for (const [content, message] of cases) {
    await assert.rejects(
      detected(content),
      { name: "SyntaxError", message },
      String(content).slice(0, 40),
    );
  }
  await assert.rejects(detect("/nowhere/at/all.jsonl"), {
    name: "RangeError",
    message: 'Cannot open "/nowhere/at/all.jsonl": no such file or folder',
  });
});

Deno.test("detect() tells folders by their manifest or their YAML files", () =>
  inFolder(async (dir) => {
    await assert.rejects(detect(dir), { name: "SyntaxError", message: /neither a manifest/ });
    await Deno.writeTextFile(`${dir}/openai.yaml`, "- name: x\n");
    assert.deepEqual(await detect(dir), {
      kind: "assets",
      format: "assets-folder",
      compression: "",
      marked: false,
    });
    await Deno.writeTextFile(
      `${dir}/manifest.json`,
      '{"schema": "kindred-snapshot-1", "kind": "models"}',
    );
    assert.equal((await detect(dir)).format, "packed");
    assert.equal((await detect(dir)).kind, "models");
    await Deno.writeTextFile(
      `${dir}/manifest.json`,
      '{"schema": "kindred-snapshot-9", "kind": "models"}',
    );
    await assert.rejects(detect(dir), {
      name: "SyntaxError",
      message: /"kindred-snapshot-9".*wanted/,
    });
    for (const text of ["null", "[1]", "{", '{"__proto__": {"kind": "models"}}']) {
      await Deno.writeTextFile(`${dir}/manifest.json`, text);
      await assert.rejects(detect(dir), { name: "SyntaxError", message: /manifest\.json/ }, text);
    }
  }));

Deno.test("csvHeader() reads quoted names and stops at the record's end", () => {
  assert.deepEqual(csvHeader('a, "b ""x"", y" ,c\r\n1,2,3'), ["a", 'b "x", y', "c"]);
  assert.deepEqual(csvHeader('"two\nlines",b'), ["two\nlines", "b"]);
  assert.deepEqual(csvHeader(""), [""]);
});
