import assert from "node:assert/strict";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { paths } from "../../../lib/paths.ts";
import { type RawManifest, sealOf } from "../../../lib/source/raw_manifest.ts";
import {
  archiveOf,
  entriesOf,
  type FakeCommit,
  fakeGitHub,
  repositoryName,
} from "../../fetch/ecosystem_graphs/fake_github.ts";
import { packAssets } from "../../../lib/snapshot/pack_assets.ts";
import type { FaultServer } from "../../fetch/fault_server.ts";
import { needsShared, type TaskRun } from "../../support.ts";

const pile = "- type: dataset\n  name: The Pile\n  organization: EleutherAI\n  dependencies: []\n";
const neo =
  "- type: model\n  name: GPT-Neo\n  organization: EleutherAI\n  dependencies: [The Pile]\n";
const commits: FakeCommit[] = [
  {
    hash: "a1".repeat(20),
    date: "2023-03-20T08:00:00Z",
    files: { "README.md": "#", "assets/eleutherai.yaml": pile },
  },
  {
    hash: "b2".repeat(20),
    date: "2023-03-20T09:00:00Z",
    files: { "assets/eleutherai.yaml": pile, "assets/neo copy.yaml": neo, "js/a.js": "" },
  },
  { hash: "c3".repeat(20), date: "2024-01-02T03:04:05Z", files: { "assets/neo.yaml": neo } },
  { hash: "d4".repeat(20), date: "2022-01-01T00:00:00Z", files: { "assets.yaml": pile } },
];
const [older, newer, newest, first] = commits;
const archivePath = ({ hash }: FakeCommit) => `/${repositoryName}/tar.gz/${hash}`;

/** A folder for snapshots that goes with the test. */
class DataFolder implements Disposable {
  readonly path: string = Deno.realPathSync(Deno.makeTempDirSync());

  /** Names in `raw` or `cache`. */
  list(what: "raw" | "cache"): string[] {
    try {
      return [...Deno.readDirSync(join(this.path, what))].map(({ name }) => name).sort();
    } catch {
      return [];
    }
  }

  manifest(name: string): RawManifest {
    return JSON.parse(Deno.readTextFileSync(join(this.path, "raw", name, "fetch.json")));
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.path, { recursive: true });
  }
}

/** The task as a process, with the permissions that it has in deno.json but for the server's address and the folder. */
function fetching(
  server: FaultServer,
  { data, args = [], env = {} }: {
    data: DataFolder;
    args?: string[];
    env?: Record<string, string>;
  },
): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      `--allow-net=${server.host}`,
      "--allow-read",
      `--allow-write=${data.path}`,
      "--allow-env",
      `${paths.root}lib/task/fetch/ecosystem_graphs.ts`,
      ...args,
    ],
    env: {
      NO_COLOR: "1",
      KINDRED_DATA: data.path,
      KINDRED_GITHUB: server.address,
      GITHUB_TOKEN: "",
      ...env,
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

async function run(
  server: FaultServer,
  options: Parameters<typeof fetching>[1],
): Promise<TaskRun> {
  const { code, stdout, stderr } = await fetching(server, options).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** Runs another task on a folder of snapshots. */
async function task(name: string, { data, args }: { data: DataFolder; args: string[] }) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-read", "--allow-env", `${paths.root}lib/task/${name}.ts`, ...args],
    env: { NO_COLOR: "1", KINDRED_DATA: data.path },
    stdin: "null",
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

Deno.test("fetch ecosystem-graphs keeps a day's last commit with its archive, packs it, and fetches it once", async () => {
  using data = new DataFolder();
  await using server = fakeGitHub(commits, { date: () => new Date("2024-05-06T07:08:09Z") });
  const args = ["--at", "2023-03-20"];
  const { code, stdout, stderr } = await run(server, { data, args });
  assert.equal(code, 0, stderr);
  assert.equal(stderr.replace(/^(?:Fetching|Packing) .+ s\n/gm, ""), "");
  const name = "ecosystem-graphs-2023-03-20";
  assert.match(stdout, /^Fetched commit (b2){20} of 2023-03-20 09:00 UTC\n/);
  assert.match(stdout, /^ {2}2 YAML files, sha256 [0-9a-f]{12}…/m);
  assert.match(stdout, /^ {2}records: 2$/m);
  assert.match(stdout, /states no licence;.+Please cite\n.+\n {2}arXiv 2303\.15772\n$/);
  const { tool, sha256, seal, files, ...manifest } = data.manifest(name);
  assert.equal(seal, sealOf(data.manifest(name)));
  assert.match(`${tool} ${sha256}`, /^kindred \S+ [0-9a-f]{64}$/);
  assert.deepEqual(manifest, {
    schema: "kindred-raw-1",
    name,
    kind: "assets",
    upstream: "ecosystem-graphs",
    origin: `${server.address}${repositoryName}`,
    revision: newer.hash,
    from: "2024-05-06T07:08:09.000Z",
    to: "2024-05-06T07:08:09.000Z",
    request: { at: "2023-03-20" },
    base: null,
    counts: { files: 2 },
    issues: [],
  });
  assert.deepEqual(files.map(({ name, role }) => [name, role]), [
    ["archive.tar.gz", "archive"],
    ["assets/eleutherai.yaml", "assets"],
    ["assets/neo copy.yaml", "assets"],
  ]);
  const folder = join(data.path, "raw", name);
  assert.deepEqual(
    Deno.readFileSync(join(folder, "archive.tar.gz")),
    await archiveOf(entriesOf(newer)),
  );
  assert.equal(Deno.readTextFileSync(join(folder, "assets/neo copy.yaml")), neo);
  assert.equal(Deno.statSync(join(folder, "assets/neo copy.yaml")).mode! & 0o222, 0);
  assert.deepEqual([data.list("raw"), data.list("cache")], [[name], [name]]);
  const found = JSON.parse(
    await task("assets", { data, args: [name, "--downstream", "The Pile", "--json"] }),
  );
  assert.equal(found.snapshot, name);
  assert.match(JSON.stringify(found), /GPT-Neo/);

  const asked = server.log.length;
  assert.equal(asked, 3);
  await Deno.remove(join(data.path, "cache", name), { recursive: true });
  const again = await run(server, { data, args });
  assert.match(again.stdout, /^"ecosystem-graphs-2023-03-20" is there already: commit b2b2/);
  assert.match(again.stdout, /\nPacked /);
  assert.equal(server.log.length, asked + 1);
});

Deno.test("fetch ecosystem-graphs names a second commit of a day by its digits, or as it is told", async () => {
  using data = new DataFolder();
  await using server = fakeGitHub(commits);
  const atOnce = async (...args: string[]) => {
    const { code, stdout, stderr } = await run(server, { data, args: [...args, "--no-pack"] });
    return code === 0 ? stdout : stderr;
  };
  assert.match(await atOnce("--at", "A1A1A1A"), /raw\/ecosystem-graphs-2023-03-20\n/);
  assert.match(await atOnce("--at", "2023-03-20"), /raw\/ecosystem-graphs-2023-03-20-b2b2b2b\n/);
  assert.match(await atOnce("--name", "mine"), /Fetched commit (c3){20} [^]*raw\/mine\n/);
  assert.match(
    await atOnce("--name", "mine", "--at", older.hash),
    /^error: Cannot fetch "mine": there is a snapshot of that name/,
  );
  assert.deepEqual(data.list("raw"), [
    "ecosystem-graphs-2023-03-20",
    "ecosystem-graphs-2023-03-20-b2b2b2b",
    "mine",
  ]);
  assert.deepEqual(data.list("cache"), []);
  assert.deepEqual(data.manifest("mine").request, { at: null });
});

Deno.test("fetch ecosystem-graphs asks again after faults and damaged archives, and gets the same snapshot", async () => {
  using data = new DataFolder();
  using other = new DataFolder();
  await using clean = fakeGitHub(commits);
  const args = ["--no-pack"];
  assert.equal((await run(clean, { data, args })).code, 0);
  let archives = 0;
  const whole = await archiveOf(entriesOf(newest));
  await using server = fakeGitHub(commits, {
    plan: ({ number }) => number === 1 ? "truncatedBody" : null,
    instead({ pathname }) {
      if (pathname !== archivePath(newest)) return undefined;
      archives++;
      if (archives === 1) return { body: whole.subarray(0, whole.length >> 1) };
      if (archives === 2) return { body: "<!doctype html><title>Be right back</title>" };
      return undefined;
    },
  });
  const { code, stderr } = await run(server, { data: other, args });
  assert.equal(code, 0, stderr);
  assert.equal(archives, 3);
  assert.match(stderr, /^waiting 1 s: error reading a body from connection$/m);
  const name = "ecosystem-graphs-2024-01-02";
  assert.equal(other.manifest(name).sha256, data.manifest(name).sha256);
  assert.deepEqual(other.list("raw"), [name]);
});

Deno.test("fetch ecosystem-graphs leaves nothing of what it refuses, and says why", async () => {
  using data = new DataFolder();
  const archives: [Uint8Array, RegExp][] = [
    [
      await archiveOf(entriesOf({ ...newest, files: { "assets/neo.yaml": pile } })),
      /"assets\/neo\.yaml" has the hash [0-9a-f]{12}…, in the commit [0-9a-f]{12}…$/,
    ],
    [new Uint8Array(gzipSync("no tar")), /its archive came damaged 3 times; run the same command/],
  ];
  let archive = 0;
  await using server = fakeGitHub(commits, {
    instead: ({ pathname }) =>
      pathname === archivePath(newest) ? { body: archives[archive][0] } : undefined,
  });
  for (; archive < archives.length; archive++) {
    const { code, stdout, stderr } = await run(server, { data });
    assert.equal(code, 1);
    assert.match(stderr.trimEnd(), archives[archive][1]);
    assert.match(stderr, /^error: Cannot /);
    assert.equal(stdout, "");
    assert.deepEqual(data.list("raw"), []);
  }
});

Deno.test("fetch ecosystem-graphs refuses other times and names, commits that are not there or without assets, other hosts", async () => {
  using data = new DataFolder();
  await using server = fakeGitHub(commits);
  await using other = fakeGitHub(commits);
  await using leading = fakeGitHub(commits, {
    plan: () => "redirectElsewhere",
    elsewhere: other.address,
  });
  const wrong = await run(server, { data, args: ["--at", "main"] });
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /^error: --at: found "main", expected a day like 2023-03-20 or/);
  assert.deepEqual(server.log, []);
  const cases: [FaultServer, string[], RegExp][] = [
    [server, ["--at", "fffffff"], /^error: .+ has no commit "fffffff"/m],
    [server, ["--at", first.hash], /d4d4d4d: this commit has no YAML files in the folder assets/],
    [server, ["--name", "../mine"], /^error: Cannot fetch "\.\.\/mine": expected a name/m],
    [leading, [], /^error: .+ redirects to .+, which is not among /m],
  ];
  const env = { GITHUB_TOKEN: "ghp_secret" };
  await Promise.all(cases.map(async ([from, args, message]) => {
    const { code, stdout, stderr } = await run(from, { data, args, env });
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /ghp_secret/);
    assert.deepEqual([code, stdout], [1, ""]);
  }));
  assert.deepEqual([other.log, data.list("raw")], [[], []]);
});

Deno.test("fetch ecosystem-graphs leaves what another upstream began, and a packed snapshot that was made from something else", async () => {
  using data = new DataFolder();
  await using server = fakeGitHub(commits);
  const crawl = join(data.path, "raw", "mine.part");
  await Deno.mkdir(crawl, { recursive: true });
  await Deno.writeTextFile(join(crawl, "request.json"), '{"upstream":"hub","request":{}}');
  await Deno.writeTextFile(join(crawl, "rows-0001.jsonl.zst"), "weeks of crawling");
  const args = ["--name", "mine"];
  const other = await run(server, { data, args });
  assert.equal(other.code, 1);
  assert.match(
    other.stderr,
    /^error: Cannot fetch "mine": deno task fetch hub began it and did not complete it; give another/m,
  );
  assert.equal(
    Deno.readTextFileSync(join(crawl, "rows-0001.jsonl.zst")),
    "weeks of crawling",
  );
  await Deno.remove(crawl, { recursive: true });
  const folder = join(data.path, "cache", "mine");
  await packAssets(paths.assets, { name: "mine", folder });
  const before = Deno.readTextFileSync(join(folder, "manifest.json"));
  const asked = server.log.length;
  const packed = await run(server, { data, args });
  assert.equal(packed.code, 1);
  assert.match(
    packed.stderr,
    /^error: Cannot fetch "mine": .*cache\/mine was packed from "assets", .* give another name/m,
  );
  assert.deepEqual([server.log.length, data.list("raw")], [asked + 1, []]);
  assert.equal((await run(server, { data, args: [...args, "--no-pack"] })).code, 0);
  assert.equal(Deno.readTextFileSync(join(folder, "manifest.json")), before);
});

Deno.test("fetch ecosystem-graphs begins again after Ctrl-C and after it was killed", async () => {
  using data = new DataFolder();
  const asked = Promise.withResolvers<void>();
  await using server = fakeGitHub(commits, {
    plan({ url, attempt }) {
      if (url.pathname !== archivePath(newest) || attempt > 1) return null;
      asked.resolve();
      return "silenceMidBody";
    },
  });
  const child = fetching(server, { data });
  await asked.promise;
  child.kill("SIGINT");
  const { code, stderr } = await child.output();
  assert.equal(code, 130);
  assert.match(new TextDecoder().decode(stderr), /^Interrupted; run the same command again\.\n$/m);
  assert.deepEqual(data.list("raw"), []);

  const name = "ecosystem-graphs-2024-01-02";
  const left = join(data.path, "raw", `${name}.part`);
  await Deno.mkdir(join(left, "assets"), { recursive: true });
  await Deno.writeTextFile(join(left, "assets/neo.yaml"), "half");
  await Deno.writeTextFile(join(left, "assets/of another commit.yaml"), pile);
  await Deno.writeTextFile(
    join(left, "request.json"),
    '{"upstream":"ecosystem-graphs","request":{"at":"2024-01-02"}}',
  );
  const again = await run(server, { data });
  assert.equal(again.code, 0, again.stderr);
  assert.deepEqual(data.list("raw"), [name]);
  assert.deepEqual(data.manifest(name).files.map(({ name }) => name), [
    "archive.tar.gz",
    "assets/neo.yaml",
  ]);
});

Deno.test({
  name:
    "fetch ecosystem-graphs gives the documented numbers of two real snapshots (skipped where the shared data is absent)",
  ignore: needsShared("data/ecosystem-graphs"),
  async fn() {
    using data = new DataFolder();
    const real = ["2023-03-20", "2025-01-24"].map((day, i): FakeCommit => {
      const folder = `${paths.shared}data/ecosystem-graphs/${day}/assets`;
      const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
      return {
        hash: `${i}`.repeat(40),
        date: `${day}T12:00:00Z`,
        files: Object.fromEntries(
          names.map((name) => [`assets/${name}`, Deno.readFileSync(join(folder, name))]),
        ),
      };
    });
    await using server = fakeGitHub(real);
    const before = await run(server, { data, args: ["--at", "2023-03-20"] });
    assert.equal(before.code, 0, before.stderr);
    assert.match(before.stdout, /^ {2}records: 262$/m);
    const after = await run(server, { data });
    assert.match(after.stdout, /^ {2}records: 639\n {2}assets: 634$/m);
    assert.equal(data.manifest("ecosystem-graphs-2025-01-24").counts.files, 173);
  },
});
