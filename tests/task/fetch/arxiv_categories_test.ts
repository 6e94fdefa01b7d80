import assert from "node:assert/strict";
import { join } from "node:path";
import { linkedCategories } from "../../../lib/measure/linked_categories.ts";
import { paths } from "../../../lib/paths.ts";
import { readModels } from "../../../lib/snapshot/read_models.ts";
import { readPaperCategories } from "../../../lib/source/paper_categories.ts";
import { readRawManifest } from "../../../lib/source/raw_manifest.ts";
import { writeRaw } from "../../fixtures/write_raw.ts";
import { FakeArxiv } from "../../fetch/arxiv/fake_arxiv.ts";

const rows = [
  { id: "a/one", tags: ["arxiv:2305.12345v2", "arxiv:1910.09700"] },
  { id: "a/two", tags: ["arxiv:hep-th/9901001", "arxiv:../../etc/passwd", "arxiv:2305.12345"] },
  { id: "a/three", tags: ["arxiv:2305.12345&max_results=9"] },
].map((row) => `${JSON.stringify(row)}\n`).join("");

/** Runs a task's file in a data folder of its own, with the rights that it has in deno.json but for the host. */
async function run(file: string, args: string[], { data, server }: {
  data: string;
  server: FakeArxiv;
}) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-check",
      "--config",
      `${paths.root}deno.json`,
      "--allow-net=127.0.0.1",
      "--allow-read",
      `--allow-write=${data}`,
      "--allow-env",
      `${paths.root}lib/task/${file}`,
      ...args,
    ],
    env: { KINDRED_DATA: data, KINDRED_ARXIV: server.address.origin, NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

Deno.test("fetch arxiv-categories asks for what the snapshots link and is not known, once", async () => {
  const data = await Deno.makeTempDir();
  const server = new FakeArxiv({
    papers: {
      "2305.12345": { version: 3, categories: ["cs.LG", "I.2.7", "stat.ML"] },
      "hep-th/9901001": { categories: ["hep-th"] },
    },
  });
  try {
    const file = join(data, "hub.jsonl");
    await Deno.writeTextFile(file, rows);
    const none = await run("fetch/arxiv_categories.ts", [], { data, server });
    assert.equal(none.code, 2);
    assert.match(none.stderr, /found no snapshot of models/);
    const first = await run("fetch/arxiv_categories.ts", ["--snapshot", file], { data, server });
    assert.equal(first.code, 0, first.stderr);
    assert.deepEqual(server.requests, [["2305.12345", "hep-th/9901001"]]);
    assert.match(first.stderr, /issue: 2 x noArxivId/);
    assert.match(first.stderr, /issue: 1 x otherClass/);
    assert.match(first.stderr, /3 papers linked by hub: 1 known, 2 to ask for/);
    assert.match(
      first.stdout,
      /: 2 papers, 2 with categories, 0 not at arXiv; sha256 [0-9a-f]{12}…\n$/,
    );
    const raw = join(data, "raw");
    const [{ name }] = [...Deno.readDirSync(raw)];
    assert.match(name, /^arxiv-categories-\d{4}-\d\d-\d\d$/);
    const manifest = readRawManifest(join(raw, name));
    assert.equal(manifest.kind, "papers");
    assert.equal(manifest.origin, server.address.href);
    assert.equal(manifest.from, "2026-11-21T10:00:00.000Z");
    assert.deepEqual(manifest.request, { snapshots: ["hub"], batch: 100 });
    assert.deepEqual(manifest.issues.map(({ kind }) => kind), ["noArxivId", "otherClass"]);
    assert.deepEqual(manifest.files.map(({ name, role }) => [name, role]), [
      ["papers-0001.jsonl.zst", "papers"],
      ["papers.index.jsonl", "index"],
    ]);
    const { rows: counts, links, reporting, notFound } = linkedCategories(
      await readModels(file),
      await readPaperCategories({ raw }),
    );
    assert.deepEqual(counts, [
      { value: "cs.LG", count: 3 },
      { value: "stat.ML", count: 2 },
      { value: "cs.CY", count: 1 },
      { value: "hep-th", count: 1 },
    ]);
    assert.deepEqual({ links, reporting, notFound }, { links: 6, reporting: 4, notFound: 2 });

    const pack = await run("pack.ts", [file, "--name", "hub"], { data, server });
    assert.equal(pack.code, 0, pack.stderr);
    const again = await run("fetch/arxiv_categories.ts", [], { data, server });
    assert.equal(again.code, 0, again.stderr);
    assert.match(again.stdout, /3 papers linked by hub: all are known, nothing to fetch/);
    assert.equal(server.requests.length, 1);

    const path = join(raw, name, "papers-0001.jsonl.zst");
    await Deno.chmod(path, 0o644);
    await Deno.writeFile(path, new Uint8Array([0]));
    await assert.rejects(readPaperCategories({ raw }), /sha256 is .*deno task verify/);
  } finally {
    await server.close();
    await Deno.remove(data, { recursive: true });
  }
});

Deno.test("fetch arxiv-categories passes over stray files, and says which snapshots are damaged", async () => {
  const data = await Deno.makeTempDir();
  const server = new FakeArxiv({ papers: {} });
  try {
    await writeRaw(join(data, "raw", "hub-1"), [
      { name: "rows.jsonl", role: "rows", content: '{"id":"a/b","tags":["arxiv:1910.09700"]}\n' },
    ], { name: "hub-1" });
    await writeRaw(join(data, "raw", "bad"), [], { name: "bad", seal: "0".repeat(64) });
    await Deno.mkdir(join(data, "cache", "half"), { recursive: true });
    for (const folder of ["raw", "cache"]) {
      await Deno.writeTextFile(join(data, folder, ".DS_Store"), "");
    }
    const { code, stdout, stderr } = await run("fetch/arxiv_categories.ts", [], { data, server });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^1 papers linked by hub-1: all are known, nothing to fetch/);
    assert.match(stderr, /^passed over: Cannot open ".*raw.bad": its fetch\.json was changed: /m);
    assert.match(stderr, /^passed over: Cannot open snapshot ".*cache.half": its manifest\.json /m);
    assert.equal(stderr.match(/passed over/g)!.length, 2);
  } finally {
    await server.close();
    await Deno.remove(data, { recursive: true });
  }
});

Deno.test("fetch arxiv-categories explains itself, refuses assets and options that it does not have", async () => {
  const data = await Deno.makeTempDir();
  const server = new FakeArxiv({ papers: {} });
  try {
    const help = await run("fetch/arxiv_categories.ts", ["--help"], { data, server });
    assert.match(help.stdout, /three seconds after each answer/);
    const assets = await run("fetch/arxiv_categories.ts", ["--snapshot", paths.assets], {
      data,
      server,
    });
    assert.equal(assets.code, 2);
    assert.match(assets.stderr, /holds assets/);
    const pause = await run("fetch/arxiv_categories.ts", ["--pause", "0"], { data, server });
    assert.equal(pause.code, 2);
    assert.equal(server.requests.length, 0);
  } finally {
    await server.close();
    await Deno.remove(data, { recursive: true });
  }
});
