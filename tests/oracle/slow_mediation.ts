import type { Random } from "../../lib/core/random.ts";
import type { AssetOwners } from "../../lib/graph/asset_owners.ts";
import type { AssetGraph } from "../../lib/graph/assets.ts";
import type { AssetSnapshot } from "../../lib/snapshot/asset_snapshot.ts";
import { assetRecord, snapshotOf } from "./random_assets.ts";

/** Ten assets, datasets to models to applications for the most part, one model of two records, with edges back and to stubs now and then. */
export function randomPipeline(rng: Random): AssetSnapshot {
  const names = [..."abcdefghij"];
  const records = [...names, names[3 + rng.below(4)]];
  return snapshotOf(records.map((name, i) =>
    assetRecord({
      name,
      type: (["dataset", "model", "application"] as const)[i < 3 ? 0 : i < 7 ? 1 : 2],
      dependencies: Array.from(
        { length: rng.below(4) },
        () =>
          rng.chance(0.1) ? ["A", "x", "y z"][rng.below(3)] : names[rng.below(10 - rng.below(6))],
      ),
    })
  ));
}

/** Up to three owners for each documented asset, none for a stub. */
export function randomOwners(graph: AssetGraph, rng: Random): AssetOwners {
  return graph.names.map((_, node) => {
    if (!graph.isDocumented(node) || rng.chance(0.1)) return [];
    const owners = ["P", "Q", "R", "S"].filter(() => rng.chance(0.3));
    return owners.length > 0 ? owners : ["T"];
  });
}

/** Every simple path from one node to another, as lists of nodes, the ends included. */
export function simplePaths(graph: AssetGraph, from: number, to: number): number[][] {
  const found: number[][] = [];
  function walk(path: number[]): void {
    const u = path.at(-1)!;
    if (u === to && path.length > 1) {
      found.push(path);
      return;
    }
    for (let e = 0; e < graph.edges; e++) {
      const v = graph.dependant[e];
      if (graph.dependency[e] === u && !path.includes(v)) walk([...path, v]);
    }
  }
  walk([from]);
  return found;
}

export const overlap = (a: readonly string[], b: readonly string[]) =>
  a.some((owner) => b.includes(owner));

/** A connection through one model as the definitions have it. */
export interface SlowTriple {
  dataset: number;
  model: number;
  application: number;
  standing: string;
  sole: boolean;
}

/** Names of several records between the ends of each connection, by enumeration of paths. */
export function slowSeveral(
  graph: AssetGraph,
  connections: readonly [number, number][],
): Set<string>[] {
  return connections.map(([dataset, application]) =>
    new Set(
      graph.names.filter((_, node) =>
        (graph.assets[node]?.records ?? 0) > 1 && node !== dataset && node !== application &&
        simplePaths(graph, dataset, node).length > 0 &&
        simplePaths(graph, node, application).length > 0
      ),
    )
  );
}

/** All connections, and all of them through each model, by enumeration of paths. */
export function slowMediation(
  graph: AssetGraph,
  { owners, undocumentedData }: { owners: AssetOwners; undocumentedData: boolean },
): { connections: [number, number][]; triples: SlowTriple[] } {
  const nodes = [...graph.names.keys()];
  const ofType = (type: string) =>
    nodes.filter((node) => graph.assets[node]?.type === type && owners[node].length > 0);
  const datasets = [
    ...ofType("dataset"),
    ...nodes.filter((node) => undocumentedData && !graph.isDocumented(node)),
  ];
  const connections: [number, number][] = [];
  const triples: SlowTriple[] = [];
  for (const dataset of datasets) {
    for (const application of ofType("application")) {
      const paths = simplePaths(graph, dataset, application);
      if (paths.length === 0 || overlap(owners[dataset], owners[application])) continue;
      connections.push([dataset, application]);
      for (const model of ofType("model")) {
        const reaches = simplePaths(graph, dataset, model).length > 0 &&
          simplePaths(graph, model, application).length > 0;
        if (!reaches) continue;
        const data = overlap(owners[model], owners[dataset]);
        const product = overlap(owners[model], owners[application]);
        triples.push({
          dataset,
          model,
          application,
          standing: data && product
            ? "joint"
            : data
            ? "ownData"
            : product
            ? "ownProducts"
            : "thirdParty",
          sole: paths.every((path) => path.includes(model)),
        });
      }
    }
  }
  return { connections, triples };
}
