import type { AssetOwners } from "../../../graph/asset_owners.ts";
import type { AssetGraph } from "../../../graph/assets.ts";
import type { AssetPattern } from "./asset_patterns.ts";

/** A pattern all of whose instances can be listed: not a star, of which a hub has very many. */
export type ListedPattern = Exclude<AssetPattern, "broadcast" | "funnel">;

/** Neighbours of each node without itself: what is built on it and what it is built on. */
export interface AssetNeighbours {
  /** Dependants. */
  children: number[][];
  /** Dependencies. */
  parents: number[][];
}

/** Lists the neighbours of every node. */
export function assetNeighbours({ nodes, dependants, dependencies }: AssetGraph): AssetNeighbours {
  const [children, parents] = [dependants, dependencies].map(({ offsets, targets }) =>
    Array.from(
      { length: nodes },
      (_, u) => Array.from(targets.subarray(offsets[u], offsets[u + 1])).filter((v) => v !== u),
    )
  );
  return { children, parents };
}

/** What {@link patternInstances} needs of the graph besides its edges. */
export interface InstanceOptions {
  /** Owners of each node. */
  owners: AssetOwners;
  /** Neighbours of each node. */
  neighbours: AssetNeighbours;
}

/** Yields the nodes of every instance once, in the order of the pattern; the two in the middle of a diamond ascend. */
export function* patternInstances(
  graph: AssetGraph,
  pattern: ListedPattern,
  { owners, neighbours: { children } }: InstanceOptions,
): Generator<number[]> {
  if (pattern === "diamond") return yield* diamonds(graph.nodes, children);
  const type = (node: number) => graph.isDocumented(node) ? graph.assets[node].type : "";
  const typed = (a: number, b: number, c: number) =>
    type(a) === "dataset" && type(b) === "model" && type(c) === "application";
  const apart = (a: number, b: number) =>
    owners[a].length > 0 && owners[b].length > 0 && !owners[a].some((o) => owners[b].includes(o));
  const crossing = (a: number, b: number, c: number) => apart(a, b) && apart(b, c) && apart(a, c);
  const counts: Record<
    Exclude<ListedPattern, "diamond">,
    (a: number, b: number, c: number) => boolean
  > = {
    chain: () => true,
    typedChain: typed,
    triangle: (a, _, c) => children[a].includes(c),
    crossOrganizationChain: crossing,
    crossOrganizationTypedChain: (a, b, c) => typed(a, b, c) && crossing(a, b, c),
  };
  for (let a = 0; a < graph.nodes; a++) {
    for (const b of children[a]) {
      for (const c of children[b]) {
        if (c !== a && counts[pattern](a, b, c)) yield [a, b, c];
      }
    }
  }
}

function* diamonds(nodes: number, children: number[][]): Generator<number[]> {
  for (let a = 0; a < nodes; a++) {
    const over = new Map<number, number[]>();
    for (const b of [...children[a]].sort((x, y) => x - y)) {
      for (const d of children[b]) {
        if (d !== a) over.set(d, [...(over.get(d) ?? []), b]);
      }
    }
    for (const [d, middles] of over) {
      for (let j = 1; j < middles.length; j++) {
        for (let i = 0; i < j; i++) yield [a, middles[i], middles[j], d];
      }
    }
  }
}
