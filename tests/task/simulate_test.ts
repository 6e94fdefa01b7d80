import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { gunzipSync, zstdDecompressSync } from "node:zlib";
import { paths } from "../../lib/paths.ts";
import { simulateHub } from "../../lib/source/simulate.ts";
import { writeBlocks } from "../../lib/task/write_blocks.ts";

const task = join(paths.root, "lib/task/simulate.ts");

/** Runs the task with the permissions that deno.json gives it. */
async function run(...args: string[]) {
  const permissions = ["--allow-read", "--allow-write", "--allow-env=KINDRED_TRACE"];
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", ...permissions, task, ...args],
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** Makes a folder, hands it on and removes it. */
async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name);
}

Deno.test("simulate writes the rows of simulateHub() and prints their counts and sha256", () =>
  inFolder(async (folder) => {
    const out = join(folder, "hub.jsonl");
    const { code, stdout } = await run("--models", "500", "--seed", "4", "--cards", "--out", out);
    assert.equal(code, 0);
    const bytes = Deno.readFileSync(out);
    const expected = [...simulateHub({ models: 500, seed: 4, cards: true })];
    assert.deepEqual(Buffer.from(bytes), Buffer.concat(expected));
    assert.match(stdout, /Simulated 500 models/);
    assert.match(stdout, /edges: \d+ of \d+ references/);
    assert.ok(stdout.includes(`bytes: ${bytes.length.toLocaleString("en-US")}`));
    assert.ok(stdout.includes(createHash("sha256").update(bytes).digest("hex")));
    assert.deepEqual(names(folder), ["hub.jsonl"]);
  }));

Deno.test("simulate explains itself with --help and refuses bad arguments with exit code 2", async () => {
  const help = await run("--help");
  assert.equal(help.code, 0);
  assert.match(help.stdout, /deno task simulate --models 20000 --seed 1 --out hub\.jsonl\.gz/);
  const bad: [string[], RegExp][] = [
    [[], /--out is missing/],
    [["--out", "x.jsonl", "--models", "many"], /--models is "many", expected a whole number/],
    [["--out", "x.jsonl", "--models", "5"], /models is 5, expected a whole number from 100/],
    [["--out", "x.jsonl", "--seed", "0.5"], /--seed is "0\.5"/],
    [["--out", "x.jsonl", "extra"], /extra/],
  ];
  const runs = await Promise.all(bad.map(([args]) => run(...args)));
  runs.forEach(({ code, stderr }, i) => {
    assert.equal(code, 2, stderr);
    assert.match(stderr, bad[i][1]);
    assert.match(stderr, /--help/);
  });
});

Deno.test("simulate fails with exit code 1 and leaves nothing where it cannot write", () =>
  inFolder(async (folder) => {
    Deno.mkdirSync(join(folder, "taken/full"), { recursive: true });
    for (const out of [join(folder, "missing/hub.jsonl"), join(folder, "taken")]) {
      const { code, stderr } = await run("--models", "200", "--out", out);
      assert.equal(code, 1);
      assert.match(stderr, /^error: .*(missing|taken)/);
    }
    assert.deepEqual(names(folder), ["taken"]);
  }));

Deno.test("writeBlocks() compresses by the name's ending and hashes what it wrote", () =>
  inFolder(async (folder) => {
    const plain = Buffer.concat([...simulateHub({ models: 12_000 })]);
    const readers = { "jsonl": (x: Buffer) => x, "gz": gunzipSync, "zst": zstdDecompressSync };
    for (const [ending, read] of Object.entries(readers)) {
      const out = join(folder, `hub.${ending}`);
      const { returned, bytes, sha256 } = await writeBlocks(simulateHub({ models: 12_000 }), out);
      const written = Buffer.from(Deno.readFileSync(out));
      assert.ok(plain.equals(read(written)), ending);
      assert.equal(written.length < plain.length / 4, ending !== "jsonl");
      assert.equal(bytes, written.length);
      assert.equal(sha256, createHash("sha256").update(written).digest("hex"));
      assert.equal(returned.models, 12_000);
    }
  }));

Deno.test("writeBlocks() removes what it began when the blocks fail, and keeps an older file", () =>
  inFolder(async (folder) => {
    function* failing(): Generator<Uint8Array, void, void> {
      yield new Uint8Array(1 << 20);
      throw new RangeError("no more");
    }
    for (const name of ["hub.jsonl", "hub.jsonl.gz", "hub.jsonl.zst"]) {
      const out = join(folder, name);
      Deno.writeTextFileSync(out, "older");
      await assert.rejects(writeBlocks(failing(), out), { name: "RangeError", message: "no more" });
      assert.equal(Deno.readTextFileSync(out), "older");
    }
    assert.equal(names(folder).length, 3);
  }));
