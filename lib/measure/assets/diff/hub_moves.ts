import { byCodeUnits } from "../../../core/compare.ts";
import { meanRanks } from "../../../core/mean_ranks.ts";
import type { AssetGraph } from "../../../graph/assets.ts";
import { descendants } from "../../../graph/reach.ts";
import { countMove, type HubStatus, hubStatus, type RankedMove } from "../../diff/count_move.ts";
import { directDependants, type EgoType } from "../asset_hubs.ts";
import type { NodeJoin } from "./join_assets.ts";

/** A hub in two snapshots. */
export interface HubMove {
  /** Its name, the later one where it was renamed. */
  name: string;
  /** Its earlier name where it was renamed, else null. */
  formerly: string | null;
  /** Its type, in the later snapshot where it is there. */
  type: EgoType;
  /** As written; empty for an undocumented name. */
  organization: string;
  /** Whether anything was built on it before and is now, only is now, or only was before. */
  status: HubStatus;
  /** What builds on it directly; ranks are those among all nodes of the graph. */
  direct: RankedMove;
  /** What builds on it through any number of steps. */
  transitive: RankedMove;
}

interface Counts {
  dependants: number[];
  ranks: Float64Array;
}

/** All nodes with a dependant in either graph: most changed first by direct, then by transitive dependants, then by name. */
export function hubMoves(
  before: AssetGraph,
  after: AssetGraph,
  { afterOf, beforeOf }: NodeJoin,
): HubMove[] {
  const direct = [before, after].map((graph) =>
    counts(graph, (node) => directDependants(graph, node).length)
  );
  const transitive = [before, after].map((graph) =>
    counts(graph, (node) => descendants(graph.dependants, [node]).length)
  );
  function move(a: number, b: number): HubMove[] {
    const near = moved(direct, [a, b]);
    if (!near.before && !near.after) return [];
    const [graph, node] = b < 0 ? [before, a] : [after, b];
    const documented = graph.isDocumented(node);
    return [{
      name: graph.names[node],
      formerly: a >= 0 && b >= 0 && before.names[a] !== after.names[b] ? before.names[a] : null,
      type: documented ? graph.assets[node].type : "undocumented",
      organization: documented ? graph.assets[node].organization : "",
      status: hubStatus(near),
      direct: near,
      transitive: moved(transitive, [a, b]),
    }];
  }
  const size = ({ change }: RankedMove) => Math.abs(change);
  return [
    ...Array.from(afterOf.keys().filter((a) => afterOf[a] < 0), (a) => move(a, -1)),
    ...Array.from(beforeOf, (a, b) => move(a, b)),
  ].flat().sort((x, y) =>
    size(y.direct) - size(x.direct) || size(y.transitive) - size(x.transitive) ||
    byCodeUnits(x.name, y.name)
  );
}

function counts({ nodes }: AssetGraph, count: (node: number) => number): Counts {
  const dependants = Array.from({ length: nodes }, (_, node) => count(node));
  return { dependants, ranks: meanRanks(dependants) };
}

function moved([then, now]: Counts[], [a, b]: [number, number]): RankedMove {
  return {
    ...countMove(a < 0 ? null : then.dependants[a], b < 0 ? null : now.dependants[b]),
    rankBefore: a < 0 ? null : then.ranks[a],
    rankAfter: b < 0 ? null : now.ranks[b],
  };
}
