import type { Random } from "../../core/random.ts";

/** Decisions over which a governor makes good what chance or a bound at 0 or 1 withheld. */
const memory = 30;

/**
 * A stream of yes-or-no decisions whose share of yes is held at a target: each decision has a weight, its probability is
 * weight x target / mean weight so far, and the deficit of the past is paid back over the next thirty decisions.
 * Unlike fixed probabilities it meets a published rate whatever mix of parents a seed brings about.
 */
export class Governor {
  readonly target: number;
  #decisions = 0;
  #weights = 0;
  #hits = 0;

  constructor(target: number) {
    this.target = target;
  }

  /** Decides; a weight of 0 is always no. */
  chance(rng: Random, weight = 1): boolean {
    const hit = this.proposes(rng, weight);
    if (hit) this.record(1);
    return hit;
  }

  /** Decides, but leaves it to {@link record} how much of a hit it was: the distance of a mutation is at most 1. */
  proposes(rng: Random, weight = 1): boolean {
    this.#decisions++;
    this.#weights += weight;
    if (weight <= 0) return false;
    const deficit = this.target * this.#decisions - this.#hits;
    const mean = this.#weights / this.#decisions;
    return rng.uniform() < (weight * this.target) / mean + deficit / memory;
  }

  /** Adds what a decision came to. */
  record(amount: number): void {
    this.#hits += amount;
  }

  /** Probability that the next decision should have, where decisions are counted by {@link spent} alone. */
  wanted(): number {
    return this.target + (this.target * this.#decisions - this.#hits) / memory;
  }

  /** Counts a decision made elsewhere and what it came to. */
  spent(amount: number): void {
    this.#decisions++;
    this.#hits += amount;
  }

  /** Counts a decision that was not free. */
  forced(hit: boolean): void {
    this.#decisions++;
    this.#weights++;
    if (hit) this.#hits++;
  }
}
