import assert from "node:assert/strict";
import { diffSnapshots } from "../../../lib/measure/diff_snapshots.ts";
import { openModels } from "../../../lib/snapshot/pack_models.ts";
import { type RawManifest, sha256OfFiles } from "../../../lib/source/raw_manifest.ts";
import { hubServer, SimulatedHub } from "./hub_server.ts";
import { manifestOf, rowsOf, runHub } from "./run_hub.ts";
import { inFolder } from "./support.ts";

/** Puts a raw snapshot of another upstream, fetched at the beginning of April 2030. */
async function putSnapshot(data: string, name: string, text: string): Promise<RawManifest> {
  const folder = `${data}/raw/${name}`;
  await Deno.mkdir(folder, { recursive: true });
  const bytes = new TextEncoder().encode(text);
  await Deno.writeFile(`${folder}/models.jsonl`, bytes);
  const sha256 = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  const files = [{ name: "models.jsonl", role: "rows", bytes: bytes.length, sha256 }] as const;
  const manifest: RawManifest = {
    schema: "kindred-raw-1",
    name,
    kind: "models",
    upstream: "paper",
    tool: "by hand",
    origin: "",
    revision: null,
    from: "2030-04-01T00:00:00.000Z",
    to: null,
    request: {},
    base: null,
    counts: {},
    issues: [],
    files: [...files],
    sha256: sha256OfFiles(files),
  };
  await Deno.writeTextFile(`${folder}/fetch.json`, JSON.stringify(manifest));
  return manifest;
}

Deno.test("fetch hub --since merges what changed, and diff shows it", () =>
  inFolder(async (data) => {
    const hub = new SimulatedHub({ models: 300 });
    let now = new Date("2030-03-01T08:00:00Z");
    await using server = hubServer(hub, { pageRows: 40, date: () => now });
    const run = (args: string[]) => runHub(args, { server, data });
    const first = await run(["--cards"]);
    assert.equal(first.code, 0, first.stderr);
    const base = manifestOf(data, "hub-2030-03-01");
    assert.equal(base.from, "2030-03-01T08:00:00.000Z");
    assert.equal(base.base, null);

    const at = "2030-03-02T00:00:00.000Z";
    const licensed = hub.models.filter(({ fields }) =>
      (fields.tags as string[]).includes("license:apache-2.0")
    ).slice(0, 2);
    for (const { id, fields } of licensed) {
      const tags = (fields.tags as string[]).map((tag) =>
        tag === "license:apache-2.0" ? "license:mit" : tag
      );
      hub.change(id, { at, tags });
      hub.find(id)!.modelCard = "A new card";
    }
    for (const id of ["new/a", "new/b", "__proto__"]) {
      hub.create(id, { at, tags: ["base_model:finetune:" + hub.models[0].id] });
    }
    const gone = hub.models[7].id;
    hub.remove(gone);
    now = new Date("2030-03-03T09:00:00Z");

    await Deno.mkdir(`${data}/raw/hub-2030-03-02`);
    await Deno.writeTextFile(`${data}/raw/hub-2030-03-02/fetch.json`, "{");
    const early = await run(["--since", "2030-03-02"]);
    await Deno.remove(`${data}/raw/hub-2030-03-02`, { recursive: true });
    assert.equal(early.code, 1);
    assert.match(early.stderr, /^passed over: .*hub-2030-03-02/m);
    assert.match(
      early.stderr,
      /no complete snapshot of the Hub was begun on that day or later \(there are "hub-2030-03-01" of 2030-03-01\)/,
    );
    const named = await run(["--since", "2030-03-02", "--base", "hub-2030-03-01"]);
    assert.equal(named.code, 1);
    assert.match(
      named.stderr,
      /was begun 2030-03-01T08:00:00.000Z, so that changes between then and 2030-03-02 would be missing/,
    );
    const unknown = await run(["--since", "2030-03-01", "--base", "../x"]);
    assert.equal(unknown.code, 1);
    assert.match(unknown.stderr, /there is no complete raw snapshot "..\/x"/);

    // A base that was changed is none.
    const rowsPath = `${data}/raw/hub-2030-03-01/rows-0001.jsonl.zst`;
    const bytes = await Deno.readFile(rowsPath);
    await Deno.chmod(rowsPath, 0o644);
    await Deno.writeFile(rowsPath, bytes.subarray(0, -9));
    const damaged = await run(["--since", "2030-03-01", "--cards"]);
    assert.equal(damaged.code, 1);
    assert.match(damaged.stderr, /rows-0001\.jsonl\.zst/);
    await Deno.writeFile(rowsPath, bytes);

    const refreshed = await run(["--since", "2030-03-01", "--cards"]);
    assert.equal(refreshed.code, 0, refreshed.stderr);
    const name = "hub-2030-03-03";
    const { counts, base: continued, from, request } = manifestOf(data, name);
    assert.deepEqual(continued, { name: "hub-2030-03-01", sha256: base.sha256 });
    assert.equal(request.since, "2030-03-01");
    assert.equal(from, "2030-03-03T09:00:00.000Z");
    const { kept, changed, added, rows: count } = counts;
    assert.deepEqual([kept, changed, added, count], [298, 2, 3, 303]);
    const rows = await rowsOf(`${data}/raw/${name}`);
    const ids = rows.map(({ id }) => id);
    assert.equal(new Set(ids).size, 303);
    assert.deepEqual(ids.slice(-3), ["__proto__", "new/a", "new/b"]);
    // A deleted model is not in the list of changes: it stays.
    assert.ok(ids.includes(gone));
    for (const row of rows) {
      const { modelCard = null, ...rest } = row;
      if (row.id === gone) continue;
      assert.deepEqual(rest, hub.row(row.id as string));
      assert.equal(modelCard, hub.find(row.id as string)!.modelCard);
    }

    const [a, b] = ["hub-2030-03-01", name].map((name) => openModels(`${data}/cache/${name}`));
    const { models: diff, traits } = diffSnapshots(a, b);
    assert.deepEqual(diff.listed.added.toSorted(), ["__proto__", "new/a", "new/b"]);
    assert.deepEqual(diff.listed.removed, []);
    assert.deepEqual(
      traits.license.listed.toSorted((x, y) => x.id < y.id ? -1 : 1),
      licensed.map(({ id }) => ({ id, lost: ["apache-2.0"], gained: ["mit"] }))
        .sort((x, y) => x.id < y.id ? -1 : 1),
    );
  }));

Deno.test("fetch hub --since joins a base of another form, with cards in its rows", () =>
  inFolder(async (data) => {
    const hub = new SimulatedHub({ models: 100 });
    const [{ id: old }, { id: other }] = hub.models;
    hub.change(old, { at: "2030-03-02T00:00:00.000Z", likes: 77 });
    const lines = [
      JSON.stringify({ likes: 1, modelId: "only/model-id", modelCard: "A card", extra: 1 }),
      "{ not JSON",
      "",
      JSON.stringify({ likes: 3 }),
      JSON.stringify({ _id: "7", id: old, likes: 2, modelCard: "An old card" }),
      JSON.stringify({ id: other, likes: 2, tags: ["<script>"], modelCard: null }),
      JSON.stringify({ id: other, likes: 9, createdAt: "2030-03-01T05:00:00.000Z" }),
    ];
    const folder = `${data}/raw/by-hand`;
    const manifest = await putSnapshot(data, "by-hand", lines.join("\n"));
    const from = "2030-03-01T08:00:00.000Z";
    await Deno.writeTextFile(`${folder}/fetch.json`, JSON.stringify({ ...manifest, from }));
    await using server = hubServer(hub, { date: () => new Date("2030-04-02T08:00:00Z") });
    const unnamed = await runHub(["--since", "2030-03-01", "--name", "next"], { server, data });
    assert.match(
      unnamed.stderr,
      /no complete snapshot of the Hub was begun on that day or later \(there is none\)/,
    );
    const late = await runHub(["--since", "2030-03-02", "--base", "by-hand"], { server, data });
    assert.equal(late.code, 1);
    assert.match(late.stderr, /was begun 2030-03-01T08:00:00.000Z, so that/);
    await Deno.writeTextFile(`${folder}/fetch.json`, JSON.stringify(manifest));
    const fetchedLate = await runHub(["--since", "2030-03-02", "--base", "by-hand"], {
      server,
      data,
    });
    assert.equal(fetchedLate.code, 1);
    assert.match(
      fetchedLate.stderr,
      /the newest model of the snapshot "by-hand" was created 2030-03-01T05:00:00.000Z, so that changes/,
    );
    const args = ["--since", "2030-03-01", "--base", "by-hand", "--cards", "--name", "next"];
    const { code, stderr } = await runHub(args, { server, data });
    assert.equal(code, 0, stderr);
    const card = hub.find(old)!.modelCard;
    assert.deepEqual(await rowsOf(`${data}/raw/next`), [
      { id: "only/model-id", likes: 1, modelId: "only/model-id", modelCard: "A card" },
      { id: other, likes: 2, tags: ["<script>"], modelId: other },
      { id: other, likes: 9, createdAt: "2030-03-01T05:00:00.000Z", modelId: other },
      { ...hub.row(old), ...(card === null ? {} : { modelCard: card }) },
    ]);
    assert.deepEqual(
      manifestOf(data, "next").issues.map(({ kind, count }) => [kind, count]),
      [["notJson", 1], ["noId", 1]],
    );
  }));

Deno.test("fetch hub --since --cards refuses a base that has no card at all", () =>
  inFolder(async (data) => {
    const hub = new SimulatedHub({ models: 100 });
    await using server = hubServer(hub, { date: () => new Date("2030-03-04T08:00:00Z") });
    const put = (name: string, models: readonly object[]) =>
      putSnapshot(data, name, models.map((model) => JSON.stringify(model)).join("\n"));
    const createdAt = "2030-03-01T05:00:00.000Z";
    const card = '{"modelCard":"A card"}';
    await put("stats", [{ id: "a/b", createdAt, tags: [card], modelCard: null }, { id: "a/c" }]);
    const args = ["--since", "2030-03-01", "--base"];
    const refused = await runHub([...args, "stats", "--cards"], { server, data });
    assert.equal(refused.code, 1);
    assert.match(
      refused.stderr,
      /the snapshot "stats" has no cards, .*; leave out --cards, give a base with cards, or run "deno task fetch hub --cards"/,
    );
    const without = await runHub([...args, "stats", "--no-pack"], { server, data });
    assert.equal(without.code, 0, without.stderr);
    await put("carded", [{ id: "a/b", createdAt, modelCard: "" }]);
    const name = ["--name", "with-cards", "--no-pack"];
    const withCards = await runHub([...args, "carded", "--cards", ...name], { server, data });
    assert.equal(withCards.code, 0, withCards.stderr);
    assert.equal(manifestOf(data, "with-cards").counts.cards, 1);

    // A time after it was fetched is wrong, and says nothing of what it reaches to.
    const future = "2099-01-01T00:00:00.000Z";
    await put("future", [{ id: "a/b", createdAt }, { id: "a/c", createdAt: future }]);
    const late = await runHub(["--since", "2030-03-02", "--base", "future"], { server, data });
    assert.equal(late.code, 1);
    assert.match(
      late.stderr,
      /newest model of the snapshot "future" was created 2030-03-01T05:00:00.000Z/,
    );
    assert.equal(server.log.filter(({ path }) => path.includes("api")).length, 4);
  }));

Deno.test("fetch hub --since --cards takes over large cards of a base, a page of 16 MB at a time", () =>
  inFolder(async (data) => {
    const hub = new SimulatedHub({ models: 100 });
    await using server = hubServer(hub, { date: () => new Date("2030-03-04T08:00:00Z") });
    const createdAt = "2030-03-01T05:00:00.000Z";
    const models = Array.from({ length: 15 }, (_, i) => ({
      id: `a/${i}`,
      createdAt,
      modelCard: "x".repeat(i < 12 ? 3 << 20 : i),
    }));
    await putSnapshot(data, "large", models.map((model) => JSON.stringify(model)).join("\n"));
    const args = ["--since", "2030-03-01", "--base", "large", "--cards", "--no-pack"];
    const { code, stderr } = await runHub([...args, "--name", "next"], { server, data });
    assert.equal(code, 0, stderr);
    for (const name of ["rows", "cards"]) {
      const index = Deno.readTextFileSync(`${data}/raw/next/${name}.index.jsonl`);
      const rows = index.split("\n").slice(0, -1).map((line) => JSON.parse(line).rows);
      assert.deepEqual(rows, [6, 6, 3]);
    }
    const found = await rowsOf(`${data}/raw/next`);
    assert.deepEqual(found, models.map((model) => ({ ...model, modelId: model.id })));
  }));
