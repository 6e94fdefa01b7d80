import assert from "node:assert/strict";
import { buildLineage } from "../../lib/graph/build_lineage.ts";
import { measureModels } from "../../lib/measure/model_report.ts";
import { summary } from "../../lib/measure/summary.ts";
import { traitNames } from "../../lib/snapshot/traits.ts";
import { slowLineage, slowTrait } from "../oracle/model_rows.ts";
import { snapshotOfRows } from "../oracle/random_lineage.ts";
import { randomRows } from "../oracle/random_rows.ts";

function ranked(values: readonly string[], n: number) {
  return [...Map.groupBy(values, (value) => value)]
    .map(([value, all]) => ({ value, count: all.length }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, n);
}

Deno.test("summary() equals sorting every value when rows are random", async () => {
  for (let seed = 1; seed <= 40; seed++) {
    const rows = randomRows({ seed, models: 1 + seed % 20 });
    for (const row of rows) row.tags?.push(`arxiv:${row.id.length}`, "dataset:imdb", "arxiv:");
    const snapshot = await snapshotOfRows(rows);
    const reading = buildLineage(snapshot);
    const { traits } = measureModels(snapshot, reading);
    const n = 1 + seed % 3;
    const found = summary(snapshot, reading.lineage, { traits, n });
    const tagged = (prefix: string) =>
      rows.map(({ tags = [] }) =>
        tags.filter((tag) => tag.startsWith(prefix) && tag !== prefix).map((tag) =>
          tag.slice(prefix.length)
        )
      );
    const expected: Record<string, string[][]> = {
      datasets: tagged("dataset:"),
      papers: tagged("arxiv:"),
    };
    for (const trait of traitNames) expected[trait] = rows.map((row) => slowTrait(row, trait));
    for (const [name, values] of Object.entries(expected)) {
      assert.deepEqual(found[name as keyof typeof found], {
        reporting: values.filter(({ length }) => length > 0).length,
        rows: ranked(values.flat(), n),
      }, `seed ${seed}, ${name}`);
    }
    const { edges } = slowLineage(rows);
    assert.deepEqual(found.parents, {
      reporting: new Set(edges.map(({ child }) => child)).size,
      rows: ranked(edges.map(({ parent }) => parent), n),
    });
    assert.deepEqual(found.relations, {
      reporting: edges.length,
      rows: ranked(edges.map(({ relation }) => relation), 5),
    });
  }
});
