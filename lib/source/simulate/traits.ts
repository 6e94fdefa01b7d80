import type { Random } from "../../core/random.ts";
import { architectureOf, architectures } from "./architectures.ts";
import { seconds } from "./clock.ts";
import { Drift } from "./drift.ts";
import { hubs } from "./hubs.ts";
import { LanguageTrait } from "./language_trait.ts";
import { cardShares, paperCategories, publishedModels } from "./published.ts";
import { forwardShares, libraries, libraryReporting, licenses } from "./published_traits.ts";
import { orders, taskReporting, tasks } from "./published_traits.ts";
import { Quota } from "./quota.ts";
import { encoderTasks, generatorTasks, taskLibraries } from "./task_tables.ts";
import { taskAttraction, taskRestlessness } from "./task_tables.ts";
import { flag, relation, type Tree } from "./tree.ts";
import { type Birth, ValueTrait } from "./value_trait.ts";

/** Mutation rates on finetune edges. */
export interface MutationRates {
  /** Mean Jaccard distance of language lists. */
  language: number;
  /** Share of the edges on which the licence changes. */
  license: number;
  /** Share of the edges on which the task changes. */
  task: number;
  /** Share of the edges on which the library changes. */
  library: number;
}

/** Kinds of cards: none, written, and the two kinds that programs write. */
export const card = { none: 0, written: 1, template: 2, trainer: 3 } as const;

/** Traits of all models by row, assigned in the order of birth; codes are those of the traits' tables, 0 none. */
export class Traits {
  readonly license: ValueTrait;
  readonly task: ValueTrait;
  readonly library: ValueTrait;
  readonly language: LanguageTrait;
  readonly licenses: Uint8Array;
  readonly tasks: Uint8Array;
  readonly libraries: Uint8Array;
  readonly languages: Uint32Array;
  /** Index into `architectures`. */
  readonly architectures: Uint8Array;
  /** One of {@link card}. */
  readonly cards: Uint8Array;
  #rng: Random;
  #tree: Tree;
  #hubOf: Map<number, number>;
  #carded: Quota;
  #template: Quota;
  #cardRise = new Drift(cardShares.rise);
  #automaticRise = new Drift(cardShares.automaticRise);
  #libraryPriors: Float64Array[];
  #founderLicenses: Float64Array;
  #peft: number;
  #diffusers: number;
  #textToImage: number;

  constructor(rng: Random, tree: Tree, mutation: MutationRates) {
    const { models } = tree;
    this.#rng = rng;
    this.#tree = tree;
    this.#hubOf = new Map([...tree.hubRows].map((row, hub) => [row, hub]));
    const horizon = 20 + models / 200;
    const common = { seconds, horizon };
    this.license = new ValueTrait("license", licenses, {
      mutation: [0.2, mutation.license, 0.03, 0.12, 0.25],
      order: orders.license,
      forward: forwardShares.license,
      leaving: 0.12,
      // Much of what is made from Llama 3 says another licence.
      restless: { "llama3": 4, "llama3.1": 4 },
      ...common,
    });
    this.task = new ValueTrait("task", scaledBy(tasks, taskReporting), {
      mutation: [0.2, mutation.task, 0.02, 0.03, 0.02],
      order: orders.task,
      forward: forwardShares.task,
      leaving: 0.27,
      restless: taskRestlessness,
      attraction: taskAttraction,
      ...common,
    });
    this.library = new ValueTrait("library", scaledBy(libraries, libraryReporting), {
      mutation: [0.1, mutation.library, 0.03, 0, 0.02],
      order: orders.library,
      forward: forwardShares.library,
      leaving: 0.2,
      ...common,
    });
    this.language = new LanguageTrait([0.2, mutation.language, 0.06, 0.2, 0.3], common);
    this.licenses = new Uint8Array(models);
    this.tasks = new Uint8Array(models);
    this.libraries = new Uint8Array(models);
    this.languages = new Uint32Array(models);
    this.architectures = new Uint8Array(models);
    this.cards = new Uint8Array(models);
    this.#carded = new Quota([{ value: "yes", share: cardShares.models }], common);
    const template = paperCategories["cs.CY"] / publishedModels;
    this.#template = new Quota([{ value: "yes", share: template }], common);
    this.#libraryPriors = this.task.quota.values.map((task) => this.#libraryPrior(task));
    // One large family would be most of what is seen of a rare licence: founders have the common ones.
    this.#founderLicenses = Float64Array.from(
      this.license.quota.values,
      (_, code) => Math.min(1, this.license.quota.share(code) / 0.02),
    );
    this.#peft = this.library.quota.code("peft");
    this.#diffusers = this.library.quota.code("diffusers");
    this.#textToImage = this.task.quota.code("text-to-image");
  }

  /** Assigns the traits of the next row; rows come in order. */
  assign(row: number): void {
    const parent = this.#tree.parent[row];
    const hub = this.#hubOf.get(row);
    if (hub !== undefined) this.#copyHub(row, hub);
    else if (parent >= 0) this.#inherit(row, parent);
    else this.#found(row);
    this.license.quota.add(this.licenses[row]);
    this.task.quota.add(this.tasks[row]);
    this.library.quota.add(this.libraries[row]);
    this.language.add(this.languages[row]);
    this.#carded.add(this.cards[row] === card.none ? 0 : 1);
    this.#template.add(this.cards[row] === card.template ? 1 : 0);
  }

  #copyHub(row: number, index: number): void {
    const hub = hubs[index];
    this.licenses[row] = hub.license === "" ? 0 : this.license.quota.code(hub.license);
    this.tasks[row] = this.task.quota.code(hub.task);
    this.libraries[row] = this.library.quota.code(hub.library);
    this.languages[row] = this.language.list(hub.languages);
    this.architectures[row] = architectures.indexOf(hub.architecture);
    this.cards[row] = card.written;
  }

  /** Traits of a model without a parent in the snapshot. */
  #found(row: number): void {
    const rng = this.#rng;
    const { time: times, flags, parent } = this.#tree;
    const time = times[row];
    const known = (flags[row] & flag.fertile) !== 0;
    if (known) {
      const weights = flags[row] & flag.encoder ? encoderTasks : generatorTasks;
      this.tasks[row] = rng.chance(0.94) ? this.task.quota.code(pick(rng, weights)) : 0;
    } else this.tasks[row] = this.task.quota.draw(rng, { time });
    const task = this.task.quota.values[this.tasks[row]];
    // A large family in a rare library would be all that is seen of it: most founders are of the common ones.
    this.libraries[row] = known && rng.chance(0.95)
      ? this.library.quota.code(task === "text-to-image" ? "diffusers" : "transformers")
      : this.library.quota.draw(rng, { time, prior: this.#libraryPriors[this.tasks[row]] });
    this.architectures[row] = architectureOf(task, rng.uniform());
    const child = parent[row] !== -1;
    const carded = known || child ? rng.chance(0.93) : this.#carded.draw(rng, { time }) === 1;
    if (!carded) return;
    if (!known || rng.chance(0.92)) {
      const prior = known ? this.#founderLicenses : undefined;
      this.licenses[row] = this.license.quota.draw(rng, { time, reported: known, prior });
    }
    const speaks = known ? rng.chance(0.5) : this.language.reporting.draw(rng, { time }) === 1;
    if (speaks) {
      this.languages[row] = known && rng.chance(0.85)
        ? this.language.list(["en"])
        : this.language.draw(rng);
    }
    if (known) this.cards[row] = rng.chance(0.04) ? card.template : card.written;
    else if (this.#template.draw(rng, { time }) === 1) this.cards[row] = card.template;
    else this.cards[row] = rng.chance(0.15) ? card.trainer : card.written;
  }

  #inherit(row: number, parent: number): void {
    const rng = this.#rng;
    const { time, flags, relation: relations } = this.#tree;
    const kind = relations[row];
    const machine = (flags[row] & flag.automatic) !== 0;
    const known = (flags[row] & flag.fertile) !== 0;
    const birth: Birth = { relation: kind, time: time[row], weight: machine ? 0 : known ? 1.3 : 1 };
    this.architectures[row] = this.architectures[parent];
    this.licenses[row] = this.license.inherit(rng, this.licenses[parent], birth);
    this.tasks[row] = this.task.inherit(rng, this.tasks[parent], birth);
    this.languages[row] = this.language.inherit(rng, this.languages[parent], birth);
    if (kind === relation.adapter) this.#adapt(row, parent, machine);
    else this.libraries[row] = this.library.inherit(rng, this.libraries[parent], birth);
    if (!machine) this.#add(row, parent, birth);
    this.#writeCard(row, parent, machine);
  }

  /** Traits that the parent does not report but the child does. */
  #add(row: number, parent: number, { time }: Birth): void {
    const rng = this.#rng;
    if (this.licenses[parent] === 0 && rng.chance(0.15)) {
      this.licenses[row] = this.license.quota.draw(rng, { time, reported: true });
    }
    if (this.languages[parent] === 0 && rng.chance(0.04)) {
      this.languages[row] = this.language.draw(rng);
    }
    if (this.tasks[parent] === 0 && rng.chance(0.3)) {
      this.tasks[row] = this.task.quota.draw(rng, { time, reported: true });
    }
  }

  /** Adapters are of the library that made them, not of their parent's. */
  #adapt(row: number, parent: number, machine: boolean): void {
    const rng = this.#rng;
    const image = this.tasks[parent] === this.#textToImage;
    const inherited = this.libraries[parent];
    let library = 0;
    if (machine || rng.chance(0.83)) {
      library = image ? this.#diffusers : machine || rng.chance(0.95) ? this.#peft : inherited;
    }
    this.libraries[row] = library;
  }

  #writeCard(row: number, parent: number, machine: boolean): void {
    const rng = this.#rng;
    const edges = 1 + (this.#tree.moreParents.get(row)?.length ?? 0);
    const parentHas = this.cards[parent] !== card.none;
    const has = this.#cardRise.chance(rng, {
      parent: parentHas,
      edges,
      weight: machine ? Infinity : 1,
    });
    if (!has) return;
    this.cards[row] = card.written;
    const kind = this.#tree.relation[row];
    let weight = [1, 1.5, 0.4, 1, 0.1][kind];
    if (this.#tree.flags[row] & flag.fertile) weight *= 0.3;
    if (machine) weight = Infinity;
    const parentAutomatic = this.cards[parent] >= card.template;
    const automatic = parentHas
      ? this.#automaticRise.chance(rng, { parent: parentAutomatic, edges, weight })
      : rng.chance(0.3);
    if (!automatic) return;
    const trainer = kind === relation.finetune && rng.chance(0.75);
    this.cards[row] = trainer ? card.trainer : card.template;
  }

  #libraryPrior(task: string): Float64Array {
    const { values } = this.library.quota;
    const special = new Set(Object.values(taskLibraries).flat());
    special.delete("transformers");
    const own = taskLibraries[task];
    return Float64Array.from(values, (library) => {
      if (own !== undefined) return own.includes(library) ? 1 : library === "" ? 0.1 : 0;
      if (task === "") return 1;
      return special.has(library) ? 0 : 1;
    });
  }
}

function scaledBy<T extends { share: number }>(shares: readonly T[], factor: number): T[] {
  return shares.map((row) => ({ ...row, share: row.share * factor }));
}

function pick(rng: Random, weights: Readonly<Record<string, number>>): string {
  let u = rng.uniform();
  let last = "";
  for (const [value, weight] of Object.entries(weights)) {
    last = value;
    if ((u -= weight) < 0) break;
  }
  return last;
}
