import { grown } from "../../core/grow.ts";
import type { Random } from "../../core/random.ts";

/** Share of choices that copy the parent of an earlier edge of the same relation, so that the rich get richer. */
const preferential = 0.7;

/** Fertile models that wait for a first child, per model that has one: the first child comes after some weeks. */
export const patience = 0.02;

/** How often a parent that is full is drawn again. */
const tries = 6;

/** A growing list of rows. */
export class RowList {
  rows = new Uint32Array(1024);
  length = 0;

  push(row: number): void {
    if (this.length === this.rows.length) this.rows = grown(this.rows, this.length + 1);
    this.rows[this.length++] = row;
  }

  any(rng: Random): number {
    return this.rows[rng.below(this.length)];
  }

  /** Removes and returns any of them. */
  take(rng: Random): number {
    const i = rng.below(this.length);
    const row = this.rows[i];
    this.rows[i] = this.rows[--this.length];
    return row;
  }
}

/**
 * Preferential attachment within relation (Simon's process): a new edge goes to a fertile model that has no child yet, or to the
 * parent of a random earlier edge of its relation, or to any parent. Encoders have only finetuned children.
 */
export class Attachment {
  /** Fertile models without a child, generators and encoders. */
  #waiting = [new RowList(), new RowList()];
  #parents = [new RowList(), new RowList()];
  #reserve = new RowList();
  #edges: RowList[];
  #open: (parent: number) => boolean;

  /**
   * @param relations Number of relations.
   * @param open Whether a model may have one more child.
   */
  constructor(relations: number, open: (parent: number) => boolean) {
    this.#edges = Array.from({ length: relations }, () => new RowList());
    this.#open = open;
  }

  /** Adds a fertile model. */
  enrol(row: number, encoder: boolean): void {
    this.#waiting[encoder ? 1 : 0].push(row);
  }

  /** Adds a generator that becomes fertile only where there is no other parent. */
  offer(row: number): void {
    this.#reserve.push(row);
  }

  /**
   * Chooses the parent of a new edge and remembers the edge.
   *
   * @param options.encoders Whether encoders may be chosen.
   * @returns a row, -1 where there is none yet
   */
  choose(rng: Random, { relation, encoders }: { relation: number; encoders: boolean }): number {
    const edges = this.#edges[relation];
    let parent = this.#first(rng, encoders, patience);
    if (parent < 0) parent = this.#earlier(rng, { edges, encoders });
    if (parent < 0) parent = this.#first(rng, encoders, 0);
    if (parent < 0 && this.#reserve.length > 0) {
      parent = this.#reserve.take(rng);
      this.#parents[0].push(parent);
    }
    if (parent >= 0) edges.push(parent);
    return parent;
  }

  /** A fertile model's first child, where more wait than `patience` allows. */
  #first(rng: Random, encoders: boolean, patience: number): number {
    for (let kind = encoders ? 1 : 0; kind >= 0; kind--) {
      const waiting = this.#waiting[kind];
      const parents = this.#parents[kind];
      if (waiting.length <= patience * parents.length) continue;
      const row = waiting.take(rng);
      parents.push(row);
      return row;
    }
    return -1;
  }

  #earlier(rng: Random, { edges, encoders }: { edges: RowList; encoders: boolean }): number {
    const [generators, encoder] = this.#parents;
    const choices = generators.length + (encoders ? encoder.length : 0);
    for (let i = 0; i < tries && choices > 0; i++) {
      let row: number;
      if (edges.length > 0 && rng.uniform() < preferential) row = edges.any(rng);
      else row = rng.below(choices) < generators.length ? generators.any(rng) : encoder.any(rng);
      if (this.#open(row)) return row;
    }
    return -1;
  }
}
