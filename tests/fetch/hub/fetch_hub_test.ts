import assert from "node:assert/strict";
import { Issues } from "../../../lib/core/issues.ts";
import { openHub } from "../../../lib/source/hub_input.ts";
import { type RawManifest, sha256OfFiles } from "../../../lib/source/raw_manifest.ts";
import { diffSnapshots } from "../../../lib/measure/diff_snapshots.ts";
import { openModels } from "../../../lib/snapshot/pack_models.ts";
import { type FaultKind, passingFaults } from "../fault_server.ts";
import { hubServer, SimulatedHub } from "./hub_server.ts";
import { runHub, startHub } from "./run_hub.ts";
import { inFolder } from "./support.ts";

/** The rows of a raw snapshot, with their cards. */
async function rowsOf(folder: string): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  const input = await openHub(folder, { issues: new Issues() });
  for await (const block of input.blocks()) {
    const lines = new TextDecoder().decode(block).split("\n").slice(0, -1);
    rows.push(...lines.map((line) => JSON.parse(line)));
  }
  return rows;
}

function manifestOf(data: string, name: string): RawManifest {
  return JSON.parse(Deno.readTextFileSync(`${data}/raw/${name}/fetch.json`));
}

Deno.test("fetch hub, with every fault that passes at random, loses nothing and writes nothing twice", () =>
  inFolder(async (data) => {
    const hub = new SimulatedHub({ models: 300 });
    const kinds = passingFaults.filter((kind) => !kind.startsWith("silence"));
    const listFaults: FaultKind[] = [...kinds, "htmlPage", "shortContentLength"];
    let pages = 0;
    let cards = 0;
    await using server = hubServer(hub, {
      pageRows: 14,
      // Each page and every second card is spoilt once, some twice.
      plan({ url, attempt }) {
        if (url.pathname === "/api/models") {
          return attempt === 1 ? listFaults[pages++ % listFaults.length] : null;
        }
        return attempt === 1 && cards++ % 2 === 0 || attempt === 2 && cards % 7 === 0
          ? kinds[(cards >> 1) % kinds.length]
          : null;
      },
    });
    const { code, stdout, stderr } = await runHub(["--cards", "--name", "faulty"], {
      server,
      data,
    });
    assert.equal(code, 0, stderr);
    const rows = await rowsOf(`${data}/raw/faulty`);
    assert.deepEqual(
      rows,
      hub.models.map(({ id, modelCard }) => ({
        ...hub.row(id),
        ...(modelCard === null ? {} : { modelCard }),
      })),
    );
    assert.equal(openModels(`${data}/cache/faulty`).models, 300);
    assert.match(stdout, /models: 300/);
    assert.match(stderr, /^Fetching faulty: [\d,]+ (?:models|of 300 cards)/m);
    const missing = listFaults.filter((kind) => !server.faults.has(kind));
    assert.deepEqual(missing, [], "each kind was done");
    const injected = [...server.faults.values()].reduce((sum, count) => sum + count, 0);
    console.log(
      `${injected} faults injected in ${server.log.length} requests, survived ${injected}, models lost 0, written twice 0: ` +
        [...server.faults].map(([kind, count]) => `${kind} ${count}`).join(", "),
    );
  }));

Deno.test("fetch hub packs a list with rows twice and out of order, each model once and none lost", () =>
  inFolder(async (data) => {
    const hub = new SimulatedHub({ models: 200 });
    let before: Record<string, unknown>[] = [];
    await using server = hubServer(hub, {
      pageRows: 25,
      spoilPage(rows) {
        const all = [...rows.toReversed(), ...before.slice(0, 5), rows[0]];
        before = rows;
        return all;
      },
    });
    const { code, stderr } = await runHub(["--name", "twice"], { server, data });
    assert.equal(code, 0, stderr);
    assert.ok(manifestOf(data, "twice").counts.models > 200);
    const { ids, issues } = openModels(`${data}/cache/twice`);
    const found = Array.from({ length: ids.length }, (_, i) => ids.at(i));
    assert.deepEqual(found.sort(), hub.models.map(({ id }) => id).sort());
    assert.ok(issues.some(({ kind }) => kind === "duplicateId"));
  }));

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

    const early = await run(["--since", "2030-03-02"]);
    assert.equal(early.code, 1);
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
    const { kept, changed, added, models } = counts;
    assert.deepEqual({ kept, changed, added, models }, {
      kept: 298,
      changed: 2,
      added: 3,
      models: 303,
    });
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
    await Deno.mkdir(folder, { recursive: true });
    const text = new TextEncoder().encode(lines.join("\n"));
    await Deno.writeFile(`${folder}/models.jsonl`, text);
    const sha256 = new Uint8Array(await crypto.subtle.digest("SHA-256", text)).toHex();
    const files = [{ name: "models.jsonl", role: "rows", bytes: text.length, sha256 }] as const;
    const manifest: RawManifest = {
      schema: "kindred-raw-1",
      name: "by-hand",
      kind: "models",
      upstream: "paper",
      tool: "by hand",
      origin: "",
      revision: null,
      from: "2030-03-01T08:00:00.000Z",
      to: null,
      request: {},
      base: null,
      counts: { models: 5, cards: 2 },
      issues: [],
      files: [...files],
      sha256: sha256OfFiles(files),
    };
    await Deno.writeTextFile(`${folder}/fetch.json`, JSON.stringify(manifest));
    await using server = hubServer(hub);
    const unnamed = await runHub(["--since", "2030-03-01", "--name", "next"], { server, data });
    assert.match(
      unnamed.stderr,
      /no complete snapshot of the Hub was begun on that day or later \(there is none\)/,
    );
    const late = await runHub(["--since", "2030-03-02", "--base", "by-hand"], { server, data });
    assert.equal(late.code, 1);
    assert.match(late.stderr, /was begun 2030-03-01T08:00:00.000Z, so that/);
    await Deno.writeTextFile(
      `${folder}/fetch.json`,
      JSON.stringify({ ...manifest, from: "2030-04-01T00:00:00.000Z" }),
    );
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

Deno.test("fetch hub goes on with what was interrupted, and says how", () =>
  inFolder(async (data) => {
    const hub = new SimulatedHub({ models: 200 });
    let stop: (() => void) | null = null;
    await using server = hubServer(hub, {
      pageRows: 20,
      delay: () => 50,
      date: () => new Date("2030-03-01T08:00:00Z"),
      onRequest: ({ number }) => number === 5 && stop?.(),
    });
    const child = startHub([], { server, data });
    stop = () => child.kill("SIGINT");
    const { code, stderr } = await child.output();
    const said = new TextDecoder().decode(stderr);
    assert.equal(code, 130, said);
    assert.match(said, /Fetching "hub-2030-03-01" to .*hub-2030-03-01\.part\n/);
    assert.match(
      said,
      /Interrupted; what was fetched is kept, run the same command again to go on\./,
    );
    const pages = Deno.readTextFileSync(`${data}/raw/hub-2030-03-01.part/rows.index.jsonl`)
      .split("\n").length - 1;
    assert.ok(pages >= 2 && pages < 10, `${pages} pages`);

    // Other options are not those that it was begun with.
    const other = await runHub(["--cards"], { server, data });
    assert.equal(other.code, 1);
    assert.match(other.stderr, /Cannot go on with "hub-2030-03-01": it was begun with/);

    // Nor is another Hub the one that it is of.
    await using mirror = hubServer(hub);
    const elsewhere = await runHub([], { server: mirror, data });
    assert.equal(elsewhere.code, 1);
    assert.match(elsewhere.stderr, /Cannot go on with "hub-2030-03-01": it was begun with/);
    assert.equal(mirror.log.length, 0);

    const before = server.log.length;
    const again = await runHub([], { server, data });
    assert.equal(again.code, 0, again.stderr);
    assert.match(again.stderr, /Going on with "hub-2030-03-01" in /);
    assert.equal(server.log.length - before, 10 - pages + 1);
    assert.match(again.stdout, /Use it by its name: deno task measure hub-2030-03-01/);

    const third = await runHub([], { server, data });
    assert.equal(third.code, 0, third.stderr);
    assert.match(third.stdout, /"hub-2030-03-01" is complete already/);
    const conflict = await runHub(["--name", "hub-2030-03-01", "--cards"], { server, data });
    assert.equal(conflict.code, 1);
    assert.match(conflict.stderr, /snapshots are written once; give another name/);
  }));

Deno.test("fetch hub cannot tell which of two unfinished snapshots is meant", () =>
  inFolder(async (data) => {
    const hub = new SimulatedHub({ models: 100 });
    let broken = true;
    await using server = hubServer(hub, {
      pageRows: 20,
      plan: ({ url }) => broken && url.searchParams.has("cursor") ? "redirectElsewhere" : null,
    });
    for (const name of ["one", "two"]) {
      const { code, stderr } = await runHub(["--name", name], { server, data });
      assert.equal(code, 1);
      assert.match(stderr, /redirects to "https:\/\/elsewhere\.invalid\/", which is not among/);
      assert.match(stderr, /What was fetched is kept, run the same command again to go on\./);
    }
    const { code, stderr } = await runHub([], { server, data });
    assert.equal(code, 1);
    assert.match(stderr, /"one", "two" are unfinished; give --name/);
    broken = false;
    const named = await runHub(["--name", "two", "--no-pack"], { server, data });
    assert.equal(named.code, 0, named.stderr);
    assert.throws(() => Deno.statSync(`${data}/cache/two`), Deno.errors.NotFound);
    assert.deepEqual(await rowsOf(`${data}/raw/two`), hub.models.map(({ id }) => hub.row(id)));
    // One is left.
    const one = await runHub(["--no-pack"], { server, data });
    assert.match(one.stderr, /Going on with "one"/);
  }));

Deno.test("fetch hub sends the token to the Hub, and writes it nowhere", () =>
  inFolder(async (data) => {
    const token = "hf_SecretOfSecrets";
    const hub = new SimulatedHub({ models: 100 });
    await using server = hubServer(hub, {
      prefix: "/mirror",
      plan: ({ attempt }) => attempt === 1 ? "status500" : null,
      cardAnswer: (_, { headers }) => ({
        status: 401,
        body: `Invalid credentials in ${headers.get("authorization")}`,
      }),
    });
    const { code, stdout, stderr } = await runHub(["--cards", "--name", "secret"], {
      server: { host: server.host, address: `${server.address}mirror/` },
      data,
      env: { HF_TOKEN: token, KINDRED_TRACE: "1" },
    });
    assert.equal(code, 1);
    assert.match(stderr, /the Hub does not know the token \(status 401\)/);
    assert.ok(
      server.log.every(({ headers }) => headers.get("authorization") === `Bearer ${token}`),
    );
    const texts = [stdout, stderr];
    for (const { name } of Deno.readDirSync(`${data}/raw/secret.part`)) {
      texts.push(Deno.readTextFileSync(`${data}/raw/secret.part/${name}`));
    }
    assert.ok(texts.length > 3);
    for (const text of texts) assert.ok(!text.includes("SecretOf"));
  }));

Deno.test("fetch hub refuses options that do not fit", () =>
  inFolder(async (data) => {
    const server = { host: "127.0.0.1:9", address: "http://127.0.0.1:9/" };
    for (
      const [args, said] of [
        [["--since", "yesterday"], /--since is "yesterday", expected a day like 2024-02-29/],
        [["--since", "2023-02-29"], /expected a day/],
        [["--base", "x"], /--base is for --since, which is missing/],
        [["--name", "a", "--name", "b"], /found --name twice/],
        [["now"], /Unexpected argument/],
      ] as const
    ) {
      const { code, stderr } = await runHub(args, { server, data });
      assert.equal(code, 2, stderr);
      assert.match(stderr, said);
    }
    for (const name of ["../x", "", "x.part"]) {
      const { code, stderr } = await runHub(["--name", name], { server, data });
      assert.equal(code, 1);
      assert.match(stderr, /expected a name of letters/);
    }
    const elsewhere = await runHub([], {
      server: { ...server, address: "http://example.org/" },
      data,
    });
    assert.equal(elsewhere.code, 1);
    assert.match(elsewhere.stderr, /Cannot use HF_ENDPOINT: found "http:\/\/example.org\/"/);
    assert.deepEqual([...Deno.readDirSync(data)], []);
  }));
