import assert from "node:assert/strict";
import { type Random, random } from "../../../lib/core/random.ts";
import { edgeFamilies } from "../../../lib/measure/kinship/edge_families.ts";
import { families } from "../../../lib/measure/families.ts";
import { kinshipGraph, splitParents } from "../../../lib/measure/kinship/graph.ts";
import { kinshipMeans } from "../../../lib/measure/kinship/kinship.ts";
import { treePairs } from "../../../lib/measure/kinship/pair_names.ts";
import { addPairSums, pairSums } from "../../../lib/measure/kinship/pair_sums.ts";
import { lineageOf, type PlainEdge, randomEdges } from "../../oracle/random_lineage.ts";
import { type PlainRow, slowCosine, slowKinship } from "../../oracle/slow_kinship.ts";
import { vectorsOf } from "../../oracle/slow_vectors.ts";

const terms = Array.from({ length: 9 }, (_, t) => `term${t}`);
const weightings = ["bagOfWords", "tfidf"] as const;

/** Rows of counts, now and then beyond 127, some without a term, some no documents. */
function randomRows(rng: Random, { nodes, missing }: { nodes: number; missing: number }) {
  return Array.from({ length: nodes }, (): PlainRow => {
    if (rng.chance(missing)) return null;
    const row: Record<number, number> = {};
    for (let i = rng.below(7); i > 0; i--) {
      row[rng.below(terms.length)] = 1 + rng.below(rng.chance(0.1) ? 400 : 5);
    }
    return row;
  });
}

function near(found: number, wanted: number, what: string): void {
  assert.ok(
    Math.abs(found - wanted) <= 1e-12 * Math.max(1, Math.abs(wanted)),
    `${what}: ${found} is not ${wanted}`,
  );
}

/** Compares sums and means of a graph with what its enumerated instances give. */
function compare(nodes: number, edges: readonly PlainEdge[], rows: readonly PlainRow[]): number {
  const graph = kinshipGraph(lineageOf(nodes, edges).view("all"));
  const vectors = vectorsOf(rows, { terms });
  const sums = pairSums(graph, vectors);
  const means = kinshipMeans(sums, vectors);
  let instances = 0;
  for (const weighting of weightings) {
    const slow = slowKinship(edges, { rows, terms: terms.length, weighting });
    treePairs.forEach((name, c) => {
      const wanted = slow.get(name) ?? { instances: 0, counted: 0, sum: 0 };
      near(sums.instances[c], wanted.instances, `${name} instances`);
      near(sums.counted[c], wanted.counted, `${name} counted`);
      near(sums[weighting][c], wanted.sum, `${name} ${weighting}`);
      const pair = means[weighting][name];
      if (wanted.counted === 0) assert.equal(pair.mean, null);
      else near(pair.mean!, wanted.sum / wanted.counted, `${name} ${weighting} mean`);
      near(pair.pairsShare, wanted.instances && wanted.counted / wanted.instances, `${name} share`);
      instances += wanted.instances;
    });
    const cosine = slowCosine(rows, terms.length, weighting);
    const documents = rows.flatMap((row, i) => row === null ? [] : [i]);
    let total = 0;
    for (const a of documents) for (const b of documents) if (a !== b) total += cosine(a, b);
    const ordered = documents.length * (documents.length - 1);
    const { mean } = means[weighting].random;
    if (ordered === 0) assert.equal(mean, null);
    else near(mean!, total / ordered, `random ${weighting}`);
  }
  return instances;
}

Deno.test("pairSums() is what enumerating all instances gives on random graphs with several parents and cycles", () => {
  const rng = random({ seed: 5 });
  let instances = 0;
  for (let round = 0; round < 150; round++) {
    const nodes = 1 + rng.below(12);
    const rows = randomRows(rng, { nodes, missing: round % 3 === 0 ? 0 : 0.25 });
    instances += compare(nodes, randomEdges(rng, nodes), rows);
  }
  assert.ok(instances > 10_000);
});

Deno.test("pairSums() is what enumerating all instances gives where every edge is there", () => {
  const edges: PlainEdge[] = [];
  for (let u = 0; u < 6; u++) for (let v = 0; v < 6; v++) if (u !== v) edges.push([u, v]);
  const rng = random({ seed: 6 });
  compare(6, edges, randomRows(rng, { nodes: 6, missing: 0 }));
  compare(6, edges, randomRows(rng, { nodes: 6, missing: 0.4 }));
});

//      0   1
//      |\ /
//      2 3        3 has two parents: t of a chain of four is 0 or 1, half each
//        |
//        4
//       / \
//      5   6
Deno.test("pairSums() counts the sub-trees of a drawn tree as the paper does", () => {
  const edges: PlainEdge[] = [[0, 2], [0, 3], [1, 3], [3, 4], [4, 5], [4, 6]];
  const graph = kinshipGraph(lineageOf(7, edges).view("all"));
  const vectors = vectorsOf(Array.from({ length: 7 }, () => ({ 0: 1 })), { terms });
  const { instances } = pairSums(graph, vectors);
  const count = (name: typeof treePairs[number]) => instances[treePairs.indexOf(name)];
  assert.equal(count("edge.parentChild"), 6);
  assert.equal(count("fork.siblings"), 2);
  assert.equal(count("star.siblings"), 0);
  assert.equal(count("chain.upper"), 4);
  assert.equal(count("chainFork.siblings"), 1);
  assert.equal(count("forkChain.aunt"), 1);
  assert.equal(count("longChain.middle"), 2);
  compare(7, edges, [{ 0: 1 }, { 1: 2 }, { 0: 3, 1: 1 }, null, { 2: 200 }, {}, { 2: 1, 0: 1 }]);
});

Deno.test("addPairSums() adds the ranges of a graph up to the whole, by family too", () => {
  const rng = random({ seed: 8 });
  for (let round = 0; round < 30; round++) {
    const nodes = 2 + rng.below(11);
    const edges = randomEdges(rng, nodes);
    const view = lineageOf(nodes, edges).view("all");
    const graph = kinshipGraph(view);
    const vectors = vectorsOf(randomRows(rng, { nodes, missing: 0.2 }), { terms });
    const kin = edgeFamilies(graph, families(view).of);
    const whole = pairSums(graph, vectors, { families: kin });
    const bounds = splitParents(graph, { parts: 1 + rng.below(4) });
    const parts = bounds.slice(1).map((to, i) =>
      pairSums(graph, vectors, { from: bounds[i], to, families: kin })
    );
    const added = addPairSums(parts);
    const columns = treePairs.length;
    for (const key of ["counted", ...weightings] as const) {
      for (let c = 0; c < columns; c++) {
        near(added[key][c], whole[key][c], `${key} of the parts`);
        let sum = 0;
        for (let f = 0; f < kin.count; f++) sum += added.families![key][f * columns + c];
        near(sum, whole[key][c], `${key} of the families`);
      }
    }
    // A family alone has what the sums say of it.
    for (let f = 0; f < kin.count; f++) {
      const own = edges.filter(([u]) => kin.of[u] === f);
      const alone = pairSums(kinshipGraph(lineageOf(nodes, own).view("all")), vectors);
      for (let c = 0; c < columns; c++) {
        near(whole.families!.tfidf[f * columns + c], alone.tfidf[c], `family ${f}`);
      }
    }
  }
});

Deno.test("pairSums() of nothing is nothing, and refuses other vectors and ranges", () => {
  const empty = kinshipGraph(lineageOf(0, []).view("all"));
  const none = vectorsOf([], { terms: [] });
  const means = kinshipMeans(pairSums(empty, none), none);
  assert.deepEqual(means.tfidf.random, { mean: null, instances: 1, pairsShare: 0 });
  assert.deepEqual(means.tfidf["fork.siblings"], { mean: null, instances: 0, pairsShare: 0 });
  const two = kinshipGraph(lineageOf(2, [[0, 1]]).view("all"));
  const vectors = vectorsOf([{ 0: 1 }, { 0: 2 }], { terms });
  assert.throws(
    () => pairSums(two, none),
    /found 0 rows of terms, expected one for each of 2 nodes/,
  );
  assert.throws(() => pairSums(two, vectors, { from: 1, to: 0 }), RangeError);
  assert.throws(() => pairSums(two, vectors, { to: 3 }), /the graph has 2 nodes/);
  assert.throws(() => addPairSums([]), RangeError);
  const kin = edgeFamilies(two, Uint32Array.of(0, 0));
  assert.throws(
    () => addPairSums([pairSums(two, vectors), pairSums(two, vectors, { families: kin })]),
    /found 1 families beside none/,
  );
});
