import { byCodeUnits } from "../../core/compare.ts";
import type { Csr } from "../../core/csr.ts";
import type { StringJoin } from "../../core/join_strings.ts";
import { meanRanks } from "../../core/mean_ranks.ts";
import type { StringColumn } from "../../core/string_column.ts";
import { topIndices } from "../../core/top.ts";
import type { Lineage } from "../../graph/lineage.ts";
import { descendants } from "../../graph/reach.ts";
import {
  type CountMove,
  countMove,
  type HubStatus,
  hubStatus,
  type RankedMove,
} from "./count_move.ts";

/** A model in two snapshots. */
export interface ModelMove {
  /** Its id. */
  id: string;
  /** Whether it had children before and has now, only has now, or only had before. */
  status: HubStatus;
  /** Children over all relations; ranks are those among all models of the snapshot. */
  children: RankedMove;
  /** Models below it, through any number of steps over all relations. */
  descendants: CountMove;
}

/** How the numbers of children changed. */
export interface ChildMoves {
  /** Models with more children than before, those that had none or were not there included. */
  grown: number;
  /** Models with fewer children than before, those that are no longer there included. */
  shrunk: number;
  /** Those that changed most, ties by code-unit order of the id. */
  moves: ModelMove[];
}

/** One of the two snapshots. */
interface Side {
  lineage: Lineage;
  ids: StringColumn;
}

/** The models whose number of children changed most. */
export function childMoves(
  before: Side,
  after: Side,
  { join: { afterOf, beforeOf }, n }: { join: StringJoin; n: number },
): ChildMoves {
  const then = childCounts(before.lineage.children);
  const now = childCounts(after.lineage.children);
  // First the rows of the later snapshot, then those of the earlier that the later has not.
  const change = new Uint32Array(now.length + then.length);
  let [grown, shrunk] = [0, 0];
  for (let row = 0; row < now.length; row++) {
    const difference = now[row] - (beforeOf[row] < 0 ? 0 : then[beforeOf[row]]);
    if (difference > 0) grown++;
    else if (difference < 0) shrunk++;
    change[row] = Math.abs(difference);
  }
  for (let row = 0; row < then.length; row++) {
    if (afterOf[row] >= 0 || then[row] === 0) continue;
    shrunk++;
    change[now.length + row] = then[row];
  }
  const chosen = topIndices(change, { n })
    .map((i) => {
      const [a, b] = i < now.length ? [beforeOf[i], i] : [i - now.length, -1];
      return { a, b, change: change[i], id: b < 0 ? before.ids.at(a) : after.ids.at(b) };
    })
    .sort((x, y) => y.change - x.change || byCodeUnits(x.id, y.id))
    .slice(0, n);
  const ranks = chosen.length === 0 ? [] : [meanRanks(then), meanRanks(now)];
  const below = ({ lineage }: Side, row: number) =>
    row < 0 ? null : descendants(lineage.children, [row]).length;
  return {
    grown,
    shrunk,
    moves: chosen.map(({ a, b, id }): ModelMove => {
      const children = {
        ...countMove(a < 0 ? null : then[a], b < 0 ? null : now[b]),
        rankBefore: a < 0 ? null : ranks[0][a],
        rankAfter: b < 0 ? null : ranks[1][b],
      };
      return {
        id,
        status: hubStatus(children),
        children,
        descendants: countMove(below(before, a), below(after, b)),
      };
    }),
  };
}

/** Number of targets of each node. */
export function childCounts({ offsets }: Csr): Uint32Array {
  const counts = new Uint32Array(offsets.length - 1);
  for (let u = 0; u < counts.length; u++) counts[u] = offsets[u + 1] - offsets[u];
  return counts;
}
