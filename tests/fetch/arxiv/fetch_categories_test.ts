import assert from "node:assert/strict";
import { join } from "node:path";
import { random } from "../../../lib/core/random.ts";
import { fetchCategories } from "../../../lib/fetch/arxiv/fetch_categories.ts";
import { paths } from "../../../lib/paths.ts";
import { readPaperCategories } from "../../../lib/source/paper_categories.ts";
import { FakeArxiv } from "./fake_arxiv.ts";

const ids = Array.from({ length: 30 }, (_, i) => `2301.000${String(i + 10)}`);
const papers = Object.fromEntries(
  ids.slice(1).map((id) => [id, { categories: ["cs.LG", "cs.AI"] }]),
);
const script = `${paths.tests}fetch/arxiv/run_fetch.ts`;

/** Starts the script in a folder of its own. */
function start(folder: string, server: FakeArxiv): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-check",
      "--config",
      `${paths.root}deno.json`,
      "--allow-net=127.0.0.1",
      "--allow-read",
      `--allow-write=${folder}`,
      "--allow-env",
      script,
      ...ids,
    ],
    env: { KINDRED_DATA: folder, KINDRED_ARXIV: server.address.origin, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Name and bytes of each file of a finished snapshot. */
function contents(folder: string): Record<string, string> {
  return Object.fromEntries(
    [...Deno.readDirSync(folder)].map(({ name }) => name).sort().map((
      name,
    ) => [name, Deno.readFileSync(join(folder, name)).toBase64()]),
  );
}

Deno.test("fetchCategories() killed at random moments comes to the same bytes, and repeats at most one batch a time", async () => {
  const name = "arxiv-categories-2026-11-21";
  const server = new FakeArxiv({ papers, delay: 15 });
  try {
    await inFolder(async (whole) => {
      const { code, stderr } = await start(whole, server).output();
      assert.equal(code, 0, new TextDecoder().decode(stderr));
      const expected = contents(join(whole, "raw", name));
      const needed = server.requests.length;
      assert.equal(needed, 16);
      await inFolder(async (folder) => {
        const rng = random({ seed: 2 });
        let kills = 0;
        for (let done = false; !done;) {
          const before = server.requests.length;
          const child = start(folder, server);
          const ended = child.output();
          // Killed during or after a request of its own, but for the sixth and later ones, so that it comes to an end.
          const after = kills < 5 ? 1 + rng.below(5) : Infinity;
          const watch = setInterval(() => {
            if (server.requests.length - before < after) return;
            clearInterval(watch);
            child.kill("SIGKILL");
          }, 1 + rng.below(7));
          done = (await ended).success;
          clearInterval(watch);
          if (!done) kills++;
        }
        assert.equal(kills, 5);
        assert.deepEqual(contents(join(folder, "raw", name)), expected);
        assert.ok(server.requests.length - needed <= needed + kills);
        assert.equal(server.most, 1);
        const { papers: read, tables } = await readPaperCategories({ raw: join(folder, "raw") });
        assert.deepEqual(read.get(ids[0]), { primary: null, categories: [], table: 1 });
        assert.deepEqual(read.get(ids[1]), {
          primary: "cs.LG",
          categories: ["cs.LG", "cs.AI"],
          table: 1,
        });
        assert.equal(tables[1].name, name);
      });
    });
  } finally {
    await server.close();
  }
});

Deno.test("fetchCategories() refuses to fetch nothing", async () => {
  await assert.rejects(
    fetchCategories([], { day: "2026-11-21", snapshots: "all" }),
    /found no papers, expected at least one/,
  );
});
