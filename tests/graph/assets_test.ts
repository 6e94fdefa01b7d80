import assert from "node:assert/strict";
import { random } from "../../lib/core/random.ts";
import { aliasKey, AssetGraph, assetVariants } from "../../lib/graph/assets.ts";
import { assetsToGraphology } from "../../lib/graph/assets_to_graphology.ts";
import { descendants } from "../../lib/graph/reach.ts";
import { assetRecord, randomAssets, snapshotOf } from "../oracle/random_assets.ts";

// Wikipedia (stub) -> Pile -> LLaMA 2 <-alias- llama2 -> Alpaca    Command R    Command R+ -> Alpaca    Self -> Self
const snapshot = snapshotOf([
  assetRecord({ name: "Pile", type: "dataset", dependencies: ["Wikipedia"] }),
  assetRecord({ name: "LLaMA 2", dependencies: ["Pile", "Pile"] }),
  assetRecord({ name: "Alpaca", dependencies: ["llama2", "Command R+", "LLaMA 2"] }),
  assetRecord({ name: "Command R" }),
  assetRecord({ name: "Command R+" }),
  assetRecord({ name: "Self", dependencies: ["Self"] }),
]);

function edgesOf({ names, dependency, dependant }: AssetGraph): string[] {
  return Array.from(dependency, (from, e) => `${names[from]} -> ${names[dependant[e]]}`);
}

const documented = ["Pile -> LLaMA 2", "Command R+ -> Alpaca", "LLaMA 2 -> Alpaca", "Self -> Self"];

Deno.test("AssetGraph has three variants, with distinct edges from dependency to dependant", () => {
  const graph = new AssetGraph(snapshot, { variant: "documented" });
  assert.deepEqual([graph.nodes, graph.edges], [6, 4]);
  assert.deepEqual(edgesOf(graph), documented);

  const stubs = new AssetGraph(snapshot, { variant: "stubs" });
  assert.deepEqual(stubs.names.slice(6), ["Wikipedia", "llama2"]);
  assert.deepEqual(
    edgesOf(stubs).sort(),
    [...documented, "Wikipedia -> Pile", "llama2 -> Alpaca"].sort(),
  );
  assert.deepEqual([...stubs.names.keys()].map((node) => stubs.isDocumented(node)), [
    ...Array(6).fill(true),
    ...[false, false],
  ]);

  const aliased = new AssetGraph(snapshot);
  assert.equal(aliased.variant, "aliased");
  assert.deepEqual(aliased.names.slice(6), ["Wikipedia"]);
  assert.deepEqual(edgesOf(aliased).sort(), [...documented, "Wikipedia -> Pile"].sort());
  assert.equal(aliased.node("llama2"), aliased.node("LLaMA 2"));
});

Deno.test("AssetGraph is frozen and has its edges both ways", () => {
  const graph = new AssetGraph(snapshot);
  assert.ok(Object.isFrozen(graph) && Object.isFrozen(graph.names));
  const { offsets, targets } = graph.dependencies;
  const alpaca = graph.node("Alpaca");
  const above = Array.from(targets.subarray(offsets[alpaca], offsets[alpaca + 1]));
  assert.deepEqual(above.map((node) => graph.names[node]).sort(), ["Command R+", "LLaMA 2"]);
});

Deno.test("AssetGraph keeps stubs apart that are alike only with each other", () => {
  const twins = snapshotOf([assetRecord({ name: "A", dependencies: ["Web", "web"] })]);
  assert.deepEqual(new AssetGraph(twins).names, ["A", "Web", "web"]);
});

Deno.test("AssetGraph leads an alias to the first of assets that differ by case only", () => {
  const twins = snapshotOf([
    assetRecord({ name: "LLaMa" }),
    assetRecord({ name: "LLaMA" }),
    assetRecord({ name: "A", dependencies: ["llama", "LLaMA"] }),
  ]);
  assert.deepEqual(edgesOf(new AssetGraph(twins)), ["LLaMa -> A", "LLaMA -> A"]);
});

Deno.test("AssetGraph takes hostile names for names", () => {
  const hostile = ["__proto__", "constructor", "<script>", "=cmd()", '"', "toString"];
  const graph = new AssetGraph(
    snapshotOf(
      hostile.map((name, i) => assetRecord({ name, dependencies: [hostile[(i + 1) % 6]] })),
    ),
  );
  assert.equal(graph.nodes, 6);
  assert.equal(graph.edges, 6);
  for (const name of hostile) assert.equal(graph.names[graph.node(name)], name);
  assert.throws(() => graph.node("valueOf"), RangeError);
});

Deno.test("AssetGraph has no nodes when there are no assets", () => {
  const graph = new AssetGraph(snapshotOf([]));
  assert.deepEqual([graph.nodes, graph.edges], [0, 0]);
  assert.throws(() => graph.node(""), /Cannot find an asset called ""/);
});

Deno.test("AssetGraph refuses a variant that there is not", () => {
  assert.throws(() => new AssetGraph(snapshot, { variant: "all" as "stubs" }), {
    name: "RangeError",
    message: 'Cannot build the asset graph "all": expected one of "documented", "stubs", "aliased"',
  });
});

Deno.test("AssetGraph.node() suggests names that are alike when there is no such asset", () => {
  const graph = new AssetGraph(snapshot, { variant: "documented" });
  const message = (name: string) => {
    try {
      return graph.node(name);
    } catch (error) {
      assert.ok(error instanceof RangeError);
      return error.message;
    }
  };
  const start = (name: string) => `Cannot find an asset called "${name}" in the documented graph`;
  assert.equal(message("llama 2"), `${start("llama 2")}: did you mean "LLaMA 2"?`);
  assert.equal(message("alapca"), `${start("alapca")}: did you mean "Alpaca"?`);
  assert.equal(message("Command"), `${start("Command")}: did you mean "Command R", "Command R+"?`);
  assert.equal(message("zzz"), start("zzz"));
});

Deno.test("aliasKey() drops case and white space, and keeps punctuation", () => {
  assert.equal(aliasKey(" LLaMA\u00a0 2\t"), aliasKey("Llama2"));
  assert.notEqual(aliasKey("Command R"), aliasKey("Command R+"));
  assert.notEqual(aliasKey("GPT-4"), aliasKey("GPT4"));
});

Deno.test("AssetGraph agrees with graphology about neighbours and descendants when assets are random", () => {
  const rng = random({ seed: 5 });
  for (let round = 0; round < 60; round++) {
    const assets = randomAssets(rng);
    for (const variant of assetVariants) {
      const graph = new AssetGraph(assets, { variant });
      const view = assetsToGraphology(assets, { variant });
      assert.equal(view.order, graph.nodes);
      assert.equal(view.size, graph.edges);
      graph.names.forEach((name, node) => {
        const key = view.findNode((_, { label }) => label === name)!;
        const reached = new Set<string>();
        const open = [key];
        while (open.length > 0) {
          for (const next of view.outNeighbors(open.pop()!)) {
            if (!reached.has(next)) open.push(next);
            reached.add(next);
          }
        }
        reached.delete(key);
        const labels = [...reached].map((other) => view.getNodeAttribute(other, "label")).sort();
        const found = Array.from(descendants(graph.dependants, [node]), (v) => graph.names[v]);
        assert.deepEqual(found.sort(), labels);
      });
    }
  }
});
