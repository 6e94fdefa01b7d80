import assert from "node:assert/strict";
import { random } from "../../../../lib/core/random.ts";
import {
  type AssetOwners,
  ownersAsWritten,
  resolveOwners,
} from "../../../../lib/graph/asset_owners.ts";
import { AssetGraph, assetVariants } from "../../../../lib/graph/assets.ts";
import { measureAssets } from "../../../../lib/measure/assets/asset_report.ts";
import { flowMatrix } from "../../../../lib/measure/assets/organizations/flow_matrix.ts";
import { organizationReadings } from "../../../../lib/measure/assets/organizations/organization_readings.ts";
import {
  organizationFlows,
  organizationImpact,
} from "../../../../lib/measure/assets/organizations/organizations.ts";
import { paths } from "../../../../lib/paths.ts";
import { readAssetSnapshot } from "../../../../lib/snapshot/asset_snapshot.ts";
import { readOrganizationAliases } from "../../../../lib/source/organization_aliases.ts";
import { readOrganizationText } from "../../../../lib/source/split_organizations.ts";
import { assetRecord, randomAssets, snapshotOf } from "../../../oracle/random_assets.ts";
import { slowFlow, slowImpact } from "../../../oracle/slow_organizations.ts";
import { needsShared } from "../../../support.ts";

const table = await readOrganizationAliases();

// owners:   A      A, B        B      B, C        none     C
//         data ──> model ──> chat ──> bot ──────> tool ──> app
//           └────────────────────────────────────────────────┘
const snapshot = snapshotOf([
  assetRecord({ name: "data", organization: "Meta AI", line: 1 }),
  assetRecord({ name: "model", organization: "Meta, CMU", dependencies: ["data"], line: 2 }),
  assetRecord({ name: "chat", organization: "CMU", dependencies: ["model"], line: 3 }),
  assetRecord({ name: "bot", organization: "CMU, Shop", dependencies: ["chat"], line: 4 }),
  assetRecord({ name: "tool", dependencies: ["bot"], line: 5 }),
  assetRecord({ name: "app", organization: "Shop", dependencies: ["tool", "data"], line: 6 }),
]);
const graph = new AssetGraph(snapshot);
const owners = resolveOwners(graph, table);
const cmu = "Carnegie Mellon University";

Deno.test("organizationImpact() counts an asset of two organizations for each and as external to neither", () => {
  const impact = { variant: "aliased" as const, organizations: 3, assets: 5 };
  assert.deepEqual(organizationImpact(graph, { owners }), {
    ...impact,
    impacts: [
      { name: "Meta", assets: 2, externalDependants: 3, externalOrganizations: 2 },
      { name: cmu, assets: 3, externalDependants: 1, externalOrganizations: 1 },
      { name: "Shopify", assets: 2, externalDependants: 0, externalOrganizations: 0 },
    ],
  });
  assert.equal(organizationImpact(graph, { owners, n: 1 }).impacts.length, 1);
  // As written they are five, and each text is one.
  assert.equal(organizationImpact(graph).organizations, 5);
});

Deno.test("organizationFlows() counts an edge from each owner to each other owner, and it once in `edges`", () => {
  assert.deepEqual(organizationFlows(graph, { owners }), {
    variant: "aliased",
    // data -> model, model -> chat, chat -> bot and data -> app; the ends of the first three share an owner.
    edges: 4,
    internal: 3,
    unowned: 2,
    flows: [
      { from: "Meta", to: cmu, edges: 2 },
      { from: cmu, to: "Shopify", edges: 1 },
      { from: "Meta", to: "Shopify", edges: 1 },
    ],
  });
});

Deno.test("flowMatrix() has a row for the largest and one for all others", () => {
  assert.deepEqual(flowMatrix(graph, { owners, n: 3 }), {
    variant: "aliased",
    names: [cmu, "Meta", "Shopify"],
    others: 0,
    matrix: [[0, 0, 1], [2, 0, 1], [0, 0, 0]],
  });
  assert.deepEqual(flowMatrix(graph, { owners, n: 1 }), {
    variant: "aliased",
    names: [cmu],
    others: 2,
    matrix: [[0, 1], [2, 1]],
  });
  const none = new AssetGraph(snapshotOf([]));
  assert.deepEqual(flowMatrix(none), { variant: "aliased", names: [], others: 0, matrix: [] });
  for (const n of [0, -1, 1.5, NaN, Infinity]) {
    assert.throws(() => flowMatrix(graph, { owners, n }), {
      name: "RangeError",
      message: `Cannot make a matrix of flows: n is ${n}, expected a whole number above 0`,
    });
  }
});

Deno.test("organizationImpact() and its like refuse owners of another graph", () => {
  for (const measure of [organizationImpact, organizationFlows, flowMatrix]) {
    assert.throws(() => measure(graph, { owners: owners.slice(1) }), {
      name: "RangeError",
      message: "Cannot tell assets by owner: found owners of 5 nodes, expected 6",
    });
  }
});

Deno.test("organizationReadings() says of every text what became of it, with reasons and place", () => {
  const { texts, ...readings } = organizationReadings(snapshot, table);
  assert.deepEqual(readings, {
    records: 5,
    unknown: 1,
    bodies: 3,
    counts: { split: 2, renamed: 3, whole: 0, left: 0 },
  });
  assert.deepEqual(texts.map(({ text }) => text), [
    "CMU",
    "CMU, Shop",
    "Meta AI",
    "Meta, CMU",
    "Shop",
  ]);
  assert.deepEqual(texts[1], {
    text: "CMU, Shop",
    bodies: [cmu, "Shopify"],
    reading: "split",
    reasons: ["abbreviation", "an app of Shopify; no body"],
    records: 1,
    place: "test.yaml:4",
  });
});

Deno.test("organizationImpact(), organizationFlows() and flowMatrix() are as defined when graphs and owners are random", () => {
  const rng = random({ seed: 11 });
  const names = ["P", "Q", "R", "__proto__", "constructor"];
  for (let round = 0; round < 150; round++) {
    const graph = new AssetGraph(randomAssets(rng), { variant: assetVariants[round % 3] });
    // Stubs may have owners too, and an owner may come twice.
    const owners: AssetOwners = graph.names.map(() =>
      Array.from({ length: rng.below(4) }, () => names[rng.below(names.length)])
    );
    const { impacts, organizations } = organizationImpact(graph, { owners, n: Infinity });
    const expected = slowImpact(graph, owners);
    assert.equal(organizations, expected.size);
    assert.equal(impacts.length, expected.size);
    for (const { name, assets, externalDependants, externalOrganizations } of impacts) {
      assert.deepEqual([assets, externalDependants, externalOrganizations], expected.get(name));
    }
    const { flows, edges, internal, unowned } = organizationFlows(graph, { owners });
    const found = new Map(flows.map(({ from, to, edges }) => [`${from} ${to}`, edges]));
    assert.equal(found.size, flows.length);
    for (const from of names) {
      for (const to of names) {
        assert.equal(found.get(`${from} ${to}`) ?? 0, slowFlow(graph, owners, [from, to]));
      }
    }
    const ends = Array.from(
      graph.dependency,
      (from, e) => [owners[from], owners[graph.dependant[e]]].map((of) => new Set(of)),
    );
    const owned = ends.filter(([a, b]) => a.size > 0 && b.size > 0);
    assert.equal(unowned, ends.length - owned.length);
    assert.equal(internal, owned.filter(([a, b]) => a.intersection(b).size > 0).length);
    assert.equal(edges, owned.filter(([a, b]) => a.union(b).size > 1).length);
    const { names: rows, others, matrix } = flowMatrix(graph, { owners, n: 2 });
    const active = new Set(flows.flatMap(({ from, to }) => [from, to]));
    assert.equal(rows.length + others, active.size);
    const at = (name: string) => rows.includes(name) ? rows.indexOf(name) : rows.length;
    const sums = matrix.map((row) => row.map(() => 0));
    for (const { from, to, edges } of flows) sums[at(from)][at(to)] += edges;
    assert.deepEqual(matrix, sums);
  }
});

Deno.test("organizationImpact() takes each text as one organization unless owners are given", () => {
  const rng = random({ seed: 12 });
  for (let round = 0; round < 30; round++) {
    const graph = new AssetGraph(randomAssets(rng));
    const owners = ownersAsWritten(graph);
    assert.deepEqual(organizationImpact(graph), organizationImpact(graph, { owners }));
    assert.deepEqual(organizationFlows(graph), organizationFlows(graph, { owners }));
  }
});

Deno.test("measureAssets() adds organizationsResolved where it is given the table, and changes nothing else", () => {
  const plain = measureAssets(snapshot);
  const { organizationsResolved, ...rest } = measureAssets(snapshot, { aliases: table });
  assert.deepEqual(rest, plain);
  assert.ok(!("organizationsResolved" in plain));
  assert.deepEqual(organizationsResolved, {
    variant: "aliased",
    bodies: 3,
    top: organizationImpact(graph, { owners }).impacts,
  });
});

const folder = "data/ecosystem-graphs/";

Deno.test({
  name:
    "organizationImpact() of both snapshots, as written and resolved (skipped where the shared data is absent)",
  ignore: needsShared(`${folder}2025-01-24/assets`),
  async fn() {
    const first = async (date: string) => {
      const snapshot = await readAssetSnapshot(`${paths.shared}${folder}${date}/assets`);
      const { organizations, organizationsResolved } = measureAssets(snapshot, { aliases: table });
      const [top] = organizationsResolved!.top;
      const short = (
        row: typeof top,
      ) => [row.name, row.externalDependants, row.externalOrganizations];
      return [short(organizations[0]), organizationsResolved!.bodies, short(top)];
    };
    assert.deepEqual(await first("2025-01-24"), [["OpenAI", 96, 56], 213, ["OpenAI", 95, 58]]);
    assert.deepEqual(await first("2023-03-20"), [["OpenAI", 35, 23], 61, ["OpenAI", 34, 22]]);
  },
});

Deno.test({
  name:
    "readOrganizationAliases() has no row that no data needs, but for legal forms (skipped where the shared data is absent)",
  ignore: needsShared(`${folder}2025-01-24/assets`),
  async fn() {
    const inputs = ["2025-01-24", "2023-03-20"].map((date) =>
      `${paths.shared}${folder}${date}/assets`
    );
    const snapshots = await Promise.all(
      [paths.assets, ...inputs].map((path) => readAssetSnapshot(path)),
    );
    const texts = snapshots.flatMap((snapshot) => organizationReadings(snapshot, table).texts);
    const used = new Set(texts.flatMap(({ text }) => readOrganizationText(text, table).rows));
    // A name is protected too where a row that is used leads to it.
    const led = new Set([...used].flatMap(({ bodies }) => bodies));
    const idle = table.rows.filter((row) =>
      row.kind !== "form" && !used.has(row) && !(row.kind === "name" && led.has(row.spelling))
    );
    assert.deepEqual(idle, []);
    // No two bodies are left that differ by case, white space and punctuation only.
    const bodies = new Set(texts.flatMap(({ bodies }) => bodies));
    const alike = Map.groupBy(bodies, (body) => body.toLowerCase().replace(/[\s.,&-]/gu, ""));
    assert.deepEqual([...alike.values()].filter((group) => group.length > 1), []);
  },
});
