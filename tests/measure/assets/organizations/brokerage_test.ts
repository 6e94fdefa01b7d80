import assert from "node:assert/strict";
import { random } from "../../../../lib/core/random.ts";
import { AssetGraph } from "../../../../lib/graph/assets.ts";
import { brokerage } from "../../../../lib/measure/assets/organizations/brokerage.ts";
import { assetRecord, randomAssets, snapshotOf } from "../../../oracle/random_assets.ts";
import { randomOwners } from "../../../oracle/slow_mediation.ts";

const roles = ["coordinator", "representative", "gatekeeper", "consultant", "liaison"] as const;

//  a1 (A) --> a2 (A) --> a3 (A) --> b1 (B) --> b2 (B) --> c (C) --> a4 (A)
const chain = new AssetGraph(snapshotOf(
  [["a1", "A"], ["a2", "A"], ["a3", "A"], ["b1", "B"], ["b2", "B"], ["c", "C"], ["a4", "A"]]
    .map(([name, organization], i, all) =>
      assetRecord({ name, organization, dependencies: i === 0 ? [] : [all[i - 1][0]] })
    ),
));

Deno.test("brokerage() counts the five roles of a chain as by hand", () => {
  const none = { coordinator: 0, representative: 0, gatekeeper: 0, consultant: 0, liaison: 0 };
  assert.deepEqual(brokerage(chain), {
    variant: "aliased",
    closed: false,
    paths: 5,
    unknown: 0,
    shortcuts: 0,
    organizations: [
      { name: "A", ...none, coordinator: 1, representative: 1, total: 2 },
      { name: "B", ...none, gatekeeper: 1, representative: 1, total: 2 },
      { name: "C", ...none, liaison: 1, total: 1 },
    ],
  });
});

Deno.test("brokerage() tells a consultant from a liaison by what the ends share", () => {
  // x (A+B) --> y (C) --> z (B+D)
  const graph = new AssetGraph(snapshotOf([
    assetRecord({ name: "x" }),
    assetRecord({ name: "y", dependencies: ["x"] }),
    assetRecord({ name: "z", dependencies: ["y"] }),
  ]));
  const [row] = brokerage(graph, { owners: [["A", "B"], ["C"], ["B", "D"]] }).organizations;
  assert.deepEqual([row.name, row.consultant, row.total], ["C", 1, 1]);
  const rows = brokerage(graph, { owners: [["A", "B"], ["B", "C"], ["D"]] }).organizations;
  assert.deepEqual(rows.map((row) => [row.name, row.representative, row.liaison]), [
    ["B", 1, 0],
    ["C", 0, 1],
  ]);
  assert.equal(brokerage(graph).unknown, 1);
});

Deno.test("brokerage() equals a loop over all triples when assets and owners are random", () => {
  const rng = random({ seed: 4 });
  const seen = { coordinator: 0, representative: 0, gatekeeper: 0, consultant: 0, liaison: 0 };
  for (let round = 0; round < 300; round++) {
    const graph = new AssetGraph(randomAssets(rng));
    const owners = randomOwners(graph, rng);
    const closed = rng.chance(0.5);
    const edges = new Set(
      Array.from(graph.dependency, (from, e) => `${from} ${graph.dependant[e]}`),
    );
    const counts: Record<string, number> = {};
    const totals = { paths: 0, unknown: 0, shortcuts: 0 };
    for (let i = 0; i < graph.nodes; i++) {
      for (let j = 0; j < graph.nodes; j++) {
        for (let k = 0; k < graph.nodes; k++) {
          if (new Set([i, j, k]).size < 3) continue;
          if (!edges.has(`${i} ${j}`) || !edges.has(`${j} ${k}`)) continue;
          if (!closed && edges.has(`${i} ${k}`)) {
            totals.shortcuts++;
            continue;
          }
          if ([i, j, k].some((node) => owners[node].length === 0)) {
            totals.unknown++;
            continue;
          }
          totals.paths++;
          for (const owner of owners[j]) {
            const [first, last] = [owners[i].includes(owner), owners[k].includes(owner)];
            const together = new Set(owners[i]).intersection(new Set(owners[k])).size > 0;
            const role = first && last
              ? "coordinator"
              : first
              ? "representative"
              : last
              ? "gatekeeper"
              : together
              ? "consultant"
              : "liaison";
            seen[role]++;
            counts[`${owner} ${role}`] = (counts[`${owner} ${role}`] ?? 0) + 1;
          }
        }
      }
    }
    const { paths, unknown, shortcuts, organizations } = brokerage(graph, { owners, closed });
    assert.deepEqual({ paths, unknown, shortcuts }, totals);
    const found: Record<string, number> = {};
    for (const row of organizations) {
      for (const role of roles) if (row[role] > 0) found[`${row.name} ${role}`] = row[role];
      assert.equal(row.total, roles.reduce((sum, role) => sum + row[role], 0));
    }
    assert.deepEqual(found, counts);
  }
  for (const [role, count] of Object.entries(seen)) assert.ok(count > 20, `${role}: ${count}`);
});

Deno.test("brokerage() lists the first n by total and name, and refuses owners of another graph", () => {
  assert.deepEqual(brokerage(chain, { n: 1 }).organizations.map(({ name }) => name), ["A"]);
  assert.deepEqual(brokerage(new AssetGraph(snapshotOf([]))).organizations, []);
  assert.throws(() => brokerage(chain, { owners: [] }), {
    name: "RangeError",
    message: /found owners of 0 nodes, expected 7/,
  });
});
