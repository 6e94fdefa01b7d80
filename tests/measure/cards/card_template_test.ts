import assert from "node:assert/strict";
import { random } from "../../../lib/core/random.ts";
import { CardTemplate } from "../../../lib/measure/cards/card_template.ts";

type Card = [id: string, sentences: string[]];

function templateOf(cards: readonly Card[], { least = 2, edges = [] as [number, number][] } = {}) {
  const template = new CardTemplate({
    parent: Uint32Array.from(edges, ([parent]) => parent),
    child: Uint32Array.from(edges, ([, child]) => child),
    read: new Uint8Array(cards.length).fill(1),
  }, { least, n: 5 });
  cards.forEach(([id, sentences], row) => template.add(row, id, sentences));
  return template.result();
}

const licence = "Released under some licence.";
const cards: Card[] = [
  ["lab/a", [licence, "This is model a.", "Two words"]],
  ["lab/b", [licence, licence, "This is model b.", "42 17 3"]],
  ["user/c", [licence]],
  ["user/d", ["Two words", ""]],
];

Deno.test("CardTemplate counts sentences of three words that enough other cards have", () => {
  const { all, parents, children, sentences, examples } = templateOf(cards, {
    edges: [[0, 1], [0, 2], [0, 3]],
  });
  // a: 1 of 2, b: 2 of 3, c: 1 of 1; d has no sentence.
  assert.equal(all.cards, 3);
  assert.ok(Math.abs(all.any! - (1 / 2 + 2 / 3 + 1) / 3) < 1e-12);
  // Two cards of other owners have it for c only.
  assert.ok(Math.abs(all.otherOwners! - 1 / 3) < 1e-12);
  assert.deepEqual(parents, { cards: 1, any: 1 / 2, otherOwners: 0 });
  assert.deepEqual([children.cards, children.otherOwners], [2, 1 / 2]);
  assert.deepEqual(sentences, { total: 6, distinct: 3 });
  assert.deepEqual(examples, [{ sentence: licence, cards: 3, owners: 2 }]);
});

Deno.test("CardTemplate gives null when no card has a sentence", () => {
  const none = { cards: 0, any: null, otherOwners: null };
  assert.deepEqual(templateOf([]).all, none);
  assert.deepEqual(templateOf([["a", ["Too short"]], ["b", []]]).all, none);
});

Deno.test("CardTemplate takes an id without a slash for its owner, and hostile ids as they are", () => {
  const said: Card[] = ["__proto__", "constructor", "=cmd()/x", "/", ""].map((
    id,
  ) => [id, ["The same three words."]]);
  const { all, examples } = templateOf(said, { least: 4 });
  // "/" and "" are the same owner.
  assert.equal(examples[0].owners, 4);
  assert.equal(all.any, 1);
  assert.equal(all.otherOwners, 3 / 5);
});

Deno.test("CardTemplate equals the definition when cards are random", () => {
  for (let seed = 1; seed <= 30; seed++) {
    const rng = random({ seed });
    const least = 1 + seed % 3;
    const random3: Card[] = Array.from({ length: 12 }, (_, i) => [
      `owner${rng.below(4)}/${i}`,
      Array.from({ length: rng.below(5) }, () => `Sentence of number ${"abcdef"[rng.below(6)]}.`),
    ]);
    const owner = (id: string) => id.slice(0, id.indexOf("/"));
    const share = (counts: (own: Card, other: Card) => boolean) => {
      const shares = random3.filter(([, said]) => said.length > 0).map((own) =>
        own[1].filter((sentence) =>
          random3.filter((other) =>
            other !== own && counts(own, other) && other[1].includes(sentence)
          ).length >= least
        ).length / own[1].length
      );
      return shares.reduce((a, b) => a + b) / shares.length;
    };
    const { all } = templateOf(random3, { least });
    assert.ok(Math.abs(all.any! - share(() => true)) < 1e-12);
    assert.ok(
      Math.abs(all.otherOwners! - share(([a], [b]) => owner(a) !== owner(b))) < 1e-12,
    );
  }
});

Deno.test("CardTemplate shows the beginning of a long example", () => {
  const long = "very long words ".repeat(1000);
  const { examples } = templateOf([["a", [long]], ["b", [long]]], { least: 1 });
  assert.equal(examples[0].sentence, long.slice(0, 200));
});

Deno.test("CardTemplate refuses a number of cards below one", () => {
  for (const least of [0, 1.5, NaN]) {
    assert.throws(() => templateOf([], { least }), /^RangeError: Cannot look for templates in/);
  }
});
