import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import {
  type RawManifest,
  rawManifestName,
  readRawManifest,
  sealOf,
  sha256OfFiles,
} from "../../lib/source/raw_manifest.ts";

const file = {
  name: "rows-0001.jsonl.zst",
  role: "rows",
  bytes: 3,
  sha256: "ab".repeat(32),
} as const;
const manifest: RawManifest = {
  schema: "kindred-raw-1",
  name: "a",
  kind: "models",
  upstream: "hub",
  tool: "kindred 0.1.0",
  origin: "https://huggingface.co",
  revision: null,
  from: null,
  to: null,
  request: {},
  base: null,
  counts: {},
  issues: [],
  files: [file],
  sha256: sha256OfFiles([file]),
};

/** Reads a manifest that has this text. */
function read(text: string): RawManifest {
  const folder = Deno.makeTempDirSync();
  try {
    Deno.writeTextFileSync(join(folder, rawManifestName), text);
    return readRawManifest(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function refusal(text: string): string {
  try {
    read(text);
  } catch (error) {
    assert.ok(error instanceof SyntaxError, String(error));
    return error.message;
  }
  assert.fail("it was read");
}

Deno.test("sha256OfFiles() is what sha256sum says of a list in code-unit order, in whatever order it is given", () => {
  const files = ["b", "a", "B", "assets/\u00e9.yaml"].map((name, i) => ({
    name,
    sha256: `${i}`.repeat(64),
  }));
  // printf '%064s  B\n...' | sha256sum
  const lines = [["B", 2], ["a", 1], ["assets/\u00e9.yaml", 3], ["b", 0]]
    .map(([name, i]) => `${`${i}`.repeat(64)}  ${name}\n`);
  const expected = new Deno.Command("sha256sum", { stdin: "piped", stdout: "piped" }).spawn();
  return (async () => {
    const writer = expected.stdin.getWriter();
    await writer.write(new TextEncoder().encode(lines.join("")));
    await writer.close();
    const said = new TextDecoder().decode((await expected.output()).stdout);
    assert.equal(sha256OfFiles(files), said.split(" ")[0]);
    assert.equal(sha256OfFiles(files.toReversed()), said.split(" ")[0]);
  })();
});

Deno.test("readRawManifest() gives what was written", () => {
  assert.deepEqual(read(JSON.stringify(manifest)), manifest);
});

Deno.test("readRawManifest() refuses what is no manifest, and says which folder", () => {
  assert.throws(() => readRawManifest("/nonexistent"), {
    name: "SyntaxError",
    message: /^Cannot open "\/nonexistent": its fetch\.json cannot be read .*fetch it again$/,
  });
  for (const text of ["", "{", "nonsense", JSON.stringify(manifest).slice(0, -1)]) {
    assert.match(refusal(text), /its fetch\.json cannot be read/);
  }
  for (
    const value of [null, 1, "x", [], {}, { ...manifest, schema: "kindred-raw-2" }, {
      ...manifest,
      files: { length: 1 },
    }, JSON.parse('{"__proto__":{"schema":"kindred-raw-1","files":[]}}')]
  ) assert.match(refusal(JSON.stringify(value)), /has schema .*, expected "kindred-raw-1"/);
});

Deno.test("readRawManifest() refuses files elsewhere", () => {
  const names = [
    "../x",
    "..",
    ".",
    "",
    "/etc/passwd",
    "a/../b",
    "a/../../b",
    "a/..",
    "./a",
    "a/./b",
    "a\\..\\b",
    "C:\\x",
    "a\0b",
    ".lock",
    "-rf",
  ];
  for (const name of [...names, null, 1, {}, ["a"]]) {
    const files = [file, { ...file, name: name as string }];
    const text = JSON.stringify({ ...manifest, files, sha256: "0".repeat(64) });
    assert.ok(
      refusal(text).includes(`names the file ${JSON.stringify(name)}, expected a path below`),
      `${name}: ${refusal(text)}`,
    );
  }
  for (const entry of [null, 1, "x"]) {
    const text = JSON.stringify({ ...manifest, files: [entry] });
    assert.match(refusal(text), /^Cannot open ".*": its fetch\.json /);
  }
});

Deno.test("readRawManifest() refuses files that were changed by hand", () => {
  const other = { ...file, name: "rows-0002.jsonl.zst" };
  for (
    const files of [
      [],
      [{ ...file, sha256: "cd".repeat(32) }],
      [{ ...file, name: "rows-1.jsonl.zst" }],
      [file, other],
      [file, file],
    ]
  ) {
    assert.match(
      refusal(JSON.stringify({ ...manifest, files })),
      /its fetch\.json was changed: sha256 of its files is [0-9a-f]{12}…, it says [0-9a-f]{12}…$/,
    );
  }
  assert.match(refusal(JSON.stringify({ ...manifest, sha256: undefined })), /was changed/);
});

Deno.test("readRawManifest() refuses a manifest whose seal is not that of what it says, and takes one without a seal", () => {
  const whole = {
    ...manifest,
    request: { since: "2026-01-01", "2": 1, "1": 2, ["__proto__"]: "\ud800<script>" },
    from: "2026-11-20T00:00:00.000Z",
    counts: { models: 1 },
  };
  const sealed: RawManifest = { ...whole, seal: sealOf(whole) };
  assert.equal(sealOf(sealed), sealed.seal);
  const told = createHash("sha256").update(JSON.stringify(whole)).digest("hex");
  assert.equal(sealed.seal, told);
  assert.deepEqual(read(JSON.stringify(sealed, null, 2)), JSON.parse(JSON.stringify(sealed)));
  assert.deepEqual(read(JSON.stringify(manifest)), manifest);
  const changes: Partial<Record<keyof RawManifest | "extra", unknown>>[] = [
    { from: "2020-11-20T00:00:00.000Z" },
    { to: "2026-11-21T00:00:00.000Z" },
    { origin: "https://example.org" },
    { request: {} },
    { counts: { models: 3_100_000 } },
    { base: { name: "a", sha256: "0".repeat(64) } },
    { tool: "kindred 9.9.9" },
    { extra: true },
    { files: [{ ...file, bytes: 4 }] },
    { seal: "0".repeat(64) },
    { seal: null },
    { seal: { length: 64 } },
  ];
  for (const change of changes) {
    assert.match(
      refusal(JSON.stringify({ ...sealed, ...change })),
      /its fetch\.json was changed: its seal is .*…, that of what it says is [0-9a-f]{12}…; put a copy of the file back, or remove the folder and fetch it again$/,
    );
  }
});
