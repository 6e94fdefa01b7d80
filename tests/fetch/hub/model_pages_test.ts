import assert from "node:assert/strict";
import { expandedFields } from "../../../lib/fetch/hub/hub_row.ts";
import { faultServer, inTurn, type ServedAnswer } from "../fault_server.ts";
import { pagesOf } from "./support.ts";

/** A server whose list gives some answers in turn, the last one again and again. */
function answering(...answers: ServedAnswer[]) {
  let next = 0;
  return faultServer(() => answers[Math.min(next++, answers.length - 1)]);
}

const page = (rows: unknown, link?: string): ServedAnswer => ({
  body: JSON.stringify(rows),
  headers: link === undefined ? {} : { link },
});

Deno.test("ModelPages.firstPath() asks for pages of 1,000 in an order that the Hub has, with each field", async () => {
  await using server = answering(page([]));
  const query = (order: "created" | "changed") =>
    new URL(pagesOf(server).firstPath(order), server.address).searchParams;
  const created = query("created");
  assert.equal(created.get("limit"), "1000");
  assert.equal(created.get("sort"), "createdAt");
  assert.equal(created.get("direction"), "1");
  assert.deepEqual(created.getAll("expand[]"), [...expandedFields]);
  // Upwards the Hub does not sort by time of change.
  assert.equal(query("changed").get("direction"), "-1");
  assert.equal(query("changed").get("sort"), "lastModified");
});

Deno.test("ModelPages.page() finds the next page among other links", async () => {
  const links = [
    (next: string) => `<${next}>; rel="next"`,
    (next: string) => `<${next}>; rel=next`,
    (next: string) => `</api/models?cursor=a,b>; rel="prev", <${next}>; title="x"; REL="last next"`,
  ];
  for (const link of links) {
    for (const base of ["", "http://HOST"]) {
      await using server = faultServer(({ url }) =>
        page([], link(`${base.replace("HOST", url.host)}/api/models?cursor=x%3D%3D`))
      );
      const { next } = await pagesOf(server).page("/api/models?limit=1", new Set());
      assert.equal(next, "/api/models?cursor=x%3D%3D");
    }
  }
});

Deno.test("ModelPages.page() refuses a next page elsewhere, at once", async () => {
  for (
    const target of [
      "http://127.0.0.1:9/api/models?cursor=x",
      "https://example.org/api/models",
      "/api/datasets?cursor=x",
      "/api/models/../spaces",
      "http://[",
    ]
  ) {
    await using server = answering(page([], `<${target}>; rel="next"`));
    await assert.rejects(pagesOf(server).page("/api/models", new Set()), {
      name: "RefusedError",
      message: /^Cannot go on: the next page is said to be /,
    });
    assert.equal(server.log.length, 1);
  }
});

Deno.test("ModelPages.page() asks again for the last page, whose link may have been lost", async () => {
  await using server = answering(
    page([{ id: "a" }]),
    page([{ id: "a" }], `</api/models?cursor=x>; rel="next"`),
  );
  const { next, elements } = await pagesOf(server).page("/api/models", new Set());
  assert.equal(next, "/api/models?cursor=x");
  assert.deepEqual(elements, [{ id: "a" }]);
  await using last = answering(page([{ id: "a" }]));
  assert.equal((await pagesOf(last).page("/api/models", new Set())).next, null);
  assert.equal(last.log.length, 2);
});

Deno.test("ModelPages.page() asks again for what is no page", async () => {
  await using server = answering(
    { body: '[{"id":"a"' },
    { body: "<!doctype html>" },
    { body: '{"error":"Internal error"}' },
    { body: "null" },
    { body: new Uint8Array([91, 34, 255, 34, 93]) },
    page([{ id: "a" }], `</api/models?cursor=x>; rel="next"`),
  );
  const { elements } = await pagesOf(server).page("/api/models", new Set());
  assert.deepEqual(elements, [{ id: "a" }]);
  assert.equal(server.log.length, 6);
});

Deno.test("ModelPages.page() gives up on what is never a page, and says what came", async () => {
  await using server = answering({ body: '{"error":"Internal error"}' });
  await assert.rejects(pagesOf(server, { tries: 3 }).page("/api/models", new Set()), {
    name: "HttpError",
    message: /the answer is \{"error":"Internal error"\}, expected a JSON array \(3 attempts\)/,
  });
});

Deno.test("ModelPages.page() bears with a circle that ends, and refuses one that stays", async () => {
  const back = page([], `</api/models?cursor=old>; rel="next"`);
  const seen = new Set(["/api/models", "/api/models?cursor=old"]);
  await using passing = answering(back, back, page([], `</api/models?cursor=new>; rel="next"`));
  assert.equal((await pagesOf(passing).page("/api/models", seen)).next, "/api/models?cursor=new");
  await using staying = answering(back);
  await assert.rejects(pagesOf(staying).page("/api/models", seen), {
    name: "RefusedError",
    message: /leads in a circle, back to "\/api\/models\?cursor=old"; what was read is kept/,
  });
});

Deno.test("ModelPages.page() bears with faults on the way", async () => {
  await using server = faultServer(
    () => page([{ id: "a" }], `</api/models?cursor=x>; rel="next"`),
    {
      plan: inTurn(["status500", "htmlPage", "shortContentLength", "429RateLimit"]),
    },
  );
  const { elements } = await pagesOf(server).page("/api/models", new Set());
  assert.deepEqual(elements, [{ id: "a" }]);
});
