/**
 * What is planted in the simulated ecosystems: how large families are, what kinds of them there are, and how each trait passes
 * from parent to child in a family of each kind. Everything that follows from it can be computed exactly; see truth.ts.
 *
 * @module
 */

/** Families differ in kind, so that edges of one family are alike: what makes intervals per edge too narrow. */
export interface Kind {
  /** Chance that a model reports a trait, the same for each of them and independent of all else. */
  report: number;
  /** Share of this kind among families of m edges, up to a constant. */
  weight: (m: number) => number;
}

/** Careful, usual and busy families; a family is the busier the larger it is. */
export const kinds: readonly Kind[] = [
  { report: 0.9, weight: () => 1 },
  { report: 0.75, weight: () => 1.2 },
  { report: 0.6, weight: (m) => 2 * m / (m + 10) },
];

/** Fewest edges of a family. */
export const fewestEdges = 1;
/** Most edges of a family. */
export const mostEdges = 400;

/**
 * Chance of a family of m edges, up to a constant: a power law with a cut-off. Most families have fewer than ten edges, while the largest
 * of 600 has about one edge in 25 and one pair of siblings in nine.
 */
export function sizeWeight(m: number): number {
  return (m + 2) ** -1.5 * Math.exp(-m / 150);
}

/** Chance that a model's parent is the root of its family; else it is any earlier model of the family, the root too. */
export const hubShare = 0.4;

/** Chance that an edge is a finetune edge; else it is an adapter. Adapters inherit as all others do. */
export const finetuneShare = 0.8;

/** A trait that passes from parent to child as a Markov chain over a few states. */
export interface Chain<State> {
  /** What a model with the state reports. */
  states: readonly State[];
  /** Chance of each state at a root. */
  root: readonly number[];
  /** Chance of each state at the child, by kind of family and state of the parent. */
  step: readonly (readonly (readonly number[])[])[];
}

/** Stays with 1 - rate; else goes to the states of the row `to`, in those proportions. */
function moves(rates: readonly number[], to: readonly (readonly number[])[]): Chain<never>["step"] {
  return rates.map((rate) =>
    to.map((row, s) => {
      const sum = row.reduce((a, b, t) => a + (t === s ? 0 : b), 0);
      return row.map((weight, t) => t === s ? 1 - rate : rate * weight / sum);
    })
  );
}

/** Planted mutation rates by kind; language changes lose or gain part of a set only. */
const rates = {
  license: [0.05, 0.2, 0.45],
  task: [0.1, 0.4, 0.7],
  library: [0.01, 0.02, 0.08],
  language: [0.1, 0.3, 0.6],
  card: [0.3, 0.6, 0.9],
};

/** License values in the order in which they are planted to drift. */
export const licenseOrder = ["llama3", "openrail", "cc-by-nc-4.0", "mit", "apache-2.0"] as const;

/** By kind: how much likelier a license drifts forward in the order than back. */
const forward = [6, 3, 1.5];

const license: Chain<readonly string[]> = {
  states: licenseOrder.map((value) => [value]),
  root: [0.3, 0.25, 0.2, 0.15, 0.1],
  step: forward.map((odds, kind) =>
    moves(
      [rates.license[kind]],
      licenseOrder.map((_, s) => licenseOrder.map((_, t) => t > s ? odds : 1)),
    )[0]
  ),
};

const task: Chain<readonly string[]> = {
  states: [["text-generation"], ["text-classification"], ["fill-mask"]],
  root: [0.5, 0.2, 0.3],
  step: moves(rates.task, [[0, 1, 1], [1, 0, 1], [2, 1, 0]]),
};

const library: Chain<readonly string[]> = {
  states: [["transformers"], ["peft"]],
  root: [0.9, 0.1],
  step: moves(rates.library, [[0, 1], [1, 0]]),
};

const language: Chain<readonly string[]> = {
  states: [["en"], ["en", "fr"], ["en", "de"], ["de"], ["en", "fr", "de", "es", "it", "zh"]],
  root: [0.2, 0.1, 0.1, 0.1, 0.5],
  step: moves(rates.language, [
    [0, 2, 2, 1, 1],
    [4, 0, 1, 0, 1],
    [4, 1, 0, 2, 1],
    [1, 0, 3, 0, 1],
    [5, 1, 1, 1, 0],
  ]),
};

/** A card: its length in characters, and whether it says that it was generated automatically. */
export interface Card {
  /** Code points, the sentence included. */
  characters: number;
  /** Whether it says so. */
  automatic: boolean;
}

const card: Chain<Card> = {
  states: [
    { characters: 900, automatic: false },
    { characters: 300, automatic: false },
    { characters: 180, automatic: true },
    { characters: 60, automatic: false },
  ],
  root: [0.6, 0.3, 0.05, 0.05],
  step: moves(rates.card, [[0, 3, 3, 1], [1, 0, 2, 1], [1, 1, 0, 1], [1, 1, 2, 0]]),
};

/** The planted traits. */
export const chains = { license, task, library, language, card } as const;

/** How the tokens of a text pass from parent to child. */
export interface KinPlan {
  /** Chance that a slot is filled from the house style of the parent, which all its children share and it does not show itself. */
  house: number;
  /** Chance that any other slot is copied from the parent; else its token is drawn anew. */
  copy: number;
}

/** How texts come about in an ecosystem. */
export interface KinScenario {
  /** By kind of family. */
  plans: readonly KinPlan[];
  /** Chance that a slot drawn anew follows the fashion of its month: a text that all models created in that month share. */
  fashion: number;
}

/** The planted likeness of kin by kind of family: siblings are more alike than parent and child in each, most so in busy families. */
export const kinPlans: readonly KinPlan[] = [
  { house: 0.5, copy: 0.5 },
  { house: 0.6, copy: 0.6 },
  { house: 0.75, copy: 0.3 },
];

/**
 * `planted` is what intervals are measured on. In `none` it does not matter whose child a model is; siblings are still more alike than parent
 * and child, since they were created in the same month. In `weak` a tenth of a text comes from the house style on top of that.
 */
export const kinScenarios = {
  planted: { plans: kinPlans, fashion: 0 },
  weak: { plans: kinds.map(() => ({ house: 0.1, copy: 0 })), fashion: 0.3 },
  none: { plans: kinds.map(() => ({ house: 0, copy: 0 })), fashion: 0.3 },
} as const satisfies Record<string, KinScenario>;

/** Tokens of a text. */
export const slots = 12;
/** How many tokens there are for each slot. */
export const choices = 32;
