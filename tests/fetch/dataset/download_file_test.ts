import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { random } from "../../../lib/core/random.ts";
import { downloadFile, type DownloadOptions } from "../../../lib/fetch/dataset/download_file.ts";
import { HttpClient } from "../../../lib/fetch/http_client.ts";
import type { HttpClientOptions } from "../../../lib/fetch/http_types.ts";
import { inFolder } from "../../fixtures/chunks.ts";
import {
  type FaultKind,
  faultServer,
  harmlessFaults,
  inTurn,
  passingFaults,
  randomly,
  refusedFaults,
  type ServedAnswer,
  type ServedRequest,
} from "../fault_server.ts";
import { commitOf, fakeDatasets, serveBytes, sha256Of } from "./fake_datasets.ts";

const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => (i * i) >> 5);
const commit = "c".repeat(40);
const file: DownloadOptions["file"] = {
  path: "models/train/0000.parquet",
  bytes: bytes.length,
  hash: { kind: "sha256", hex: sha256Of(bytes) },
};

function clientOf(host: string, options: Partial<HttpClientOptions> = {}): HttpClient {
  return new HttpClient({ hosts: [host], backoff: 1, idle: 150, ...options });
}

type Handler = (request: ServedRequest) => ServedAnswer | null;
const whole: Handler = ({ headers }) => serveBytes(bytes, headers, { etag: '"one"' });

/** Downloads in a folder from a server with a handler and a plan; what came, what the server saw, and issues. */
function fetched(
  handler: Handler,
  { plan, before, etag, options, client }: {
    plan?: Parameters<typeof inTurn>[0];
    /** Bytes on disk. */
    before?: Uint8Array;
    etag?: string;
    options?: Partial<DownloadOptions>;
    client?: Partial<HttpClientOptions>;
  } = {},
) {
  return inFolder(async (dir) => {
    await using server = faultServer(handler, { plan: inTurn(plan ?? []), oversize: 300_000 });
    const path = `${dir}/rows/x.parquet`;
    await Deno.mkdir(`${dir}/rows`);
    if (before) await Deno.writeFile(`${path}.part`, before);
    if (etag) await Deno.writeTextFile(`${path}.etag`, etag);
    const issues: string[] = [];
    const seen: number[] = [];
    let error: Error | null = null;
    try {
      await downloadFile(new URL(`${server.address}file`), {
        file,
        path,
        commit,
        client: clientOf(server.host, client),
        onIssue: (kind) => issues.push(kind),
        onBytes: (count) => seen.push(count),
        ...options,
      });
    } catch (thrown) {
      error = thrown as Error;
    }
    const names = [...Deno.readDirSync(`${dir}/rows`)].map(({ name }) => name).sort();
    const content = names.includes("x.parquet") ? await Deno.readFile(path) : null;
    const { log, faults } = server;
    return { error, names, content, issues, seen, log, faults };
  });
}

/** The ranges that were asked for. */
function ranges(log: { headers: Headers }[]): string[] {
  return log.map(({ headers }) =>
    [headers.get("range") ?? "all", headers.get("if-range")].filter(Boolean).join(" if ")
  );
}

Deno.test("downloadFile() writes the file and leaves nothing else when nothing goes wrong", async () => {
  const { error, names, content, seen, log, issues } = await fetched(whole);
  assert.equal(error, null);
  assert.deepEqual([names, issues], [["x.parquet"], []]);
  assert.deepEqual(content, bytes);
  assert.deepEqual([seen[0], seen.at(-1)], [0, bytes.length]);
  assert.ok(seen.every((count, i) => i === 0 || count >= seen[i - 1]));
  assert.deepEqual(ranges(log), ["all"]);
  assert.equal(log[0].headers.get("accept-encoding"), "identity");
});

for (const fault of [...passingFaults, ...harmlessFaults]) {
  Deno.test(`downloadFile() survives ${fault}, at the beginning and when it goes on`, async () => {
    // Gzip is not asked for; a body that cannot be decompressed is a connection that broke.
    for (const before of [undefined, bytes.subarray(0, 33_333)]) {
      const { error, content, faults, names } = await fetched(whole, {
        plan: [fault, fault],
        before,
        etag: before && '"one"',
      });
      assert.equal(error, null);
      assert.deepEqual(content, bytes);
      assert.deepEqual(names, ["x.parquet"]);
      assert.ok((faults.get(fault) ?? 0) >= 1);
    }
  });
}

Deno.test("downloadFile() asks for nothing twice when connections break", async () => {
  const plan: FaultKind[] = ["truncatedBody", "truncatedBody", "truncatedBody"];
  const { content, log, issues } = await fetched(whole, { plan });
  assert.deepEqual(content, bytes);
  assert.deepEqual(issues, []);
  const first = Math.floor(bytes.length / 2);
  const second = first + Math.floor((bytes.length - first) / 2);
  const third = second + Math.floor((bytes.length - second) / 2);
  assert.deepEqual(ranges(log), [
    "all",
    `bytes=${first}- if "one"`,
    `bytes=${second}- if "one"`,
    `bytes=${third}- if "one"`,
  ]);
});

Deno.test("downloadFile() gets the same bytes under hundreds of random faults", async () => {
  const draw = random({ seed: 7 });
  let count = 0;
  for (let seed = 1; seed <= 12; seed++) {
    await inFolder(async (dir) => {
      const plan = randomly({ seed, share: 0.8, mostInRow: 8 });
      await using server = faultServer(whole, { plan });
      const cut = Math.floor(draw.uniform() * bytes.length);
      await Deno.writeFile(`${dir}/x.part`, bytes.subarray(0, cut));
      const client = clientOf(server.host, { tries: 40 });
      await downloadFile(new URL(`${server.address}x`), { file, path: `${dir}/x`, commit, client });
      assert.deepEqual(await Deno.readFile(`${dir}/x`), bytes);
      for (const times of server.faults.values()) count += times;
    });
  }
  assert.ok(count > 20, `${count} faults`);
});

Deno.test("downloadFile() begins again when the server does not go on where the part ends", async () => {
  const part = bytes.subarray(0, 5000);
  const wrong = (headers: Record<string, string>, from = 5000): Handler => ({ attempt }) =>
    attempt === 1
      ? { status: 206, headers: { etag: '"one"', ...headers }, body: bytes.subarray(from) }
      : { headers: { etag: '"two"' }, body: bytes };
  const n = bytes.length;
  const handlers: Handler[] = [
    wrong({}),
    wrong({ "content-range": "bytes 5001-99999/100000" }, 5001),
    wrong({ "content-range": `bytes 0-${n - 1}/${n}` }, 0),
    wrong({ "content-range": `bytes 5000-${n - 1}/${n + 1}` }),
    wrong({ "content-range": "bytes 99-5/100000" }),
    wrong({ "content-range": "items 5000-99999/100000" }),
    wrong({ "content-range": `bytes 5000-${n - 1}/${n}`, etag: '"two"' }),
    ({ attempt }) => attempt === 1 ? { status: 416 } : { body: bytes },
  ];
  for (const [i, handler] of handlers.entries()) {
    const { content, log, issues, error } = await fetched(handler, { before: part, etag: '"one"' });
    assert.equal(error, null, `${i}: ${error}`);
    assert.deepEqual(content, bytes);
    assert.deepEqual([ranges(log), issues], [['bytes=5000- if "one"', "all"], ["beganAgain"]]);
  }
});

Deno.test("downloadFile() takes the whole file at once when the server sends that, or the file has changed there", async () => {
  const changed = await fetched(whole, { before: new Uint8Array(5000), etag: '"other"' });
  assert.deepEqual(changed.content, bytes);
  assert.deepEqual([ranges(changed.log), changed.issues], [['bytes=5000- if "other"'], [
    "beganAgain",
  ]]);
  const longer = await fetched(whole, { before: new Uint8Array(bytes.length + 1), etag: '"one"' });
  assert.deepEqual(longer.content, bytes);
  assert.deepEqual([ranges(longer.log), longer.issues], [["all"], ["beganAgain"]]);
});

Deno.test("downloadFile() accepts a part that is shorter than asked for, and asks on", async () => {
  const { content, log } = await fetched(({ headers }) => {
    const at = Number(/\d+/.exec(headers.get("range") ?? "0")![0]);
    const end = Math.min(bytes.length, at + 40_000);
    return {
      status: 206,
      headers: { "content-range": `bytes ${at}-${end - 1}/*`, etag: 'W/"weak"' },
      body: bytes.subarray(at, end),
    };
  });
  assert.deepEqual(content, bytes);
  // A weak ETag is none for If-Range.
  assert.deepEqual(ranges(log), ["all", "bytes=40000-", "bytes=80000-"]);
});

Deno.test("downloadFile() gives up when the server never serves a part, and keeps asking politely until then", async () => {
  const { error, log } = await fetched(
    () => ({ headers: { etag: '"one"' }, body: bytes }),
    { plan: Array.from({ length: 20 }, () => "truncatedBody") },
  );
  assert.equal(error?.name, "RefusedError");
  assert.match(error!.message, /sent from its beginning; it was begun again 5 times/);
  assert.equal(log.length, 7);
});

Deno.test("downloadFile() removes content with another hash, tries once more, and then says both hashes", async () => {
  const other = bytes.map((byte) => byte ^ 1);
  const once = await fetched(({ attempt }) => ({ body: attempt === 1 ? other : bytes }));
  assert.deepEqual([once.content, once.issues], [bytes, ["wrongHash"]]);
  const twice = await fetched(() => ({ body: other }));
  assert.equal(twice.error?.name, "RefusedError");
  assert.ok(
    twice.error!.message.includes(sha256Of(other)) &&
      twice.error!.message.includes(sha256Of(bytes)),
  );
  assert.deepEqual([twice.names, twice.log.length], [[], 2]);
  // What an earlier process left may be damaged as well, for example after a power cut.
  const damaged = await fetched(whole, { before: other.subarray(0, 700), etag: '"one"' });
  assert.deepEqual([damaged.content, damaged.issues], [bytes, ["wrongHash"]]);
});

Deno.test("downloadFile() refuses a server that says it is another file", async () => {
  const cases: [Record<string, string>, RegExp][] = [
    [{ "x-repo-commit": "d".repeat(40) }, /its commit is "dddd.*expected "cccc/],
    [{ "x-linked-size": "7" }, /its size is "7", expected "100000"/],
    [{ "x-linked-etag": `"${"0".repeat(64)}"` }, /its hash is "0000/],
  ];
  for (const [headers, message] of cases) {
    const { error, log } = await fetched(() => ({ headers, body: bytes }));
    assert.equal(error?.name, "RefusedError");
    assert.match(error!.message, message);
    assert.equal(log.length, 1);
  }
});

for (const fault of refusedFaults) {
  Deno.test(`downloadFile() does not accept ${fault}`, async () => {
    const { error, content, names, log } = await fetched(whole, { plan: Array(9).fill(fault) });
    if (fault === "oversized") assert.match(error!.message, /more bytes than the file has/);
    else assert.deepEqual([error?.name, log.length <= 6], ["RefusedError", true]);
    assert.deepEqual([content, names.includes("x.parquet")], [null, false]);
  });
}

Deno.test("downloadFile() survives a page for people and a length that is too small", async () => {
  for (const fault of ["htmlPage", "shortContentLength"] as const) {
    const { error, content } = await fetched(whole, { plan: [fault] });
    assert.equal(error, null);
    assert.deepEqual(content, bytes);
  }
});

Deno.test("downloadFile() checks files that are not in large-file storage by git's hash", async () => {
  const small = new TextEncoder().encode("modelId,fullJson\r\n");
  const hex = createHash("sha1").update(`blob ${small.length}\0`).update(small).digest("hex");
  const options = {
    file: { path: "a.csv", bytes: small.length, hash: { kind: "git", hex } as const },
  };
  const { content } = await fetched(() => ({ body: small, gzip: false }), { options });
  assert.deepEqual(content, small);
  const empty = {
    file: {
      path: "a.csv",
      bytes: 0,
      hash: { kind: "git", hex: "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391" } as const,
    },
  };
  assert.deepEqual((await fetched(() => null, { options: empty })).content, new Uint8Array());
});

Deno.test("downloadFile() goes to the storage without the token, and to no other host", async () => {
  const dataset = {
    branches: { main: { "a.parquet": bytes } },
    lastModified: "2026-11-20T00:00:00.000Z",
  };
  const handler = fakeDatasets({ datasets: { "x/y": dataset } });
  await using storage = faultServer(handler, { plan: inTurn(["truncatedBody", "status503"]) });
  await using hub = faultServer(
    fakeDatasets({ datasets: { "x/y": dataset }, storage: () => storage.address }),
  );
  const token = "hf_secret";
  for (const hosts of [[hub.host, storage.host], [hub.host]]) {
    await inFolder(async (dir) => {
      const client = new HttpClient({ hosts, token, tokenHost: hub.host, backoff: 1 });
      const url = new URL(
        `datasets/x/y/resolve/${commitOf(dataset, "main")}/a.parquet`,
        hub.address,
      );
      const options = { file, path: `${dir}/a`, client, commit: commitOf(dataset, "main") };
      if (hosts.length === 2) {
        await downloadFile(url, options);
        assert.deepEqual(await Deno.readFile(`${dir}/a`), bytes);
      } else {
        const count = storage.log.length;
        await assert.rejects(downloadFile(url, options), (error: Error) => {
          assert.match(error.message, /redirects to .*, which is not among/);
          return error.name === "RefusedError" && !/secret/.test(error.message);
        });
        assert.equal(storage.log.length, count);
      }
    });
  }
  assert.ok(storage.log.length >= 3);
  assert.ok(storage.log.every(({ headers }) => !headers.has("authorization")));
  assert.ok(hub.log.every(({ headers }) => headers.get("authorization") === `Bearer ${token}`));
});

Deno.test("downloadFile() ends at once when it is aborted, and keeps what came", async () => {
  const controller = new AbortController();
  const { error, names } = await fetched(whole, {
    plan: ["silenceMidBody"],
    client: { signal: controller.signal, idle: 60_000 },
    options: {
      onBytes: (count) => count > 0 && controller.abort(new Error("enough")),
    },
  });
  assert.equal(error?.message, "enough");
  assert.deepEqual(names, ["x.parquet.etag", "x.parquet.part"]);
});
