import assert from "node:assert/strict";
import { buildLineage } from "../../lib/graph/build_lineage.ts";
import { relations } from "../../lib/graph/lineage.ts";
import { longestPath } from "../../lib/graph/longest_path.ts";
import { linkedCategories } from "../../lib/measure/linked_categories.ts";
import { measureModels } from "../../lib/measure/model_report.ts";
import { readModelBlocks } from "../../lib/snapshot/read_models.ts";
import { traitNames } from "../../lib/snapshot/traits.ts";
import { readPaperCategories } from "../../lib/source/paper_categories.ts";
import {
  type Row,
  slowLineage,
  slowMutation,
  slowTrait,
  slowTransitions,
} from "../oracle/model_rows.ts";
import { randomRows } from "../oracle/random_rows.ts";

/** The snapshot of some rows. */
function snapshotOf(rows: readonly Row[]) {
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  return readModelBlocks([new TextEncoder().encode(text)], { name: "rows" });
}

Deno.test("measureModels() equals the slow definitions when rows are random", async () => {
  for (let seed = 1; seed <= 60; seed++) {
    const rows = randomRows({ seed, models: 2 + seed % 25 });
    const snapshot = await snapshotOf(rows);
    const reading = buildLineage(snapshot);
    const { report, transitions } = measureModels(snapshot, reading);
    const slow = slowLineage(rows);
    const { lineage } = reading;
    const edges = Array.from(lineage.parent, (parent, e) => ({
      parent: snapshot.ids.at(parent),
      child: snapshot.ids.at(lineage.child[e]),
      relation: relations[lineage.relation[e]] as string,
    }));
    const key = (edge: (typeof edges)[number]) => `${edge.parent}>${edge.child}>${edge.relation}`;
    assert.deepEqual(edges.map(key).sort(), slow.edges.map(key).sort(), `seed ${seed}`);
    assert.equal(report.counts.selfLoops, slow.selfLoops);
    assert.equal(report.counts.missingParentReferences, slow.missing.length);
    assert.equal(
      report.counts.missingParents,
      new Set(slow.missing.map(([parent]) => parent)).size,
    );
    for (const trait of traitNames) {
      const { edges: counted, mutations } = slowMutation(rows, trait);
      assert.equal(report.mutation[trait].edges, counted);
      assert.ok(Math.abs(report.mutation[trait].mutations - mutations) < 1e-9);
      const expected = slowTransitions(rows, trait);
      const { values, from, to, count, total, pairs } = transitions[trait];
      const found = new Map(
        Array.from(count, (n, i) => [`${values.at(from[i])}>${values.at(to[i])}`, n]),
      );
      assert.deepEqual(found, expected);
      assert.equal(pairs, expected.size);
      assert.equal(total, [...expected.values()].reduce((a, b) => a + b, 0));
      const frequency = new Map<string, number>();
      for (const row of rows) {
        for (const value of slowTrait(row, trait)) {
          frequency.set(value, (frequency.get(value) ?? 0) + 1);
        }
      }
      const ranked = [...frequency].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(
        0,
        10,
      );
      assert.deepEqual(report.top[trait], ranked.map(([value, n]) => ({ value, count: n })));
    }
    const noMerge = slow.edges.filter(({ relation }) => relation !== "merge");
    const parents = new Set(noMerge.map(({ parent }) => parent));
    for (const relation of ["finetune", "quantized", "adapter"] as const) {
      const of = slow.edges.filter((edge) => edge.relation === relation);
      assert.deepEqual(report.fertility[relation], {
        edges: of.length,
        fertile: of.filter(({ child }) => parents.has(child)).length,
      });
    }
    assert.equal(report.longestPath, longestPath(lineage.children));
    assert.deepEqual(
      [...componentSizes(rows, noMerge)].sort((a, b) => b - a).slice(0, 10),
      report.families.topSizes,
    );
  }
});

/** Component sizes by merging labels until nothing changes. */
function componentSizes(
  rows: readonly Row[],
  edges: { parent: string; child: string }[],
): number[] {
  const label = new Map(rows.map(({ id }, i) => [id, i]));
  for (let changed = true; changed;) {
    changed = false;
    for (const { parent, child } of edges) {
      const low = Math.min(label.get(parent)!, label.get(child)!);
      for (const id of [parent, child]) {
        if (label.get(id) === low) continue;
        label.set(id, low);
        changed = true;
      }
    }
  }
  return [...Map.groupBy(label.values(), (l) => l).values()].map((members) => members.length);
}

Deno.test("measureModels() reports a cycle when two models name each other", async () => {
  // a <-> b, c
  const snapshot = await snapshotOf([
    { id: "a", tags: ["base_model:finetune:b"] },
    { id: "b", tags: ["base_model:finetune:a"] },
    { id: "c" },
  ]);
  const reading = buildLineage(snapshot);
  const { report } = measureModels(snapshot, reading);
  assert.deepEqual(reading.issues.map(({ kind, examples }) => [kind, examples]), [["cycle", [
    "a, b",
  ]]]);
  assert.equal(report.acyclic, false);
  assert.equal(report.longestPath, null);
  assert.equal(report.families.components, 2);
});

Deno.test("measureModels() counts a substitution twice and a gain once for each value of the parent", async () => {
  const snapshot = await snapshotOf([
    { id: "p", tags: ["license:mit", "en", "de"] },
    { id: "q", tags: ["base_model:finetune:p", "license:gpl-3.0", "en", "fr"] },
  ]);
  const { report } = measureModels(snapshot, buildLineage(snapshot));
  assert.deepEqual(report.transitions.license.top, [{ from: "mit", to: "gpl-3.0", count: 2 }]);
  assert.deepEqual(report.transitions.language.top, [
    { from: "de", to: "fr", count: 2 },
    { from: "de", to: "en", count: 1 },
    { from: "en", to: "fr", count: 1 },
  ]);
  assert.equal(report.mutation.language.rate, 2 / 3);
});

Deno.test("measureModels() gives null for means over nothing when there is no edge", async () => {
  const snapshot = await snapshotOf([{ id: "alone", modelCard: "text" }]);
  const { report } = measureModels(snapshot, buildLineage(snapshot));
  assert.equal(report.mutation.license.rate, null);
  assert.equal(report.drift.overall.languages.parent, null);
  assert.equal(report.drift.overall.cards.parentCharacters, null);
  assert.deepEqual(report.hubs, []);
});

Deno.test("measureModels() averages cards over edges whose ends both have more than three characters", async () => {
  const snapshot = await snapshotOf([
    { id: "p", modelCard: "🦙🦙🦙🦙" },
    { id: "q", tags: ["base_model:adapter:p"], modelCard: "this card was automatically generated" },
    { id: "r", tags: ["base_model:adapter:p"], modelCard: "abc" },
  ]);
  const { cards } = measureModels(snapshot, buildLineage(snapshot)).report.drift.adapter;
  assert.deepEqual(cards, {
    edges: 1,
    parentCharacters: 4,
    childCharacters: 37,
    parentAutomatic: 0,
    childAutomatic: 1,
  });
});

Deno.test("measureModels() counts links by category when a table is given, and has no such field else", async () => {
  const snapshot = await snapshotOf([{ id: "a", tags: ["arxiv:1910.09700", "arxiv:x"] }]);
  const reading = buildLineage(snapshot);
  const categories = await readPaperCategories({ raw: null });
  const { report } = measureModels(snapshot, reading, { categories });
  assert.deepEqual(report.categories, linkedCategories(snapshot, categories));
  assert.equal("categories" in measureModels(snapshot, reading).report, false);
});
