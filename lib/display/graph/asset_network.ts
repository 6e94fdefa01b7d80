import { plural } from "../../figure/format.ts";
import type { AssetGraph } from "../../graph/assets.ts";
import type { Direction } from "../../graph/neighbourhood.ts";
import { checkNodes } from "./drawing.ts";
import { nearest } from "./nearest.ts";
import type { Network, NetworkNode } from "./network.ts";

/** Which part of an asset graph is shown. */
export interface AssetNetworkOptions {
  /** Name of the asset, or of the undocumented dependency, in the middle. */
  around: string;
  /** Longest way from there, in edges. @default 1 */
  steps?: number;
  /** `up` to what it was built from, `down` to what was built on it. @default "both" */
  direction?: Direction;
  /** Most nodes that are drawn, the nearest ones; at most 500. @default 60 */
  nodes?: number;
}

const ways: Record<Direction, string> = {
  up: "what it was built from",
  down: "what was built on it",
  both: "what it was built from and what was built on it",
};

/**
 * The neighbourhood of an asset.
 *
 * @throws {TypeError} when no name is given
 * @throws {RangeError} when there is no such name or direction, or `steps` or `nodes` is no number that can be drawn
 */
export function assetNetwork(
  graph: AssetGraph,
  { around, steps = 1, direction = "both", nodes: most = 60 }: AssetNetworkOptions,
): Network {
  if (typeof around !== "string") {
    throw new TypeError(
      'Cannot show the whole asset graph: expected the option "around", the name of an asset',
    );
  }
  checkNodes(most);
  const start = graph.node(around);
  const found = nearest({ children: graph.dependants, parents: graph.dependencies }, start, {
    steps,
    direction,
    most,
  });
  const at = new Map(found.nodes.map((u, i) => [u, i]));
  const edges: Network["edges"][number][] = [];
  for (const u of found.nodes) {
    const { offsets, targets } = graph.dependants;
    for (const v of targets.subarray(offsets[u], offsets[u + 1])) {
      // A loop has no length that could be drawn; its node says that there is one.
      if (v !== u && at.has(v)) edges.push({ from: at.get(u)!, to: at.get(v)! });
    }
  }
  const all = found.nodes.length + found.left;
  return {
    title: graph.names[start],
    words: `${plural(all - 1, "name")} within ${plural(steps, "step")}, ${ways[direction]}${
      found.left === 0 ? "" : `; the nearest ${found.nodes.length - 1} are drawn`
    }. What an asset was built from stands to its left.`,
    nodes: found.nodes.map((u, i) => nodeOf(graph, u, found.steps[i])),
    edges,
    left: found.left,
  };
}

function nodeOf(graph: AssetGraph, u: number, steps: number): NetworkNode {
  const degree = ({ offsets }: { offsets: Uint32Array }) => offsets[u + 1] - offsets[u];
  const facts: [string, string][] = [
    ["dependencies", String(degree(graph.dependencies))],
    ["dependants", String(degree(graph.dependants))],
  ];
  if (!graph.isDocumented(u)) {
    return { name: graph.names[u], type: "undocumented", steps, facts };
  }
  const { type, organization, created, access } = graph.assets[u];
  if (organization !== "") facts.unshift(["organization", organization]);
  if (!Number.isNaN(created)) facts.push(["created", new Date(created).toISOString().slice(0, 10)]);
  facts.push(["access", access]);
  const { targets, offsets } = graph.dependants;
  if (targets.subarray(offsets[u], offsets[u + 1]).includes(u)) {
    facts.push(["depends on", "itself"]);
  }
  return { name: graph.names[u], type, steps, facts };
}
