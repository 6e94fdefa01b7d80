import assert from "node:assert/strict";
import { random } from "../../../../lib/core/random.ts";
import { AssetGraph } from "../../../../lib/graph/assets.ts";
import { assetPatterns } from "../../../../lib/measure/assets/patterns/asset_patterns.ts";
import { egoPatterns } from "../../../../lib/measure/assets/patterns/ego_patterns.ts";
import { patternCensus } from "../../../../lib/measure/assets/patterns/pattern_census.ts";
import { patternExamples } from "../../../../lib/measure/assets/patterns/pattern_examples.ts";
import { paths } from "../../../../lib/paths.ts";
import { readAssetSnapshot } from "../../../../lib/snapshot/asset_snapshot.ts";
import { assetRecord, randomAssets, snapshotOf } from "../../../oracle/random_assets.ts";
import { needsShared } from "../../../support.ts";

//  web (stub) --> Pile (E, dataset) --> OPT (M, model) --> Bot (S, application)
//                   |   |                                   ^
//                   |   +-> Neo (E, model) -----------------+
//                   +-> Self (E, model), Self -> Self, Pile -> Bot
const graph = new AssetGraph(snapshotOf([
  assetRecord({ name: "Pile", type: "dataset", organization: "E", dependencies: ["web"] }),
  assetRecord({ name: "OPT", organization: "M", dependencies: ["Pile"] }),
  assetRecord({ name: "Neo", organization: "E", dependencies: ["Pile"] }),
  assetRecord({ name: "Self", organization: "E", dependencies: ["Pile", "Self"] }),
  assetRecord({
    name: "Bot",
    type: "application",
    organization: "S",
    dependencies: ["OPT", "Neo", "Pile"],
  }),
]));

const names = (nodes: readonly { name: string }[]) => nodes.map(({ name }) => name).join(" > ");

Deno.test("patternExamples() names where most instances are", () => {
  const found = assetPatterns.flatMap((pattern) =>
    patternExamples(graph, { pattern }).examples.map(({ at, instances, others, nodes }) =>
      `${pattern} ${at.join()} ${instances} ${others}: ${names(nodes)}`
    )
  );
  assert.deepEqual(found, [
    "broadcast Pile 4 4: Pile > Neo > OPT > Bot",
    "funnel Bot 1 3: Pile > Neo > OPT > Bot",
    "chain Pile 4 5: web > Pile > Neo",
    "chain Neo 1 2: Pile > Neo > Bot",
    "chain OPT 1 2: Pile > OPT > Bot",
    "typedChain Neo 1 2: Pile > Neo > Bot",
    "typedChain OPT 1 2: Pile > OPT > Bot",
    "triangle Pile,Bot 2 2: Pile > Neo > Bot",
    "diamond Pile,Bot 1 2: Pile > OPT > Neo > Bot",
    "crossOrganizationChain OPT 1 2: Pile > OPT > Bot",
    "crossOrganizationTypedChain OPT 1 2: Pile > OPT > Bot",
  ]);
  const [{ nodes }] = patternExamples(graph, { pattern: "chain", n: 1 }).examples;
  assert.deepEqual(nodes[0], { name: "web", type: "undocumented", organizations: [] });
  assert.deepEqual(nodes[1], { name: "Pile", type: "dataset", organizations: ["E"] });
});

Deno.test("patternExamples() takes the owners that it is given", () => {
  const owners = [["E"], ["S", "M"], ["X"], ["E"], ["S"], []];
  const { examples } = patternExamples(graph, { pattern: "crossOrganizationChain", owners });
  assert.deepEqual(examples.map(({ at }) => at), [["Neo"]]);
});

Deno.test("egoPatterns() says what an asset is the centre of, and with whom", () => {
  const { asset, dependants, dependencies, patterns, variant } = egoPatterns(graph, "Pile", {
    n: 2,
  });
  assert.deepEqual([asset.name, dependants, dependencies, variant], ["Pile", 4, 1, "aliased"]);
  assert.deepEqual(
    patterns.map(({ pattern, role, instances, examples }) =>
      `${pattern} ${role} ${instances}: ${examples.map(names).join("; ")}`
    ),
    [
      "broadcast first 4: Pile > Neo > OPT > Bot",
      "funnel first 1: ",
      "chain first 2: Pile > Neo > Bot; Pile > OPT > Bot",
      "chain middle 4: web > Pile > Neo; web > Pile > OPT",
      "typedChain first 2: Pile > Neo > Bot; Pile > OPT > Bot",
      "triangle first 2: Pile > Neo > Bot; Pile > OPT > Bot",
      "diamond first 1: Pile > OPT > Neo > Bot",
      "crossOrganizationChain first 1: Pile > OPT > Bot",
      "crossOrganizationTypedChain first 1: Pile > OPT > Bot",
    ],
  );
});

Deno.test("egoPatterns() has further neighbours first, each before a second instance with any", () => {
  const around = new AssetGraph(snapshotOf([
    assetRecord({ name: "hub" }),
    assetRecord({ name: "a", dependencies: ["hub"] }),
    assetRecord({ name: "b", dependencies: ["hub"] }),
    assetRecord({ name: "c", dependencies: ["a"] }),
    assetRecord({ name: "d", dependencies: ["a"] }),
    assetRecord({ name: "e", dependencies: ["b"] }),
  ]));
  const [chain] = egoPatterns(around, "hub").patterns;
  assert.deepEqual(chain.examples.map(names), ["hub > a > c", "hub > b > e", "hub > a > d"]);
});

Deno.test("patternExamples() and egoPatterns() have all instances of the census when assets are random", () => {
  const rng = random({ seed: 13 });
  for (let round = 0; round < 60; round++) {
    const assets = new AssetGraph(randomAssets(rng));
    const { rows } = patternCensus(assets, { runs: 1 });
    const egos = assets.names.map((name) => egoPatterns(assets, name));
    for (const { pattern, count } of rows) {
      const { examples } = patternExamples(assets, { pattern, n: Infinity });
      assert.equal(examples.reduce((sum, { instances }) => sum + instances, 0), count, pattern);
      const roles = egos.flatMap(({ patterns }) =>
        patterns.filter((part) => part.pattern === pattern)
      );
      const taken = (role: string) =>
        roles.filter((part) => part.role === role).reduce((sum, part) => sum + part.instances, 0);
      assert.equal(taken("first"), pattern === "funnel" ? 3 * count : count, pattern);
      assert.equal(taken("last"), pattern === "broadcast" ? 3 * count : count, pattern);
    }
  }
});

Deno.test("patternExamples() and egoPatterns() refuse unknown patterns, names and owners of another graph", () => {
  for (const pattern of ["square", "__proto__", ""]) {
    assert.throws(() => patternExamples(graph, { pattern: pattern as never }), {
      name: "RangeError",
      message: new RegExp(`the pattern "${pattern}": expected one of "broadcast"`),
    });
  }
  assert.throws(() => patternExamples(graph, { pattern: "chain", owners: [] }), RangeError);
  assert.throws(() => egoPatterns(graph, "Pile", { owners: [] }), RangeError);
  assert.throws(() => egoPatterns(graph, "constructor"), /Cannot find an asset called/);
  const hostile = new AssetGraph(snapshotOf([
    assetRecord({ name: "__proto__" }),
    assetRecord({ name: "<script>", dependencies: ["__proto__"] }),
    assetRecord({ name: "=cmd()", dependencies: ["<script>"] }),
  ]));
  const [chain] = egoPatterns(hostile, "<script>").patterns;
  assert.deepEqual(chain.examples.map(names), ["__proto__ > <script> > =cmd()"]);
});

const folder = "data/ecosystem-graphs/2023-03-20/assets";

Deno.test({
  name: "egoPatterns() describes the four hubs of 2023 (skipped without shared data)",
  ignore: needsShared(folder),
  async fn() {
    const assets = new AssetGraph(await readAssetSnapshot(`${paths.shared}${folder}`));
    const of = (name: string) => {
      const { dependants, patterns } = egoPatterns(assets, name);
      const typed = patterns.filter(({ pattern }) => pattern === "typedChain");
      return [dependants, typed.map(({ role, examples }) => [role, ...examples.map(names)])];
    };
    assert.deepEqual(of("The Pile"), [9, [[
      "first",
      "The Pile > GPT-NeoX > GooseAI API",
      "The Pile > YaLM > Yandex Search",
    ]]]);
    assert.deepEqual(of("P3"), [9, []]);
    assert.deepEqual(of("PaLM"), [6, [["middle", "PaLM dataset > PaLM > PaLM API"]]]);
    assert.deepEqual(of("ChatGPT API"), [13, []]);
  },
});
