import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { packModels } from "../../../lib/snapshot/pack_models.ts";
import { type RawManifest, sealOf } from "../../../lib/source/raw_manifest.ts";
import { inFolder } from "../../fixtures/chunks.ts";
import { hostileRows } from "../../fixtures/hostile_rows.ts";
import { expandedCsv, expandedParquet } from "../../fixtures/write_formats.ts";
import { type FaultServer, faultServer, type FaultServerOptions } from "../fault_server.ts";
import { commitOf, type FakeDataset, fakeDatasets, sha256Of } from "./fake_datasets.ts";
import { runFetch, startFetch } from "./run_dataset.ts";

const parquet = [hostileRows.slice(0, 5), hostileRows.slice(5)].map((rows) =>
  expandedParquet(rows, { lists: "native" })
);
const csv = new TextEncoder().encode(expandedCsv(hostileRows));
const readme = new TextEncoder().encode("# card");
const converted = "refs/convert/parquet";

function paper(changed: Partial<FakeDataset> = {}): Record<string, FakeDataset> {
  return {
    "modelbiome/ai_ecosystem": {
      branches: {
        main: { "README.md": readme, "ecosystem.csv": csv },
        [converted]: {
          "default/train/0000.parquet": parquet[0],
          "default/train/0001.parquet": parquet[1],
        },
      },
      lastModified: "2025-08-10T00:00:00.000Z",
      ...changed,
    },
  };
}

/** Runs tasks against a server of datasets. */
async function served(
  datasets: Record<string, FakeDataset>,
  step: (
    context: {
      data: string;
      server: FaultServer;
      fetch: (
        task: Parameters<typeof runFetch>[0],
        args?: string[],
        env?: Record<string, string>,
      ) => ReturnType<typeof runFetch>;
      manifest: (name: string) => RawManifest;
    },
  ) => Promise<void>,
  options: FaultServerOptions = {},
): Promise<void> {
  await inFolder(async (data) => {
    const date = () => new Date("2026-11-21T00:00:00Z");
    await using server = faultServer(fakeDatasets({ datasets }), { date, ...options });
    await step({
      data,
      server,
      fetch: (task, args, env) => runFetch(task, { data, host: server.host, args, env }),
      manifest: (name) => JSON.parse(Deno.readTextFileSync(`${data}/raw/${name}/fetch.json`)),
    });
  });
}

Deno.test("deno task fetch paper fetches the Hub's Parquet at its commit and packs it", () =>
  served(paper(), async ({ data, server, fetch, manifest }) => {
    const { code, said } = await fetch("paper", [], { HF_TOKEN: "hf_secret" });
    assert.equal(code, 0, said);
    const commit = commitOf(paper()["modelbiome/ai_ecosystem"], converted);
    const { files, sha256, seal, tool: _, ...found } = manifest("paper");
    assert.equal(seal, sealOf(manifest("paper")));
    const origin = `${server.address}datasets/modelbiome/ai_ecosystem`;
    assert.deepEqual(found, {
      schema: "kindred-raw-1",
      name: "paper",
      kind: "models",
      upstream: "paper",
      origin,
      revision: commit,
      from: "2026-11-21T00:00:00.000Z",
      to: "2026-11-21T00:00:00.000Z",
      request: {
        dataset: "modelbiome/ai_ecosystem",
        config: null,
        original: false,
        at: null,
        commit,
        form: "parquet",
        splits: ["default/train"],
      },
      base: null,
      counts: { files: 2, bytes: parquet[0].length + parquet[1].length, rows: 12 },
      issues: [],
    });
    assert.deepEqual(
      files,
      parquet.map((bytes, i) => ({
        name: `rows/default/train/000${i}.parquet`,
        role: "rows",
        bytes: bytes.length,
        sha256: sha256Of(bytes),
      })),
    );
    const packed = JSON.parse(Deno.readTextFileSync(`${data}/cache/paper/manifest.json`));
    assert.deepEqual([packed.counts.models, packed.fetched.sha256], [12, sha256]);
    assert.match(
      said,
      /Fetched "paper" to .*\n.* at commit [0-9a-f]{40}, the Hub's Parquet of default\/train\n/,
    );
    assert.ok(!said.includes("secret"));
    assert.ok(!JSON.stringify(manifest("paper")).includes("secret"));
    // It is there: the next run downloads nothing.
    const before = server.log.length;
    const again = await fetch("paper");
    assert.equal(again.code, 0, again.said);
    assert.match(again.said, /"paper" is there already/);
    assert.ok(server.log.slice(before).every(({ path }) => path.startsWith("/api/")));
  }));

Deno.test("deno task fetch paper takes the CSV with --csv, where there is no conversion, and where it is partial", async () => {
  const whole = paper()["modelbiome/ai_ecosystem"].branches;
  const partial = { "default/partial-train/0000.parquet": parquet[0] };
  const cases: [Record<string, FakeDataset>, string[]][] = [
    [paper(), ["--csv"]],
    [paper({ branches: { main: whole.main } }), []],
    [paper({ branches: { main: whole.main, [converted]: partial } }), []],
  ];
  for (const [datasets, args] of cases) {
    await served(datasets, async ({ fetch, manifest }) => {
      const { code, said } = await fetch("paper", [...args, "--no-pack"]);
      assert.equal(code, 0, said);
      const { files, revision, request, counts } = manifest("paper");
      assert.equal(revision, commitOf(datasets["modelbiome/ai_ecosystem"], "main"));
      assert.deepEqual([request.form, request.splits], ["original", []]);
      assert.deepEqual(counts, { files: 1, bytes: csv.length });
      assert.deepEqual(files[0].name, "rows/ecosystem.csv");
      assert.match(said, /the files as they were published/);
    });
  }
});

Deno.test("deno task fetch paper --cards fetches the other dataset, and gives digits of the commit to a second one", async () => {
  const name = "modelbiome/ai_ecosystem_withmodelcards";
  const datasets = { [name]: paper()["modelbiome/ai_ecosystem"] };
  datasets[name] = { ...datasets[name], branches: { main: { "cards.csv.gz": gzipSync(csv) } } };
  await served(datasets, async ({ data, fetch, manifest }) => {
    const first = await fetch("paper", ["--cards", "--no-pack"]);
    assert.equal(first.code, 0, first.said);
    assert.equal(manifest("paper-cards").request.dataset, name);
    datasets[name].branches.main = { "cards.csv": csv };
    const second = await fetch("paper", ["--cards"]);
    assert.equal(second.code, 0, second.said);
    const named = `paper-cards-${commitOf(datasets[name], "main").slice(0, 7)}`;
    assert.equal(manifest(named).revision, commitOf(datasets[name], "main"));
    const packed = JSON.parse(Deno.readTextFileSync(`${data}/cache/${named}/manifest.json`));
    assert.equal(packed.counts.models, 12);
    const given = await fetch("paper", ["--cards", "--name", "paper-cards"]);
    assert.equal(given.code, 1);
    assert.match(given.said, /there is another snapshot of that name/);
    const own = await fetch("paper", ["--cards", "--name", "mine", "--no-pack"]);
    assert.deepEqual([own.code, existsSync(`${data}/raw/mine/rows/cards.csv`)], [0, true]);
  });
});

/** Packs a file of models under the name that a snapshot will have. */
async function packOwn(data: string, name: string): Promise<string> {
  await Deno.writeTextFile(`${data}/mine.jsonl`, '{"id":"my/own"}\n');
  await packModels(`${data}/mine.jsonl`, { name, folder: `${data}/cache/${name}` });
  return Deno.readTextFileSync(`${data}/cache/${name}/manifest.json`);
}

Deno.test("deno task fetch paper leaves a packed snapshot of its name that was made from something else", () =>
  served(paper(), async ({ data, server, fetch }) => {
    const packed = await packOwn(data, "paper");
    const { code, said } = await fetch("paper");
    assert.equal(code, 1);
    assert.match(
      said,
      /^error: Cannot fetch "paper": .*cache\/paper was packed from "mine\.jsonl", and would be replaced; give another name with --name, or --no-pack to /m,
    );
    assert.ok(!existsSync(`${data}/raw`));
    assert.ok(server.log.every(({ path }) => path.startsWith("/api/")));
    assert.equal((await fetch("paper", ["--no-pack"])).code, 0);
    // It is there now, so that nothing is fetched; it is not packed either.
    const known = await fetch("paper");
    assert.equal(known.code, 1);
    assert.match(
      known.said,
      /^error: Cannot pack "paper": .*\nThe raw snapshot "paper" is complete in .*raw\/paper: deno task pack paper --name OTHER packs it under another name$/m,
    );
    assert.doesNotMatch(known.said, /run the same command again/);
    assert.equal(Deno.readTextFileSync(`${data}/cache/paper/manifest.json`), packed);
    const named = await fetch("paper", ["--name", "mine"]);
    assert.equal(named.code, 0, named.said);
  }));

Deno.test("deno task fetch paper packs again what was packed from an earlier fetch of the same", () =>
  served(paper(), async ({ data, fetch, manifest }) => {
    assert.equal((await fetch("paper")).code, 0);
    await Deno.remove(`${data}/raw/paper`, { recursive: true });
    const again = await fetch("paper", ["--csv"]);
    assert.equal(again.code, 0, again.said);
    const packed = JSON.parse(Deno.readTextFileSync(`${data}/cache/paper/manifest.json`));
    assert.equal(packed.fetched.sha256, manifest("paper").sha256);
    assert.equal(packed.fetched.seal, manifest("paper").seal);
  }));

Deno.test("deno task fetch paper says that the raw snapshot is complete when packing fails", () =>
  served(paper(), async ({ data, fetch }) => {
    await Deno.writeTextFile(`${data}/cache`, "no folder");
    const { code, said } = await fetch("paper");
    assert.equal(code, 1);
    assert.match(
      said,
      /^error: .*\nThe raw snapshot "paper" is complete in .*raw\/paper: deno task pack paper packs it$/m,
    );
    assert.doesNotMatch(said, /run the same command again/);
    await Deno.remove(`${data}/cache`);
    assert.equal((await fetch("paper")).code, 0);
  }));

function statistics(): Record<string, FakeDataset> {
  return {
    "cfahlgren1/hub-stats": {
      branches: {
        main: { "models.parquet": parquet[1], "spaces.parquet": parquet[0] },
        [converted]: {
          "models/train/0000.parquet": parquet[0],
          "spaces/train/0000.parquet": parquet[1],
        },
      },
      lastModified: "2026-11-20T23:59:59.000Z",
    },
  };
}

Deno.test("deno task fetch hub-stats takes the models, and is called after the day of the dataset", () =>
  served(statistics(), async ({ fetch, manifest }) => {
    const { code, said } = await fetch("hub_stats", ["--no-pack"]);
    assert.equal(code, 0, said);
    const { files, request, upstream } = manifest("hub-stats-2026-11-20");
    assert.deepEqual(files.map(({ name }) => name), ["rows/models/train/0000.parquet"]);
    assert.deepEqual([request.config, upstream], ["models", "hub-stats"]);
    const main = commitOf(statistics()["cfahlgren1/hub-stats"], "main");
    const at = await fetch("hub_stats", ["--no-pack", "--at", main.slice(0, 12)]);
    assert.equal(at.code, 0, at.said);
    const pinned = manifest(`hub-stats-2026-11-20-${main.slice(0, 7)}`);
    assert.deepEqual([pinned.revision, pinned.files.map(({ name }) => name)], [main, [
      "rows/models.parquet",
    ]]);
    for (const bad of ["main", "../x", "abcdef", "g".repeat(40), "a".repeat(41)]) {
      assert.equal((await fetch("hub_stats", [`--at=${bad}`])).code, 2, bad);
    }
    const none = await fetch("hub_stats", ["--at", "0000000"]);
    assert.deepEqual([none.code, /status 404/.test(none.said)], [1, true]);
  }));

Deno.test("deno task fetch goes on at the commit that it was begun with, though the dataset has changed", async () => {
  const datasets = statistics();
  const dataset = datasets["cfahlgren1/hub-stats"];
  const old = structuredClone(dataset.branches[converted]);
  const commit = commitOf(dataset, converted);
  await served(datasets, async ({ data, server, fetch, manifest }) => {
    // A refusal is not tried again, and leaves what came.
    server.plan(({ path }) => path.startsWith("/stored/") ? "redirectElsewhere" : null);
    const broken = await fetch("hub_stats", ["--no-pack"]);
    assert.equal(broken.code, 1);
    assert.match(broken.said, /What was fetched is kept, run the same command again to go on/);
    assert.ok(existsSync(`${data}/raw/hub-stats-2026-11-20.part`));
    dataset.branches[converted] = { "models/train/0000.parquet": parquet[1] };
    dataset.branches.earlier = old;
    dataset.lastModified = "2026-11-21T12:00:00.000Z";
    server.plan(() => null);
    const { code, said } = await fetch("hub_stats", ["--no-pack"]);
    assert.equal(code, 0, said);
    assert.match(said, /Going on with "hub-stats-2026-11-20"/);
    assert.equal(manifest("hub-stats-2026-11-20").revision, commit);
    const next = await fetch("hub_stats", ["--no-pack"]);
    assert.equal(next.code, 0, next.said);
    assert.equal(manifest("hub-stats-2026-11-21").revision, commitOf(dataset, converted));
  });
});

Deno.test("deno task fetch says what to do when the commit it was begun with is gone", async () => {
  const datasets = statistics();
  await served(datasets, async ({ server, fetch }) => {
    server.plan(({ path }) => path.startsWith("/stored/") ? "redirectElsewhere" : null);
    assert.equal((await fetch("hub_stats", ["--no-pack"])).code, 1);
    datasets["cfahlgren1/hub-stats"].branches[converted] = {
      "models/train/0000.parquet": parquet[1],
    };
    const { code, said } = await fetch("hub_stats", ["--no-pack"]);
    assert.equal(code, 1);
    assert.match(
      said,
      /begun with commit [0-9a-f]{40}, which the Hub no longer has; remove .*\.part/,
    );
  });
});

Deno.test("deno task fetch paper refuses a listing that names a file outside, and leaves nothing", () =>
  inFolder(async (data) => {
    const listed = [{ type: "file", path: "../../evil.parquet", size: 1, oid: "0".repeat(40) }];
    await using server = faultServer(fakeDatasets({ datasets: paper(), listed }));
    const { code, said } = await runFetch("paper", { data, host: server.host });
    assert.deepEqual([code, /expected a path below the repository/.test(said)], [1, true]);
    assert.deepEqual([...Deno.readDirSync(data)], []);
  }));

Deno.test("deno task fetch paper ends with code 130 when it is interrupted, and goes on where it was", () =>
  served(paper(), async ({ data, server, fetch }) => {
    server.plan(({ path }) => path.startsWith("/stored/") ? "silenceMidBody" : null);
    const child = startFetch("paper", { data, host: server.host, args: ["--no-pack"] });
    const output = child.output();
    const part = `${data}/raw/paper.part/rows/default/train/0000.parquet.part`;
    const half = parquet[0].length >> 1;
    while (!existsSync(part) || Deno.statSync(part).size < half) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    child.kill("SIGINT");
    const { code, stderr } = await output;
    assert.equal(code, 130);
    assert.match(
      new TextDecoder().decode(stderr),
      /Interrupted; what was fetched is kept, run the/,
    );
    server.plan(() => null);
    const again = await fetch("paper", ["--no-pack"]);
    assert.equal(again.code, 0, again.said);
    const asked = server.log.filter(({ path }) => path.startsWith("/stored/"))
      .map(({ headers }) => headers.get("range"));
    assert.deepEqual(asked, [null, `bytes=${half}-`, null]);
  }));

Deno.test("deno task fetch paper refuses arguments that it does not know", () =>
  served({}, async ({ fetch, server }) => {
    for (const args of [["x"], ["--at", "abc"], ["--cards=yes"], ["--name", "a", "--name", "b"]]) {
      assert.equal((await fetch("paper", args)).code, 2, args.join(" "));
    }
    const named = await fetch("paper", ["--name", "../x"]);
    assert.equal(named.code, 1);
    assert.equal(server.log.filter(({ path }) => path.startsWith("/datasets")).length, 0);
  }));
