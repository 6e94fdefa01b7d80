import assert from "node:assert/strict";
import { random } from "../../../lib/core/random.ts";
import { AssetGraph, type AssetVariant } from "../../../lib/graph/assets.ts";
import { assetGrowth } from "../../../lib/measure/assets/fields/asset_growth.ts";
import { assetEgo, directHubs, transitiveHubs } from "../../../lib/measure/assets/asset_hubs.ts";
import { measureAssets } from "../../../lib/measure/assets/asset_report.ts";
import { blastRanking } from "../../../lib/measure/assets/removal/blast_ranking.ts";
import {
  organizationFlows,
  organizationImpact,
} from "../../../lib/measure/assets/organizations/organizations.ts";
import { paths } from "../../../lib/paths.ts";
import { type AssetSnapshot, readAssetSnapshot } from "../../../lib/snapshot/asset_snapshot.ts";
import { assetRecord, randomAssets, snapshotOf } from "../../oracle/random_assets.ts";
import { needsNetworkx, needsShared, python } from "../../support.ts";

const day = (text: string) => Date.parse(`${text}T00:00Z`);
const known = (value: string) => ({ organization: { state: "known", value, explanation: null } });

/** A record with an organization. */
function owned(organization: string, fields: Parameters<typeof assetRecord>[0]) {
  return assetRecord({ organization, cells: known(organization) as never, ...fields });
}

//  web (stub)     Pile (E) ---> OPT (M) ---> Chat (M) ---> Bot (S) <---> Loop (S)
//    |              |             ^
//    +--> C4 (G) ---+--> Self (E) |  Self -> Self     pile (alias) -> Tool     Alone (Unknown)
const snapshot: AssetSnapshot = snapshotOf([
  owned("G", { name: "C4", type: "dataset", created: day("2020-05-01"), dependencies: ["web"] }),
  owned("E", { name: "Pile", type: "dataset", created: day("2021-01-01"), access: "open" }),
  owned("E", { name: "Self", created: day("2021-12-31"), dependencies: ["Self", "Pile", "C4"] }),
  owned("M", {
    name: "OPT",
    created: day("2022-05-02"),
    access: "limited",
    dependencies: ["Pile"],
  }),
  owned("M", { name: "Chat", access: "closed", dependencies: ["OPT", "OPT"] }),
  owned("S", { name: "Bot", type: "application", dependencies: ["Chat", "Loop"] }),
  owned("S", { name: "Loop", type: "application", dependencies: ["Bot"] }),
  owned("T", { name: "Tool", type: "application", dependencies: ["pile", "web"] }),
  assetRecord({
    name: "Alone",
    cells: { organization: { state: "unknown", value: "Unknown", explanation: null } },
  }),
  owned("X", { name: "OPT", type: "dataset", created: day("2022-06-01"), dependencies: ["C4"] }),
]);

Deno.test("measureAssets() measures a small graph as by hand", () => {
  const shape = { components: 3, largestComponent: 7, isolated: 2, selfLoops: 1, cycles: 1 };
  assert.deepEqual(measureAssets(snapshot, { without: ["OPT", "Loop"] }), {
    kind: "assets",
    snapshot: { name: "test", records: 10, assets: 9, sha256: "" },
    counts: {
      byType: { dataset: 3, model: 4, application: 3 },
      organizations: 7,
      references: 13,
      undocumentedReferences: 3,
      undocumentedNames: 2,
      duplicateNames: ["OPT"],
      dated: 5,
    },
    graphs: {
      documented: { nodes: 9, edges: 9, ...shape, longestPath: 3 },
      stubs: {
        nodes: 11,
        edges: 12,
        ...shape,
        components: 2,
        largestComponent: 10,
        isolated: 1,
        longestPath: 4,
      },
      aliased: {
        nodes: 10,
        edges: 12,
        ...shape,
        components: 2,
        largestComponent: 9,
        isolated: 1,
        longestPath: 4,
      },
    },
    hubs: {
      direct: [
        { name: "C4", dependants: 2 },
        { name: "Pile", dependants: 2 },
        { name: "Bot", dependants: 1 },
        { name: "Chat", dependants: 1 },
        { name: "Loop", dependants: 1 },
        { name: "OPT", dependants: 1 },
      ],
      transitive: [
        { name: "C4", dependants: 5 },
        { name: "Pile", dependants: 5 },
        { name: "OPT", dependants: 3 },
        { name: "Chat", dependants: 2 },
        { name: "Bot", dependants: 1 },
        { name: "Loop", dependants: 1 },
      ],
    },
    organizations: [
      { name: "G", assets: 1, externalDependants: 5, externalOrganizations: 3 },
      { name: "E", assets: 2, externalDependants: 4, externalOrganizations: 2 },
      { name: "M", assets: 2, externalDependants: 2, externalOrganizations: 1 },
      { name: "S", assets: 2, externalDependants: 0, externalOrganizations: 0 },
      { name: "T", assets: 1, externalDependants: 0, externalOrganizations: 0 },
    ],
    flows: [
      { from: "E", to: "M", edges: 1 },
      { from: "G", to: "E", edges: 1 },
      { from: "G", to: "M", edges: 1 },
      { from: "M", to: "S", edges: 1 },
    ],
    perYear: [
      { year: 2020, dataset: 1, model: 0, application: 0 },
      { year: 2021, dataset: 1, model: 1, application: 0 },
      { year: 2022, dataset: 1, model: 1, application: 0 },
    ],
    access: {
      dataset: { open: 1, limited: 0, closed: 0, unknown: 2 },
      model: { open: 0, limited: 1, closed: 1, unknown: 2 },
      application: { open: 0, limited: 0, closed: 0, unknown: 3 },
    },
    newest: ([
      ["2022-06-01", "OPT", "dataset", "X", "unknown"],
      ["2021-01-01", "Pile", "dataset", "E", "open"],
      ["2020-05-01", "C4", "dataset", "G", "unknown"],
      ["2022-05-02", "OPT", "model", "M", "limited"],
      ["2021-12-31", "Self", "model", "E", "unknown"],
    ] as const).map(([date, name, type, organization, access]) => ({
      date,
      name,
      type,
      organization,
      access,
    })),
    without: {
      seeds: ["OPT", "Loop"],
      dependants: 2,
      byType: { dataset: 0, model: 1, application: 1 },
      names: ["Bot", "Chat"],
      variant: "documented",
      reading: "all",
      byStep: [2],
      lost: [{
        name: "Bot",
        type: "application",
        step: 1,
        lostDependencies: ["Chat", "Loop"],
        alternatives: [],
        replaceable: false,
      }, {
        name: "Chat",
        type: "model",
        step: 1,
        lostDependencies: ["OPT"],
        alternatives: [],
        replaceable: false,
      }],
      affected: [],
      withoutAlternative: 2,
    },
  });
});

Deno.test("measureAssets() has no `without` unless it is asked for, and refuses a name that is no asset", () => {
  for (const nothing of [{}, { without: [], withoutOrganization: [], withoutApis: [] }]) {
    assert.equal(measureAssets(snapshot, nothing).without, undefined);
  }
  for (const name of ["opt", "web", "__proto__", ""]) {
    assert.throws(() => measureAssets(snapshot, { without: ["Pile", name] }), {
      name: "RangeError",
      message: new RegExp(`Cannot find an asset called "${name}"`),
    });
  }
  assert.throws(() => measureAssets(snapshot, { without: ["opt"] }), /did you mean "OPT"\?/);
});

Deno.test("measureAssets() follows losses in the graph that is asked for", () => {
  const lost = (variant: AssetVariant, ...without: string[]) =>
    measureAssets(snapshot, { without, variant }).without!;
  for (const variant of ["stubs", "aliased"] as const) {
    const found = lost(variant, "web");
    assert.deepEqual([found.variant, found.seeds], [variant, ["web"]]);
    assert.deepEqual(found.names, ["Bot", "C4", "Chat", "Loop", "OPT", "Self", "Tool"]);
    const ranked = blastRanking(new AssetGraph(snapshot, { variant })).rows;
    assert.equal(found.dependants, ranked.find(({ name }) => name === "web")!.all);
  }
  assert.deepEqual(lost("stubs", "pile").names, ["Tool"]);
  // There the spelling is the asset, which is named once.
  const aliased = lost("aliased", "pile", "Pile");
  assert.deepEqual(aliased.seeds, ["Pile"]);
  assert.ok(aliased.names.includes("Tool") && aliased.names.includes("OPT"));
  assert.deepEqual(
    lost("documented", "Pile"),
    measureAssets(snapshot, { without: ["Pile"] }).without,
  );
  assert.throws(() => lost("all" as "stubs", "Pile"), {
    name: "RangeError",
    message: /Cannot build the asset graph "all"/,
  });
});

Deno.test("measureAssets() says of an undocumented name that it is one, and how to ask about it", () => {
  const start = (name: string) =>
    `Cannot find an asset called "${name}" in the documented graph: it is an undocumented name, which only the graphs "stubs" and ` +
    `"aliased" have (option "variant", on the command line --graph aliased)`;
  assert.throws(() => measureAssets(snapshot, { without: ["web"] }), { message: start("web") });
  assert.throws(() => measureAssets(snapshot, { without: ["Pile", "pile"] }), {
    message: `${start("pile")}; the aliased one takes it for "Pile"`,
  });
  assert.throws(() => measureAssets(snapshot, { without: ["WEB"] }), {
    message: /^(?!.*undocumented name).*"WEB" in the documented graph/,
  });
  assert.throws(() => measureAssets(snapshot, { without: ["WEB"], variant: "stubs" }), {
    message: /"WEB" in the stubs graph: did you mean "web"/,
  });
});

Deno.test("measureAssets() measures no assets as nothing", () => {
  const { counts, graphs, hubs, organizations, flows, perYear } = measureAssets(snapshotOf([]));
  assert.deepEqual(Object.values(counts.byType), [0, 0, 0]);
  for (const shape of Object.values(graphs)) {
    assert.deepEqual(new Set(Object.values(shape)), new Set([0]));
  }
  assert.deepEqual([hubs.direct, hubs.transitive, organizations, flows, perYear], [
    [],
    [],
    [],
    [],
    [],
  ]);
});

Deno.test("assetEgo() names the dependants of a hub and the edges between them", () => {
  const graph = new AssetGraph(snapshot);
  const ego = assetEgo(graph, "C4");
  assert.deepEqual(ego.hub, { name: "C4", type: "dataset", organization: "G" });
  assert.deepEqual(ego.dependants.map(({ name, dependants }) => [name, dependants]), [
    ["OPT", 1],
    ["Self", 0],
  ]);
  assert.deepEqual(ego.edges, []);
  assert.equal(ego.transitive, 5);
  assert.deepEqual(assetEgo(graph, "Pile").dependants.map(({ name }) => name), [
    "OPT",
    "Self",
    "Tool",
  ]);
  assert.deepEqual(assetEgo(graph, "web").hub, {
    name: "web",
    type: "undocumented",
    organization: "",
  });
  assert.deepEqual(assetEgo(graph, "Self").dependants, []);
  assert.throws(() => assetEgo(graph, "no such asset"), RangeError);
});

Deno.test("assetGrowth() counts records by month and type", () => {
  assert.deepEqual(assetGrowth(snapshot), {
    months: [
      { month: "2020-05", type: "dataset", added: 1 },
      { month: "2021-01", type: "dataset", added: 1 },
      { month: "2021-12", type: "model", added: 1 },
      { month: "2022-05", type: "model", added: 1 },
      { month: "2022-06", type: "dataset", added: 1 },
    ],
    undated: 5,
  });
});

interface Oracle {
  shape: Record<string, number>;
  direct: number[];
  transitive: number[];
  impact: Record<string, [assets: number, dependants: number, organizations: number]>;
}

/** What networkx says of the graphs. */
function askNetworkx(graphs: AssetGraph[]): Oracle[] {
  const dir = Deno.makeTempDirSync();
  try {
    const input = graphs.map((graph) => ({
      nodes: graph.nodes,
      edges: Array.from(graph.dependency, (from, e) => [from, graph.dependant[e]]),
      owners: graph.names.map((_, node) => graph.assets[node]?.organization ?? ""),
    }));
    Deno.writeTextFileSync(`${dir}/graphs.json`, JSON.stringify(input));
    const { success, stdout, stderr } = new Deno.Command(python, {
      args: [`${paths.tests}oracle/networkx_assets.py`, `${dir}/graphs.json`],
    }).outputSync();
    assert.ok(success, new TextDecoder().decode(stderr));
    return JSON.parse(new TextDecoder().decode(stdout));
  } finally {
    Deno.removeSync(dir, { recursive: true });
  }
}

function assertAgrees(graph: AssetGraph, { direct, transitive, impact }: Oracle): void {
  const counts = (hubs: { name: string; dependants: number }[]) =>
    new Map(hubs.map(({ name, dependants }) => [name, dependants]));
  const [near, far] = [directHubs, transitiveHubs].map((hubs) =>
    counts(hubs(graph, { n: Infinity }))
  );
  graph.names.forEach((name, node) => {
    assert.equal(near.get(name) ?? 0, direct[node], name);
    assert.equal(far.get(name) ?? 0, transitive[node], name);
  });
  const found = organizationImpact(graph, { n: Infinity }).impacts.map((
    { name, assets, externalDependants, externalOrganizations },
  ) => [name, [assets, externalDependants, externalOrganizations]]);
  assert.deepEqual(Object.fromEntries(found), impact);
}

Deno.test({
  name:
    "measureAssets() agrees with networkx when assets are random, and on data/assets (skipped without networkx)",
  ignore: needsNetworkx(),
  async fn() {
    const rng = random({ seed: 9 });
    const snapshots = Array.from({ length: 150 }, () => randomAssets(rng));
    snapshots.push(await readAssetSnapshot(paths.assets));
    const variants = ["documented", "stubs", "aliased"] as const;
    const graphs = snapshots.flatMap((assets) =>
      variants.map((variant) => new AssetGraph(assets, { variant }))
    );
    const said = askNetworkx(graphs);
    graphs.forEach((graph, i) => assertAgrees(graph, said[i]));
    snapshots.forEach((assets, i) => {
      const report = measureAssets(assets);
      variants.forEach((variant, v) =>
        assert.deepEqual(report.graphs[variant], said[3 * i + v].shape)
      );
    });
  },
});

Deno.test("organizationFlows() counts every edge between different owners once when assets are random", () => {
  const rng = random({ seed: 3 });
  for (let round = 0; round < 50; round++) {
    const graph = new AssetGraph(randomAssets(rng));
    let edges = 0;
    for (let e = 0; e < graph.edges; e++) {
      const [from, to] = [graph.dependency[e], graph.dependant[e]].map((node) =>
        graph.assets[node]?.organization ?? ""
      );
      if (from !== "" && to !== "" && from !== to) edges++;
    }
    const { flows } = organizationFlows(graph);
    assert.equal(flows.reduce((sum, flow) => sum + flow.edges, 0), edges);
    assert.equal(new Set(flows.map(({ from, to }) => `${from}>${to}`)).size, flows.length);
    for (let i = 1; i < flows.length; i++) assert.ok(flows[i - 1].edges >= flows[i].edges);
  }
});

const folder = "data/ecosystem-graphs/2025-01-24/";

Deno.test({
  name:
    "measureAssets() gives the same from the CSV as from the YAML of 2025-01-24 (skipped without shared data)",
  ignore: needsShared(folder),
  async fn() {
    const [yaml, csv] = await Promise.all(
      ["assets", "all_assets.csv"].map(async (file) =>
        measureAssets(await readAssetSnapshot(`${paths.shared}${folder}${file}`), {
          without: ["OpenAI API"],
        })
      ),
    );
    assert.deepEqual(yaml.graphs.documented, {
      nodes: 634,
      edges: 507,
      components: 232,
      largestComponent: 338,
      isolated: 202,
      selfLoops: 1,
      cycles: 1,
      longestPath: 7,
    });
    assert.equal(yaml.counts.organizations, 217);
    // Organizations may differ: rows of the CSV are in another order, so that of two records of one name another may come first.
    for (const part of ["counts", "graphs", "hubs", "perYear", "access", "without"] as const) {
      assert.deepEqual(csv[part], yaml[part], part);
    }
  },
});
