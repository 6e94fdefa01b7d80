import assert from "node:assert/strict";
import { buildLineage } from "../../lib/graph/build_lineage.ts";
import { readModelBlocks } from "../../lib/snapshot/read_models.ts";
import { selectModels } from "../../lib/snapshot/select_models.ts";
import { traitColumn } from "../../lib/snapshot/traits.ts";
import type { ModelSnapshot } from "../../lib/snapshot/model_snapshot.ts";
import { simulateHub } from "../../lib/source/simulate.ts";

function read(rows: readonly Record<string, unknown>[]): Promise<ModelSnapshot> {
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  return readModelBlocks([new TextEncoder().encode(text)], { name: "few" });
}

/** Everything that a snapshot says of one row. */
function rowOf(snapshot: ModelSnapshot, row: number) {
  const { ids, task, tasks, library, libraries, tags, tagCodes, tagOffsets } = snapshot;
  return {
    id: ids.at(row),
    created: snapshot.created[row],
    likes: snapshot.likes[row],
    downloads: snapshot.downloads[row],
    trending: snapshot.trending[row],
    private: snapshot.private[row],
    task: task[row] < 0 ? null : tasks.at(task[row]),
    library: library[row] < 0 ? null : libraries.at(library[row]),
    tags: [...tagCodes.subarray(tagOffsets[row], tagOffsets[row + 1])].map((tag) => tags.at(tag)),
    cardCharacters: snapshot.cardCharacters[row],
    cardAutomatic: snapshot.cardAutomatic[row],
  };
}

Deno.test("selectModels() keeps every column of a row together, with ids, traits and dates", async () => {
  const snapshot = await readModelBlocks(simulateHub({ models: 2000, seed: 5, cards: true }), {
    name: "hub",
  });
  const mask = Uint8Array.from({ length: 2000 }, (_, row) => Number(row % 3 !== 1));
  const selection = selectModels(snapshot, mask);
  assert.equal(selection.snapshot.models, mask.reduce((sum, kept) => sum + kept, 0));
  for (let i = 0; i < selection.rows.length; i++) {
    const row = selection.rows[i];
    assert.equal(mask[row], 1);
    assert.equal(selection.rowOf[row], i);
    assert.ok(i === 0 || row > selection.rows[i - 1]);
    assert.deepEqual(rowOf(selection.snapshot, i), rowOf(snapshot, row));
    assert.equal(selection.snapshot.find(snapshot.ids.at(row)), i);
  }
  for (let row = 0; row < 2000; row++) {
    if (mask[row] === 1) continue;
    assert.equal(selection.rowOf[row], -1);
    assert.equal(selection.snapshot.find(snapshot.ids.at(row)), -1);
  }
  for (const trait of ["license", "language", "task", "library"] as const) {
    const [all, few] = [snapshot, selection.snapshot].map((s) => traitColumn(s, trait));
    const said = (column: typeof all, row: number) =>
      [...column.codes.subarray(column.offsets[row], column.offsets[row + 1])]
        .map((code) => column.values.at(code));
    for (let i = 0; i < selection.rows.length; i++) {
      assert.deepEqual(said(few, i), said(all, selection.rows[i]));
    }
  }
});

Deno.test("selectModels() leaves the edges between selected models, and counts the others as missing", async () => {
  const snapshot = await readModelBlocks(simulateHub({ models: 2000, seed: 6 }), { name: "hub" });
  const whole = buildLineage(snapshot);
  const mask = Uint8Array.from({ length: 2000 }, (_, row) => Number(row % 4 !== 0));
  const { snapshot: few, rows, rowOf } = selectModels(snapshot, mask);
  const part = buildLineage(few);
  const { parent, child, relation, edges } = whole.lineage;
  const expected: string[] = [];
  let lost = 0;
  for (let e = 0; e < edges; e++) {
    if (mask[parent[e]] && mask[child[e]]) expected.push(`${parent[e]} ${child[e]} ${relation[e]}`);
    else if (mask[child[e]]) lost++;
  }
  const found = Array.from(
    { length: part.lineage.edges },
    (_, e) =>
      `${rows[part.lineage.parent[e]]} ${rows[part.lineage.child[e]]} ${part.lineage.relation[e]}`,
  );
  assert.ok(lost > 0);
  assert.deepEqual(found, expected);
  const before = new Set<number>();
  for (let row = 0; row < 2000; row++) if (rowOf[row] >= 0) before.add(row);
  assert.equal(part.lineage.nodes, before.size);
  assert.ok(part.missingParentReferences >= lost);
});

Deno.test("selectModels() finds the case twin that is left when the first one is not", async () => {
  const snapshot = await read(["a/Bert", "a/bert", "a/BERT", "b/x"].map((id) => ({ id })));
  const { snapshot: few } = selectModels(snapshot, Uint8Array.of(0, 1, 1, 1));
  assert.equal(few.findCaseTwin("a/Bert"), 0);
  assert.equal(few.findCaseTwin("a/bERT"), 0);
  assert.equal(few.findCaseTwin("a/bert"), 1);
  assert.equal(few.findCaseTwin("b/x"), -1);
  assert.equal(few.findCaseTwin("__proto__"), -1);
});

Deno.test("selectModels() counts placeholder dates anew and says whether cards are left", async () => {
  const snapshot = await read([
    { id: "a/a", createdAt: "2022-03-02T23:29:04.000Z", modelCard: "A card." },
    { id: "a/b", createdAt: "2023-03-02T23:29:04.000Z" },
  ]);
  assert.equal(snapshot.hasCards, true);
  const kinds = (s: ModelSnapshot) => s.issues.map(({ kind }) => kind);
  assert.deepEqual(kinds(snapshot), ["placeholderDate"]);
  const { snapshot: few } = selectModels(snapshot, Uint8Array.of(0, 1));
  assert.deepEqual(kinds(few), []);
  assert.equal(few.hasCards, false);
});

Deno.test("selectModels() refuses a mask that does not fit or keeps nothing", async () => {
  const snapshot = await read([{ id: "a/a" }, { id: "a/b" }]);
  const name = "RangeError";
  assert.throws(() => selectModels(snapshot, Uint8Array.of(1)), { name, message: /1 entries/ });
  assert.throws(() => selectModels(snapshot, Uint8Array.of(0, 0)), { name, message: /none of 2/ });
});
