import assert from "node:assert/strict";
import { assetsByOwner, ownersAsWritten, resolveOwners } from "../../lib/graph/asset_owners.ts";
import { AssetGraph } from "../../lib/graph/assets.ts";
import { parseOrganizationAliases } from "../../lib/source/organization_aliases.ts";
import { assetRecord, snapshotOf } from "../oracle/random_assets.ts";

const graph = new AssetGraph(
  snapshotOf([
    assetRecord({ name: "a", organization: "Lab, constructor", dependencies: ["stub"] }),
    assetRecord({ name: "b", organization: "the lab" }),
    assetRecord({ name: "c" }),
  ]),
  { variant: "stubs" },
);

Deno.test("resolveOwners() splits and renames, and gives none to stubs and unknown owners", async () => {
  const table = await parseOrganizationAliases(
    "kind,spelling,bodies,reason\nalias,The Lab,Lab,other spelling\n",
  );
  assert.deepEqual(resolveOwners(graph, table), [["Lab", "constructor"], ["Lab"], [], []]);
  assert.deepEqual(ownersAsWritten(graph), [["Lab, constructor"], ["the lab"], [], []]);
});

Deno.test("assetsByOwner() lists the nodes of each owner once", () => {
  const owners = [["P", "Q"], ["Q", "Q"], [], ["__proto__"]];
  assert.deepEqual([...assetsByOwner(graph, owners)], [["P", [0]], ["Q", [0, 1]], ["__proto__", [
    3,
  ]]]);
  assert.throws(() => assetsByOwner(graph, [[]]), {
    name: "RangeError",
    message: "Cannot tell assets by owner: found owners of 1 nodes, expected 4",
  });
});
