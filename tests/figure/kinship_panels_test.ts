import assert from "node:assert/strict";
import { generationsApart, treeShapes } from "../../lib/figure/kinship_glyph.ts";
import { kinshipCardsFigure, kinshipMetadataFigure } from "../../lib/figure/kinship_panels.ts";
import { treePairs } from "../../lib/measure/kinship/pair_names.ts";
import { source } from "./inputs.ts";
import { kinshipInput } from "./kinship_input.ts";

const kinship = kinshipInput((name) => name);

Deno.test("treeShapes has every pair once, as many generations apart as its name says", () => {
  const found = treeShapes.flatMap((shape) =>
    shape.pairs.map(([pair, nodes]) => ({ pair, apart: generationsApart(shape, nodes) }))
  );
  assert.deepEqual(
    found.map(({ pair }) => pair).toSorted(),
    ["random", ...treePairs].toSorted(),
  );
  for (const { pair, apart } of found) {
    const kind = pair.split(".")[1] ?? pair;
    const wanted = /random/.test(kind)
      ? null
      : /siblings/.test(kind)
      ? 0
      : /great/.test(kind)
      ? 3
      : /grandparent/i.test(kind)
      ? 2
      : 1;
    assert.equal(apart, wanted, pair);
  }
});

Deno.test("kinshipMetadataFigure() plots each pair by both weightings with its interval", () => {
  const { rows, values, caption, note } = kinshipMetadataFigure(kinship, { source });
  assert.equal(rows.length, 48);
  const fork = rows.find(({ pair, weighting }) =>
    pair === "fork.siblings" && weighting === "tfidf"
  );
  const { mean, interval, instances } = kinship.metadata.tfidf["fork.siblings"];
  assert.deepEqual(fork, {
    pair: "fork.siblings",
    weighting: "tfidf",
    generations: 0,
    mean,
    low: interval![0],
    high: interval![1],
    instances,
    share: 1,
  });
  assert.equal(rows.filter(({ pair, low }) => pair === "random" && low !== null).length, 0);
  assert.equal(values["excess, tfidf"], 0.068);
  assert.equal(values["excess, tfidf: without lab/base"], 0.068 / 3);
  assert.equal(values["levenshtein: mean"], 0.5133);
  assert.match(caption, /The difference by tf-idf is \+0\.07, p 0\.07 after 99 deals\./);
  assert.match(note, /edges that are no merge and no quantisation/);
});

Deno.test("kinshipCardsFigure() says which cards count and draws what is there", () => {
  const { svg, note, caption, rows } = kinshipCardsFigure(kinship, { source });
  assert.match(note, /fine-tune edges/);
  assert.match(note, /257 cards of at least 512 characters/);
  assert.match(svg, />no pair counts</);
  assert.match(svg, />no deals</);
  assert.match(svg, />−0.260</);
  assert.match(caption, /The difference by tf-idf is \+0\.03\.$/);
  assert.ok(rows.some(({ mean }) => mean === null));
});

Deno.test("kinshipMetadataFigure() leaves out the sibling excess where it was not asked for", () => {
  const { siblingExcess: _, ...metadata } = kinship.metadata;
  const { svg, values } = kinshipMetadataFigure({ metadata, cards: null }, { source });
  assert.ok(!svg.includes("Siblings less"));
  assert.ok(!("excess, tfidf" in values));
});

Deno.test("kinship figures refuse what was not measured or has no edge", () => {
  assert.throws(() => kinshipMetadataFigure(null, { source }), {
    name: "RangeError",
    message: "Cannot draw kinship by metadata: it was not measured",
  });
  assert.throws(
    () => kinshipCardsFigure({ ...kinship, cards: null }, { source }),
    /by cards: it was not measured/,
  );
  const tfidf = { ...kinship.metadata.tfidf };
  tfidf["edge.parentChild"] = { mean: null, instances: 0, pairsShare: 0 };
  assert.throws(
    () =>
      kinshipMetadataFigure({ metadata: { ...kinship.metadata, tfidf }, cards: null }, { source }),
    /found 0 edges/,
  );
});
