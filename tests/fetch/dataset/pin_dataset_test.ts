import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { clientFetch } from "../../../lib/fetch/dataset/client_fetch.ts";
import { pinDataset, type PinnedDataset } from "../../../lib/fetch/dataset/pin_dataset.ts";
import { HttpClient } from "../../../lib/fetch/http_client.ts";
import {
  type FaultKind,
  type FaultServer,
  faultServer,
  inTurnPerPath,
  quickFaults,
} from "../fault_server.ts";
import { commitOf, type FakeDataset, fakeDatasets, sha256Of } from "./fake_datasets.ts";

const large = new Uint8Array(300).fill(7);
const small = new TextEncoder().encode("# card");
const dataset: FakeDataset = {
  branches: {
    main: { "README.md": small },
    "refs/convert/parquet": {
      "README.md": small,
      "models/train/0000.parquet": large,
      "models/train/0001.parquet": large.subarray(1),
      ".gitattributes": small,
      "é/=cmd() <b>.txt": small,
    },
  },
  lastModified: "2026-11-20T01:02:03.000Z",
};
const datasets = { "x/y": dataset };

async function pinned(
  options: Partial<Parameters<typeof fakeDatasets>[0]>,
  { plan = [], revision = "refs/convert/parquet" }: { plan?: FaultKind[]; revision?: string } = {},
): Promise<{ pinned: PinnedDataset; log: FaultServer["log"]; dates: string[] }> {
  await using server = faultServer(fakeDatasets({ datasets, ...options }), {
    plan: inTurnPerPath(plan),
    date: () => new Date("2026-11-21T00:00:00Z"),
  });
  const client = new HttpClient({
    hosts: [server.host],
    backoff: 1,
    token: "hf_secret",
    tokenHost: server.host,
  });
  const dates: string[] = [];
  const fetch = clientFetch(client, { onDate: (date) => dates.push(date) });
  const found = await pinDataset("x/y", { revision, hub: new URL(server.address), fetch });
  return { pinned: found, log: server.log, dates };
}

Deno.test("pinDataset() finds the commit of a branch and all pages of its files, with sizes and hashes", async () => {
  const { pinned: found, log, dates } = await pinned({});
  assert.equal(found.commit, commitOf(dataset, "refs/convert/parquet"));
  assert.equal(found.changed, "2026-11-20T01:02:03.000Z");
  const hex = createHash("sha1").update(`blob ${small.length}\0`).update(small).digest("hex");
  assert.deepEqual(found.files.slice(0, 2), [
    { path: "README.md", bytes: small.length, hash: { kind: "git", hex } },
    {
      path: "models/train/0000.parquet",
      bytes: 300,
      hash: { kind: "sha256", hex: sha256Of(large) },
    },
  ]);
  assert.deepEqual(found.files.map(({ path }) => path).slice(2), [
    "models/train/0001.parquet",
    ".gitattributes",
    "é/=cmd() <b>.txt",
  ]);
  assert.equal(log.length, 4);
  assert.match(
    log[0].path,
    /^\/api\/datasets\/x\/y\/revision\/refs%2Fconvert%2Fparquet\?.*expand=sha/,
  );
  // The list is that of the commit, not of the branch, which may move between two pages.
  assert.ok(log.slice(1).every(({ path }) => path.includes(`/tree/${found.commit}?`)));
  assert.ok(log.every(({ headers }) => headers.get("authorization") === "Bearer hf_secret"));
  assert.deepEqual(new Set(dates), new Set(["2026-11-21T00:00:00.000Z"]));
});

Deno.test("pinDataset() gives the same under every fault that passes, and a page for people", async () => {
  const expected = (await pinned({})).pinned;
  for (const kind of [...quickFaults, "htmlPage"] as const) {
    const { pinned: found, log } = await pinned({}, { plan: [kind, kind] });
    assert.deepEqual(found, expected, kind);
    assert.equal(log.length, 12, kind);
  }
});

Deno.test("pinDataset() refuses paths that lead out of the repository, whatever else is listed", async () => {
  const paths = [
    "../x",
    "a/../../x",
    "/etc/passwd",
    "a\\..\\x",
    "C:/x",
    "a//b",
    "./a",
    "a/.",
    "",
    "a\u0000b",
    "a\nb",
    "a\u009b2J",
    "a\u202eb",
    "a/\u2066b",
    "a\u061cb",
    "a\u2028b",
    null,
    7,
  ];
  for (const path of paths) {
    const entry = { type: "file", path, size: 1, oid: "0".repeat(40) };
    for (const type of ["file", "directory"]) {
      await assert.rejects(pinned({ listed: [{ ...entry, type }] }), {
        name: "RefusedError",
        message: `Cannot fetch "x/y": it lists the file ${
          JSON.stringify(path)
        }, expected a path below the repository`,
      });
    }
  }
});

Deno.test("pinDataset() refuses sizes and hashes that are none, and leaves folders out", async () => {
  const entry = { type: "file", path: "a", size: 1, oid: "0".repeat(40) };
  const bad = [
    { ...entry, size: -1 },
    { ...entry, size: "7" },
    { ...entry, size: 1.5 },
    { ...entry, oid: "xyz" },
    { ...entry, oid: undefined },
    { ...entry, lfs: { oid: "0".repeat(40), size: 1 } },
  ];
  for (const one of bad) {
    await assert.rejects(pinned({ listed: [one] }), { name: "RefusedError", message: /lists "a"/ });
  }
  const { pinned: found } = await pinned({ listed: [{ ...entry, type: "directory" }] });
  assert.equal(found.files.length, 5);
});

Deno.test("pinDataset() refuses when there is no such dataset or branch, or the answer has no commit", async () => {
  await assert.rejects(pinned({}, { revision: "refs/convert/duckdb" }), {
    name: "HttpError",
    status: 404,
  });
  await assert.rejects(pinned({ datasets: {} }), { name: "HttpError", status: 404 });
  await using server = faultServer(() => ({ body: '{"_id": "1", "sha": "../../x"}' }));
  const fetch = clientFetch(new HttpClient({ hosts: [server.host], backoff: 1 }));
  await assert.rejects(
    pinDataset("x/y", { revision: "main", hub: new URL(server.address), fetch }),
    { name: "RefusedError", message: /its commit is "\.\.\/\.\.\/x"/ },
  );
});

Deno.test("pinDataset() follows no list to another host, and none without end", async () => {
  await using elsewhere = faultServer(() => ({ body: "[]" }));
  const commit = "c".repeat(40);
  let link = "";
  await using server = faultServer(({ url }) =>
    url.pathname.includes("/revision/")
      ? { body: JSON.stringify({ sha: commit, lastModified: "2026-11-20T00:00:00Z" }) }
      : {
        headers: { link: `<${link}>; rel="next"` },
        body: JSON.stringify(
          Array.from({ length: 30_000 }, (_, i) => ({ type: "directory", path: `${i}` })),
        ),
      }
  );
  const fetch = clientFetch(new HttpClient({ hosts: [server.host], backoff: 1 }));
  const pin = () => pinDataset("x/y", { revision: "main", hub: new URL(server.address), fetch });
  link = `${elsewhere.address}next`;
  await assert.rejects(pin(), { name: "RefusedError", message: /is not among/ });
  assert.equal(elsewhere.log.length, 0);
  link = `${server.address}again`;
  await assert.rejects(pin(), { name: "RefusedError", message: /more than 100000 files/ });
});
