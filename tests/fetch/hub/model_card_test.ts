import assert from "node:assert/strict";
import type { ModelCards } from "../../../lib/fetch/hub/model_card.ts";
import { faultServer, type ServedAnswer } from "../fault_server.ts";
import { hubServer, SimulatedHub } from "./hub_server.ts";
import { cardsOf } from "./support.ts";

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
  let down = false;
  let listIsDown = false;
  await using server = hubServer(hub, {
    plan: ({ url }) => listIsDown && url.pathname === "/api/models" ? "status502" : null,
    cardAnswer: (id) => down || id.startsWith("broken/") ? { status: 500 } : undefined,
  });
  const options = { tries: 2 };
  const given = hub.models.find(({ modelCard }) => modelCard !== null)!.id;
  const broken = { text: null, kind: "refusedCard", example: "broken/one: status 500" };
  const taken = async (cards: ModelCards) => {
    const { text, issue } = await cards.of("broken/one");
    return { text, kind: issue?.kind, example: issue?.example };
  };
  // No other card is known: the list of models tells that the Hub is up.
  assert.deepEqual(await taken(cardsOf(server, options)), broken);
  listIsDown = true;
  await assert.rejects(taken(cardsOf(server, options)), { message: /broken\/one.*: status 500/ });
  // One that was given tells more.
  const cards = cardsOf(server, options);
  assert.notEqual((await cards.of(given)).text, null);
  assert.deepEqual(await taken(cards), broken);
  listIsDown = false;
  down = true;
  await assert.rejects(taken(cards), { name: "HttpError", message: /broken\/one.*: status 500/ });
  // The list may be up when no card is given.
  const none = cardsOf(server, options);
  const asked = await Promise.allSettled(
    hub.models.slice(0, 40).map(({ id }) => none.of(id)),
  );
  assert.equal(asked.filter(({ status }) => status === "fulfilled").length, 16);
});

Deno.test("ModelCards.of() takes no refusal that names a wait, or asks for fewer requests, for a card that is not there", async () => {
  const answers: ServedAnswer[] = [
    { status: 503, headers: { "retry-after": "0" } },
    { status: 403, headers: { "retry-after": "0" } },
    { status: 500, headers: { ratelimit: '"api";r=0;t=0' } },
    { status: 503, headers: { "retry-after": "9999" } },
    { status: 429 },
  ];
  for (const answer of answers) {
    await using server = hubServer(new SimulatedHub({ models: 100 }), {
      cardAnswer: () => answer,
    });
    await assert.rejects(cardsOf(server, { tries: 2 }).of("o/busy"), {
      name: "HttpError",
      message: new RegExp(`o/busy.*: status ${answer.status}`),
    });
  }
});
