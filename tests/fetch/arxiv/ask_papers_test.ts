import assert from "node:assert/strict";
import { askPapers } from "../../../lib/fetch/arxiv/ask_papers.ts";
import { ArxivClient, pauseReason } from "../../../lib/fetch/arxiv/arxiv_client.ts";
import { HttpError } from "../../../lib/fetch/http_errors.ts";
import {
  bomb,
  busyPage,
  droppingServer,
  entry,
  FakeArxiv,
  type FakeArxivOptions,
  type Fault,
  feed,
  plainBusy,
  truncatedXml,
  unavailable,
  xml,
} from "./fake_arxiv.ts";

const ids = Array.from({ length: 20 }, (_, i) => `2301.000${String(i + 10)}`);
const papers = Object.fromEntries(
  ids.map((
    id,
    i,
  ) => [id, { version: i + 1, categories: i % 2 === 0 ? ["cs.LG"] : ["cs.CL", "cs.AI"] }]),
);

/** Asks a server for papers; returns what it said and what it was asked for. */
async function ask(
  wanted: readonly string[],
  options: Partial<FakeArxivOptions> = {},
  { tries = 5 } = {},
) {
  const server = new FakeArxiv({ papers, ...options });
  const due: number[] = [];
  try {
    const client = new ArxivClient(server.address, { pause: 0, backoff: 1, tries });
    const asked = await askPapers(wanted, { client, onAnswer: (requests) => due.push(requests) });
    assert.equal(server.most, 1);
    return { ...asked, requests: server.requests, due };
  } finally {
    await server.close();
  }
}

Deno.test("askPapers() asks once for a batch and takes entries in any order", async () => {
  const { found, absent, refused, requests, due, from, to } = await ask(ids);
  assert.deepEqual([...found.keys()], ids);
  assert.deepEqual(found.get(ids[1]), { primary: "cs.CL", categories: ["cs.CL", "cs.AI"] });
  assert.deepEqual([absent, refused], [[], []]);
  assert.deepEqual(requests, [ids]);
  assert.deepEqual(due, [0]);
  assert.deepEqual([from, to], ["2026-11-21T10:00:00.000Z", "2026-11-21T10:00:00.000Z"]);
});

Deno.test("askPapers() tells papers without an entry", async () => {
  const { found, absent } = await ask(["2301.99999", ...ids.slice(0, 3), "hep-th/9901001"]);
  assert.equal(found.size, 3);
  assert.deepEqual(absent, ["2301.99999", "hep-th/9901001"]);
});

for (const refusal of [200, 400]) {
  Deno.test(`askPapers() finds the malformed ones by halves when one spoils an answer of status ${refusal}`, async () => {
    const malformed = [ids[3], ids[17]];
    const { found, refused, absent, requests, due, answers, issues } = await ask(ids, {
      malformed,
      refusal,
    });
    assert.deepEqual([...found.keys()].sort(), ids.filter((id) => !malformed.includes(id)));
    assert.deepEqual(refused, malformed);
    assert.deepEqual(absent, []);
    assert.ok(requests.length <= 1 + 2 * 2 * 5, `${requests.length} requests`);
    assert.equal(due.length, requests.length);
    assert.deepEqual([due[0], due.at(-1)], [2, 0]);
    assert.equal(answers, requests.length);
    assert.deepEqual(issues.map(({ kind, count }) => [kind, count]), [["refusedId", 2]]);
    // Nothing that was answered is asked for again.
    assert.deepEqual(
      requests.filter((some) => !some.some((id) => malformed.includes(id))).flat().sort(),
      ids.filter((id) => !malformed.includes(id)),
    );
  });
}

Deno.test("askPapers() remembers nothing when everything is refused without a name", async () => {
  const refuses: Fault = () => new Response("no", { status: 400 });
  await assert.rejects(
    ask(ids.slice(0, 4), { faults: Array(7).fill(refuses) }),
    (error: Error) => {
      assert.ok(error instanceof HttpError);
      assert.match(error.message, /refuses all papers of a batch.*"status 400"/);
      return true;
    },
  );
  const { refused } = await ask(ids.slice(0, 2), { malformed: ids.slice(0, 2) });
  assert.deepEqual(refused, ids.slice(0, 2));
});

const faults: Record<string, Fault> = {
  "503 with Retry-After": unavailable,
  "truncated XML": truncatedXml,
  "a page with status 200": busyPage,
  "plain text with status 200": plainBusy,
  "growing entities": bomb,
  "bytes that are no UTF-8": () => new Response(new Uint8Array([0x3c, 0xff, 0xfe])),
};

for (const [name, fault] of Object.entries(faults)) {
  Deno.test(`askPapers() asks again after ${name}, and gives up when it stays`, async () => {
    const { found, requests } = await ask(ids, { faults: [fault, fault, null] });
    assert.equal(found.size, ids.length);
    assert.deepEqual(requests, [ids, ids, ids]);
    await assert.rejects(ask(ids, { faults: Array(3).fill(fault) }, { tries: 3 }), HttpError);
  });
}

Deno.test("askPapers() asks again after a connection that breaks off, and gives up when it stays", async () => {
  const server = droppingServer();
  try {
    const address = new URL(`http://${server.host}/api/query`);
    const client = new ArxivClient(address, { pause: 0, backoff: 1, tries: 3 });
    const asked = askPapers(ids, { client });
    await assert.rejects(asked, HttpError);
    assert.equal(server.requests(), 3);
  } finally {
    server.close();
  }
});

Deno.test("askPapers() ignores papers that it did not ask for, and entries that come twice", async () => {
  const twice: Fault = () =>
    xml(feed([
      entry(ids[0], { categories: ["cs.LG"] }),
      entry("2301.55555", { categories: ["cs.CR"] }),
      entry(ids[0], { categories: ["cs.CV"] }),
    ]));
  const { found, issues } = await ask([ids[0]], { faults: [twice] });
  assert.deepEqual([...found], [[ids[0], { primary: "cs.LG", categories: ["cs.LG"] }]]);
  assert.deepEqual(issues.map(({ kind, examples }) => [kind, examples]), [
    ["unasked", ["2301.55555"]],
  ]);
});

Deno.test("askPapers() refuses an answer that is too large, and a redirect to another host", async () => {
  const huge: Fault = () => xml(feed([`<!--${"x".repeat(17 << 20)}-->`]));
  await assert.rejects(ask(ids, { faults: [huge] }), /larger than/);
  const away: Fault = () =>
    new Response(null, { status: 302, headers: { location: "http://127.0.0.2/api/query" } });
  await assert.rejects(ask(ids, { faults: [away] }), /redirects to .*127\.0\.0\.2/);
});

Deno.test("ArxivClient pauses once before every request but the first, be it a repeated one, and before that one too when it goes on", async () => {
  for (const resumed of [false, true]) {
    const faults = [null, unavailable, truncatedXml, null, null, unavailable];
    const server = new FakeArxiv({ papers, faults });
    // How many requests had been answered when each pause began.
    const pauses: [answered: number, milliseconds: number][] = [];
    try {
      const client = new ArxivClient(server.address, {
        pause: 3,
        backoff: 1,
        resumed,
        onWait({ milliseconds, reason }) {
          if (reason === pauseReason) pauses.push([server.requests.length, milliseconds]);
        },
      });
      for (let i = 0; i < 8; i += 2) await askPapers(ids.slice(i, i + 2), { client });
    } finally {
      await server.close();
    }
    assert.equal(server.requests.length, 7);
    const expected = [0, 1, 2, 3, 4, 5, 6].slice(resumed ? 0 : 1);
    assert.deepEqual(pauses, expected.map((answered) => [answered, 3]));
  }
});

Deno.test("ArxivClient pauses after a redirect and after a connection that breaks off as well", async () => {
  const asked: string[] = [];
  const pauses: number[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, ({ url }) => {
    asked.push(new URL(url).pathname);
    return asked.length === 1
      ? new Response(null, { status: 301, headers: { location: "/elsewhere" } })
      : new Response("");
  });
  try {
    const client = new ArxivClient(new URL(`http://127.0.0.1:${server.addr.port}/api/query`), {
      pause: 1,
      onWait: () => pauses.push(asked.length),
    });
    await client.get(client.address);
    await client.get(client.address);
    assert.deepEqual(asked, ["/api/query", "/elsewhere", "/api/query"]);
    assert.deepEqual(pauses, [1, 2]);
  } finally {
    await server.shutdown();
  }
  const dropping = droppingServer();
  const waits: string[] = [];
  try {
    const client = new ArxivClient(new URL(`http://${dropping.host}/api/query`), {
      pause: 1,
      backoff: 1,
      tries: 3,
      onWait: ({ reason }) => waits.push(reason === pauseReason ? "pause" : "back off"),
    });
    await assert.rejects(client.get(client.address), HttpError);
    assert.deepEqual(waits, ["back off", "pause", "back off", "pause"]);
  } finally {
    dropping.close();
  }
});
