import assert from "node:assert/strict";
import { join } from "node:path";
import { paths } from "../../lib/paths.ts";
import { simulateHub } from "../../lib/source/simulate.ts";
import { inFolder } from "../fixtures/chunks.ts";

/** Writes simulated rows with cards, about 25 MB, so that threads pack them. */
function writeRows(path: string): void {
  using file = Deno.openSync(path, { write: true, create: true });
  for (const block of simulateHub({ models: 10_000, cards: true })) file.writeSync(block);
}

/** What the task is called with. */
function args(input: string): string[] {
  const task = join(paths.root, "lib/task/pack.ts");
  return [
    ...["run", "--quiet", "--no-prompt", "--allow-read", "--allow-write", "--allow-env"],
    ...[task, input, "--name", "rows"],
  ];
}

Deno.test("deno task pack ends with an error and leaves nothing behind when the disk takes no more", () =>
  inFolder(async (dir) => {
    writeRows(`${dir}/rows.jsonl`);
    // A limit on the size of files, in blocks of 512 bytes: as on a full disk, a write fails midway.
    const { code, stderr } = await new Deno.Command("sh", {
      args: [
        "-c",
        `trap '' XFSZ; ulimit -f 1000; exec "$0" "$@"`,
        Deno.execPath(),
        ...args(`${dir}/rows.jsonl`),
      ],
      env: { KINDRED_DATA: `${dir}/data`, NO_COLOR: "1" },
    }).output();
    assert.equal(code, 1);
    assert.match(
      new TextDecoder().decode(stderr),
      /^error: Cannot write ".*rows\.tmp.text\.parquet": File too large/m,
    );
    assert.deepEqual([...Deno.readDirSync(`${dir}/data/cache`)], []);
  }));

Deno.test("deno task pack leaves nothing behind when it is interrupted", () =>
  inFolder(async (dir) => {
    writeRows(`${dir}/rows.jsonl`);
    const child = new Deno.Command(Deno.execPath(), {
      args: args(`${dir}/rows.jsonl`),
      env: { KINDRED_DATA: `${dir}/data` },
      stdout: "null",
      stderr: "null",
    }).spawn();
    const left = () => {
      try {
        return [...Deno.readDirSync(`${dir}/data/cache`)].map(({ name }) => name);
      } catch {
        return [];
      }
    };
    while (left().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill("SIGINT");
    const { code } = await child.status;
    assert.equal(code, 130);
    assert.deepEqual(left(), []);
  }));
