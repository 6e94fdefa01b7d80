import { type IssueCount, Issues } from "../core/issues.ts";
import type { AssetSnapshot } from "../snapshot/asset_snapshot.ts";
import { aliasKey, AssetGraph } from "./assets.ts";
import { strongComponents } from "./components.ts";

/** What is done about the faults that show in the graph, by kind. */
export const graphRules = {
  undocumentedDependency: "a dependency that is no asset; a stub node unless left out",
  aliasOfAsset: "names that agree up to case and white space; one node in the aliased graph",
  selfLoop: "an asset that depends on itself; an edge, but no dependant",
  newerDependency: "a dependency created after its dependant; the edge is kept",
  cycle: "assets that depend on each other; kept",
} as const;

/**
 * Faults of a snapshot that show only in its graph, counted by kind: dependencies that are no asset, those that differ from an asset by
 * case or white space only, self-loops, cycles, and dependencies newer than what was built from them (edges of which both ends
 * have a full date).
 *
 * @example
 * ```ts
 * import { assetIssues, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "- type: dataset\n  name: The Pile\n  dependencies: [arXiv]\n");
 * assetIssues(await readAssetSnapshot(path))[0].kind; // "undocumentedDependency"
 * await Deno.remove(path);
 * ```
 */
export function assetIssues(snapshot: AssetSnapshot): IssueCount[] {
  const issues = new Issues();
  const add = (kind: keyof typeof graphRules, example: string) =>
    issues.add(kind, graphRules[kind], example);
  const { assets } = snapshot;
  const names = new Set(assets.map(({ name }) => name));
  const byKey = new Map(assets.toReversed().map(({ name }) => [aliasKey(name), name]));
  for (const { dependencies } of snapshot.records) {
    for (const dependency of dependencies) {
      if (names.has(dependency)) continue;
      add("undocumentedDependency", dependency);
    }
  }
  const undocumented = new Set(
    assets.flatMap(({ dependencies }) => dependencies).filter((name) => !names.has(name)),
  );
  for (const name of undocumented) {
    const alias = byKey.get(aliasKey(name));
    if (alias === undefined) continue;
    add("aliasOfAsset", `${name} / ${alias}`);
  }
  const graph = new AssetGraph(snapshot, { variant: "documented" });
  for (let e = 0; e < graph.edges; e++) {
    const from = assets[graph.dependency[e]];
    const to = assets[graph.dependant[e]];
    if (from === to) {
      add("selfLoop", from.name);
    }
    if (from.created > to.created) {
      add("newerDependency", `${from.name} -> ${to.name}`);
    }
  }
  const { labels, sizes } = strongComponents(graph.dependants);
  const cycles = Map.groupBy(labels.keys(), (node) => labels[node]);
  for (const [label, nodes] of cycles) {
    if (sizes[label] < 2) continue;
    add("cycle", nodes.map((node) => graph.names[node]).join(", "));
  }
  return issues.list();
}
