import assert from "node:assert/strict";
import { random } from "../../../lib/core/random.ts";
import { ChangedModels } from "../../../lib/fetch/hub/changed_models.ts";
import { type ChangesNote, crawlChanges } from "../../../lib/fetch/hub/changes.ts";
import { PageLog } from "../../../lib/fetch/page_log.ts";
import { hubServer, SimulatedHub } from "./hub_server.ts";
import { inFolder, linesOf, pagesOf } from "./support.ts";

const since = "2030-01-01T00:00:00.000Z";
const later = (minutes: number) => new Date(Date.parse(since) + 60_000 * minutes).toISOString();
const open = (folder: string) => PageLog.open<ChangesNote>(folder, { name: "changes" });

/** The Hub's clock is ahead of each change. */
const date = () => new Date(later(100_000));

/** A hub, some of whose models were changed after a day. */
function changedHub(count: number): { hub: SimulatedHub; changed: string[] } {
  const hub = new SimulatedHub({ models: 300 });
  const changed = hub.models.slice(0, count).map(({ id }) => id);
  changed.forEach((id, i) => hub.change(id, { at: later(i), likes: 100_000 + i }));
  return { hub, changed };
}

/** The rows of models in the order of a snapshot: by creation, then id. */
function expectedRows(hub: SimulatedHub, ids: readonly string[]) {
  return ids.map((id) => hub.row(id)).sort((a, b) => {
    const [x, y] = a.createdAt === b.createdAt ? [a.id, b.id] : [a.createdAt, b.createdAt];
    return x! < y! ? -1 : 1;
  });
}

async function rowsOf(log: PageLog<ChangesNote>) {
  const rows: Record<string, unknown>[] = [];
  for await (const { row } of (await ChangedModels.read(log)).rows()) rows.push(row);
  return rows;
}

Deno.test("crawlChanges() keeps what was changed on a day or later, and reads once more what may have moved", () =>
  inFolder(async (folder) => {
    const { hub, changed } = changedHub(45);
    await using server = hubServer(hub, { pageRows: 20, date });
    const log = await open(folder);
    await crawlChanges(log, { pages: pagesOf(server), since });
    const lines = await linesOf(log);
    assert.deepEqual(
      lines.map(({ id }) => id),
      // The latest one was on the first page of the first reading: all after it would be newer.
      [...changed.toReversed(), changed[44]],
    );
    assert.deepEqual(log.pages.map(({ sweep, rows }) => [sweep, rows]), [
      [1, 20],
      [1, 20],
      [1, 5],
      [1, 0],
      [2, 1],
      [2, 0],
    ]);
    assert.ok(
      log.pages.at(-1)!.end && log.pages.slice(0, -1).every(({ end }) => end === undefined),
    );
    const requests = server.log.length;
    await crawlChanges(log, { pages: pagesOf(server), since });
    assert.equal(server.log.length, requests);
    assert.deepEqual(await rowsOf(log), expectedRows(hub, changed));
    log.close();
  }));

Deno.test("crawlChanges() misses no model that changes while it reads", () =>
  inFolder(async (folder) => {
    const { hub, changed } = changedHub(120);
    let minute = 1000;
    await using server = hubServer(hub, {
      pageRows: 20,
      date,
      onRequest({ number }) {
        // Moves to the front what is still to be read, and creates others.
        if (number < 2 || number > 6) return;
        hub.change(changed[number], { at: later(minute++), likes: -number });
        hub.create(`new/model-${number}`, { at: later(minute) });
        hub.find(`new/model-${number}`)!.lastModified = later(minute++);
      },
    });
    const log = await open(folder);
    await crawlChanges(log, { pages: pagesOf(server), since });
    const rows = await rowsOf(log);
    const expected = hub.models.filter(({ lastModified }) => lastModified >= since);
    assert.deepEqual(rows, expectedRows(hub, expected.map(({ id }) => id)));
    assert.equal(rows.length, 125);
    const firstSweep = new Set<unknown>();
    let line = 0;
    const lines = await linesOf(log);
    for (const { sweep, rows } of log.pages) {
      for (const { id } of lines.slice(line, line + rows)) if (sweep === 1) firstSweep.add(id);
      line += rows;
    }
    assert.ok(firstSweep.size < 125, "the first reading did miss some");
    log.close();
  }));

Deno.test("crawlChanges() goes on wherever it stopped", () =>
  inFolder(async (folder) => {
    const { hub } = changedHub(90);
    await using server = hubServer(hub, { pageRows: 20, date });
    const whole = await open(folder);
    await crawlChanges(whole, { pages: pagesOf(server), since });
    for (let stop = 1; stop < whole.pages.length; stop++) {
      await inFolder(async (other) => {
        let log = await open(other);
        const controller = new AbortController();
        let pages = 0;
        await assert.rejects(
          crawlChanges(log, {
            pages: pagesOf(server),
            since,
            onPage() {
              if (++pages === stop) {
                controller.abort();
                controller.signal.throwIfAborted();
              }
            },
          }),
          { name: "AbortError" },
        );
        log.close();
        log = await open(other);
        await crawlChanges(log, { pages: pagesOf(server), since });
        const without = ({ date: _, ...page }: ChangesNote) => page;
        assert.deepEqual(log.pages.map(without), whole.pages.map(without));
        log.close();
      });
    }
    whole.close();
  }));

Deno.test("crawlChanges() bears with rows out of order, twice, and without a time", () =>
  inFolder(async (folder) => {
    const { hub, changed } = changedHub(70);
    const draw = random({ seed: 5 });
    await using server = hubServer(hub, {
      pageRows: 20,
      date,
      spoilPage(rows) {
        const order = rows.map((row) => ({ row, at: draw.uniform() }));
        const all = order.sort((a, b) => a.at - b.at).map(({ row }) => row);
        return [...all, all[0], { id: "no/time" }];
      },
    });
    const log = await open(folder);
    // A row without a time counts as changed, so that the list has no end but its own.
    await crawlChanges(log, { pages: pagesOf(server), since });
    const rows = await rowsOf(log);
    assert.deepEqual(rows.slice(0, -1), expectedRows(hub, changed));
    assert.deepEqual(rows.at(-1), { id: "no/time", modelId: "no/time" });
    assert.equal(log.pages[0].issues![0].kind, "noTimeOfChange");
    log.close();
  }));

Deno.test("crawlChanges() misses no model although others were changed ahead of the Hub's clock", () =>
  inFolder(async (folder) => {
    for (const clock of [() => new Date(later(500)), () => null]) {
      const { hub, changed } = changedHub(120);
      for (const id of changed.slice(5, 8)) hub.change(id, { at: "2099-01-01T00:00:00.000Z" });
      await using server = hubServer(hub, {
        pageRows: 20,
        date: clock,
        onRequest({ number }) {
          if (number === 3) hub.change(changed[0], { at: later(501), likes: -1 });
        },
      });
      const name = `changes${clock() === null}`;
      const log = await PageLog.open<ChangesNote>(folder, { name });
      await crawlChanges(log, { pages: pagesOf(server), since });
      assert.deepEqual(await rowsOf(log), expectedRows(hub, changed));
      assert.equal(log.pages.at(-1)!.sweep, 2);
      // Not from the beginning.
      const again = log.pages.filter(({ sweep }) => sweep === 2);
      assert.ok(again.reduce((sum, { rows }) => sum + rows, 0) < 20);
      log.close();
    }
  }));

Deno.test("crawlChanges() reads again what changed while the list may lag behind", () =>
  inFolder(async (folder) => {
    const { hub, changed } = changedHub(40);
    await using server = hubServer(hub, { pageRows: 20, date: () => new Date(later(41)) });
    const log = await open(folder);
    await crawlChanges(log, { pages: pagesOf(server), since });
    assert.equal(log.pages[0].nextBound, later(36));
    const again = log.pages.findIndex(({ sweep }) => sweep === 2);
    assert.equal(log.pages[again].rows, changed.length - 36);
    log.close();
  }));

Deno.test("crawlChanges() ends when more models than a page has were changed last, at one time", () =>
  inFolder(async (folder) => {
    const { hub, changed } = changedHub(45);
    for (const id of changed) hub.change(id, { at: later(7) });
    let number = 0;
    // Likes change always.
    const spoilPage = (rows: Record<string, unknown>[]) =>
      rows.map((row) => ({ ...row, likes: number++ }));
    await using server = hubServer(hub, { pageRows: 20, date, spoilPage });
    const log = await open(folder);
    await crawlChanges(log, { pages: pagesOf(server), since });
    assert.deepEqual(log.pages.map(({ sweep, rows }) => [sweep, rows]), [
      ...[20, 20, 5, 0].map((rows) => [1, rows]),
      ...[20, 20, 5, 0].map((rows) => [2, rows]),
    ]);
    assert.ok(log.pages.at(-1)!.end);
    assert.deepEqual(
      (await rowsOf(log)).map(({ id }) => id),
      expectedRows(hub, changed).map(({ id }) => id),
    );
    log.close();
  }));

Deno.test("crawlChanges() refuses a list that tells no times, and takes no word for one", () =>
  inFolder(async (folder) => {
    const hub = new SimulatedHub({ models: 100 });
    const log = await open(folder);
    for (const lastModified of [undefined, null, "yesterday", "7", 7, "9999"]) {
      await using server = hubServer(hub, {
        date,
        spoilPage: (rows) => rows.map((row) => ({ ...row, lastModified })),
      });
      await assert.rejects(crawlChanges(log, { pages: pagesOf(server), since }), {
        message:
          /^Cannot fetch what changed: none of the first 100 models .* \(lastModified\); run "deno task fetch hub" without --since$/,
      });
    }
    await using empty = hubServer(hub, { date, spoilPage: () => [] });
    await assert.rejects(crawlChanges(log, { pages: pagesOf(empty), since }), /the first 0 models/);
    assert.equal(log.pages.length, 0);
    await using server = hubServer(hub, {
      date,
      spoilPage: (rows) => [{ ...rows[0], lastModified: "zzzz" }, ...rows.slice(1)],
    });
    hub.change(hub.models[1].id, { at: later(1) });
    hub.change(hub.models[2].id, { at: later(2) });
    await crawlChanges(log, { pages: pagesOf(server), since });
    assert.equal(log.pages[0].nextBound, later(1));
    assert.equal(log.pages[0].issues![0].kind, "noTimeOfChange");
    log.close();
  }));
