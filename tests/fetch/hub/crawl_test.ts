import assert from "node:assert/strict";
import { crawlModels } from "../../../lib/fetch/hub/crawl.ts";
import type { PageNote } from "../../../lib/fetch/hub/follow_pages.ts";
import { PageLog } from "../../../lib/fetch/page_log.ts";
import { faultServer } from "../fault_server.ts";
import { hubServer, SimulatedHub } from "./hub_server.ts";
import { inFolder, linesOf, pagesOf } from "./support.ts";

const open = (folder: string) => PageLog.open<PageNote>(folder, { name: "rows" });

Deno.test("crawlModels() writes each model as published dumps have it, in the order of creation", () =>
  inFolder(async (folder) => {
    const hub = new SimulatedHub({ models: 250 });
    await using server = hubServer(hub, { pageRows: 40 });
    const log = await open(folder);
    await crawlModels(log, { pages: pagesOf(server) });
    const rows = await linesOf(log);
    assert.deepEqual(rows, hub.models.map(({ id }) => hub.row(id)));
    const [{ id, fields }] = hub.models;
    assert.deepEqual(Object.keys(rows[0]), Object.keys(hub.row(id)));
    assert.ok(
      Object.keys(fields).includes("tags") && !("_id" in rows[0]) && !("lastModified" in rows[0]),
    );
    assert.deepEqual(log.pages.map((page) => page.rows), [40, 40, 40, 40, 40, 40, 10]);
    assert.equal(log.pages[0].first, hub.models[0].createdAt);
    assert.equal(log.pages[0].last, hub.models[39].createdAt);
    assert.equal(log.pages.at(-1)!.next, null);
    assert.ok(log.pages.every(({ next }) => !next?.includes(server.host)));
    log.close();
  }));

Deno.test("crawlModels() goes on after the last page on disk, and asks for none twice", () =>
  inFolder(async (folder) => {
    const hub = new SimulatedHub({ models: 200 });
    const controller = new AbortController();
    await using server = hubServer(hub, { pageRows: 20 });
    let log = await open(folder);
    const onPage = () => {
      if (log.pages.length === 4) controller.abort(new Error("stopped"));
    };
    await assert.rejects(
      crawlModels(log, { pages: pagesOf(server, { signal: controller.signal }), onPage }),
      { message: "stopped" },
    );
    log.close();
    const before = server.log.length;
    // One that was broken off may come to the server only now.
    const asked = () => new Set(server.log.slice(before).map(({ path }) => path)).size;
    log = await open(folder);
    const kept = log.pages.length;
    // The next page may have come by then.
    assert.ok(kept === 4 || kept === 5, `${kept} pages`);
    await crawlModels(log, { pages: pagesOf(server) });
    assert.equal(asked(), 10 - kept);
    const requests = server.log.length;
    assert.deepEqual((await linesOf(log)).map(({ id }) => id), hub.models.map(({ id }) => id));
    await crawlModels(log, { pages: pagesOf(server) });
    assert.equal(server.log.length, requests, "a complete crawl asks for nothing");
    log.close();
  }));

Deno.test("crawlModels() has no request under way when it ends with an error", () =>
  inFolder(async (folder) => {
    const hub = new SimulatedHub({ models: 200 });
    let underWay = 0;
    await using server = hubServer(hub, { pageRows: 20, delay: () => 20 });
    const pages = pagesOf(server);
    const counted = {
      firstPath: pages.firstPath.bind(pages),
      async page(...args: Parameters<typeof pages.page>) {
        underWay++;
        return await pages.page(...args).finally(() => underWay--);
      },
    };
    const log = await open(folder);
    let then = 0;
    const onPage = () => {
      then = underWay;
      throw new Error("the disk is full");
    };
    await assert.rejects(crawlModels(log, { pages: counted, onPage }), {
      message: "the disk is full",
    });
    assert.deepEqual([then, underWay], [1, 0]);
    log.close();
  }));

Deno.test("crawlModels() counts what is no row, and loses no other", () =>
  inFolder(async (folder) => {
    const long = "x".repeat(9 << 20);
    const rows = [
      { id: "a/b", tags: ["</script>", "\u202e", '=cmd()|"'], __proto__: { likes: 7 } },
      null,
      "text",
      [1],
      { likes: 3 },
      { id: 7 },
      { id: "" },
      { id: "a/long", pipeline_tag: long },
      { id: "__proto__", likes: null, downloads: "many" },
      { id: "constructor", createdAt: "2024-01-01T00:00:00.000Z", _id: "1", extra: 1 },
    ];
    await using server = faultServer(() => ({ body: JSON.stringify(rows) }));
    const log = await open(folder);
    await crawlModels(log, { pages: pagesOf(server) });
    assert.deepEqual(await linesOf(log), [
      { id: "a/b", tags: ["</script>", "\u202e", '=cmd()|"'], modelId: "a/b" },
      { id: "__proto__", downloads: "many", modelId: "__proto__" },
      { id: "constructor", createdAt: "2024-01-01T00:00:00.000Z", modelId: "constructor" },
    ]);
    const [page] = log.pages;
    assert.deepEqual(
      page.issues!.map(({ kind, count }) => [kind, count]),
      [["notAnObject", 3], ["noId", 3], ["oversizedRow", 1]],
    );
    assert.match(page.issues![2].examples[0], /^a\/long: \d+ bytes$/);
    log.close();
  }));

Deno.test("crawlModels() refuses a Hub without models", () =>
  inFolder(async (folder) => {
    await using server = faultServer(() => ({ body: "[]" }));
    const log = await open(folder);
    await assert.rejects(crawlModels(log, { pages: pagesOf(server) }), /the list has none/);
    log.close();
  }));

Deno.test("crawlModels() finds every model of a Hub that changes meanwhile, each once", () =>
  inFolder(async (folder) => {
    const hub = new SimulatedHub({ models: 300 });
    const before = hub.models.map(({ id }) => id);
    const at = hub.models.at(-1)!.createdAt;
    const removed = [before[3], before[250]];
    await using server = hubServer(hub, {
      pageRows: 20,
      onRequest({ number }) {
        hub.create(`new/model-${number}`, { at });
        hub.change(before[number], { at, likes: 1000 + number });
        if (number === 5) removed.forEach((id) => hub.remove(id));
      },
    });
    const log = await open(folder);
    await crawlModels(log, { pages: pagesOf(server) });
    const ids = (await linesOf(log)).map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    // Deleted after it was read, and before.
    assert.deepEqual(ids.slice(0, 299), before.filter((id) => id !== removed[1]));
    const created = ids.slice(299);
    // The last page is asked for twice; what is created by then comes along.
    assert.deepEqual(created, created.map((_, i) => `new/model-${i + 1}`));
    assert.ok(created.length >= 14, `${created.length} new models`);
    log.close();
  }));
