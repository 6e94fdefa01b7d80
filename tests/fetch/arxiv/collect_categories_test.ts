import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { random } from "../../../lib/core/random.ts";
import { ArxivClient } from "../../../lib/fetch/arxiv/arxiv_client.ts";
import {
  type CategoriesProgress,
  type CategoryPage,
  collectCategories,
  sumPages,
} from "../../../lib/fetch/arxiv/collect_categories.ts";
import { PageLog } from "../../../lib/fetch/page_log.ts";
import { contentChunks } from "../../../lib/source/content_chunks.ts";
import { parsePaperLines } from "../../../lib/source/fetched_categories.ts";
import { FakeArxiv, type Fault, noEntries, truncatedXml, unavailable } from "./fake_arxiv.ts";

const ids = Array.from({ length: 25 }, (_, i) => `2301.000${String(i + 10)}`);
const lost = [ids[2], ids[21]];
const malformed = [ids[7]];
const papers = Object.fromEntries(
  ids.filter((id) => !lost.includes(id)).map((id) => [id, { categories: ["cs.LG", "cs.AI"] }]),
);

/** Runs until it is done, or until as many batches as `until` were appended. */
async function collect(
  folder: string,
  { faults = [], until = Infinity }: { faults?: (Fault | null)[]; until?: number } = {},
) {
  const server = new FakeArxiv({ papers, malformed, faults });
  const log = await PageLog.open<CategoryPage>(folder, { name: "papers" });
  const told: CategoriesProgress[] = [];
  const controller = new AbortController();
  const { signal } = controller;
  try {
    await collectCategories(ids, {
      log,
      batch: 4,
      client: new ArxivClient(server.address, { pause: 0, backoff: 1, tries: 4, signal }),
      onProgress(progress) {
        told.push(progress);
        if (log.pages.length >= until) controller.abort(new Error("stopped"));
      },
    });
  } catch (error) {
    if ((error as Error).message !== "stopped") throw error;
  } finally {
    log.close();
    await server.close();
  }
  return { requests: server.requests, told, sums: sumPages(log.pages) };
}

async function linesIn(folder: string) {
  const source = `${folder}/papers-0001.jsonl.zst`;
  const chunks = await Array.fromAsync(contentChunks(source, { compression: "zst" }));
  return parsePaperLines(Buffer.concat(chunks).toString(), { source });
}

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("collectCategories() appends each batch, and asks twice for what is not there", () =>
  inFolder(async (folder) => {
    const { requests, told, sums } = await collect(folder);
    const lines = await linesIn(folder);
    assert.deepEqual(lines.map(({ paper }) => paper).sort(), ids);
    assert.deepEqual(
      lines.filter((line) => "missing" in line).map(({ paper }) => paper),
      [...malformed, ...lost],
    );
    assert.deepEqual(requests.at(-1), lost);
    assert.deepEqual(sums.counts, {
      papers: 25,
      found: 22,
      missing: 3,
      pages: 8,
      answers: requests.length,
    });
    assert.deepEqual(sums.issues.map(({ kind, count }) => [kind, count]), [["refusedId", 1]]);
    const answers = requests.length;
    assert.deepEqual(told[0], { done: 0, total: 25, due: 7, answers: 0 });
    assert.deepEqual(told.at(-3), { done: 23, total: 25, due: 1, answers: answers - 1 });
    assert.deepEqual(told.at(-1), { done: 25, total: 25, due: 0, answers });
  }));

Deno.test("collectCategories() does not take an answer without entries for the last word", () =>
  inFolder(async (folder) => {
    const { sums } = await collect(folder, { faults: [noEntries] });
    assert.equal(sums.counts.missing, 3);
    assert.equal((await linesIn(folder)).length, 25);
  }));

Deno.test("collectCategories() goes on where it was interrupted and repeats no batch", () =>
  inFolder(async (whole) => {
    await collect(whole);
    const expected = await linesIn(whole);
    for (let until = 1; until < 8; until++) {
      await inFolder(async (folder) => {
        const first = await collect(folder, { until });
        const rest = await collect(folder);
        assert.deepEqual(await linesIn(folder), expected, `interrupted after ${until} batches`);
        assert.deepEqual(rest.told[0].total, 25);
        assert.deepEqual(rest.told[0].done, first.told.at(-1)!.done);
        const twice = first.requests.flat().filter((id) => rest.requests.flat().includes(id));
        assert.deepEqual(twice.filter((id) => !lost.includes(id)), []);
        assert.deepEqual(rest.requests.at(-1), lost);
      });
    }
  }));

Deno.test("collectCategories() comes to the same when requests fail at random", () =>
  inFolder(async (whole) => {
    await collect(whole);
    const expected = await linesIn(whole);
    const rng = random({ seed: 4 });
    let injected = 0;
    for (let run = 0; run < 5; run++) {
      const faults = Array.from({ length: 20 }, () => {
        const fault = [null, null, unavailable, truncatedXml][rng.below(4)];
        if (fault !== null) injected++;
        return fault;
      });
      // Four attempts are made: no fault more than three times in a row.
      for (let i = 3; i < faults.length; i += 4) faults[i] = null;
      await inFolder(async (folder) => {
        await collect(folder, { faults });
        assert.deepEqual(await linesIn(folder), expected);
      });
    }
    assert.ok(injected > 25);
  }));
