import assert from "node:assert/strict";
import { openModels } from "../../../lib/snapshot/pack_models.ts";
import { type FaultKind, passingFaults } from "../fault_server.ts";
import { hubServer, SimulatedHub } from "./hub_server.ts";
import { manifestOf, rowsOf, runHub, startHub } from "./run_hub.ts";
import { inFolder } from "./support.ts";

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
    assert.ok(manifestOf(data, "twice").counts.rows > 200);
    const { ids, issues } = openModels(`${data}/cache/twice`);
    const found = Array.from({ length: ids.length }, (_, i) => ids.at(i));
    assert.deepEqual(found.sort(), hub.models.map(({ id }) => id).sort());
    assert.ok(issues.some(({ kind }) => kind === "duplicateId"));
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

Deno.test("fetch hub says that the snapshot is complete when packing fails or is interrupted, and what packs it", () =>
  inFolder(async (data) => {
    const hub = new SimulatedHub({ models: 100 });
    await using server = hubServer(hub, { date: () => new Date("2030-03-01T08:00:00Z") });
    await Deno.writeTextFile(`${data}/cache`, "no folder");
    const failed = await runHub([], { server, data });
    assert.equal(failed.code, 1);
    const name = "hub-2030-03-01";
    assert.match(failed.stderr, /raw snapshot "hub-2030-03-01" is complete/);
    assert.match(failed.stderr, /deno task pack hub-2030-03-01 packs it/);
    assert.ok(!failed.stderr.includes("run the same command again"));
    assert.equal(manifestOf(data, name).counts.rows, 100);
    await Deno.remove(`${data}/cache`);

    const child = startHub(["--name", "other"], { server, data });
    const errors = new Response(child.stderr).text();
    const decoder = new TextDecoder();
    let said = "";
    for await (const part of child.stdout) {
      if (said.includes("Fetched")) continue;
      said += decoder.decode(part, { stream: true });
      if (said.includes("Fetched")) child.kill("SIGINT");
    }
    assert.equal((await child.status).code, 130);
    assert.match(
      await errors,
      /\nInterrupted; the raw snapshot "other" is complete, deno task pack other packs it\.\n$/,
    );
    assert.equal(manifestOf(data, "other").counts.rows, 100);
    assert.throws(() => Deno.statSync(`${data}/cache/other`), Deno.errors.NotFound);
    const again = await runHub(["--name", "other"], { server, data });
    assert.equal(again.code, 0, again.stderr);
    assert.equal(openModels(`${data}/cache/other`).models, 100);

    // What was packed from something else is looked for before anything is fetched.
    await Deno.rename(`${data}/cache/other`, `${data}/cache/mine`);
    const path = `${data}/cache/mine/manifest.json`;
    const { fetched: _, ...manifest } = JSON.parse(Deno.readTextFileSync(path));
    await Deno.chmod(path, 0o644);
    await Deno.writeTextFile(path, JSON.stringify({ ...manifest, name: "mine" }));
    const before = server.log.length;
    const taken = await runHub(["--name", "mine"], { server, data });
    assert.equal(taken.code, 1);
    assert.match(taken.stderr, /Cannot fetch "mine": .*would be replaced; give another name/);
    assert.equal(server.log.length, before);
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
