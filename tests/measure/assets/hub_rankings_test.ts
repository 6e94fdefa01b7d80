import assert from "node:assert/strict";
import { random } from "../../../lib/core/random.ts";
import { AssetGraph, assetVariants } from "../../../lib/graph/assets.ts";
import { directHubs, transitiveHubs } from "../../../lib/measure/assets/asset_hubs.ts";
import {
  hubMeasures,
  hubRankings,
  hubVariantAgreement,
} from "../../../lib/measure/assets/hub_rankings.ts";
import { assetRecord, randomAssets, snapshotOf } from "../../oracle/random_assets.ts";
import { isAuthority, slowBetweenness, slowPageRank } from "../../oracle/slow_centrality.ts";

function edgesOf(graph: AssetGraph): [number, number][] {
  return Array.from(
    graph.dependant,
    (dependant, e): [number, number] => [dependant, graph.dependency[e]],
  ).filter(([from, to]) => from !== to);
}

Deno.test("hubRankings() scores as slow definitions do when assets are random", () => {
  const rng = random({ seed: 11 });
  let compared = 0;
  for (let run = 0; run < 150; run++) {
    const snapshot = randomAssets(rng);
    for (const variant of assetVariants) {
      const graph = new AssetGraph(snapshot, { variant });
      const edges = edgesOf(graph);
      const { rows } = hubRankings(graph);
      assert.equal(rows.length, graph.nodes);
      const score = (measure: typeof hubMeasures[number]) =>
        graph.names.map((name) => rows.find((row) => row.name === name)!.scores[measure]);
      const near = (found: number[], wanted: number[], what: string) =>
        found.forEach((value, i) =>
          assert.ok(Math.abs(value - wanted[i]) < 1e-7, `${what} ${run}: ${value}, ${wanted[i]}`)
        );
      near(score("betweenness"), slowBetweenness(graph.nodes, edges), "betweenness");
      for (const { name, dependants } of directHubs(graph, { n: 99 })) {
        assert.equal(rows.find((row) => row.name === name)!.scores.direct, dependants);
      }
      for (const { name, dependants } of transitiveHubs(graph, { n: 99 })) {
        assert.equal(rows.find((row) => row.name === name)!.scores.transitive, dependants);
      }
      if (edges.length === 0) continue;
      near(score("pageRank"), slowPageRank(graph.nodes, edges), "PageRank");
      assert.ok(isAuthority(score("hits"), edges), `HITS ${run}`);
      compared++;
    }
  }
  assert.ok(compared > 200);
});

/**
 *     a -> b -> c     d, an asset that nothing rests on
 *      \-> e
 */
const small = snapshotOf([
  assetRecord({ name: "a", type: "dataset", organization: "P" }),
  assetRecord({ name: "b", dependencies: ["a", "b"] }),
  assetRecord({ name: "c", dependencies: ["b"] }),
  assetRecord({ name: "d" }),
  assetRecord({ name: "e", dependencies: ["a"] }),
]);

Deno.test("hubRankings() gives those that tie the mean of their places, and sorts by the mean place", () => {
  const { variant, rows, agreement } = hubRankings(new AssetGraph(small));
  assert.equal(variant, "aliased");
  assert.deepEqual(rows.map(({ name }) => name), ["a", "b", "c", "d", "e"]);
  const [a, b, c] = rows;
  assert.deepEqual(a.scores.direct, 2);
  assert.deepEqual(a.ranks, { direct: 1, transitive: 1, pageRank: 1, betweenness: 3.5, hits: 1 });
  assert.deepEqual([a.best, a.worst, a.type, a.organization], [1, 3.5, "dataset", "P"]);
  assert.equal(b.ranks.betweenness, 1);
  assert.equal(b.scores.betweenness, 1);
  assert.equal(c.ranks.direct, 4);
  assert.equal(agreement.length, 10);
  const pair = agreement.find(({ a, b }) => a === "direct" && b === "betweenness")!;
  assert.deepEqual([pair.shared, pair.either], [1, 2]);
});

Deno.test("hubRankings() has zeros and no agreement where nothing depends on anything", () => {
  const { rows, agreement } = hubRankings(
    new AssetGraph(snapshotOf([assetRecord({ name: "a" }), assetRecord({ name: "__proto__" })])),
  );
  assert.ok(rows.every(({ scores }) => hubMeasures.every((measure) => scores[measure] === 0)));
  assert.ok(agreement.every(({ tau, shared }) => tau === null && shared === 0));
  assert.deepEqual(hubRankings(new AssetGraph(snapshotOf([]))).rows, []);
});

Deno.test("hubVariantAgreement() compares documented assets only", () => {
  const rows = hubVariantAgreement(small);
  assert.equal(rows.length, 15);
  assert.ok(rows.every(({ tau, shared, either }) => tau === 1 && shared === either));
  // Case twin: in the aliased graph C rests on B, in the others on a stub called "b".
  const twin = hubVariantAgreement(snapshotOf([
    assetRecord({ name: "A" }),
    assetRecord({ name: "B", dependencies: ["A"] }),
    assetRecord({ name: "C", dependencies: ["b"] }),
  ])).find(({ measure, a, b }) => measure === "direct" && a === "stubs" && b === "aliased")!;
  assert.deepEqual([twin.shared, twin.either], [1, 2]);
});
