import assert from "node:assert/strict";
import { random } from "../../../../lib/core/random.ts";
import { AssetGraph } from "../../../../lib/graph/assets.ts";
import { ownersAsWritten } from "../../../../lib/graph/asset_owners.ts";
import { NullGraphs } from "../../../../lib/graph/patterns/null_graphs.ts";
import {
  patternCensus,
  patternNulls,
} from "../../../../lib/measure/assets/patterns/pattern_census.ts";
import { paths } from "../../../../lib/paths.ts";
import { readAssetSnapshot } from "../../../../lib/snapshot/asset_snapshot.ts";
import { assetTypes } from "../../../../lib/source/asset_record.ts";
import { assetRecord, randomAssets, snapshotOf } from "../../../oracle/random_assets.ts";
import { shapes, slowCount, slowInstances } from "../../../oracle/slow_patterns.ts";
import { needsShared } from "../../../support.ts";

type Edges = [from: number, to: number][];

/** A graph of assets whose types and owners go round. */
function graphOf(nodes: number, edges: Edges): AssetGraph {
  return new AssetGraph(snapshotOf(Array.from({ length: nodes }, (_, v) =>
    assetRecord({
      name: `asset ${v}`,
      type: assetTypes[v % 3],
      organization: `owner ${v % 7}`,
      created: v,
      dependencies: edges.filter(([, to]) => to === v).map(([from]) => `asset ${from}`),
    }))));
}

/** Edges from lower to higher nodes, at random. */
function randomForward(nodes: number, count: number, seed: number): Edges {
  const rng = random({ seed });
  const edges = new Map<string, [number, number]>();
  while (edges.size < count) {
    const [u, v] = [rng.below(nodes), rng.below(nodes)];
    if (u < v) edges.set(`${u}>${v}`, [u, v]);
  }
  return [...edges.values()];
}

Deno.test("patternCensus() counts as trying all does when assets are random, aliases and loops included", () => {
  const rng = random({ seed: 12 });
  for (let round = 0; round < 60; round++) {
    const graph = new AssetGraph(randomAssets(rng));
    const owners = ownersAsWritten(graph);
    const type = (node: number) => graph.isDocumented(node) ? graph.assets[node].type : "stub";
    const edges = Array.from(
      graph.dependency,
      (from, e): [number, number] => [from, graph.dependant[e]],
    );
    const plain = { nodes: graph.nodes, edges };
    const typed = (nodes: readonly number[]) => nodes.map(type).join() === assetTypes.join();
    const across = (nodes: readonly number[]) =>
      new Set(nodes.flatMap((node) => owners[node])).size === 3;
    const chains = (counts: (nodes: readonly number[]) => boolean) =>
      slowInstances(plain, shapes.chain, counts).length;
    const { rows } = patternCensus(graph, { runs: 1 });
    assert.deepEqual(Object.fromEntries(rows.map(({ pattern, count }) => [pattern, count])), {
      ...Object.fromEntries(
        Object.entries(shapes).map(([name, shape]) => [name, slowCount(plain, shape)]),
      ),
      typedChain: chains(typed),
      crossOrganizationChain: chains(across),
      crossOrganizationTypedChain: chains((nodes) => typed(nodes) && across(nodes)),
    });
  }
});

Deno.test("patternCensus() finds planted diamonds and no others, with and without order", () => {
  //  Ten times 3k -> 3k+30 -> 3k+60 and 3k -> 3k+31 -> 3k+60, among 40 random edges.
  const planted = Array.from({ length: 10 }, (_, k): Edges => {
    const [a, b, c, d] = [3 * k, 3 * k + 30, 3 * k + 31, 3 * k + 60];
    return [[a, b], [a, c], [b, d], [c, d]];
  }).flat();
  const edges = new Map(
    [...planted, ...randomForward(90, 40, 2)].map((edge) => [edge.join(), edge]),
  );
  const graph = graphOf(90, [...edges.values()]);
  for (const keeps of patternNulls) {
    const { rows } = patternCensus(graph, { keeps, runs: 199 });
    const row = (name: string) => rows.find(({ pattern }) => pattern === name)!;
    assert.ok(row("diamond").count >= 10);
    assert.ok(row("diamond").z! > 4, keeps);
    assert.equal(row("diamond").p, 0.01);
    assert.ok(row("diamond").holm! <= 0.08);
    assert.ok(row("triangle").p! > 0.05, keeps);
  }
});

Deno.test("patternCensus() marks what each null fixes, and only that varies not", () => {
  const graph = graphOf(60, randomForward(60, 240, 3));
  const fixed = (keeps: typeof patternNulls[number]) => {
    const { rows, tests } = patternCensus(graph, { keeps, runs: 60 });
    for (const row of rows) {
      assert.equal(row.p === null, row.fixed);
      assert.equal(row.holm === null, row.fixed);
      assert.equal(row.nullSd === 0, row.fixed, `${keeps} ${row.pattern}`);
      if (row.fixed) assert.equal(row.nullMean, row.count);
    }
    const names = rows.filter((row) => row.fixed).map(({ pattern }) => pattern);
    assert.equal(tests, 8 - names.length);
    return names;
  };
  assert.deepEqual(patternNulls.map(fixed), [
    [],
    ["broadcast", "funnel"],
    ["broadcast", "funnel", "typedChain"],
    ["broadcast", "funnel", "chain", "typedChain"],
  ]);
});

Deno.test("patternCensus() rejects a true null at most as often as it should", () => {
  const start = randomForward(24, 60, 4);
  const order = Array.from({ length: 24 }, (_, node) => node);
  const chain = new NullGraphs(24, {
    from: Uint32Array.from(start, ([u]) => u),
    to: Uint32Array.from(start, ([, v]) => v),
    types: order.map((node) => node % 3),
    order,
    seed: 5,
  });
  const graphs = 120;
  const small = new Map<string, number>();
  const across: number[] = [];
  for (let i = 0; i < graphs; i++) {
    chain.next(1500);
    const edges = Array.from(chain.from, (u, e): [number, number] => [u, chain.to[e]]);
    const { rows } = patternCensus(graphOf(24, edges), { runs: 39, seed: i });
    for (const { pattern, p } of rows) {
      if (p === null) continue;
      if (p <= 0.05) small.set(pattern, (small.get(pattern) ?? 0) + 1);
      if (pattern === "crossOrganizationChain") across.push(p);
    }
  }
  // Of 120 tests at 5% more than 14 reject with probability 0.0007 (binomial).
  for (const [pattern, rejected] of small) assert.ok(rejected <= 14, `${pattern}: ${rejected}`);
  // Of these there are so many that few tie, so that p is nearly even: 120 draws, means of 0.5 and of 30 at most 0.25.
  assert.equal(across.length, graphs);
  const mean = across.reduce((total, p) => total + p, 0) / graphs;
  assert.ok(mean > 0.4 && mean < 0.65, String(mean));
  const quarter = across.filter((p) => p <= 0.25).length;
  assert.ok(quarter >= 12 && quarter <= 46, String(quarter));
});

Deno.test("patternCensus() is the same for the same seed, and says how it was made", () => {
  const graph = graphOf(30, [...randomForward(30, 60, 6), [1, 1]]);
  const census = patternCensus(graph, { runs: 20 });
  assert.deepEqual(census, patternCensus(graph, { runs: 20, seed: 1 }));
  assert.notDeepEqual(census.rows, patternCensus(graph, { runs: 20, seed: 2 }).rows);
  const { rows: _, accepted, ...rest } = census;
  assert.ok(accepted! > 0.1 && accepted! < 1);
  assert.deepEqual(rest, {
    variant: "aliased",
    keeps: "degreesTypesAndOrder",
    runs: 20,
    seed: 1,
    edges: 60,
    inPlace: 0,
    steps: { first: 1200, between: 600 },
    tests: 4,
    broadcasters: rest.broadcasters,
    funnellers: rest.funnellers,
  });
});

Deno.test("patternCensus() leaves a cycle in place, and finds nothing among nothing", () => {
  const graph = graphOf(4, [[0, 1], [1, 0], [1, 2], [2, 3]]);
  assert.equal(patternCensus(graph, { runs: 5 }).inPlace, 2);
  const none = patternCensus(new AssetGraph(snapshotOf([])), { runs: 5 });
  assert.deepEqual([none.edges, none.accepted], [0, null]);
  for (const { count, ratio, z, p } of none.rows) {
    assert.deepEqual([count, ratio, z], [0, null, null]);
    assert.ok(p === null || p === 1);
  }
});

Deno.test("patternCensus() refuses an unknown null, no runs and owners of another graph", () => {
  const graph = graphOf(3, [[0, 1]]);
  for (const keeps of ["all", "__proto__", "constructor", ""]) {
    assert.throws(() => patternCensus(graph, { keeps: keeps as never }), {
      name: "RangeError",
      message: new RegExp(`keep "${keeps}": expected one of "typesAndOrder"`),
    });
  }
  for (const runs of [0, -1, 1.5, NaN]) {
    assert.throws(() => patternCensus(graph, { runs }), /random graphs: expected a whole number/);
  }
  assert.throws(() => patternCensus(graph, { owners: [["a"]] }), RangeError);
});

const folder = "data/ecosystem-graphs/2025-01-24/assets";

Deno.test({
  name:
    "patternCensus() finds more triangles and diamonds and fewer chains across organizations in 2025 than chance (skipped without shared data)",
  ignore: needsShared(folder),
  async fn() {
    const graph = new AssetGraph(await readAssetSnapshot(`${paths.shared}${folder}`));
    const { rows, edges, inPlace } = patternCensus(graph, { runs: 199 });
    assert.deepEqual([edges, inPlace], [815, 5]);
    assert.deepEqual(rows.map(({ count }) => count), [3420, 1070, 670, 32, 35, 19, 73, 1]);
    const z = Object.fromEntries(rows.map((row) => [row.pattern, row.z]));
    assert.ok(z.triangle! > 8 && z.diamond! > 4 && z.crossOrganizationChain! < -10);
  },
});
