import assert from "node:assert/strict";
import { type Random, random } from "../../../lib/core/random.ts";
import { Lineage } from "../../../lib/graph/lineage.ts";
import { dealPlaces } from "../../../lib/measure/kinship/deal_places.ts";
import { Dealer } from "../../../lib/measure/kinship/dealer.ts";
import { ForkSums } from "../../../lib/measure/kinship/fork_sums.ts";
import {
  dealChildren,
  joinDeals,
  permutationNull,
} from "../../../lib/measure/kinship/permutation.ts";
import { lineageOf, type PlainEdge, randomEdges } from "../../oracle/random_lineage.ts";
import { type PlainRow, slowKinship } from "../../oracle/slow_kinship.ts";
import { vectorsOf } from "../../oracle/slow_vectors.ts";

const terms = Array.from({ length: 9 }, (_, t) => `term${t}`);

function randomRows(rng: Random, nodes: number): PlainRow[] {
  return Array.from(
    { length: nodes },
    () =>
      rng.chance(0.15) ? null : Object.fromEntries(
        Array.from({ length: rng.below(6) }, () => [rng.below(9), 1 + rng.below(4)]),
      ),
  );
}

/** A lineage whose child v was created in month `month(v)` of 2024; -1 for no date. */
function dated(nodes: number, edges: readonly PlainEdge[], month: (child: number) => number) {
  return new Lineage(nodes, {
    parent: Uint32Array.from(edges, ([u]) => u),
    child: Uint32Array.from(edges, ([, v]) => v),
    relation: Uint8Array.from(edges, ([, , relation = 0]) => relation),
    time: Float64Array.from(
      edges,
      ([, v]) => month(v) < 0 ? NaN : Date.UTC(2024, month(v), 1 + v % 28),
    ),
  });
}

/** `parents` parents with `each` children of their own, all finetunes of one month. */
function combs(parents: number, each: number): PlainEdge[] {
  return Array.from({ length: parents * each }, (_, i): PlainEdge => [
    Math.floor(i / each),
    parents + i,
    1,
  ]);
}

Deno.test("ForkSums.measure() is the difference that enumerating all forks gives", () => {
  const rng = random({ seed: 2 });
  let seen = 0;
  for (let round = 0; round < 60; round++) {
    const nodes = 3 + rng.below(10);
    // A parent of nine and more is summed in another way than one of few.
    const edges = round % 3 > 0 ? randomEdges(rng, nodes) : combs(1, 9 + rng.below(3));
    const rows = randomRows(rng, round % 3 > 0 ? nodes : 13);
    const vectors = vectorsOf(rows, { terms });
    const places = dealPlaces(lineageOf(rows.length, edges).view("all"));
    const sums = new ForkSums(places, vectors);
    sums.measure(places.child);
    for (const weighting of ["bagOfWords", "tfidf"] as const) {
      const slow = slowKinship(edges, { rows, terms: 9, weighting });
      const [siblings, ends] = [slow.get("fork.siblings"), slow.get("fork.parentChild")];
      const wanted = siblings && ends
        ? siblings.sum / siblings.counted - ends.sum / ends.counted
        : NaN;
      if (Number.isNaN(wanted)) assert.ok(Number.isNaN(sums[weighting]));
      else {
        assert.ok(Math.abs(sums[weighting] - wanted) < 1e-12, `${sums[weighting]} ${wanted}`);
        seen++;
      }
    }
  }
  assert.ok(seen > 40);
});

Deno.test("Dealer.deal() keeps the children of each relation and month together, and no parent has one twice", () => {
  const rng = random({ seed: 4 });
  for (let round = 0; round < 60; round++) {
    const nodes = 4 + rng.below(9);
    const places = dealPlaces(dated(nodes, randomEdges(rng, nodes), (v) => v % 3 - 1).view("all"));
    const dealer = new Dealer(places);
    const cards = (child: Uint32Array) =>
      [...child].map((v, i) => `${places.stratum[i]}:${v}`).sort();
    for (let deal = 0; deal < 5; deal++) {
      dealer.deal(rng);
      assert.deepEqual(cards(dealer.dealt), cards(places.child));
      // Strata of few edges may leave no other order; then a clash stays, but never more than a few.
      const edges = [...dealer.dealt].map((v, i) => `${places.parent[i]}>${v}`);
      const clashes = edges.length - new Set(edges).size +
        [...dealer.dealt].filter((v, i) => v === places.parent[i]).length;
      assert.ok(clashes <= 2, `${clashes} clashes`);
    }
  }
});

//     0     1        two parents, one month: six orders of three children, of which
//    / \    |        three differ in which child is below 1
//   2   3   4
Deno.test("Dealer.deal() makes each order equally often", () => {
  const edges: PlainEdge[] = [[0, 2, 1], [0, 3, 1], [1, 4, 1]];
  const dealer = new Dealer(dealPlaces(dated(5, edges, () => 0).view("finetune")));
  const seen = new Map<string, number>();
  const rng = random({ seed: 1 });
  for (let i = 0; i < 6000; i++) {
    dealer.deal(rng);
    seen.set(dealer.dealt.join(), (seen.get(dealer.dealt.join()) ?? 0) + 1);
  }
  assert.equal(seen.size, 6);
  for (const count of seen.values()) assert.ok(Math.abs(count - 1000) < 130, `${count}`);
});

Deno.test("dealPlaces() samples edges in their order, and all of them where there are few", () => {
  const lineage = dated(40, combs(4, 9), (v) => v % 2 === 0 ? -1 : 3);
  const view = lineage.view("finetune");
  const all = dealPlaces(view);
  assert.deepEqual([...all.child], [...lineage.child]);
  assert.equal(new Set(all.stratum).size, 2);
  const times = new Map<number, number>();
  for (let seed = 0; seed < 400; seed++) {
    const { parent, child } = dealPlaces(view, { most: 9, seed });
    assert.equal(child.length, 9);
    assert.deepEqual([...child], [...child].sort((a, b) => a - b));
    child.forEach((v, i) => {
      assert.equal(parent[i], Math.floor((v - 4) / 9));
      times.set(v, (times.get(v) ?? 0) + 1);
    });
  }
  assert.equal(times.size, 36);
  for (const count of times.values()) assert.ok(Math.abs(count - 100) < 40, `${count}`);
  assert.equal(dealPlaces(view, { most: 0 }).child.length, 0);
  assert.throws(() => dealPlaces(view, { most: 1.5 }), /most is 1.5, expected a whole number/);
});

Deno.test("dealChildren() finds siblings that are alike, and gives the same deals in slices", () => {
  // Children copy each other and not their parent: parent i has term 0, its children term i + 1.
  const rows = [
    ...Array.from({ length: 6 }, () => ({ 0: 1 })),
    ...Array.from({ length: 24 }, (_, i) => ({ [1 + Math.floor(i / 4)]: 1 })),
  ];
  const vectors = vectorsOf(rows, { terms });
  const places = dealPlaces(dated(30, combs(6, 4), () => 0).view("finetune"));
  const whole = dealChildren(places, vectors, { deals: 7, seed: 3 });
  assert.equal(whole.bagOfWords.observed, 1);
  const sliced = joinDeals([
    dealChildren(places, vectors, { deals: 3, seed: 3 }),
    dealChildren(places, vectors, { deals: 4, first: 3, seed: 3 }),
  ]);
  assert.deepEqual(sliced, whole);
  const { tfidf } = dealChildren(places, vectors);
  const found = permutationNull(tfidf.observed, tfidf.dealt)!;
  assert.equal(found.replicates, 99);
  assert.equal(found.p, 0.01);
  assert.ok(found.high < 0.6 && found.low < found.mean && found.mean < found.high);
  // With a month of its own for each family only one order is left.
  const apart = dealPlaces(
    dated(30, combs(6, 4), (v) => Math.floor((v - 6) / 4)).view("finetune"),
  );
  assert.equal(permutationNull(1, dealChildren(apart, vectors).tfidf.dealt)!.p, 1);
});

Deno.test("dealChildren() rejects in about 5 of 100 ecosystems without kinship, in samples too", () => {
  const rng = random({ seed: 11 });
  let [rejected, sampled] = [0, 0];
  for (let round = 0; round < 200; round++) {
    const edges = combs(5, 5);
    const rows = Array.from({ length: 30 }, () => ({ [rng.below(9)]: 1, [rng.below(9)]: 2 }));
    const vectors = vectorsOf(rows, { terms });
    const view = dated(30, edges, (v) => v % 2).view("finetune");
    const p = (most: number) => {
      const { bagOfWords } = dealChildren(dealPlaces(view, { most, seed: round }), vectors, {
        deals: 19,
        seed: round,
      });
      return permutationNull(bagOfWords.observed, bagOfWords.dealt)!.p;
    };
    if (p(1000) <= 0.05) rejected++;
    if (p(15) <= 0.05) sampled++;
  }
  assert.ok(rejected >= 3 && rejected <= 19, `${rejected} of 200`);
  assert.ok(sampled >= 3 && sampled <= 19, `${sampled} of 200 samples`);
});

Deno.test("permutationNull() places the observed difference among the dealt ones, itself counted", () => {
  const dealt = Float64Array.from({ length: 99 }, (_, i) => (98 - i) / 100);
  assert.deepEqual(permutationNull(0.955, dealt), {
    replicates: 99,
    mean: dealt.reduce((a, b) => a + b) / 99,
    low: 0.02,
    high: 0.96,
    p: 4 / 100,
  });
  assert.equal(permutationNull(-1, dealt)!.p, 1);
  assert.equal(permutationNull(NaN, dealt), null);
  assert.equal(permutationNull(1, Float64Array.of(NaN, NaN)), null);
  assert.equal(permutationNull(1, new Float64Array()), null);
});

Deno.test("dealChildren() of no forks has no difference, and refuses wrong numbers", () => {
  const places = dealPlaces(lineageOf(2, [[0, 1]]).view("all"));
  const vectors = vectorsOf([{ 0: 1 }, { 0: 1 }], { terms });
  assert.ok(Number.isNaN(dealChildren(places, vectors).tfidf.observed));
  assert.throws(() => dealChildren(places, vectors, { deals: -1 }), /-1 times/);
  assert.throws(() => dealChildren(places, vectorsOf([], { terms })), /found 0 rows of terms/);
  assert.throws(() => joinDeals([]), /found no parts/);
});
