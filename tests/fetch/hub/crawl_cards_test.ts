import assert from "node:assert/strict";
import { atATime } from "../../../lib/fetch/hub/at_a_time.ts";
import { type CardsNote, crawlCards } from "../../../lib/fetch/hub/crawl_cards.ts";
import { ModelCards } from "../../../lib/fetch/hub/model_card.ts";
import { PageLog } from "../../../lib/fetch/page_log.ts";
import type { HttpClientOptions } from "../../../lib/fetch/http_types.ts";
import { type FaultServer, faultServer, randomly, type ServedAnswer } from "../fault_server.ts";
import { hubServer, SimulatedHub } from "./hub_server.ts";
import { clientOf, inFolder, linesOf } from "./support.ts";

/** A log of rows with some ids, in pages. */
async function rowsOf(
  folder: string,
  ids: readonly string[],
  { pageRows = 100, fileBytes = 1e9 } = {},
) {
  const log = await PageLog.open<{ rows: number }>(folder, { name: "rows", fileBytes });
  for (let start = 0; start < ids.length; start += pageRows) {
    const part = ids.slice(start, start + pageRows);
    const text = part.map((id) => `${JSON.stringify({ id, modelId: id })}\n`).join("");
    await log.append(new TextEncoder().encode(text), { rows: part.length });
  }
  return log;
}

const open = (folder: string) => PageLog.open<CardsNote>(folder, { name: "cards" });

function cardsOf(
  server: FaultServer,
  { authorized = false, ...options }: Partial<HttpClientOptions> & { authorized?: boolean } = {},
): ModelCards {
  return new ModelCards(clientOf(server, options), {
    endpoint: new URL(server.address),
    authorized,
  });
}

Deno.test("crawlCards() writes the card of each row, line by line, and survives every fault", () =>
  inFolder(async (folder) => {
    const hub = new SimulatedHub({ models: 400 });
    await using server = hubServer(hub, {
      plan: randomly({ seed: 3, share: 0.2, mostInRow: 3 }),
    });
    const rows = await rowsOf(folder, hub.models.map(({ id }) => id), { pageRows: 300 });
    const log = await open(folder);
    const told: number[] = [];
    await crawlCards(log, {
      rows,
      from: 0,
      cards: cardsOf(server),
      onPage: (lines) => told.push(lines),
    });
    assert.deepEqual(
      await linesOf(log),
      hub.models.map(({ id, modelCard }) => ({ id, modelCard })),
    );
    assert.deepEqual(told, [256, 400]);
    assert.equal(
      log.pages.reduce((sum, { cards }) => sum + cards, 0),
      hub.models.filter(({ modelCard }) => modelCard !== null).length,
    );
    assert.ok(server.faults.size > 10);
    log.close();
    rows.close();
  }));

Deno.test("crawlCards() goes on after the last page on disk, and its files cover those of the rows", () =>
  inFolder(async (folder) => {
    const hub = new SimulatedHub({ models: 300 });
    const ids = hub.models.map(({ id }) => id);
    const rows = await rowsOf(folder, ids, { pageRows: 50, fileBytes: 1000 });
    const files = new Set(rows.pages.map(({ file }) => file));
    assert.ok(files.size > 2);
    const controller = new AbortController();
    let asked = 0;
    await using server = hubServer(hub, {
      onRequest() {
        if (++asked === 120) controller.abort(new Error("stopped"));
      },
    });
    let log = await open(folder);
    await assert.rejects(
      crawlCards(log, { rows, from: 0, cards: cardsOf(server, { signal: controller.signal }) }),
      { message: "stopped" },
    );
    const kept = log.pages.reduce((sum, page) => sum + page.rows, 0);
    assert.ok(kept > 0 && kept < 300, `${kept} cards`);
    log.close();
    asked = 1000;
    log = await open(folder);
    await crawlCards(log, { rows, from: 0, cards: cardsOf(server) });
    assert.equal(asked, 1000 + 300 - kept);
    assert.deepEqual((await linesOf(log)).map(({ id }) => id), ids);
    const sums = (pages: readonly { file: string; rows: number }[]) => {
      const sums: Record<string, number> = {};
      for (const { file, rows } of pages) {
        const number = file.replace(/^\D+/, "");
        sums[number] = (sums[number] ?? 0) + rows;
      }
      return sums;
    };
    assert.deepEqual(sums(log.pages), sums(rows.pages));
    log.close();
    rows.close();
  }));

Deno.test("ModelCards.of() asks for no id that leads elsewhere", async () => {
  await using server = faultServer(() => ({ body: "secret" }));
  const cards = cardsOf(server);
  for (
    const id of [
      "..",
      ".",
      "../x",
      "a/..",
      "./a",
      "a/../../etc",
      "a/b/c",
      "a b",
      "a?x",
      "a#b",
      "/a",
      "a/",
      "a\\b",
      "ä",
      "%2e%2e",
      "",
    ]
  ) {
    const { text, issue } = await cards.of(id);
    assert.equal(text, null, id);
    assert.equal(issue?.kind, "unusualId", id);
  }
  assert.equal(server.log.length, 0);
  for (const id of ["gpt2", "a/b.c-d_E", "__proto__", "..a/b..", "a/...x"]) {
    assert.equal((await cards.of(id)).text, "secret");
    assert.equal(server.log.at(-1)!.path, `/${id}/raw/main/README.md`);
  }
});

Deno.test("ModelCards.of() counts what cannot be had, and takes the rest as it is", async () => {
  const text = "\ufeff---\r\nlicense: mit\n---\n# T\u0000<script>\u202e\n";
  await using server = hubServer(new SimulatedHub({ models: 100 }), {
    oversize: 9 << 20,
    cardAnswer: (id, { attempt, url }): ServedAnswer => {
      const name = id.split("/").at(-1)!;
      if (name === "text") return { body: text };
      if (name === "moved") {
        return { status: 307, headers: { location: url.pathname.replace("moved", "text") } };
      }
      if (name === "elsewhere") {
        return { status: 302, headers: { location: "http://127.0.0.1:9/x" } };
      }
      if (name === "html" && attempt < 3) {
        return {
          body: "<p>Be right back",
          headers: { "content-type": "text/html; charset=utf-8" },
        };
      }
      if (name === "html") return { body: "<h1>A card</h1>" };
      if (name === "large") return { body: new Uint8Array(9 << 20) };
      if (name === "latin1") return { body: new Uint8Array([71, 114, 252, 223, 101]) };
      if (name === "replaced") return { body: "\ufffd is in the text" };
      return { status: Number(name) };
    },
  });
  const cards = cardsOf(server);
  const taken = async (name: string) => {
    const { text, issue } = await cards.of(`o/${name}`);
    return [text, issue?.kind ?? null];
  };
  assert.deepEqual(await taken("text"), [text, null]);
  assert.deepEqual(await taken("moved"), [text, null]);
  assert.deepEqual(await taken("html"), ["<h1>A card</h1>", null]);
  assert.deepEqual(await taken("replaced"), ["\ufffd is in the text", null]);
  assert.deepEqual(await taken("latin1"), ["Gr\ufffd\ufffde", "cardNotUtf8"]);
  assert.deepEqual(await taken("elsewhere"), [null, "refusedCard"]);
  assert.deepEqual(await taken("large"), [null, "oversizedCard"]);
  assert.deepEqual(await taken("404"), [null, null]);
  assert.deepEqual(await taken("401"), [null, "closedCard"]);
  assert.deepEqual(await taken("403"), [null, "closedCard"]);
  assert.deepEqual(await taken("451"), [null, "refusedCard"]);
  await assert.rejects(
    cardsOf(server, { authorized: true }).of("o/401"),
    /does not know the token \(status 401\); set HF_TOKEN/,
  );
});

Deno.test("ModelCards.of() gives up on one card that the Hub cannot give, not on those of a Hub that is down", async () => {
  const hub = new SimulatedHub({ models: 100 });
  await using server = hubServer(hub, {
    cardAnswer: (id) => id === "o/broken" ? { status: 500 } : undefined,
  });
  const alone = cardsOf(server, { tries: 2 });
  await assert.rejects(alone.of("o/broken"), { name: "HttpError", message: /status 500/ });
  const cards = cardsOf(server, { tries: 4, backoff: 200 });
  const broken = cards.of("o/broken");
  for (const { id } of hub.models.slice(0, 20)) await cards.of(id);
  const { text, issue } = await broken;
  assert.equal(text, null);
  assert.equal(issue!.kind, "refusedCard");
  assert.equal(issue!.example, "o/broken: status 500");
});

Deno.test("atATime() runs as many tasks as it may, in the order in which they came", async () => {
  const turn = atATime(3);
  let running = 0;
  let most = 0;
  const begun: number[] = [];
  const results = await Promise.allSettled(Array.from({ length: 20 }, (_, i) =>
    turn(async () => {
      begun.push(i);
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, i % 3));
      running--;
      if (i % 5 === 0) throw new Error(`${i}`);
      return i;
    })));
  assert.equal(most, 3);
  assert.deepEqual(begun, results.map((_, i) => i));
  assert.deepEqual(
    results.map((result) => result.status),
    results.map((_, i) => i % 5 === 0 ? "rejected" : "fulfilled"),
  );
});
