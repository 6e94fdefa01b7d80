import type { Random } from "../../core/random.ts";
import { Governor } from "./governor.ts";
import { relation } from "./tree.ts";
import { bothReport, relationEdges } from "./published.ts";
import type { Share } from "./published_traits.ts";
import { Quota } from "./quota.ts";

/** Names of the relations by code. */
const relationNames = ["untyped", "finetune", "quantized", "adapter", "merge"] as const;

/** How a trait with one value is passed on. */
export interface ValueTraitOptions {
  /** Mutation rate by relation code. */
  mutation: readonly number[];
  /** Values from where traffic starts to where it ends. */
  order: readonly string[];
  /** Share of the mutations within `order` that go forward. */
  forward: number;
  /** Share of the mutations that leave `order`. */
  leaving: number;
  /** How often a value mutates, relative to others; absent values 1. */
  restless?: Readonly<Record<string, number>>;
  /** How often a value is mutated to; absent: by its share of the models. */
  attraction?: Readonly<Record<string, number>>;
  /** First moment of a day. */
  seconds: (day: string) => number;
  /** Models over which a deficit is made good. */
  horizon: number;
}

/** A child as a trait sees it. */
export interface Birth {
  /** Code of its relation. */
  relation: number;
  /** Seconds since the placeholder moment. */
  time: number;
  /** How likely the child is to report the trait, relative to others; 0: never. */
  weight: number;
}

/** Rates at which both ends of an edge report a trait, by relation code. */
export function bothRates(trait: keyof typeof bothReport): number[] {
  return relationNames.map((name) => bothReport[trait][name] / relationEdges[name]);
}

/** Licence, task or library: one value a model (code 0: none), inherited with mutation and direction along edges. */
export class ValueTrait {
  readonly quota: Quota;
  #both: Governor[];
  #mutation: Governor[];
  #forward: Governor;
  #leaving: number;
  /** Position of each code in the order, -1 outside. */
  #position: Int32Array;
  #ordered: number[];
  #restless: Float64Array;
  #attraction: Float64Array;

  /** @param shares Targets over all models; what they leave of 1 reports nothing. */
  constructor(trait: "license" | "task" | "library", shares: Share[], options: ValueTraitOptions) {
    const { mutation, order, forward, leaving, restless = {}, attraction } = options;
    this.quota = new Quota(shares, options);
    this.#both = bothRates(trait).map((rate) => new Governor(rate));
    this.#mutation = mutation.map((rate) => new Governor(rate));
    this.#forward = new Governor(forward);
    this.#leaving = leaving;
    const { values } = this.quota;
    this.#position = Int32Array.from(values, (value) => order.indexOf(value));
    this.#ordered = order.map((value) => this.quota.code(value));
    this.#restless = Float64Array.from(values, (value) => restless[value] ?? 1);
    this.#attraction = Float64Array.from(
      values,
      (value, code) => code === 0 ? 0 : attraction?.[value] ?? this.quota.share(code),
    );
  }

  /** Value of a child whose parent has the value `inherited`; counts are left to the caller. */
  inherit(rng: Random, inherited: number, { relation: kind, time, weight }: Birth): number {
    if (inherited === 0) {
      this.#both[kind].chance(rng, 0);
      return 0;
    }
    // A value that has spread beyond its share is named less often and mutates more often; the rates stay.
    const exceeded = this.quota.exceeded(inherited);
    if (!this.#both[kind].chance(rng, exceeded ? weight / 2 : weight)) return 0;
    const restless = this.#restless[inherited] * (exceeded ? 5 : 1);
    if (!this.#mutation[kind].chance(rng, restless)) return inherited;
    return this.mutate(rng, inherited, { time, counted: kind === relation.finetune });
  }

  /** Another value than `from`, with the published direction; `counted` mutations steer later ones. */
  mutate(rng: Random, from: number, { time, counted }: { time: number; counted: boolean }): number {
    const at = this.#position[from];
    if (at < 0 || rng.chance(this.#leaving)) {
      return this.#pick(rng, {
        time,
        accept: (code) => code !== from && (at < 0 || this.#position[code] < 0),
      }) || from;
    }
    const ahead = this.#weight(at + 1, this.#ordered.length, time);
    const behind = this.#weight(0, at, time);
    let forward = ahead > 0;
    if (ahead > 0 && behind > 0) {
      forward = counted ? this.#forward.chance(rng) : rng.chance(this.#forward.target);
    } else if (counted) this.#forward.forced(forward);
    return this.#pick(rng, {
      time,
      accept: (code) => {
        const position = this.#position[code];
        return forward ? position > at : position >= 0 && position < at;
      },
    }) || from;
  }

  #weight(start: number, end: number, time: number): number {
    let sum = 0;
    for (let i = start; i < end; i++) {
      const code = this.#ordered[i];
      if (this.quota.exists(code, time)) sum += this.#attraction[code];
    }
    return sum;
  }

  /** A code by attraction among those accepted, 0 where there is none. */
  #pick(
    rng: Random,
    { time, accept }: { time: number; accept: (code: number) => boolean },
  ): number {
    let total = 0;
    const weights = this.#attraction;
    for (let code = 1; code < weights.length; code++) {
      if (accept(code) && this.quota.exists(code, time)) total += weights[code];
    }
    let left = rng.uniform() * total;
    let last = 0;
    for (let code = 1; code < weights.length; code++) {
      if (weights[code] === 0 || !accept(code) || !this.quota.exists(code, time)) continue;
      last = code;
      left -= weights[code];
      if (left < 0) break;
    }
    return last;
  }
}
