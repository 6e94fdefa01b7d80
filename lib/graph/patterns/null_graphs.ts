import { EdgeIndex } from "../../core/edge_index.ts";
import { type Random, random } from "../../core/random.ts";

/** The edges of a directed graph without repeated edges and self-loops. */
export interface EdgeList {
  /** Node that each edge comes from. */
  readonly from: Uint32Array;
  /** Node that each edge leads to. */
  readonly to: Uint32Array;
}

/** What a random graph keeps of the one it is made from. */
export interface NullGraphsOptions {
  /**
   * Whether every node keeps the numbers of its incoming and outgoing edges.
   * @default true
   */
  degrees?: boolean;
  /**
   * A code for each node. The numbers of edges between types stay, and with `degrees` those of every node to and from each type.
   * @default no types
   */
  types?: ArrayLike<number>;
  /**
   * A rank for each node. Edges that lead to a higher rank go on to do so; those that do not stay as they are.
   * @default no order
   */
  order?: ArrayLike<number>;
  /** Seed of the random graphs. @default 1 */
  seed?: number;
}

/**
 * Random graphs that keep something of a given one, every such graph with the same probability in the limit; none has repeated edges
 * or self-loops.
 *
 * With `degrees`, a Markov chain of double edge swaps: a -> b and c -> d become a -> d and c -> b (Maslov and Sneppen 2002; Milo and
 * others 2003). A swap that is not allowed counts as a step that changes nothing, without which the chain would not be uniform (Fosdick
 * and others 2018). Where swaps alone do not reach every graph, a ring of three edges may also turn round (Berger and
 * Müller-Hannemann 2010). Without `degrees` edges are drawn anew.
 *
 * @example
 * ```ts
 * import { NullGraphs } from "kindred";
 * // 0 -> 2 and 1 -> 3
 * const graphs = new NullGraphs(4, { from: Uint32Array.of(0, 1), to: Uint32Array.of(2, 3) });
 * graphs.next(100);
 * graphs.from; // Uint32Array [0, 1]
 * ```
 */
export class NullGraphs implements EdgeList {
  /** Node that each edge comes from; changes with {@link next}. */
  readonly from: Uint32Array;
  /** Node that each edge leads to; changes with {@link next}. */
  readonly to: Uint32Array;
  #index: EdgeIndex;
  #random: Random;
  #degrees: boolean;
  #order: ArrayLike<number> | null;
  /** Edges that may change, by class: those that may be swapped with each other. */
  #free: Uint32Array;
  /** First of the class of each free edge in `#free`, and how many there are. */
  #begin: Uint32Array;
  #size: Uint32Array;
  /** Nodes that edges of each free edge's class may come from and lead to. */
  #ends: { from: Uint32Array; to: Uint32Array }[];
  #steps = 0;
  #changed = 0;

  /**
   * Begins at the graph itself.
   *
   * @throws {RangeError} when an edge is given twice, is a self-loop or leaves 0..nodes-1, or there is not one type or rank for each node
   */
  constructor(
    nodes: number,
    { from, to, degrees = true, types, order, seed }: EdgeList & NullGraphsOptions,
  ) {
    for (const [name, column] of [["type", types], ["rank", order]] as const) {
      if (column !== undefined && column.length !== nodes) {
        throw new RangeError(
          `Cannot rewire the graph: found a ${name} for ${column.length} nodes, expected one for each of ${nodes}`,
        );
      }
    }
    this.from = from.slice();
    this.to = to.slice();
    this.#index = new EdgeIndex(this.from, this.to);
    for (let e = 0; e < from.length; e++) {
      if (from[e] === to[e] || from[e] >= nodes || to[e] >= nodes) {
        throw new RangeError(
          `Cannot rewire the graph: edge ${e} is ${from[e]} -> ${
            to[e]
          }, expected two nodes below ${nodes}`,
        );
      }
      if (this.#index.find(from[e], to[e]) >= 0) {
        throw new RangeError(
          `Cannot rewire the graph: the edge ${from[e]} -> ${to[e]} is given twice`,
        );
      }
      this.#index.insert(e);
    }
    this.#random = random({ seed });
    this.#degrees = degrees;
    this.#order = order ?? null;
    const type = (node: number) => types === undefined ? 0 : types[node];
    const free = from.keys().filter((e) => order === undefined || order[from[e]] < order[to[e]]);
    const classes = [...Map.groupBy(free, (e) => `${type(from[e])} ${type(to[e])}`).values()];
    this.#free = Uint32Array.from(classes.flat());
    this.#begin = new Uint32Array(this.#free.length);
    this.#size = new Uint32Array(this.#free.length);
    this.#ends = [];
    let begin = 0;
    for (const { length } of classes) {
      this.#begin.fill(begin, begin, begin + length);
      this.#size.fill(length, begin, begin + length);
      begin += length;
    }
    if (!degrees) {
      const byType = Map.groupBy(Array(nodes).keys(), type);
      this.#ends = classes.flatMap((edges) => {
        const ends = {
          from: Uint32Array.from(byType.get(type(from[edges[0]]))!),
          to: Uint32Array.from(byType.get(type(to[edges[0]]))!),
        };
        return edges.map(() => ends);
      });
    }
  }

  /** Edges that may change. */
  get free(): number {
    return this.#free.length;
  }

  /** Share of the swaps so far that changed the graph, NaN where none was tried. */
  get accepted(): number {
    return this.#changed / this.#steps;
  }

  /**
   * Goes on to another graph, in place.
   *
   * @param steps Swaps that are tried; of no effect without `degrees`, where every edge is drawn anew.
   */
  next(steps: number): void {
    if (this.#degrees) { for (let i = 0; i < steps; i++) this.#swap(); }
    else this.#redraw();
  }

  #swap(): void {
    const { from, to } = this;
    this.#steps++;
    if (this.#free.length === 0) return;
    const i = this.#random.below(this.#free.length);
    const e = this.#free[i];
    const f = this.#free[this.#begin[i] + this.#random.below(this.#size[i])];
    const [a, b, c, d] = [from[e], to[e], from[f], to[f]];
    if (a === c || b === d || a === d) return;
    if (b === c) return this.#turn(e, f);
    const order = this.#order;
    if (order !== null && (order[a] >= order[d] || order[c] >= order[b])) return;
    if (this.#index.find(a, d) >= 0 || this.#index.find(c, b) >= 0) return;
    this.#move([e, f], [a, c], [d, b]);
  }

  /** Turns round the ring a -> b -> d -> a of which e is the first and f the second edge, where it is one. */
  #turn(e: number, f: number): void {
    const [a, b, d] = [this.from[e], this.to[e], this.to[f]];
    const g = this.#index.find(d, a);
    if (g < 0 || this.#order !== null) return;
    const taken = (u: number, v: number) => this.#index.find(u, v) >= 0;
    if (taken(b, a) || taken(d, b) || taken(a, d)) return;
    this.#move([e, f, g], [b, d, a], [a, b, d]);
  }

  #move(edges: readonly number[], from: readonly number[], to: readonly number[]): void {
    for (const edge of edges) this.#index.remove(edge);
    for (let k = 0; k < edges.length; k++) {
      this.from[edges[k]] = from[k];
      this.to[edges[k]] = to[k];
      this.#index.insert(edges[k]);
    }
    this.#changed++;
  }

  /** Draws every free edge anew, evenly among the pairs of nodes of its types in the order that are not joined yet. */
  #redraw(): void {
    const order = this.#order;
    for (const edge of this.#free) this.#index.remove(edge);
    for (let i = 0; i < this.#free.length; i++) {
      const { from, to } = this.#ends[i];
      for (;;) {
        const u = from[this.#random.below(from.length)];
        const v = to[this.#random.below(to.length)];
        if (u === v || (order !== null && order[u] >= order[v])) continue;
        if (this.#index.find(u, v) >= 0) continue;
        this.from[this.#free[i]] = u;
        this.to[this.#free[i]] = v;
        this.#index.insert(this.#free[i]);
        break;
      }
    }
  }
}
