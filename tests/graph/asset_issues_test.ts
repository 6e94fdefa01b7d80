import assert from "node:assert/strict";
import { assetIssues } from "../../lib/graph/asset_issues.ts";
import { paths } from "../../lib/paths.ts";
import { readAssetSnapshot } from "../../lib/snapshot/asset_snapshot.ts";
import { assetRecord, snapshotOf } from "../oracle/random_assets.ts";
import { needsShared } from "../support.ts";

Deno.test("assetIssues() counts each fault of the graph", () => {
  // web, b (stubs) -> A -> B -> C -> B    A, newer -> B    C -> C    A, as old -> D
  const issues = assetIssues(snapshotOf([
    assetRecord({ name: "A", created: 2, dependencies: ["web", "b"] }),
    assetRecord({ name: "B", created: 1, dependencies: ["A", "C", "web"] }),
    assetRecord({ name: "C", dependencies: ["B", "C"] }),
    assetRecord({ name: "D", created: 2, dependencies: ["A"] }),
  ]));
  assert.deepEqual(issues.map(({ kind, count, examples }) => [kind, count, examples]), [
    ["undocumentedDependency", 3, ["web", "b", "web"]],
    ["aliasOfAsset", 1, ["b / B"]],
    ["newerDependency", 1, ["A -> B"]],
    ["selfLoop", 1, ["C"]],
    ["cycle", 1, ["B, C"]],
  ]);
});

Deno.test("assetIssues() finds nothing in a clean graph, nor in an empty one", () => {
  const clean = [assetRecord({ name: "A" }), assetRecord({ name: "B", dependencies: ["A"] })];
  assert.deepEqual(assetIssues(snapshotOf(clean)), []);
  assert.deepEqual(assetIssues(snapshotOf([])), []);
});

for (const file of ["assets", "all_assets.csv"]) {
  Deno.test({
    name: `assetIssues() counts the faults of 2025-01-24/${file} (skipped without shared data)`,
    ignore: needsShared(`data/ecosystem-graphs/2025-01-24/${file}`),
    async fn() {
      const snapshot = await readAssetSnapshot(
        `${paths.shared}data/ecosystem-graphs/2025-01-24/${file}`,
      );
      const count = (list: readonly { kind: string; count: number }[]) =>
        Object.fromEntries(list.map(({ kind, count }) => [kind, count]));
      assert.deepEqual(count(assetIssues(snapshot)), {
        undocumentedDependency: 309,
        aliasOfAsset: 4,
        newerDependency: 55,
        selfLoop: 1,
        cycle: 1,
      });
      const { duplicateName, organizationSpelling } = count(snapshot.issues);
      assert.deepEqual([duplicateName, organizationSpelling], [5, 4]);
    },
  });
}
