import assert from "node:assert/strict";
import { random } from "../../lib/core/random.ts";
import { buildLineage } from "../../lib/graph/build_lineage.ts";
import { drift } from "../../lib/measure/drift.ts";
import {
  driftByEdge,
  driftChanges,
  driftInterval,
  driftIntervals,
} from "../../lib/measure/drift_interval.ts";
import { endsOf } from "../../lib/measure/family_interval.ts";
import { relations } from "../../lib/graph/lineage.ts";
import { traitColumn } from "../../lib/snapshot/traits.ts";
import { snapshotOfRows } from "../oracle/random_lineage.ts";
import { randomRows } from "../oracle/random_rows.ts";

async function randomCarded(seed: number) {
  const cards = ["", "abc", "🦙🦙🦙🦙", "# A model", "This was generated automatically."];
  const rng = random({ seed });
  const rows = randomRows({ seed, models: 2 + seed % 30 });
  for (const row of rows) if (rng.chance(0.8)) row.modelCard = cards[rng.below(cards.length)];
  const snapshot = await snapshotOfRows(rows);
  const { lineage } = buildLineage(snapshot);
  return { snapshot, lineage, language: traitColumn(snapshot, "language") };
}

function near(found: number | null, expected: number | null): void {
  if (found === null || expected === null) assert.equal(found, expected);
  else assert.ok(Math.abs(found - expected) < 1e-9, `${found}, expected ${expected}`);
}

Deno.test("driftIntervals() has the means of drift(), and their difference as change", async () => {
  let counted = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const { snapshot, lineage, language } = await randomCarded(seed);
    const means = drift(snapshot, lineage, { language });
    const found = driftIntervals(snapshot, lineage, { language, replicates: 100 });
    for (const relation of Object.keys(means) as (keyof typeof means)[]) {
      const { languages, cards } = means[relation];
      const { languages: spoken, characters, automatic } = found[relation];
      near(spoken.parent.estimate, languages.parent);
      near(spoken.child.estimate, languages.child);
      near(characters.parent.estimate, cards.parentCharacters);
      near(characters.child.estimate, cards.childCharacters);
      near(automatic.parent.estimate, cards.parentAutomatic);
      near(automatic.child.estimate, cards.childAutomatic);
      if (cards.edges === 0) continue;
      near(characters.change.estimate, cards.childCharacters! - cards.parentCharacters!);
      counted++;
    }
  }
  assert.ok(counted > 40);
});

Deno.test("driftByEdge() counts the edges whose two ends report, of one relation when one is asked for", async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const { snapshot, lineage, language } = await randomCarded(seed);
    const means = drift(snapshot, lineage, { language });
    const edges = (relation: number | null) => {
      const columns = driftByEdge(snapshot, lineage, { language, relation });
      const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
      return [sum(columns.languages.denominator), sum(columns.automatic.denominator)];
    };
    assert.deepEqual(edges(null), [means.overall.languages.edges, means.overall.cards.edges]);
    assert.deepEqual(edges(relations.indexOf("merge")), [
      means.merge.languages.edges,
      means.merge.cards.edges,
    ]);
  }
});

//  p0   p1 ... p19     parents speak one language, children one or two; one family each
//  |    |       |
//  c0   c1 ... c19
Deno.test("driftInterval() finds a planted drift and stays in its range", async () => {
  const rows = Array.from({ length: 20 }, (_, i) => [
    { id: `p${i}`, tags: ["en"], modelCard: "A card of a model" },
    {
      id: `c${i}`,
      tags: [`base_model:adapter:p${i}`, "en", ...(i % 3 === 0 ? ["fr"] : [])],
      modelCard: i % 9 === 0 ? "This was generated automatically." : "A card of a model",
    },
  ]).flat();
  const snapshot = await snapshotOfRows(rows);
  const { lineage } = buildLineage(snapshot);
  const language = traitColumn(snapshot, "language");
  const { languages, automatic } = driftInterval(snapshot, lineage, { language });
  assert.equal(languages.change.estimate, 7 / 20);
  assert.ok(languages.change.low! > 0 && languages.change.high! < 0.7);
  assert.equal(languages.parent.low, null);
  assert.equal(automatic.child.estimate, 3 / 20);
  assert.equal(automatic.child.low, 0);
  const { adapter, finetune } = driftIntervals(snapshot, lineage, { language });
  assert.deepEqual(adapter.languages.change, languages.change);
  assert.equal(finetune.languages.change.estimate, null);
});

Deno.test("driftChanges() has the ends of the changes of driftIntervals()", async () => {
  for (let seed = 1; seed <= 10; seed++) {
    const { snapshot, lineage, language } = await randomCarded(30 * seed + 29);
    const options = { language, replicates: 100 };
    const all = driftIntervals(snapshot, lineage, options);
    const changes = driftChanges(snapshot, lineage, options);
    for (const relation of Object.keys(all) as (keyof typeof all)[]) {
      for (const name of ["languages", "characters", "automatic"] as const) {
        assert.deepEqual(changes[relation][name], endsOf(all[relation][name].change));
      }
    }
  }
});
