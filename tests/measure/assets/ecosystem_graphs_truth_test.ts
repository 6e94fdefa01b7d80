import assert from "node:assert/strict";
import { AssetGraph } from "../../../lib/graph/assets.ts";
import { assetIssues } from "../../../lib/graph/asset_issues.ts";
import { measureAssets } from "../../../lib/measure/assets/asset_report.ts";
import { paths } from "../../../lib/paths.ts";
import { readAssetSnapshot } from "../../../lib/snapshot/asset_snapshot.ts";
import { needsShared } from "../../support.ts";

const folder = `${paths.shared}data/ecosystem-graphs/`;

Deno.test({
  name:
    "measureAssets() gives the published numbers of 2025-01-24 (skipped where the shared data is absent)",
  ignore: needsShared("data/ecosystem-graphs/2025-01-24/assets"),
  async fn() {
    const snapshot = await readAssetSnapshot(`${folder}2025-01-24/assets`);
    const report = measureAssets(snapshot, { without: ["OpenAI API"] });
    assert.deepEqual([report.snapshot.records, report.snapshot.assets], [639, 634]);
    assert.equal(report.counts.references, 816);
    assert.equal(report.counts.undocumentedReferences, 309);
    assert.equal(report.counts.undocumentedNames, 240);
    assert.equal(report.counts.duplicateNames.length, 5);
    const { documented } = report.graphs;
    assert.deepEqual([documented.nodes, documented.edges, documented.longestPath], [634, 507, 7]);
    assert.deepEqual([documented.selfLoops, documented.cycles], [1, 1]);
    assert.deepEqual(report.hubs.direct.slice(0, 4), [
      { name: "The Pile", dependants: 17 },
      { name: "CLIP", dependants: 16 },
      { name: "ChatGPT API", dependants: 12 },
      { name: "LLaMA", dependants: 12 },
    ]);
    assert.deepEqual(report.hubs.transitive.slice(0, 2), [
      { name: "C4", dependants: 44 },
      { name: "GPT-4", dependants: 42 },
    ]);
    const [openai] = report.organizations;
    assert.deepEqual([openai.name, openai.externalDependants, openai.externalOrganizations], [
      "OpenAI",
      96,
      56,
    ]);
    assert.deepEqual([report.without?.dependants, report.without?.byType.application], [8, 6]);
    const issues = new Map(assetIssues(snapshot).map((issue) => [issue.kind, issue]));
    assert.equal(issues.get("newerDependency")?.count, 55);
    assert.equal(issues.get("cycle")?.examples[0].split(", ").length, 4);
    assert.deepEqual(issues.get("selfLoop")?.examples, ["VIMA dataset"]);
  },
});

Deno.test({
  name:
    "AssetGraph is the same from the CSV as from the folder of 2025-01-24 (skipped where the shared data is absent)",
  ignore: needsShared("data/ecosystem-graphs/2025-01-24/all_assets.csv"),
  async fn() {
    const content = async (input: string) => {
      const { names, dependency, dependant } = new AssetGraph(
        await readAssetSnapshot(`${folder}2025-01-24/${input}`),
      );
      return {
        names: names.toSorted(),
        edges: Array.from(dependency, (from, e) => `${names[from]} -> ${names[dependant[e]]}`)
          .sort(),
      };
    };
    assert.deepEqual(await content("all_assets.csv"), await content("assets"));
  },
});

Deno.test({
  name:
    "measureAssets() gives the published numbers of 2023-03-20 (skipped where the shared data is absent)",
  ignore: needsShared("data/ecosystem-graphs/2023-03-20/assets"),
  async fn() {
    const report = measureAssets(await readAssetSnapshot(`${folder}2023-03-20/assets`));
    assert.deepEqual([report.snapshot.records, report.counts.organizations], [262, 63]);
    assert.deepEqual(report.hubs.direct.slice(0, 3), [
      { name: "ChatGPT API", dependants: 13 },
      { name: "P3", dependants: 9 },
      { name: "The Pile", dependants: 9 },
    ]);
  },
});
