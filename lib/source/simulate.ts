import { random } from "../core/random.ts";
import { Cards } from "./simulate/cards.ts";
import { plantFaults, type SimulatedCounts } from "./simulate/faults.ts";
import { grow } from "./simulate/growth.ts";
import { Names } from "./simulate/names.ts";
import { mutationRates } from "./simulate/published.ts";
import { Rows } from "./simulate/rows.ts";
import { Tags } from "./simulate/tags.ts";
import { type MutationRates, Traits } from "./simulate/traits.ts";

/** What {@link simulateHub} simulates. */
export interface SimulateOptions {
  /**
   * Number of models, from 100 to 16,000,000.
   * @default 20_000
   */
  models?: number;
  /**
   * Whole number; the same seed gives the same bytes on every machine.
   * @default 1
   */
  seed?: number;
  /**
   * Whether rows end with `modelCard`; all else stays the same.
   * @default false
   */
  cards?: boolean;
  /**
   * Mutation rates on finetune edges (Definition 7.1), each from 0 to 1.
   * @default {language: 0.2419, license: 0.1976, task: 0.4106, library: 0.021}
   */
  mutation?: Partial<MutationRates>;
  /**
   * Share of children that take the incidental tags that a parent's children by one relation share, which makes siblings
   * more alike than parent and child; from 0 to 1.
   * @default 0.85
   */
  siblings?: number;
  /**
   * Factor on the published rates of cycles, self-loops, parents in the wrong case and children older than their parents;
   * 0 leaves them out. The placeholder date and parents outside the snapshot stay.
   * @default 1
   */
  faults?: number;
  /**
   * Called after each block with the number of models so far.
   * @default nothing
   */
  onProgress?: (models: number) => void;
}

/** Blocks of JSON Lines, and when they have all been read what they came to. */
export type SimulatedHub = Generator<Uint8Array<ArrayBuffer>, SimulatedCounts, void>;

/** UTF-16 units gathered before a block is encoded. */
const blockLength = 1 << 21;
const fewest = 100;
const most = 16_000_000;

/**
 * Rows of an evolving Hub as JSON Lines: family trees grown by preferential attachment within relation, traits inherited with
 * mutation and direction, automatic uploads, and the faults of real data, calibrated to the marginals of Laufer, Oderinwale
 * and Kleinberg (2025). Only the ten parents with most children and the roots of the ten largest families have real names.
 * Every row has the tag `region:simulated` where the Hub says `region:us`.
 *
 * Time goes forward from row to row: 1,860,411 models take some 250 MB beside the blocks.
 *
 * @returns blocks of complete lines, UTF-8, about two megabytes each; then the counts
 * @throws {RangeError} when an option is outside its range
 *
 * @example
 * ```ts
 * import { simulateHub } from "kindred";
 * let bytes = 0;
 * for (const block of simulateHub({ models: 1000, seed: 7 })) bytes += block.length;
 * bytes > 100_000; // true
 * ```
 */
export function simulateHub(options: SimulateOptions = {}): SimulatedHub {
  const { models = 20_000, seed = 1, cards = false, siblings = 0.85, faults = 1 } = options;
  const { onProgress = () => {} } = options;
  const mutation = { ...mutationRates, ...options.mutation };
  inRange(models, { name: "models", from: fewest, to: most, whole: true });
  inRange(seed, { name: "seed", from: -(2 ** 48), to: 2 ** 48, whole: true });
  inRange(siblings, { name: "siblings", from: 0, to: 1 });
  inRange(faults, { name: "faults", from: 0, to: 100 });
  for (const [name, rate] of Object.entries(mutation)) {
    inRange(rate, { name: `mutation.${name}`, from: 0, to: 1 });
  }
  return blocks({ models, seed, cards, siblings, faults, mutation, onProgress });
}

function* blocks(
  { models, seed, cards, siblings, faults, mutation, onProgress }: Required<SimulateOptions> & {
    mutation: MutationRates;
  },
): SimulatedHub {
  // A stream for each stage: whether cards are written changes nothing else.
  const stream = (stage: number) => random({ seed: seed * 8 + stage });
  const tree = grow(stream(0), models);
  const counts = plantFaults(stream(1), tree, { scale: faults });
  const traits = new Traits(stream(2), tree, mutation);
  const names = new Names(stream(3), tree, traits);
  const tags = new Tags(stream(4), { tree, traits, names, siblings });
  const texts = cards ? new Cards(stream(5), { tree, traits, names }) : null;
  const rows = new Rows(stream(6), { tree, traits, names, tags, cards: texts });
  const encoder = new TextEncoder();
  let text = "";
  for (let row = 0; row < models; row++) {
    traits.assign(row);
    text += rows.of(row);
    if (text.length >= blockLength) {
      yield encoder.encode(text);
      text = "";
      onProgress(row + 1);
    }
  }
  if (text !== "") yield encoder.encode(text);
  return counts;
}

function inRange(
  value: number,
  { name, from, to, whole = false }: { name: string; from: number; to: number; whole?: boolean },
): void {
  if (value >= from && value <= to && (!whole || Number.isInteger(value))) return;
  throw new RangeError(
    `Cannot simulate the Hub: ${name} is ${value}, expected ${
      whole ? "a whole number" : "a number"
    } from ${from} to ${to}`,
  );
}
