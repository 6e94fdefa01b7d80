import type { BothWays } from "../neighbourhood.ts";

/** Names of the readings. */
export const removalReadings = ["all", "any", "kinds"] as const;

/**
 * When a node is lost whose dependencies are. `all`: it needs all of them, so one lost dependency is enough, and everything downstream of
 * a removed node is lost. `any`: any one of them will do, so it is lost when the last is. `kinds`: it needs one of each type that it has,
 * and those of one type stand in for each other, so it is lost when all its dependencies of some type are. A node without
 * dependencies is lost only when it is removed itself.
 */
export type RemovalReading = typeof removalReadings[number];

/** How the dependencies of a graph are read. */
export interface ReadingOptions {
  /**
   * When a node is lost.
   * @default "all"
   */
  reading?: RemovalReading;
  /**
   * Type of each node, small numbers from 0; for the reading `kinds`, which needs them.
   * @default none
   */
  types?: Uint8Array;
}

/**
 * Which nodes of a graph are lost so far. What is lost is the least set that holds the removed nodes and all that the reading says are lost
 * with it: nodes of a cycle that no removed node belongs to keep each other alive under `any`, as they do under `kinds` where they are of
 * one type. An edge from a node to itself is no dependency. Each edge is met once a loss; memory O(nodes), for `kinds`
 * O(nodes x types).
 */
export class RemovalState {
  /** The lost nodes in the order of their loss; `count` of them count. */
  readonly order: Uint32Array;
  /** Whether each node is lost, 0 or 1. */
  readonly lost: Uint8Array;
  #count = 0;
  readonly #offsets: Uint32Array;
  readonly #targets: Uint32Array;
  /** Dependencies that each node still has of each type; null for `all`, under which one loss is enough. */
  readonly #left: Uint32Array | null = null;
  readonly #types: Uint8Array | null = null;
  readonly #kinds: number = 1;

  /**
   * Nothing is lost yet.
   *
   * @throws {RangeError} when there is no such reading, or not one type for each node
   */
  constructor({ children, parents }: BothWays, { reading = "all", types }: ReadingOptions = {}) {
    const nodes = children.offsets.length - 1;
    if (!removalReadings.includes(reading)) {
      throw new RangeError(
        `Cannot remove nodes under the reading "${reading}": expected one of ${
          removalReadings.map((r) => `"${r}"`).join(", ")
        }`,
      );
    }
    this.order = new Uint32Array(nodes);
    this.lost = new Uint8Array(nodes);
    this.#offsets = children.offsets;
    this.#targets = children.targets;
    if (reading === "all") return;
    if (reading === "kinds") {
      if (types?.length !== nodes) {
        throw new RangeError(
          `Cannot remove nodes under the reading "kinds": found ${
            types?.length ?? 0
          } types, expected one for each of ${nodes} nodes`,
        );
      }
      this.#types = types;
      this.#kinds = types.reduce((a, b) => Math.max(a, b), 0) + 1;
    }
    this.#left = new Uint32Array(nodes * this.#kinds);
    for (let v = 0; v < nodes; v++) {
      for (let i = parents.offsets[v]; i < parents.offsets[v + 1]; i++) {
        if (parents.targets[i] !== v) this.#left[this.#slot(v, parents.targets[i])]++;
      }
    }
  }

  /** How many nodes are lost. */
  get count(): number {
    return this.#count;
  }

  /** Place where the dependencies of v are counted that are of the type of u. */
  #slot(v: number, u: number): number {
    return this.#types === null ? v : v * this.#kinds + this.#types[u];
  }

  /** Marks a node as removed, without what follows from it. */
  take(node: number): void {
    if (this.lost[node] === 1) return;
    this.lost[node] = 1;
    this.order[this.#count++] = node;
  }

  /** One step: marks what is lost because of `order[from .. to]`, each entry of which must be given once. */
  spread(from: number, to: number): void {
    const { lost, order } = this;
    const left = this.#left;
    for (let i = from; i < to; i++) {
      const u = order[i];
      for (let k = this.#offsets[u]; k < this.#offsets[u + 1]; k++) {
        const v = this.#targets[k];
        if (v === u) continue;
        // Counted down for lost nodes too, so that rollback() can count up again.
        if (left !== null && --left[this.#slot(v, u)] > 0) continue;
        if (lost[v] === 1) continue;
        lost[v] = 1;
        order[this.#count++] = v;
      }
    }
  }

  /** Removes a node with all that follows; returns how many nodes are lost by it, 0 when it was lost before. */
  remove(node: number): number {
    const before = this.#count;
    this.take(node);
    for (let from = before; from < this.#count;) {
      const to = this.#count;
      this.spread(from, to);
      from = to;
    }
    return this.#count - before;
  }

  /** Takes back all losses after the first `count`, which must have been the count when a removal was complete. */
  rollback(count: number): void {
    const left = this.#left;
    for (let i = count; i < this.#count; i++) {
      const u = this.order[i];
      this.lost[u] = 0;
      if (left === null) continue;
      for (let k = this.#offsets[u]; k < this.#offsets[u + 1]; k++) {
        const v = this.#targets[k];
        if (v !== u) left[this.#slot(v, u)]++;
      }
    }
    this.#count = count;
  }
}
