import type { Random } from "../../core/random.ts";
import { faultRates } from "./published.ts";
import { flag, relation, type Tree } from "./tree.ts";

/** How much was simulated. */
export interface SimulatedCounts {
  /** Number of rows. */
  models: number;
  /** Pairs of a child and a parent that it names, self-loops apart. */
  references: number;
  /** References whose parent is among the rows. */
  edges: number;
}

/** Mean number of seconds by which a child that is out of order is older than its parent. */
const headStart = 10 * 86_400;

/**
 * Plants the faults of the published audit into grown trees, each at its rate times `scale`: cycles, self-loops, parents named in
 * the wrong case, children older than their parents. (The placeholder date and parents outside belong to the growth.)
 *
 * @returns the counts that follow for the rows
 */
export function plantFaults(
  rng: Random,
  tree: Tree,
  { scale }: { scale: number },
): SimulatedCounts {
  const { models, parent, flags, backward, moreParents } = tree;
  let references = 0;
  let edges = 0;
  for (let row = 0; row < models; row++) {
    if (parent[row] === -1) continue;
    const more = moreParents.get(row)?.length ?? 0;
    references += 1 + more;
    if (parent[row] >= 0) edges += 1 + more;
  }
  const isHub = new Set(tree.hubRows);
  const isRoot = (row: number) => row >= 0 && parent[row] === -1 && !isHub.has(row);
  const cycles = Math.round(scale * faultRates.cycle * edges);
  const inCycle = new Set<number>();
  plant(rng, models, cycles, (row) => {
    if (tree.relation[row] !== relation.finetune || parent[row] < 0) return false;
    const up = parent[row];
    const oldest = isRoot(up) ? up : parent[up];
    if (!isRoot(oldest) || backward.has(oldest) || tree.time[oldest] < 2) return false;
    backward.set(oldest, row);
    flags[row] |= flag.parent;
    for (const member of [row, up, oldest]) inCycle.add(member);
    return true;
  });
  plant(rng, models, Math.round(scale * faultRates.selfLoop * models), (row) => {
    if (!isRoot(row) || inCycle.has(row) || flags[row] & flag.selfLoop) return false;
    flags[row] |= flag.selfLoop | flag.parent;
    return true;
  });
  const free = (row: number) =>
    parent[row] >= 0 && !(flags[row] & (flag.parent | flag.wrongCase)) && !moreParents.has(row);
  let wrongCase = 0;
  plant(rng, models, Math.round(scale * faultRates.wrongCase * references), (row) => {
    if (!free(row)) return false;
    flags[row] |= flag.wrongCase;
    wrongCase++;
    return true;
  });
  const disorder = Math.max(0, Math.round(scale * faultRates.disorder * edges) - cycles);
  plant(rng, models, disorder, (row) => {
    const born = parent[row] < 0 ? 0 : tree.time[parent[row]];
    if (!free(row) || tree.time[row] < born || born < 2 * 86_400) return false;
    tree.time[row] = Math.max(2, born - 1 - Math.floor(rng.exponential() * headStart));
    return true;
  });
  return {
    models,
    references: references + backward.size,
    edges: edges + backward.size - wrongCase,
  };
}

/** Offers random rows to `accept` until it has taken `count`; gives up where hardly any row will do. */
function plant(
  rng: Random,
  models: number,
  count: number,
  accept: (row: number) => boolean,
): void {
  for (let left = count, offers = 1000 * (count + 1); left > 0 && offers > 0; offers--) {
    if (accept(rng.below(models))) left--;
  }
}
