import type { Highs, Model } from "highs";
import { improved } from "./improve.ts";
import { forwardOf, type ItemPair, type NetMatrix } from "./net_matrix.ts";

/** What {@link OrderingProgram.solve} is asked. */
export interface ProgramQuestion {
  /** Only orders that carry more than this are looked for. @default -1 */
  moreThan?: number;
  /** The first of these two items must stand before the second. @default any order */
  before?: ItemPair | null;
  /** Stop at the first order that is good enough instead of the best. @default false */
  any?: boolean;
  /** Linear programs of the search tree that may be solved. */
  nodes: number;
}

/** What {@link OrderingProgram.solve} found. */
export interface ProgramAnswer {
  /** The best order found, null where none carries more than was asked. */
  order: number[] | null;
  /** Net traffic that goes forward in it. */
  forward: number;
  /** No order that obeys the question carries more than this. */
  bound: number;
  /** Nodes of the search tree that were looked at. */
  nodes: number;
}

const tolerance = 1e-6;

/**
 * The linear ordering problem as an integer program: x_ij is 1 where i stands before j, and x_ij + x_jk - x_ik lies between 0 and 1
 * for i < j < k, which is to say that no three items go in a circle (Grötschel, Jünger and Reinelt 1984). HiGHS solves the linear
 * relaxation; constraints join when a solution breaks them, and stay; what is fractional is branched on, depth first.
 */
export class OrderingProgram {
  readonly #matrix: NetMatrix;
  readonly #model: Model;
  readonly #constant: number;
  readonly #slack: number;

  private constructor(matrix: NetMatrix, model: Model) {
    this.#matrix = matrix;
    this.#model = model;
    const { n, net, total } = matrix;
    let constant = 0;
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) {
        model.addVar(0, 1);
        model.changeColCost(column(n, i, j), net[i * n + j]);
        constant += Math.max(0, -net[i * n + j]);
      }
    }
    this.#constant = constant;
    // What the solver's own tolerances of 1e-7 on constraints and on reduced costs can amount to.
    this.#slack = 1e-7 * (total + n * n);
  }

  /** Loads the solver and sets up the program without any of its constraints; dispose of it after use. */
  static async open(matrix: NetMatrix): Promise<OrderingProgram> {
    // The package declares its loader as a CommonJS export, but what is imported is the loader itself.
    const load = (await import("highs")).default as unknown as () => Promise<Highs>;
    const highs = await load();
    const model = highs.createModel();
    model.options.set({ output_flag: false, presolve: "off" });
    model.changeObjectiveSense(highs.constants.objectiveSense.maximize);
    return new OrderingProgram(matrix, model);
  }

  /** Frees the solver's memory. */
  dispose(): void {
    this.#model.dispose();
  }

  /** Searches for the best order. */
  solve({ moreThan = -1, before = null, any = false, nodes }: ProgramQuestion): ProgramAnswer {
    const { n } = this.#matrix;
    const search: Search = {
      best: moreThan,
      order: null,
      before,
      any,
      left: nodes,
      open: -Infinity,
      guide: guideOf(this.#matrix, before),
    };
    const fixed = before === null ? null : column(n, Math.min(...before), Math.max(...before));
    const value = before !== null && before[0] < before[1] ? 1 : 0;
    if (fixed !== null) this.#model.changeColBounds(fixed, value, value);
    try {
      this.#branch(search, Infinity);
    } finally {
      if (fixed !== null) this.#model.changeColBounds(fixed, 0, 1);
    }
    return {
      order: search.order,
      forward: search.best,
      bound: Math.max(search.best, search.open),
      nodes: nodes - search.left,
    };
  }

  #branch(search: Search, parentBound: number): void {
    if (search.any && search.order !== null) return;
    if (search.left === 0) {
      search.open = Math.max(search.open, parentBound);
      return;
    }
    search.left--;
    const relaxed = this.#relax(search);
    if (relaxed === null) return;
    const { bound, x } = relaxed;
    this.#round(search, x);
    if (bound <= search.best || (search.any && search.order !== null)) return;
    const { n, net } = this.#matrix;
    let pick = -1;
    let most = 0;
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) {
        const c = column(n, i, j);
        const doubt = Math.min(x[c], 1 - x[c]);
        const score = doubt * (1 + Math.abs(net[i * n + j]));
        if (doubt > tolerance && score > most) {
          most = score;
          pick = c;
        }
      }
    }
    // A whole solution is an order, and #round has kept it.
    if (pick < 0) return;
    const near = x[pick] > 0.5 ? 1 : 0;
    for (const value of [near, 1 - near]) {
      this.#model.changeColBounds(pick, value, value);
      this.#branch(search, bound);
    }
    this.#model.changeColBounds(pick, 0, 1);
  }

  /** Optimum of the relaxation once no constraint is broken, rounded down; null where it cannot beat the best order. */
  #relax(search: Search): { bound: number; x: Float64Array } | null {
    for (;;) {
      this.#model.run();
      const status = this.#model.getModelStatus();
      if (status === infeasible) return null;
      if (status !== optimal) {
        throw new Error(
          `Cannot order ${this.#matrix.n} items: HiGHS ended with status ${status}, expected ${optimal} (optimal)`,
        );
      }
      const value = this.#model.getObjectiveValue() + this.#constant;
      const bound = Math.floor(value + this.#slack);
      if (bound <= search.best) return null;
      const x = this.#model.getSolution().colValue;
      const broken = brokenTriples(this.#matrix.n, x);
      if (broken.length === 0) return { bound, x };
      this.#add(broken.slice(0, Math.max(500, 10 * this.#matrix.n)));
    }
  }

  #add(triples: readonly Triple[]): void {
    const { n } = this.#matrix;
    const starts = Int32Array.from({ length: triples.length + 1 }, (_, row) => 3 * row);
    const indices = new Int32Array(3 * triples.length);
    const values = new Float64Array(3 * triples.length);
    triples.forEach(({ i, j, k }, row) => {
      indices.set([column(n, i, j), column(n, i, k), column(n, j, k)], 3 * row);
      values.set([1, -1, 1], 3 * row);
    });
    this.#model.addRows({
      lower: new Float64Array(triples.length),
      upper: new Float64Array(triples.length).fill(1),
      matrix: {
        format: "csr",
        numRows: triples.length,
        numCols: n * (n - 1) / 2,
        starts,
        indices,
        values,
      },
    });
  }

  /** Makes an order of a solution by how many items each stands before, and keeps it where it is the best yet. */
  #round(search: Search, x: Float64Array): void {
    const { n } = this.#matrix;
    const ahead = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) {
        ahead[i] += x[column(n, i, j)];
        ahead[j] += 1 - x[column(n, i, j)];
      }
    }
    const items = Array.from(ahead, (_, i) => i).sort((a, b) => ahead[b] - ahead[a] || a - b);
    for (const order of [items, improved(search.guide, items)]) {
      const { before } = search;
      if (before !== null && order.indexOf(before[0]) > order.indexOf(before[1])) continue;
      const forward = forwardOf(this.#matrix, order);
      if (forward <= search.best) continue;
      search.best = forward;
      search.order = order;
    }
  }
}

/** `highs.constants.modelStatus.optimal` and `.infeasible`. */
const optimal = 7;
const infeasible = 8;

interface Search {
  best: number;
  order: number[] | null;
  before: ItemPair | null;
  any: boolean;
  left: number;
  open: number;
  guide: NetMatrix;
}

interface Triple {
  i: number;
  j: number;
  k: number;
  by: number;
}

/** Column of x_ij, i < j. */
function column(n: number, i: number, j: number): number {
  return i * n - i * (i + 1) / 2 + j - i - 1;
}

/** Constraints that a solution breaks, the most broken first. */
function brokenTriples(n: number, x: Float64Array): Triple[] {
  const broken: Triple[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const ij = x[column(n, i, j)];
      for (let k = j + 1; k < n; k++) {
        const sum = ij + x[column(n, j, k)] - x[column(n, i, k)];
        const by = Math.max(sum - 1, -sum);
        if (by > tolerance) broken.push({ i, j, k, by });
      }
    }
  }
  return broken.sort((a, b) => b.by - a.by);
}

/** The matrix that moves of single items go by: the pair that is asked for outweighs everything else. */
function guideOf(matrix: NetMatrix, before: ItemPair | null): NetMatrix {
  if (before === null) return matrix;
  const { n, total } = matrix;
  const net = Float64Array.from(matrix.net);
  const [i, j] = before;
  net[i * n + j] = total + 1;
  net[j * n + i] = -total - 1;
  return { n, net, total };
}
