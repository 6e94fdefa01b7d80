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
    await using server = hubServer(hub, { pageRows: 20 });
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
    await using server = hubServer(hub, { pageRows: 20 });
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

Deno.test("ChangedModels takes the latest row of a model, and orders by creation, then id", () =>
  inFolder(async (folder) => {
    const log = await PageLog.open<{ rows: number }>(folder, { name: "changes" });
    const put = (rows: object[]) =>
      log.append(new TextEncoder().encode(rows.map((row) => `${JSON.stringify(row)}\n`).join("")), {
        rows: rows.length,
      });
    await put([
      { id: "b", likes: 1, createdAt: later(1), lastModified: later(5) },
      { id: "z", likes: 2 },
      { id: "B", likes: 3, createdAt: later(1), lastModified: later(5) },
      { id: "__proto__", likes: 4, createdAt: later(0), lastModified: later(9) },
    ]);
    await put([
      { id: "b", likes: 5, createdAt: later(1), lastModified: later(4) },
      { id: "__proto__", likes: 6, createdAt: later(0), lastModified: later(9) },
      { id: "y", likes: 7, createdAt: "never", lastModified: later(1) },
      { id: "z", likes: 8 },
    ]);
    const models = await ChangedModels.read(log);
    const found: unknown[] = [];
    for await (const { id, row } of models.rows()) found.push([id, row.likes]);
    assert.deepEqual(found, [["__proto__", 6], ["B", 3], ["b", 1], ["y", 7], ["z", 8]]);
    assert.equal(models.size, 5);
    assert.equal(models.find("nobody"), -1);
    assert.equal(models.find("b"), 0);
    log.close();
  }));

Deno.test("ChangedModels gives as many models as a Map does, however many there are", () =>
  inFolder(async (folder) => {
    const log = await PageLog.open<{ rows: number }>(folder, { name: "changes" });
    const draw = random({ seed: 9 });
    const latest = new Map<string, { row: Record<string, unknown>; changed: number }>();
    for (let page = 0; page < 50; page++) {
      const lines: string[] = [];
      for (let i = 0; i < 1000; i++) {
        const changed = draw.below(1e6);
        const id = `m/${draw.below(40_000)}`;
        const row = { id, likes: page * 1000 + i, createdAt: later(Number(id.slice(2)) % 5000) };
        if (changed >= (latest.get(id)?.changed ?? 0)) {
          latest.set(id, { row: { ...row, modelId: id }, changed });
        }
        lines.push(`${JSON.stringify({ ...row, lastModified: later(changed) })}\n`);
      }
      await log.append(new TextEncoder().encode(lines.join("")), { rows: lines.length });
    }
    const expected = [...latest.values()].map(({ row }) => row).sort((a, b) => {
      const [x, y] = a.createdAt === b.createdAt ? [a.id, b.id] : [a.createdAt, b.createdAt];
      return x! < y! ? -1 : 1;
    });
    let i = 0;
    // More than are held in memory at a time, and some more than once.
    for await (const { row } of (await ChangedModels.read(log)).rows()) {
      assert.deepEqual(row, expected[i++]);
    }
    assert.equal(i, expected.length);
    log.close();
  }));
