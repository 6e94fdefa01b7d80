import assert from "node:assert/strict";
import { random } from "../../../lib/core/random.ts";
import { ChangedModels } from "../../../lib/fetch/hub/changed_models.ts";
import { PageLog } from "../../../lib/fetch/page_log.ts";
import { inFolder } from "./support.ts";

const later = (minutes: number) => new Date(Date.UTC(2030, 0) + 60_000 * minutes).toISOString();

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
    // All at a time, some, and one although it is more than shall be held.
    for (const [mostBytes, times] of [[1e6, 1], [170, 4], [1, 5]]) {
      const found: unknown[] = [];
      let pages = 0;
      const onPage = () => pages++;
      for await (const { id, row } of models.rows({ mostBytes, onPage })) {
        found.push([id, row.likes]);
      }
      assert.deepEqual(found, [["__proto__", 6], ["B", 3], ["b", 1], ["y", 7], ["z", 8]]);
      assert.equal(pages, 2 * times);
    }
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
    const models = await ChangedModels.read(log);
    for await (const { row } of models.rows({ mostBytes: 1 << 20 })) {
      assert.deepEqual(row, expected[i++]);
    }
    assert.equal(i, expected.length);
    const signal = AbortSignal.abort(new Error("stopped"));
    await assert.rejects(models.rows({ signal }).next(), { message: "stopped" });
    await assert.rejects(ChangedModels.read(log, { signal }), { message: "stopped" });
    log.close();
  }));
