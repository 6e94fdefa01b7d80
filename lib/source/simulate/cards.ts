import type { Random } from "../../core/random.ts";
import { flag, relation, type Tree } from "./tree.ts";
import type { Names } from "./names.ts";
import { cardShares } from "./published.ts";
import { card, type Traits } from "./traits.ts";

/** Spread of the logarithm of card lengths: of models with children, and of all others. */
const knownSpread = 0.35;
const spread = 0.8;
/** Mean code points of the cards of models without a parent or a child: assumed. */
const rootCharacters = 1_700;
/** Mean of models with children that are no hubs: more than the published mean, since merges are also made from models without. */
const knownCharacters = 10_500;
/** Share of the children with a card that have children: they have a parent's card. */
const knownChildren = 0.035;
const shortest = 80;
const longest = 200_000;

const automaticTemplate =
  "This is the card of a model that was pushed to the Hub. It has been automatically generated and nobody has filled it in yet.";
const automaticTrainer =
  "This card has been generated automatically from what the trainer knew; please read and complete it.";

const paragraphs = [
  "The weights were trained for {n} epochs on a single machine and evaluated on a held-out split; the loss fell from 2.{n} to 1.{n}.",
  "Use it like any other model of the `{library}` family: load the tokenizer, load the weights, pass a batch and decode the output.",
  "Limitations: the model repeats the biases of its training text, makes up facts, and should not decide anything about people.",
  "| metric | value |\n|---|---|\n| loss | 0.{n} |\n| accuracy | 0.8{n} |\n| f1 | 0.7{n} |",
  "Hyperparameters: learning rate {n}e-05, batch size 16, warm-up steps {n}00, linear schedule, seed 42, mixed precision.",
  'Questions about "{name}" and reports of faults are welcome in the community tab; a reply may take a week or two.',
  "The training data was collected from public sources, deduplicated, and filtered for length and language before use.",
  "Versions: this is revision {n}; older revisions stay in the history of the repository and are no longer maintained.",
  "Intended use: research on {task} and quick experiments. Anything beyond that needs its own evaluation first.",
  "Thanks to everybody who shared hardware, data and patience while this was made \u{1F917} and to the authors of the base.",
  '```python\nfrom {library} import load\n\nmodel = load("{name}")\nprint(model("Hello"))\n```',
  "Quantization keeps the size small enough for a laptop; expect answers that are a little worse than the original's.",
];

/** Writes README texts; their lengths fall along edges as published. */
export class Cards {
  #rng: Random;
  #tree: Tree;
  #traits: Traits;
  #names: Names;

  constructor(
    rng: Random,
    { tree, traits, names }: { tree: Tree; traits: Traits; names: Names },
  ) {
    this.#rng = rng;
    this.#tree = tree;
    this.#traits = traits;
    this.#names = names;
  }

  /** The card of a row, cut to a whole number of code points; undefined where it has none. */
  of(row: number, id: string): string | undefined {
    const kind = this.#traits.cards[row];
    if (kind === card.none) return undefined;
    const wanted = this.#characters(row);
    let text = this.#head(row, id);
    if (kind === card.template) text += `${automaticTemplate}\n`;
    if (kind === card.trainer) text += `${automaticTrainer}\n`;
    const points = [...text].length;
    return points >= wanted
      ? [...text].slice(0, wanted).join("")
      : text + this.#body(row, id, wanted - points);
  }

  /** Code points of the card. */
  #characters(row: number): number {
    const { parent, flags } = this.#tree;
    const { parentCharacters, childCharacters } = cardShares;
    // A hub's card has exactly the mean: a few hubs have half of all children.
    if (this.#tree.hubRows.includes(row)) return parentCharacters;
    const known = (flags[row] & flag.fertile) !== 0;
    const ordinary = (childCharacters - knownChildren * knownCharacters) / (1 - knownChildren);
    const mean = known ? knownCharacters : parent[row] >= 0 ? ordinary : rootCharacters;
    const sigma = known ? knownSpread : spread;
    const length = mean * Math.exp(sigma * this.#rng.normal() - (sigma * sigma) / 2);
    return Math.min(longest, Math.max(shortest, Math.round(length)));
  }

  /** Front matter as the Hub's tags are read from, a title and a first sentence. */
  #head(row: number, id: string): string {
    const { licenses, license, tasks, task } = this.#traits;
    const { parent, relation: relations } = this.#tree;
    let head = "---\n";
    if (licenses[row] > 0) head += `license: ${license.quota.values[licenses[row]]}\n`;
    if (tasks[row] > 0) head += `pipeline_tag: ${task.quota.values[tasks[row]]}\n`;
    if (parent[row] !== -1) head += `base_model: ${this.#names.of(parent[row])}\n`;
    head += `tags:\n- simulated\n---\n\n# ${id.slice(id.indexOf("/") + 1)}\n\n`;
    if (parent[row] !== -1 && relations[row] !== relation.merge) {
      head += `Made from ${this.#names.of(parent[row])}.\n\n`;
    }
    return head;
  }

  /** Paragraphs up to a length; siblings begin with the same ones. */
  #body(row: number, id: string, length: number): string {
    const { parent } = this.#tree;
    const library = this.#traits.library.quota.values[this.#traits.libraries[row]] ||
      "transformers";
    const task = this.#traits.task.quota.values[this.#traits.tasks[row]] || "text";
    const start = (parent[row] >= 0 ? parent[row] : row) % paragraphs.length;
    const n = 1 + this.#rng.below(9);
    let cycle = "";
    for (let i = 0; i < paragraphs.length; i++) {
      cycle += `\n${paragraphs[(start + 5 * i) % paragraphs.length]}\n`;
    }
    cycle = cycle.replaceAll("{n}", `${n}`).replaceAll("{library}", library)
      .replaceAll("{task}", task).replaceAll("{name}", id);
    const points = [...cycle];
    const times = Math.floor(length / points.length);
    return cycle.repeat(times) + points.slice(0, length - times * points.length).join("");
  }
}
