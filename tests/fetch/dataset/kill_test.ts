import assert from "node:assert/strict";
import { random } from "../../../lib/core/random.ts";
import { paths } from "../../../lib/paths.ts";
import { readRawManifest } from "../../../lib/source/raw_manifest.ts";
import { inFolder } from "../../fixtures/chunks.ts";
import { hostileRows } from "../../fixtures/hostile_rows.ts";
import { expandedParquet } from "../../fixtures/write_formats.ts";
import { faultServer } from "../fault_server.ts";
import { type FakeDataset, fakeDatasets } from "./fake_datasets.ts";
import { runFetch, startFetch } from "./run_dataset.ts";

const kills = 20;

/** Three files of some 100 KB, which are not alike. */
const files = [1, 2, 3].map((seed) => {
  const draw = random({ seed });
  const noise = () => Array.from({ length: 2000 }, () => draw.uniform().toString(36)).join(" ");
  const rows = hostileRows.slice(0, 4).map((row) => ({ ...row, modelCard: noise() }));
  return expandedParquet(rows, { lists: "native" });
});
const dataset: FakeDataset = {
  branches: {
    "refs/convert/parquet": Object.fromEntries(
      files.map((bytes, i) => [`default/train/000${i}.parquet`, bytes]),
    ),
  },
  lastModified: "2026-11-20T00:00:00.000Z",
};

/** Where a program is killed: at its n-th request, when a share of the answer's body was sent, and a little later. */
interface KillPoint {
  request: number;
  share: number;
  milliseconds: number;
}

/** A server of the dataset that stops in the middle of an answer where the point says. */
function stallingServer() {
  const handler = fakeDatasets({ datasets: { "modelbiome/ai_ecosystem": dataset } });
  let point: KillPoint | null = null;
  let requests = 0;
  let reached = Promise.withResolvers<void>();
  const ranges: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const url = new URL(request.url);
    const { status = 200, headers = {}, body = "" } = handler({ url, headers: request.headers })!;
    if (url.pathname.startsWith("/stored/")) ranges.push(request.headers.get("range") ?? "all");
    const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body.slice();
    const init = {
      status,
      headers: { ...headers, date: "Fri, 20 Nov 2026 00:00:00 GMT" } as HeadersInit,
    };
    if (++requests !== point?.request) return new Response(bytes, init);
    const sent = Math.floor(point.share * bytes.length);
    const stalled = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes.subarray(0, sent));
        if (sent === bytes.length) controller.close();
        reached.resolve();
      },
    });
    return new Response(stalled, init);
  });
  return {
    host: `127.0.0.1:${server.addr.port}`,
    ranges,
    next(next: KillPoint | null) {
      [point, requests, reached] = [next, 0, Promise.withResolvers<void>()];
      return reached.promise;
    },
    close: () => server.shutdown(),
  };
}

function contentOf(folder: string): Record<string, string> {
  const content: Record<string, string> = {};
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (isDirectory) {
      for (const [inner, text] of Object.entries(contentOf(`${folder}/${name}`))) {
        content[`${name}/${inner}`] = text;
      }
    } else content[name] = new TextDecoder("latin1").decode(Deno.readFileSync(`${folder}/${name}`));
  }
  return content;
}

Deno.test(`deno task fetch paper gives the same bytes when it is killed ${kills} times at random points`, () =>
  inFolder(async (dir) => {
    const server = stallingServer();
    const { host } = server;
    const args = ["--no-pack"];
    server.next(null);
    const { code, said } = await runFetch("paper", { data: `${dir}/whole`, host, args });
    assert.equal(code, 0, said);
    const expected = contentOf(`${dir}/whole/raw`);
    assert.equal(Object.keys(expected).length, 4);
    server.ranges.length = 0;
    const draw = random({ seed: 20 });
    let killed = 0;
    let finished = 0;
    while (killed < kills) {
      const data = `${dir}/${finished}`;
      const point = {
        request: 3 + Math.floor(7 * draw.uniform()),
        share: Math.min(1, 1.3 * draw.uniform()),
        milliseconds: 25 * draw.uniform(),
      };
      const reached = server.next(point);
      const child = startFetch("paper", { data, host, args });
      const output = child.output();
      const ended = await Promise.race([reached.then(() => null), output]);
      if (ended === null) {
        await new Promise((resolve) => setTimeout(resolve, point.milliseconds));
        try {
          child.kill("SIGKILL");
        } catch {
          // It came to its end meanwhile.
        }
        const { signal } = await output;
        if (signal === "SIGKILL") killed++;
      }
      const there = await Deno.stat(`${data}/raw/paper/fetch.json`).then(() => true, () => false);
      if (there) finished++;
    }
    server.next(null);
    const last = await runFetch("paper", { data: `${dir}/${finished}`, host, args });
    assert.equal(last.code, 0, last.said);
    for (let i = 0; i <= finished; i++) {
      const found = contentOf(`${dir}/${i}/raw`);
      // Killed after the folder got its name, it may not yet have removed what it needs no more.
      for (const name of [".lock", "request.json", "state.json"]) delete found[`paper/${name}`];
      assert.deepEqual(Object.keys(found).sort(), Object.keys(expected).sort());
      assert.deepEqual(found, expected);
    }
    assert.ok(server.ranges.some((range) => range !== "all"), "nothing was resumed");
    await server.close();
  }));

Deno.test("deno task fetch paper keeps what came when the disk is full, and goes on when there is room", () =>
  inFolder(async (data) => {
    const server = stallingServer();
    const { host } = server;
    const args = ["--no-pack"];
    const full = await runFetch("paper", { data, host, args, mostBlocks: 80 });
    assert.equal(full.code, 1, full.said);
    assert.match(full.said, /error: .*(?:too large|os error).*\nWhat was fetched is kept/);
    const part = `${data}/raw/paper.part/rows/default/train/0000.parquet.part`;
    const { size } = await Deno.stat(part);
    // Of 512 bytes, or of 1024 in some shells.
    assert.ok([80 * 512, 80 * 1024].includes(size), `${size} bytes`);
    const { code, said } = await runFetch("paper", { data, host, args });
    assert.equal(code, 0, said);
    for (const [i, bytes] of files.entries()) {
      const path = `${data}/raw/paper/rows/default/train/000${i}.parquet`;
      assert.deepEqual(await Deno.readFile(path), bytes);
    }
    assert.deepEqual(server.ranges, ["all", `bytes=${size}-`, "all", "all"]);
    await server.close();
  }));

Deno.test("deno task fetch paper keeps the time of its first answer and what went wrong when it is killed while it hashes", () =>
  inFolder(async (data) => {
    const handler = fakeDatasets({ datasets: { "modelbiome/ai_ecosystem": dataset } });
    let damaged = false;
    let now = new Date("2026-11-20T00:00:00Z");
    await using server = faultServer((request) => {
      const answer = handler(request);
      if (damaged || !request.path.startsWith("/stored/") || answer === null) return answer;
      damaged = true;
      return { ...answer, body: (answer.body as Uint8Array).map((byte) => byte ^ 1) };
    }, { date: () => now });
    const env = { KINDRED_DATA: data, HF_ENDPOINT: server.address, NO_COLOR: "1" };
    const { signal, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--quiet",
        "--no-check",
        `--allow-net=${server.host}`,
        "--allow-read",
        `--allow-write=${data}`,
        "--allow-env",
        "--allow-run",
        `--config=${paths.root}deno.json`,
        `${paths.tests}fetch/dataset/killed_in_hashing.ts`,
      ],
      env,
    }).output();
    assert.equal(signal, "SIGKILL", new TextDecoder().decode(stderr));
    const before = server.log.filter(({ path }) => path.startsWith("/stored/")).length;
    now = new Date("2026-12-24T00:00:00Z");
    const { code, said } = await runFetch("paper", {
      data,
      host: server.host,
      args: ["--no-pack"],
    });
    assert.equal(code, 0, said);
    assert.equal(server.log.filter(({ path }) => path.startsWith("/stored/")).length, before);
    const { from, to, issues, files } = readRawManifest(`${data}/raw/paper`);
    assert.deepEqual([from, to], ["2026-11-20T00:00:00.000Z", "2026-12-24T00:00:00.000Z"]);
    assert.deepEqual(issues.map(({ kind, count }) => [kind, count]), [["wrongHash", 1]]);
    assert.equal(files.length, 3);
    assert.deepEqual(
      [...Deno.readDirSync(`${data}/raw/paper`)].map(({ name }) => name).sort(),
      ["fetch.json", "rows"],
    );
  }));
