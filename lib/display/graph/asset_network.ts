import { plural } from "../../figure/format.ts";
import type { AssetGraph } from "../../graph/assets.ts";
import { type Direction, directions } from "../../graph/neighbourhood.ts";
import { checkCount, checkOptions } from "../check_options.ts";
import { found } from "../found.ts";
import { checkNodes } from "./drawing.ts";
import { nearest } from "./nearest.ts";
import type { Network, NetworkNode } from "./network.ts";

/** Which part of an asset graph is shown. */
export interface AssetNetworkOptions {
  /** Name of the asset, or of the undocumented dependency, in the middle. */
  around: string;
  /** Longest way from there, in edges; `Infinity` for any. @default 1 */
  steps?: number;
  /** `up` to what it was built from, `down` to what was built on it. @default "both" */
  direction?: Direction;
  /** Most nodes that are drawn, the one in the middle among them and then the nearest; at most 500. @default 60 */
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
 * @throws {TypeError} when no name is given, or an option is unknown or not of its shape
 * @throws {RangeError} when there is no such name or direction, or `steps` or `nodes` is no number that can be drawn
 */
export function assetNetwork(
  graph: AssetGraph,
  options: AssetNetworkOptions,
): Network {
  checkOptions(options, {
    action: "show an asset graph",
    known: ["around", "steps", "direction", "nodes"],
  });
  const { around, steps = 1, direction = "both", nodes: most = 60 } = options;
  if (typeof around !== "string") {
    throw new TypeError(
      'Cannot show the whole asset graph: expected the option "around", the name of an asset',
    );
  }
  checkNodes(most);
  checkCount("steps", steps, { action: "show an asset graph" });
  if (!directions.includes(direction)) {
    throw new RangeError(
      `Cannot show an asset graph with the option "direction": found ${
        found(direction)
      }, expected one of ${directions.map((known) => `"${known}"`).join(", ")}`,
    );
  }
  const start = graph.node(around);
  const met = nearest({ children: graph.dependants, parents: graph.dependencies }, start, {
    steps,
    direction,
    most,
  });
  const at = new Map(met.nodes.map((u, i) => [u, i]));
  const edges: Network["edges"][number][] = [];
  for (const u of met.nodes) {
    const { offsets, targets } = graph.dependants;
    for (const v of targets.subarray(offsets[u], offsets[u + 1])) {
      // A loop has no length that could be drawn; its node says that there is one.
      if (v !== u && at.has(v)) edges.push({ from: at.get(u)!, to: at.get(v)! });
    }
  }
  const all = met.nodes.length + met.left;
  return {
    title: graph.names[start],
    words: `${plural(all - 1, "name")} within ${
      steps === Infinity ? "any number of steps" : plural(steps, "step")
    }, ${ways[direction]}${
      met.left === 0 ? "" : `; the nearest ${met.nodes.length - 1} are drawn`
    }. What an asset was built from stands to its left.`,
    nodes: met.nodes.map((u, i) => nodeOf(graph, u, met.steps[i])),
    edges,
    left: met.left,
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
