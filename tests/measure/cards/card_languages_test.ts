import assert from "node:assert/strict";
import { CardLanguageCounts } from "../../../lib/measure/cards/card_languages.ts";
import { traitColumn } from "../../../lib/snapshot/traits.ts";
import { snapshotOfRows } from "../../oracle/random_lineage.ts";

Deno.test("CardLanguageCounts counts cards by language, role and what the models declare", async () => {
  //   0 -> 1, 0 -> 2
  const snapshot = await snapshotOfRows([
    { id: "a", tags: ["en", "fr"] },
    { id: "b", tags: ["ko"] },
    { id: "c", tags: ["zh", "zh"] },
    { id: "d", tags: [] },
    { id: "e", tags: ["de"] },
  ]);
  const counts = new CardLanguageCounts({
    parent: Uint32Array.of(0, 0),
    child: Uint32Array.of(1, 2),
    read: new Uint8Array(5).fill(1),
  }, { declared: traitColumn(snapshot, "language") });
  ["en", "en", "zh", "la", null].forEach((language, row) => counts.add(row, language));
  assert.deepEqual(counts.result(), {
    cards: 5,
    undetermined: 1,
    languages: [
      { language: "en", cards: 2, share: 1 / 2 },
      { language: "la", cards: 1, share: 1 / 4 },
      { language: "zh", cards: 1, share: 1 / 4 },
    ],
    all: { cards: 4, english: 1 / 2 },
    parents: { cards: 1, english: 1 },
    children: { cards: 2, english: 1 / 2 },
    declaring: { cards: 3, english: 2 / 3, agree: 2 / 3 },
    declaringOthers: { cards: 2, english: 1 / 2 },
    silent: { cards: 1, english: 0 },
  });
});

Deno.test("CardLanguageCounts gives null shares when no card was added", async () => {
  const snapshot = await snapshotOfRows([{ id: "a" }]);
  const none = { cards: 0, english: null };
  const edges = { parent: new Uint32Array(), child: new Uint32Array(), read: new Uint8Array(1) };
  const counts = new CardLanguageCounts(edges, { declared: traitColumn(snapshot, "language") });
  assert.deepEqual(counts.result(), {
    cards: 0,
    undetermined: 0,
    languages: [],
    all: none,
    parents: none,
    children: none,
    declaring: { ...none, agree: null },
    declaringOthers: none,
    silent: none,
  });
});
