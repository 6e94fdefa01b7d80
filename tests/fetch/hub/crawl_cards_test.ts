import assert from "node:assert/strict";
import { type CardsNote, crawlCards } from "../../../lib/fetch/hub/crawl_cards.ts";
import { PageLog } from "../../../lib/fetch/page_log.ts";
import { randomly } from "../fault_server.ts";
import { hubServer, SimulatedHub } from "./hub_server.ts";
import { cardsOf, inFolder, linesOf } from "./support.ts";

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
    await using server = hubServer(hub, {
      onRequest({ number }) {
        if (number === 120) controller.abort(new Error("stopped"));
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
    const before = server.log.length;
    log = await open(folder);
    await crawlCards(log, { rows, from: 0, cards: cardsOf(server) });
    // Some that were broken off may have come to the server only then.
    assert.equal(new Set(server.log.slice(before).map(({ path }) => path)).size, 300 - kept);
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

Deno.test("crawlCards() ends a page at 16 MB, where it ends does not depend on when it was stopped", () =>
  inFolder(async (folder) => {
    const ids = Array.from({ length: 24 }, (_, i) => `o/m${i}`);
    const rows = await rowsOf(folder, ids, { pageRows: 21, fileBytes: 1 });
    const text = (id: string) => id.padEnd((Number(id.slice(3)) % 4 + 1) << 20, `${id} `);
    let most = Infinity;
    let asked = 0;
    const cards = {
      of: (id: string) =>
        asked++ < most
          ? Promise.resolve({ text: text(id), issue: null, date: null })
          : Promise.reject(new Error("stopped")),
    };
    const pagesOf = (log: PageLog<CardsNote>) =>
      log.pages.map(({ file, rows, sha256 }) => ({ file, rows, sha256 }));
    const whole = await open(folder);
    await crawlCards(whole, { rows, from: 0, cards });
    // 1, 2, 3, 4, 1, 2, 3: the seventh makes it 16.
    assert.deepEqual(pagesOf(whole).map(({ rows }) => rows), [7, 7, 6, 1, 3]);
    assert.deepEqual(pagesOf(whole).map(({ file }) => file), [
      ...Array(4).fill("cards-0001.jsonl.zst"),
      "cards-0002.jsonl.zst",
    ]);
    await inFolder(async (other) => {
      let stops = 0;
      for (;; stops++) {
        const log = await open(other);
        try {
          [asked, most] = [0, 8];
          await crawlCards(log, { rows, from: 0, cards });
          assert.deepEqual(pagesOf(log), pagesOf(whole));
          break;
        } catch (error) {
          assert.equal((error as Error).message, "stopped");
        } finally {
          log.close();
        }
      }
      assert.equal(stops, 3);
    });
    whole.close();
    rows.close();
  }));

Deno.test("crawlCards() has no request under way when it ends with an error", () =>
  inFolder(async (folder) => {
    const hub = new SimulatedHub({ models: 600 });
    let begun = 0;
    let underWay = 0;
    const rows = await rowsOf(folder, hub.models.map(({ id }) => id));
    const log = await open(folder);
    const cards = {
      async of() {
        underWay++;
        // Those after the first page are slow.
        await new Promise((resolve) => setTimeout(resolve, ++begun > 256 ? 300 : 1));
        underWay--;
        return { text: "A card", issue: null, date: null };
      },
    };
    let most = 0;
    const onPage = () => {
      most = underWay;
      throw new Error("the disk is full");
    };
    await assert.rejects(crawlCards(log, { rows, from: 0, cards, onPage }), {
      message: "the disk is full",
    });
    assert.ok(most > 0, "some were under way then");
    assert.equal(underWay, 0);
    log.close();
    rows.close();
  }));
