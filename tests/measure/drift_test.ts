import assert from "node:assert/strict";
import { random } from "../../lib/core/random.ts";
import { buildLineage } from "../../lib/graph/build_lineage.ts";
import { drift, hasCard } from "../../lib/measure/drift.ts";
import { traitColumn } from "../../lib/snapshot/traits.ts";
import { type Row, slowLineage, slowTrait } from "../oracle/model_rows.ts";
import { snapshotOfRows } from "../oracle/random_lineage.ts";
import { randomRows } from "../oracle/random_rows.ts";

function mean(values: readonly number[]): number | null {
  return values.length > 0 ? values.reduce((a, b) => a + b) / values.length : null;
}

/** Drift of some edges in the words of its definition. */
function slowDrift(edges: readonly [parent: Row, child: Row][]) {
  const spoken = edges.filter((ends) => ends.every((row) => slowTrait(row, "language").length > 0));
  const length = ({ modelCard = "" }: Row) => [...modelCard].length;
  const carded = edges.filter((ends) => ends.every((row) => length(row) > 3));
  const automatic = ({ modelCard = "" }: Row) =>
    Number(modelCard.includes("generated automatically"));
  return {
    edges: edges.length,
    languages: {
      edges: spoken.length,
      parent: mean(spoken.map(([parent]) => slowTrait(parent, "language").length)),
      child: mean(spoken.map(([, child]) => slowTrait(child, "language").length)),
    },
    cards: {
      edges: carded.length,
      parentCharacters: mean(carded.map(([parent]) => length(parent))),
      childCharacters: mean(carded.map(([, child]) => length(child))),
      parentAutomatic: mean(carded.map(([parent]) => automatic(parent))),
      childAutomatic: mean(carded.map(([, child]) => automatic(child))),
    },
  };
}

Deno.test("drift() equals the slow definition when rows and cards are random", async () => {
  const cards = ["", "abc", "🦙🦙🦙", "🦙🦙🦙🦙", "# A model", "This was generated automatically."];
  let edgesWithCards = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const rng = random({ seed });
    const rows = randomRows({ seed, models: 2 + seed % 20 });
    for (const row of rows) if (rng.chance(0.8)) row.modelCard = cards[rng.below(cards.length)];
    const snapshot = await snapshotOfRows(rows);
    const byId = new Map(rows.map((row) => [row.id, row]));
    const of = (chosen: (relation: string) => boolean) =>
      slowDrift(
        slowLineage(rows).edges
          .filter(({ relation }) => chosen(relation))
          .map(({ parent, child }) => [byId.get(parent)!, byId.get(child)!]),
      );
    const found = drift(snapshot, buildLineage(snapshot).lineage, {
      language: traitColumn(snapshot, "language"),
    });
    assert.deepEqual(found, {
      finetune: of((relation) => relation === "finetune"),
      quantized: of((relation) => relation === "quantized"),
      adapter: of((relation) => relation === "adapter"),
      merge: of((relation) => relation === "merge"),
      overall: of(() => true),
    }, `seed ${seed}`);
    edgesWithCards += found.overall.cards.edges;
    rows.forEach(({ modelCard = "" }, row) =>
      assert.equal(hasCard(snapshot, row), [...modelCard].length > 3)
    );
  }
  assert.ok(edgesWithCards > 50);
});
