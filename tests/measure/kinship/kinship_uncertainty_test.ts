import assert from "node:assert/strict";
import { random } from "../../../lib/core/random.ts";
import { ratioBootstrap } from "../../../lib/core/cluster_bootstrap.ts";
import { families as familiesOf } from "../../../lib/measure/families.ts";
import { edgeFamilies } from "../../../lib/measure/kinship/edge_families.ts";
import { kinshipGraph } from "../../../lib/measure/kinship/graph.ts";
import { kinshipMeans } from "../../../lib/measure/kinship/kinship.ts";
import {
  kinshipUncertainty,
  similarityInterval,
} from "../../../lib/measure/kinship/kinship_uncertainty.ts";
import { pairSums } from "../../../lib/measure/kinship/pair_sums.ts";
import { treePairs } from "../../../lib/measure/kinship/pair_names.ts";
import { lineageOf, type PlainEdge } from "../../oracle/random_lineage.ts";
import { slowKinship } from "../../oracle/slow_kinship.ts";
import { vectorsOf } from "../../oracle/slow_vectors.ts";

const terms = Array.from({ length: 6 }, (_, t) => `term${t}`);
const weightings = ["bagOfWords", "tfidf"] as const;

/** Seven families: a parent with two to five children, one of which has a child of its own; then a single model. */
function world() {
  const edges: PlainEdge[] = [];
  const family: number[] = [];
  for (let f = 0; f < 7; f++) {
    const root = family.length;
    family.push(f);
    for (let i = 0; i < 2 + f % 4; i++) {
      edges.push([root, family.length]);
      family.push(f);
    }
    edges.push([root + 1, family.length]);
    family.push(f);
  }
  family.push(7);
  const rng = random({ seed: 9 });
  const rows = family.map(() => ({ [rng.below(6)]: 1, [rng.below(6)]: 2, [rng.below(6)]: 1 }));
  const lineage = lineageOf(rows.length, edges);
  const graph = kinshipGraph(lineage.view("all"));
  const { of, sizes } = familiesOf(lineage.view("no-merge"));
  const families = edgeFamilies(graph, of);
  const vectors = vectorsOf(rows, { terms });
  const sums = pairSums(graph, vectors, { families });
  const describe = (labels: readonly number[]) =>
    labels.map((label) => ({ root: `family ${label}`, models: sizes[label] }));
  return { edges, family, rows, graph, families, vectors, sums, describe };
}

Deno.test("kinshipUncertainty() has the influence of a family that leaving it out shows", () => {
  const { edges, family, rows, families, sums, describe } = world();
  const { siblingExcess } = kinshipUncertainty(sums, { families, describe, influential: 99 });
  const excess = (kept: PlainEdge[], weighting: typeof weightings[number]) => {
    const slow = slowKinship(kept, { rows, terms: 6, weighting });
    const mean = (name: "fork.siblings" | "fork.parentChild") =>
      slow.get(name)!.sum / slow.get(name)!.counted;
    return mean("fork.siblings") - mean("fork.parentChild");
  };
  for (const weighting of weightings) {
    const { difference, interval, influence, replicates, permutation } = siblingExcess[weighting];
    const whole = excess(edges, weighting);
    assert.ok(Math.abs(difference! - whole) < 1e-12);
    assert.ok(interval![0] < whole && whole < interval![1]);
    assert.equal(replicates, 500);
    assert.equal(permutation, null);
    assert.equal(influence.length, 7);
    for (const { root, models, without, change } of influence) {
      const label = Number(root.slice("family ".length));
      assert.equal(models, family.filter((f) => f === label).length);
      const rest = excess(edges.filter(([u]) => family[u] !== label), weighting);
      assert.ok(Math.abs(without! - rest) < 1e-12);
      assert.ok(Math.abs(change - (rest - whole)) < 1e-12);
    }
    const sizes = influence.map(({ change }) => Math.abs(change));
    assert.deepEqual(sizes, sizes.toSorted((a, b) => b - a));
  }
});

Deno.test("kinshipUncertainty() resamples families for every pair", () => {
  const { edges, family, rows, families, vectors, sums, describe } = world();
  const { intervals } = kinshipUncertainty(sums, { families, describe, seed: 4, replicates: 200 });
  const means = kinshipMeans(sums, vectors, { intervals });
  for (const weighting of weightings) {
    const byFamily = Array.from(
      { length: 7 },
      (_, f) => slowKinship(edges.filter(([u]) => family[u] === f), { rows, terms: 6, weighting }),
    );
    for (const pair of treePairs) {
      const found = byFamily.map((slow) => slow.get(pair) ?? { counted: 0, sum: 0 });
      const { low, high } = ratioBootstrap({
        numerator: Float64Array.from(found, ({ sum }) => sum),
        denominator: Float64Array.from(found, ({ counted }) => counted),
      }, { seed: 4, replicates: 200, range: [0, 1] });
      const interval = means[weighting][pair].interval!;
      if (low === null || high === null) assert.equal(interval, null, pair);
      else {
        assert.ok(Math.abs(interval[0] - low) < 1e-9, `${pair} low`);
        assert.ok(Math.abs(interval[1] - high) < 1e-9, `${pair} high`);
      }
    }
    // Chains of four need more generations than there are.
    assert.equal(means[weighting]["longChain.upper"].interval, null);
    assert.notEqual(means[weighting]["forkChain.aunt"].interval, null);
    assert.equal("interval" in means[weighting].random, false);
  }
});

Deno.test("kinshipUncertainty() says nothing of one family, and refuses sums without families", () => {
  const rows: Record<number, number>[] = [{ 0: 1 }, { 0: 1, 1: 1 }, { 1: 1 }];
  const graph = kinshipGraph(lineageOf(3, [[0, 1], [0, 2]]).view("all"));
  const families = edgeFamilies(graph, Uint32Array.of(0, 0, 0));
  const vectors = vectorsOf(rows, { terms });
  const sums = pairSums(graph, vectors, { families });
  const describe = () => [{ root: "__proto__", models: 3 }];
  const { difference, interval, replicates, influence } =
    kinshipUncertainty(sums, { families, describe }).siblingExcess.bagOfWords;
  assert.equal(interval, null);
  assert.equal(replicates, 0);
  assert.deepEqual(influence, [{
    root: "__proto__",
    models: 3,
    without: null,
    change: -difference!,
  }]);
  assert.throws(
    () => kinshipUncertainty(pairSums(graph, vectors), { families, describe }),
    /found sums by no families, expected 1/,
  );
});

Deno.test("edgeFamilies() numbers families with edges, and bundles small ones beyond the most", () => {
  // Ten families: family f is a parent with f + 1 children; one single model in front.
  const edges: PlainEdge[] = [];
  const labels = [0];
  for (let f = 0; f < 10; f++) {
    const root = labels.length;
    labels.push(f + 1);
    for (let i = 0; i <= f; i++) {
      edges.push([root, labels.length]);
      labels.push(f + 1);
    }
  }
  const graph = kinshipGraph(lineageOf(labels.length, edges).view("all"));
  const all = edgeFamilies(graph, Uint32Array.from(labels));
  assert.equal(all.count, 10);
  assert.deepEqual([...all.labels], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assert.deepEqual([...all.of], labels.map((label) => label - 1));
  const bundled = edgeFamilies(graph, Uint32Array.from(labels), { most: 8 });
  assert.equal(bundled.count, 8);
  assert.deepEqual([...bundled.labels], [10, 9, -1, -1, -1, -1, -1, -1]);
  const numbers = new Map<number, number>();
  labels.forEach((label, u) => {
    assert.equal(numbers.get(label) ?? bundled.of[u], bundled.of[u]);
    numbers.set(label, bundled.of[u]);
  });
  assert.equal(numbers.get(10), 0);
  assert.equal(numbers.get(0), -1);
  const members = [...numbers.values()].filter((number) => number >= 2);
  assert.equal(members.length, 8);
  assert.equal(new Set(members).size, 6);
  assert.throws(() => edgeFamilies(graph, Uint32Array.of(0)), /found 1 labels/);
  assert.throws(() => edgeFamilies(graph, Uint32Array.from(labels), { most: 7 }), /most is 7/);
});

Deno.test("similarityInterval() resamples the edges of families together", () => {
  const { edges, family, graph, families } = world();
  const similarity = Float64Array.from(edges, (_, e) => e % 5 === 0 ? NaN : (e % 7) / 7);
  const order = edges.map((edge, e) => ({ edge, e })).sort((a, b) =>
    a.edge[0] - b.edge[0] || a.edge[1] - b.edge[1]
  );
  const numerator = new Float64Array(7);
  const denominator = new Float64Array(7);
  order.forEach(({ edge: [u] }, place) => {
    if (Number.isNaN(similarity[place])) return;
    numerator[family[u]] += similarity[place];
    denominator[family[u]]++;
  });
  const { low, high } = ratioBootstrap({ numerator, denominator }, {
    replicates: 500,
    range: [0, 1],
  });
  assert.deepEqual(similarityInterval(graph, similarity, { families }), [low, high]);
  assert.throws(
    () => similarityInterval(graph, new Float64Array(1), { families }),
    /found 1, expected one for each of/,
  );
});
