import assert from "node:assert/strict";
import { random } from "../../../../lib/core/random.ts";
import { ownersAsWritten } from "../../../../lib/graph/asset_owners.ts";
import { AssetGraph } from "../../../../lib/graph/assets.ts";
import { mediatedPairs } from "../../../../lib/measure/assets/organizations/mediated_pairs.ts";
import { mediation } from "../../../../lib/measure/assets/organizations/mediation.ts";
import { paths } from "../../../../lib/paths.ts";
import { readAssetSnapshot } from "../../../../lib/snapshot/asset_snapshot.ts";
import { assetRecord, randomAssets, snapshotOf } from "../../../oracle/random_assets.ts";
import {
  overlap,
  randomOwners,
  randomPipeline,
  simplePaths,
  slowMediation,
  slowSeveral,
  type SlowTriple,
} from "../../../oracle/slow_mediation.ts";
import { needsShared } from "../../../support.ts";

type Fields = Parameters<typeof assetRecord>[0];
const dataset = (name: string, organization: string, ...dependencies: string[]): Fields => ({
  name,
  organization,
  dependencies,
  type: "dataset",
});
const model = (name: string, organization: string, ...dependencies: string[]): Fields => ({
  name,
  organization,
  dependencies,
  type: "model",
});
const application = (name: string, organization: string, ...dependencies: string[]): Fields => ({
  name,
  organization,
  dependencies,
  type: "application",
});

//  web (stub) --> base (M) --> chat (M) --> bot (B)          own (M, dataset) --> base
//  text (D) ------^   |                      ^
//  code (C) ----------|---> coder (K) -------+               text --> lost (no owner) --> quiz (Q)
//                     +--> app (M)
const graph = new AssetGraph(snapshotOf([
  dataset("text", "D"),
  dataset("code", "C"),
  dataset("own", "M"),
  model("base", "M", "web", "text", "own"),
  model("chat", "M", "base"),
  model("coder", "K", "code"),
  model("lost", "", "text"),
  application("bot", "B", "chat", "coder"),
  application("app", "M", "base"),
  application("quiz", "Q", "lost"),
].map(assetRecord)));

Deno.test("mediation() counts pairs, owners and sole mediators of a small graph as by hand", () => {
  const { models, organizations, ...totals } = mediation(graph);
  assert.deepEqual(totals, {
    variant: "aliased",
    undocumentedData: false,
    known: { dataset: 3, model: 3, application: 3 },
    leftOut: { dataset: 0, model: 1, application: 0, undocumented: 1 },
    // text-bot, text-app, text-quiz, code-bot, own-bot; not own-app, which has one owner.
    connections: 5,
    routes: { thirdParty: 2, ownData: 1, ownProducts: 1, joint: 0, none: 1 },
    sole: 2,
    severalRecords: { assets: [], connections: 0, thirdPartyWithout: 2 },
  });
  const one = {
    pairs: 1,
    share: 0.2,
    sole: 1,
    datasets: 1,
    applications: 1,
    dataOrganizations: 1,
    productOrganizations: 1,
    organizations: 2,
    ownData: 0,
    ownProducts: 0,
    joint: 0,
  };
  assert.deepEqual(models, [
    { name: "base", owners: ["M"], ...one, ownData: 1, ownProducts: 1 },
    { name: "chat", owners: ["M"], ...one, ownData: 1 },
    { name: "coder", owners: ["K"], ...one },
  ]);
  assert.deepEqual(organizations, [
    { name: "M", models: 2, ...one, ownData: 1, ownProducts: 1 },
    { name: "K", models: 1, ...one },
  ]);
});

Deno.test("mediation() reads undocumented names as data when asked", () => {
  const { connections, routes, leftOut, models } = mediation(graph, { undocumentedData: true });
  assert.equal(connections, 7);
  assert.deepEqual(routes, { thirdParty: 3, ownData: 1, ownProducts: 2, joint: 0, none: 1 });
  assert.equal(leftOut.undocumented, 0);
  assert.deepEqual(
    models.map(({ name, pairs, dataOrganizations, organizations }) => [
      name,
      pairs,
      dataOrganizations,
      organizations,
    ]),
    [["base", 2, 1, 2], ["chat", 2, 1, 2], ["coder", 1, 1, 2]],
  );
});

Deno.test("mediation() tells a detour from a sole mediator, of a model and of an organization", () => {
  //          +--> one (M) --+
  // data (D) |              +--> shop (S)
  //          +--> two (M) --+
  const detour = new AssetGraph(snapshotOf([
    dataset("data", "D"),
    model("one", "M", "data"),
    model("two", "M", "data"),
    application("shop", "S", "one", "two"),
  ].map(assetRecord)));
  const { models, organizations, sole, routes } = mediation(detour);
  assert.deepEqual(models.map(({ pairs, sole }) => [pairs, sole]), [[1, 0], [1, 0]]);
  assert.deepEqual(organizations.map(({ pairs, sole }) => [pairs, sole]), [[1, 1]]);
  assert.deepEqual([sole, routes.thirdParty], [0, 1]);
});

Deno.test("mediation() says what rests on a name of several records", () => {
  // data (D) --> base (M) --> Twin (two records, T) --> app (A)
  //                |               ^       |
  //                |    Web (W) ---+       +--> shop (S) <-- coder (K) <-- text (D)
  //                +--> chat (two records, B)
  const graph = new AssetGraph(snapshotOf([
    dataset("data", "D"),
    dataset("Web", "W"),
    dataset("text", "D"),
    model("base", "M", "data"),
    model("Twin", "T", "base", "Web"),
    model("Twin", "U"),
    model("coder", "K", "text"),
    application("app", "A", "Twin"),
    application("chat", "B", "base"),
    application("chat", "B"),
    application("shop", "S", "coder", "Twin"),
  ].map(assetRecord)));
  const { connections, routes, severalRecords } = mediation(graph);
  assert.deepEqual([connections, routes.thirdParty], [6, 6]);
  // data-app, Web-app, data-shop and Web-shop; not data-chat, which ends at such a name, nor text-shop.
  assert.deepEqual(severalRecords, { assets: ["Twin"], connections: 4, thirdPartyWithout: 2 });
  // With an owner in common it is no route of a third party any more, and as much in doubt.
  const owners = graph.names.map((name) =>
    ({ base: ["D"], Twin: ["W", "D"] })[name] ?? ["X" + name]
  );
  owners[graph.node("data")] = ["D"];
  owners[graph.node("Web")] = ["W"];
  const own = mediation(graph, { owners });
  assert.deepEqual([own.routes.thirdParty, own.routes.ownData], [1, 5]);
  assert.deepEqual(own.severalRecords, { assets: ["Twin"], connections: 4, thirdPartyWithout: 1 });
});

Deno.test("mediation() takes an owner in common for no third party", () => {
  const snapshot = snapshotOf([
    dataset("data", "D"),
    model("net", "D, M", "data"),
    application("shop", "S", "net"),
    application("yard", "M", "net"),
  ].map(assetRecord));
  const graph = new AssetGraph(snapshot);
  const owners = graph.assets.map(({ organization }) => organization.split(", "));
  const { models, routes, connections } = mediation(graph, { owners });
  const { pairs, ownData, ownProducts, joint } = models[0];
  assert.deepEqual({ pairs, ownData, ownProducts, joint }, {
    pairs: 0,
    ownData: 1,
    ownProducts: 0,
    joint: 1,
  });
  assert.deepEqual([connections, routes.ownData, routes.joint], [2, 1, 1]);
  // As it is written, "D, M" is another organization than "D".
  assert.equal(mediation(graph).models[0].pairs, 2);
});

Deno.test("mediatedPairs() lists what one model carries", () => {
  assert.deepEqual(mediatedPairs(graph, { model: "base" }), [
    {
      dataset: "own",
      dataOwners: ["M"],
      application: "bot",
      productOwners: ["B"],
      standing: "ownData",
      sole: true,
    },
    {
      dataset: "text",
      dataOwners: ["D"],
      application: "app",
      productOwners: ["M"],
      standing: "ownProducts",
      sole: true,
    },
    {
      dataset: "text",
      dataOwners: ["D"],
      application: "bot",
      productOwners: ["B"],
      standing: "thirdParty",
      sole: true,
    },
  ]);
  assert.equal(mediatedPairs(graph, { model: "base", undocumentedData: true }).length, 5);
  for (const none of ["lost", "text", "web"]) {
    assert.deepEqual(mediatedPairs(graph, { model: none }), []);
  }
  for (const name of ["Base", "__proto__", "constructor", ""]) {
    assert.throws(() => mediatedPairs(graph, { model: name }), {
      name: "RangeError",
      message: new RegExp(`Cannot find an asset called "${name}"`),
    });
  }
});

Deno.test("mediation() equals enumeration of all paths when assets and owners are random", () => {
  const rng = random({ seed: 23 });
  const standing = { thirdParty: 0, ownData: 0, ownProducts: 0, joint: 0 };
  const seen = { ...standing, sole: 0, detours: 0, several: 0, severalThirdParty: 0 };
  for (let round = 0; round < 500; round++) {
    const variant = (["documented", "stubs", "aliased"] as const)[rng.below(3)];
    const snapshot = rng.chance(0.3) ? randomAssets(rng) : randomPipeline(rng);
    const graph = new AssetGraph(snapshot, { variant });
    const owners = randomOwners(graph, rng);
    const undocumentedData = rng.chance(0.4);
    const options = { owners, undocumentedData, n: Infinity };
    const found = mediation(graph, options);
    const { connections, triples } = slowMediation(graph, options);
    assert.equal(found.connections, connections.length);
    const key = ({ dataset, application }: Omit<SlowTriple, "model" | "standing" | "sole">) =>
      `${dataset} ${application}`;
    const routes = { thirdParty: 0, ownData: 0, ownProducts: 0, joint: 0, none: 0 };
    for (const [dataset, application] of connections) {
      const kinds = new Set(
        triples.filter((t) => t.dataset === dataset && t.application === application)
          .map(({ standing }) => standing),
      );
      const only = (kind: string) => kinds.size === 1 && kinds.has(kind);
      if (kinds.size === 0) routes.none++;
      else if (kinds.has("thirdParty")) routes.thirdParty++;
      else if (only("ownData")) routes.ownData++;
      else if (only("ownProducts")) routes.ownProducts++;
      else routes.joint++;
    }
    assert.deepEqual(found.routes, routes);
    const several = slowSeveral(graph, connections);
    const doubtful = connections.filter((_, i) => several[i].size > 0);
    const doubtfulThird = doubtful.filter(([dataset, application]) =>
      triples.some((t) =>
        t.dataset === dataset && t.application === application && t.standing === "thirdParty"
      )
    );
    assert.deepEqual(found.severalRecords, {
      assets: [...new Set(several.flatMap((names) => [...names]))].sort(),
      connections: doubtful.length,
      thirdPartyWithout: routes.thirdParty - doubtfulThird.length,
    });
    seen.several += doubtful.length;
    seen.severalThirdParty += doubtfulThird.length;
    const third = triples.filter(({ standing }) => standing === "thirdParty");
    assert.equal(found.sole, new Set(third.filter(({ sole }) => sole).map(key)).size);
    const byModel = Map.groupBy(triples, ({ model }) => graph.names[model]);
    assert.equal(found.models.length, byModel.size);
    for (const row of found.models) {
      const own = byModel.get(row.name)!;
      const pairs = own.filter(({ standing }) => standing === "thirdParty");
      const ends = (side: "dataset" | "application") => new Set(pairs.map((t) => t[side]));
      const of = (side: "dataset" | "application") =>
        new Set([...ends(side)].flatMap((node) => owners[node]));
      const count = (kind: string) => own.filter(({ standing }) => standing === kind).length;
      assert.deepEqual(row, {
        name: row.name,
        owners: owners[graph.node(row.name)],
        pairs: pairs.length,
        share: pairs.length / connections.length,
        sole: pairs.filter(({ sole }) => sole).length,
        datasets: ends("dataset").size,
        applications: ends("application").size,
        dataOrganizations: of("dataset").size,
        productOrganizations: of("application").size,
        organizations: of("dataset").union(of("application")).size,
        ownData: count("ownData"),
        ownProducts: count("ownProducts"),
        joint: count("joint"),
      });
      assert.deepEqual(
        new Set(
          mediatedPairs(graph, { ...options, model: row.name }).map((pair) =>
            [pair.dataset, pair.application, pair.standing, pair.sole].join()
          ),
        ),
        new Set(
          own.map(({ dataset, application, standing, sole }) =>
            [graph.names[dataset], graph.names[application], standing, sole].join()
          ),
        ),
      );
      for (const kind of ["thirdParty", "ownData", "ownProducts", "joint"] as const) {
        seen[kind] += count(kind);
      }
      seen.sole += row.sole;
      seen.detours += row.pairs - row.sole;
    }
    const names = new Set(triples.flatMap(({ model }) => owners[model]));
    assert.deepEqual(new Set(found.organizations.map(({ name }) => name)), names);
    for (const row of found.organizations) {
      const own = triples.filter(({ model }) => owners[model].includes(row.name));
      assert.equal(row.models, new Set(own.map(({ model }) => model)).size);
      const pairs = own.filter(({ standing }) => standing === "thirdParty");
      assert.equal(row.pairs, new Set(pairs.map(key)).size);
      const isOwn = (node: number) =>
        graph.assets[node]?.type === "model" && overlap(owners[node], [row.name]);
      const soles = pairs.filter(({ dataset, application }) =>
        simplePaths(graph, dataset, application).every((path) => path.some(isOwn))
      );
      assert.equal(row.sole, new Set(soles.map(key)).size);
      assert.equal(
        row.ownData,
        new Set(own.filter(({ standing }) => standing === "ownData").map(key)).size,
      );
    }
  }
  for (const [kind, count] of Object.entries(seen)) assert.ok(count > 20, `${kind}: ${count}`);
});

Deno.test("mediation() ranks by pairs, by all connections and by name", () => {
  for (
    const list of [mediation(graph, { n: 2 }).models, mediation(graph, { n: 2 }).organizations]
  ) {
    assert.equal(list.length, 2);
  }
  const names = ["=cmd()", "__proto__", "<script>", "constructor"];
  const hostile = new AssetGraph(snapshotOf([
    dataset("data", "__proto__"),
    ...names.map((name) => model(name, `o${name}`, "data")),
    application("shop", "constructor", ...names),
  ].map(assetRecord)));
  const { models, organizations } = mediation(hostile);
  assert.deepEqual(models.map(({ name }) => name), [
    "<script>",
    "=cmd()",
    "__proto__",
    "constructor",
  ]);
  assert.deepEqual(organizations.map(({ name }) => name), [
    "o<script>",
    "o=cmd()",
    "o__proto__",
    "oconstructor",
  ]);
});

Deno.test("mediation() measures no assets as nothing and refuses owners of another graph", () => {
  const empty = new AssetGraph(snapshotOf([]));
  const { connections, models, organizations } = mediation(empty);
  assert.deepEqual([connections, models, organizations], [0, [], []]);
  assert.throws(() => mediation(graph, { owners: [["M"]] }), {
    name: "RangeError",
    message: /found owners of 1 nodes, expected 11/,
  });
  assert.throws(() => mediatedPairs(empty, { model: "base" }), RangeError);
});

Deno.test({
  name:
    "mediation() finds that owners of data carry them into products of others themselves (skipped where the shared data is absent)",
  ignore: needsShared("data/ecosystem-graphs"),
  async fn() {
    const expected = {
      "2023-03-20": [82, { thirdParty: 0, ownData: 81, ownProducts: 1, joint: 0, none: 0 }],
      "2025-01-24": [94, { thirdParty: 5, ownData: 88, ownProducts: 1, joint: 0, none: 0 }],
    } as const;
    for (const [name, [connections, routes]] of Object.entries(expected)) {
      const graph = new AssetGraph(
        await readAssetSnapshot(`${paths.shared}data/ecosystem-graphs/${name}/assets`),
      );
      const found = mediation(graph, { owners: ownersAsWritten(graph) });
      assert.equal(found.connections, connections);
      assert.deepEqual(found.routes, routes);
      const assets = name === "2025-01-24" ? ["Dragonfly"] : [];
      const without = { connections: 2 * assets.length, thirdPartyWithout: 3 * assets.length };
      assert.deepEqual(found.severalRecords, { assets, ...without });
    }
  },
});
