import { type LinearOrdering, pairsOf, summary } from "./linear_ordering.ts";
import { checkNet, forwardOf, type NetMatrix } from "./net_matrix.ts";
import { OrderingProgram } from "./program.ts";
import { addToClosure, circles, closure, firstExtension } from "./reach.ts";
import { mostBySubsets, subsetOrdering } from "./subsets.ts";

/** Options of {@link linearOrderingProgram}. */
export interface LinearOrderingProgramOptions {
  /** Nodes of the search trees, over all programs, after which the answer is given without proof. @default 5000 */
  nodes?: number;
  /** Whether ties are looked for; without it every pair that traffic holds in place is undecided. @default true */
  ties?: boolean;
  /** Largest strong component that is solved over subsets; 1 for the integer program throughout. @default 20 */
  subsets?: number;
}

/** Most items that {@link linearOrderingProgram} takes. */
const most = 60;

/**
 * Solves the linear ordering problem for up to 60 items. Items that net traffic does not lead round in a circle follow its
 * direction, so only strong components are solved: over subsets up to 20 items, above that as an integer program (HiGHS for its linear
 * relaxations, 3-circle constraints added as they are broken, branch and bound). Proofs by the program hold within the solver's
 * tolerances of 1e-7. Ties: a pair is `free` where an optimal order with it reversed was found, `undecided` where `nodes` ran out,
 * else proven fixed. Among optimal orders it is the first by item numbers that agrees with the order found within each component;
 * `orders` is counted only where it is 1.
 *
 * Dense random traffic with no direction to it is hard: 30 items take about a second, 60 may end without a proof.
 *
 * @param net Square matrix of whole numbers: what goes from row to column less what goes back; at most 60 rows.
 * @throws {TypeError} when the matrix is not square
 * @throws {RangeError} when it is not antisymmetric in whole numbers, or has more than 60 rows, or an option is out of range
 *
 * @example
 * ```ts
 * import { linearOrderingProgram } from "kindred";
 * const n = 30;
 * const net = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => j - i));
 * const { forward, unique } = await linearOrderingProgram(net);
 * forward; // 4495
 * unique; // true
 * ```
 */
export async function linearOrderingProgram(
  net: readonly (readonly number[])[],
  { nodes = 5000, ties = true, subsets = mostBySubsets }: LinearOrderingProgramOptions = {},
): Promise<LinearOrdering> {
  if (net.length > most) {
    throw new RangeError(`Cannot order ${net.length} items: expected at most ${most}`);
  }
  if (!(Number.isSafeInteger(nodes) && nodes >= 0)) {
    throw new RangeError(`Cannot order items: nodes is ${nodes}, expected a whole number`);
  }
  if (!(Number.isInteger(subsets) && subsets >= 1 && subsets <= mostBySubsets)) {
    throw new RangeError(
      `Cannot order items: subsets is ${subsets}, expected 1 to ${mostBySubsets}`,
    );
  }
  const matrix = checkNet(net);
  const programs = new Programs(matrix, nodes);
  try {
    return await search(matrix, programs, { ties, subsets });
  } finally {
    programs.dispose();
  }
}

async function search(
  matrix: NetMatrix,
  programs: Programs,
  { ties, subsets }: { ties: boolean; subsets: number },
): Promise<LinearOrdering> {
  const { n, net, total } = matrix;
  const reach = closure(n, (i, j) => net[i * n + j] > 0);
  const label = new Uint32Array(n);
  const place = new Uint32Array(n);
  // What is known: fixed[i, j] where i stands before j in every optimal order, possible[i, j] where it does so in one.
  const fixed = closure(n, (i, j) => net[i * n + j] > 0 && reach[j * n + i] === 0);
  const possible = new Uint8Array(n * n);
  let optimal = true;
  let against = 0;
  for (const [c, members] of circles(n, reach).entries()) {
    const part = within(matrix, members);
    let order: number[];
    if (members.length <= subsets) {
      const solved = subsetOrdering(part);
      order = solved.order;
      against += part.total - solved.forward;
      for (let a = 0; a < members.length; a++) {
        for (let b = 0; b < members.length; b++) {
          if (a === b) continue;
          if ((solved.after[a] >>> b & 1) === 1) possible[members[a] * n + members[b]] = 1;
          else addToClosure(n, fixed, [members[b], members[a]]);
        }
      }
    } else {
      const program = await programs.of(members);
      const solved = program.solve({ nodes: programs.left });
      programs.left -= solved.nodes;
      order = solved.order ?? members.map((_, a) => a);
      const bound = Math.min(part.total, solved.bound);
      if (forwardOf(part, order) < bound) optimal = false;
      against += part.total - bound;
    }
    order.forEach((a, at) => {
      label[members[a]] = c;
      place[members[a]] = at;
    });
  }
  const order = firstExtension(
    n,
    closure(n, (i, j) => label[i] === label[j] ? place[i] < place[j] : net[i * n + j] > 0),
  );
  const found = {
    ...summary(matrix, order),
    bound: total - against,
    optimal,
    orders: null,
    unique: null,
    free: [],
    undecided: pairsOf(order),
  };
  if (!optimal) return found;
  witness(matrix, order, possible);
  if (ties) await settle(matrix, programs, { order, fixed, possible });
  const free = found.undecided.filter(([i, j]) => possible[j * n + i] === 1);
  const undecided = found.undecided.filter(([i, j]) =>
    possible[j * n + i] === 0 && fixed[i * n + j] === 0
  );
  const unique = free.length > 0 ? false : undecided.length > 0 ? null : true;
  return { ...found, free, undecided, unique, orders: unique === true ? 1 : null };
}

/** Asks of each pair that is not settled whether it can be reversed, neighbours first: where all of those are fixed, so is the rest. */
async function settle(
  matrix: NetMatrix,
  programs: Programs,
  { order, fixed, possible }: { order: number[]; fixed: Uint8Array; possible: Uint8Array },
): Promise<void> {
  const { n, net } = matrix;
  for (const [i, j] of pairsOf(order)) {
    if (possible[j * n + i] === 1 || fixed[i * n + j] === 1) continue;
    // With j before i, only items on the way from i to j are drawn into a circle; the others can stay as they are.
    const reach = closure(n, (a, b) => net[a * n + b] > 0 || (a === j && b === i));
    const members = order.filter((a) =>
      a === i || a === j || (reach[i * n + a] === 1 && reach[a * n + i] === 1)
    ).sort((a, b) => a - b);
    const part = within(matrix, members);
    const wanted = forwardOf(
      part,
      order.filter((a) => members.includes(a)).map((a) => members.indexOf(a)),
    );
    if (programs.left === 0) return;
    const program = await programs.of(members);
    const solved = program.solve({
      moreThan: wanted - 1,
      before: [members.indexOf(j), members.indexOf(i)],
      any: true,
      nodes: programs.left,
    });
    programs.left -= solved.nodes;
    if (solved.order !== null) witness(matrix, solved.order.map((a) => members[a]), possible);
    else if (solved.bound < wanted) addToClosure(n, fixed, [i, j]);
  }
}

/** Notes what an optimal order of some items makes possible: they can be moved as long as its forward traffic stays forward. */
function witness({ n, net }: NetMatrix, order: readonly number[], possible: Uint8Array): void {
  const rank = new Int32Array(n).fill(-1);
  order.forEach((item, at) => rank[item] = at);
  const held = closure(
    n,
    (i, j) => rank[i] >= 0 && rank[j] >= 0 && rank[i] < rank[j] && net[i * n + j] > 0,
  );
  for (const i of order) {
    for (const j of order) if (i !== j && held[j * n + i] === 0) possible[i * n + j] = 1;
  }
}

/** The matrix of some of the items, renumbered. */
function within({ n, net }: NetMatrix, members: readonly number[]): NetMatrix {
  const part = new Float64Array(members.length ** 2);
  let total = 0;
  members.forEach((i, a) =>
    members.forEach((j, b) => {
      part[a * members.length + b] = net[i * n + j];
      total += Math.max(0, net[i * n + j]);
    })
  );
  return { n: members.length, net: part, total };
}

/** One program for each set of items that is asked about, so that its constraints are found once; and the nodes that are left. */
class Programs {
  left: number;
  readonly #matrix: NetMatrix;
  readonly #open = new Map<string, OrderingProgram>();

  constructor(matrix: NetMatrix, nodes: number) {
    this.#matrix = matrix;
    this.left = nodes;
  }

  async of(members: readonly number[]): Promise<OrderingProgram> {
    const key = members.join();
    const program = this.#open.get(key) ??
      await OrderingProgram.open(within(this.#matrix, members));
    this.#open.set(key, program);
    return program;
  }

  dispose(): void {
    for (const program of this.#open.values()) program.dispose();
  }
}
