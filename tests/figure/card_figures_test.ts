import assert from "node:assert/strict";
import { allFigures } from "../../lib/figure/all_figures.ts";
import { cardTermsFigure } from "../../lib/figure/card_terms.ts";
import { rowDiffFigure } from "../../lib/figure/row_diff.ts";
import { inputs, source } from "./inputs.ts";
import { layoutFaults } from "./layout.ts";

const { models } = inputs();
const cards = models.cards!;
const rowDiff = models.rowDiff!;

Deno.test("allFigures() says why when there are no cards and no pair of models", () => {
  const { leftOut } = allFigures({
    ...inputs(),
    models: { ...models, cards: null, rowDiff: undefined },
  });
  assert.deepEqual(leftOut.map(({ reason }) => reason), [
    "Cannot draw a row diff: the snapshot has no model with a child",
    "Cannot draw what cards say: the snapshot has no cards that were read",
  ]);
});

Deno.test("cardTermsFigure() says how many cards were read, of a sample and of all", () => {
  const sample = cardTermsFigure(cards, { source });
  assert.match(sample.caption, /A sample of the cards: 60 of 120 read\.$/);
  assert.match(sample.note, /60 of 120 cards read, drawn at random/);
  const all = cardTermsFigure({ ...cards, read: 120 }, { source });
  assert.match(all.caption, /All cards: 120 of 120 read\.$/);
  assert.ok(!all.note.includes("drawn at random"));
});

Deno.test("cardTermsFigure() draws a panel as empty when nothing is in it", () => {
  const { svg, rows } = cardTermsFigure({
    ...cards,
    terms: { ...cards.terms, gained: [], lost: [] },
    languages: { ...cards.languages, languages: [], all: { cards: 0, english: null } },
  }, { source });
  assert.equal(svg.match(/>none</g)?.length, 3);
  assert.deepEqual(layoutFaults(svg), []);
  assert.deepEqual([...new Set(rows.map(({ panel }) => panel))], [
    "template: any card",
    "template: other owners",
  ]);
});

Deno.test("cardTermsFigure() refuses a report on no cards", () => {
  for (const data of [null, { ...cards, read: 0 }]) {
    assert.throws(
      () => cardTermsFigure(data, { source }),
      /^RangeError: Cannot draw what cards say/,
    );
  }
});

Deno.test("rowDiffFigure() lists all values in its rows, and as many as fit in its drawing", () => {
  const { rows, note, values, svg } = rowDiffFigure(rowDiff, { source });
  assert.equal(rows.length, rowDiff.differences.length);
  assert.deepEqual([values.shared, values.lost, values.gained], [4, 12, 3]);
  assert.match(note, /At most 8 values of each kind are drawn; the CSV has all\.$/);
  assert.ok(svg.includes(">and 3 more<"));
});

Deno.test("rowDiffFigure() refuses a pair that says nothing", () => {
  assert.throws(
    () => rowDiffFigure({ ...rowDiff, differences: [] }, { source }),
    /^RangeError: Cannot draw what the rows of "lab\/base" and "lab\/tuned" have in common/,
  );
});
