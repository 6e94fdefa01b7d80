import assert from "node:assert/strict";
import { HttpClient } from "../../lib/fetch/http_client.ts";
import { OversizedError, RefusedError } from "../../lib/fetch/http_errors.ts";
import {
  deceivingFaults,
  type FaultKind,
  type FaultServer,
  faultServer,
  harmlessFaults,
  inTurn,
  passingFaults,
  randomly,
  refusedFaults,
} from "./fault_server.ts";

const page = JSON.stringify(Array.from({ length: 300 }, (_, i) => ({ id: `a/model-${i}`, i })));
const mostBytes = 1 << 20;

/** How a request is made: as a whole, or in pieces that the caller joins. */
type Way = "get" | "open";

/** What became of a fault, as `deno task`s that fetch see it: the answer is parsed, and asked for again when it is not what it should be. */
interface Outcome {
  text: string | null;
  refusal: unknown;
}

function clientOf(server: FaultServer, { idle = 60_000 } = {}): HttpClient {
  return new HttpClient({
    hosts: [server.host],
    token: "hf_secret",
    tokenHost: server.host,
    backoff: 1,
    idle,
  });
}

async function fetchPage(client: HttpClient, { url, way }: { url: string; way: Way }) {
  for (let failures = 0;;) {
    try {
      const text = way === "get"
        ? new TextDecoder().decode((await client.get(url, { mostBytes })).bytes)
        : await opened(client, url);
      JSON.parse(text);
      return text;
    } catch (error) {
      if (error instanceof RefusedError) throw error;
      await client.backOff(url, { failures: ++failures, error });
    }
  }
}

async function opened(client: HttpClient, url: string): Promise<string> {
  const { body } = await client.open(url, { mostBytes });
  const decoder = new TextDecoder();
  let text = "";
  for await (const part of body) text += decoder.decode(part, { stream: true });
  return text;
}

async function outcome(kind: FaultKind, { way, gzip }: { way: Way; gzip: boolean }) {
  await using elsewhere = faultServer(() => ({ body: page }));
  await using server = faultServer(() => ({ body: page, gzip }), {
    plan: refusedFaults.includes(kind as "oversized") ? () => kind : inTurn([kind]),
    elsewhere: elsewhere.address,
    oversize: mostBytes + 1,
  });
  const found: Outcome = { text: null, refusal: null };
  const url = `${server.address}api/models?cursor=x`;
  try {
    const client = clientOf(server, kind.startsWith("silence") ? { idle: 200 } : {});
    found.text = await fetchPage(client, { url, way });
  } catch (refusal) {
    found.refusal = refusal;
  }
  assert.deepEqual(elsewhere.log, [], "another host was asked");
  return { ...found, asked: server.log.length, injected: server.faults.get(kind) ?? 0 };
}

const gentle: readonly string[] = harmlessFaults;

for (const kind of [...passingFaults, ...harmlessFaults, ...deceivingFaults]) {
  Deno.test(`HttpClient survives ${kind}: injected 4, survived 4, refused 0, lost 0`, async () => {
    for (const way of ["get", "open"] as const) {
      for (const gzip of [false, true]) {
        const { text, refusal, asked, injected } = await outcome(kind, { way, gzip });
        assert.equal(refusal, null);
        assert.equal(injected, 1);
        // A gzip stream that is complete before a length that is too large has lost nothing.
        const atOnce = gentle.includes(kind) || (kind === "longContentLength" && gzip);
        // On a busy machine an answer may be taken for silence too.
        if (kind.startsWith("silence")) assert.ok(asked >= 2);
        else assert.equal(asked, atOnce ? 1 : 2);
        assert.equal(text, page);
      }
    }
  });
}

for (const kind of refusedFaults) {
  Deno.test(`HttpClient refuses ${kind}: injected 4, survived 0, refused 4, lost 0`, async () => {
    for (const way of ["get", "open"] as const) {
      for (const gzip of [false, true]) {
        const { text, refusal, asked, injected } = await outcome(kind, { way, gzip });
        assert.equal(text, null);
        assert.equal(asked, kind === "redirectLoop" ? 6 : 1);
        assert.equal(injected, asked);
        assert.ok(refusal instanceof RefusedError);
        assert.equal(refusal instanceof OversizedError, kind === "oversized");
        assert.match(refusal.message, /^Cannot fetch "http:\/\/127\.0\.0\.1:\d+\/api\/models": /);
      }
    }
  });
}

Deno.test("HttpClient loses nothing when faults of every kind come at random", async () => {
  const kinds = [...passingFaults, ...harmlessFaults, ...deceivingFaults]
    .filter((kind) => !kind.startsWith("silence"));
  await using server = faultServer(
    ({ url, number }) => ({
      body: `["${url.searchParams.get("page")}",${page}]`,
      gzip: number % 2 === 0,
      chunked: number % 3 === 0,
    }),
    { plan: randomly({ seed: 6, share: 0.5, kinds }) },
  );
  const client = clientOf(server);
  const pages = Array.from({ length: 300 }, (_, i) => i);
  const found: string[] = [];
  // Four side by side, as cards are fetched.
  const lanes = Array.from({ length: 4 }, async (_, lane) => {
    for (const i of pages.filter((i) => i % 4 === lane)) {
      const way = i % 8 < 4 ? "get" : "open";
      found[i] = await fetchPage(client, { url: `${server.address}x?page=${i}`, way });
    }
  });
  await Promise.all(lanes);
  assert.deepEqual(found, pages.map((i) => `["${i}",${page}]`));
  const injected = [...server.faults.values()].reduce((sum, count) => sum + count, 0);
  assert.ok(injected > 200, `only ${injected} faults`);
  assert.deepEqual([...server.faults.keys()].sort(), [...kinds].sort());
});
