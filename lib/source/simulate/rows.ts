import type { Random } from "../../core/random.ts";
import type { Cards } from "./cards.ts";
import { timestamp } from "./clock.ts";
import { flag, type Tree } from "./tree.ts";
import type { Names } from "./names.ts";
import type { Tags } from "./tags.ts";
import type { Traits } from "./traits.ts";

/** Share of models that nobody likes, and of those in fashion. */
const unliked = 0.82;
const trending = 0.01;

/** Writes rows as the Hub's API does: the same keys in the same order, absent ones left out. */
export class Rows {
  #rng: Random;
  #tree: Tree;
  #names: Names;
  #tags: Tags;
  #cards: Cards | null;
  #traits: Traits;
  #tasks: string[];
  #libraries: string[];
  #hubs: Set<number>;

  constructor(
    rng: Random,
    { tree, traits, names, tags, cards }: {
      tree: Tree;
      traits: Traits;
      names: Names;
      tags: Tags;
      cards: Cards | null;
    },
  ) {
    this.#rng = rng;
    this.#tree = tree;
    this.#names = names;
    this.#tags = tags;
    this.#cards = cards;
    this.#traits = traits;
    this.#hubs = new Set(tree.hubRows);
    const field = (key: string) => (value: string) => value === "" ? "" : `"${key}":"${value}",`;
    this.#tasks = traits.task.quota.values.map(field("pipeline_tag"));
    this.#libraries = traits.library.quota.values.map(field("library_name"));
  }

  /** One row as `JSON.stringify` writes it, with a newline. */
  of(row: number): string {
    const id = this.#names.of(row);
    const fame = this.#fame(row);
    const likes = fame === 0 ? 0 : Math.floor(this.#heavy(fame));
    const downloads = Math.floor(this.#heavy(12 + 40 * fame));
    const rising = this.#rng.chance(trending) ? 1 + Math.floor(this.#heavy(fame)) : 0;
    const created = timestamp(this.#tree.time[row]);
    let text = `{"id":"${id}","likes":${likes},"trendingScore":${rising},"private":false,` +
      `"downloads":${downloads},"tags":${this.#tags.of(row)},` +
      `${this.#tasks[this.#traits.tasks[row]]}${this.#libraries[this.#traits.libraries[row]]}` +
      `"createdAt":"${created}","modelId":"${id}"`;
    if (this.#cards !== null) {
      const card = this.#cards.of(row, id);
      if (card !== undefined) text += `,"modelCard":${JSON.stringify(card)}`;
    }
    return text + "}\n";
  }

  /** Typical number of likes. */
  #fame(row: number): number {
    if (this.#hubs.has(row)) return 1500;
    if (this.#tree.flags[row] & flag.fertile) return 12;
    return this.#rng.chance(unliked) ? 0 : 1.5;
  }

  /** A log-normal number with that median. */
  #heavy(median: number): number {
    return median * Math.exp(1.1 * this.#rng.normal());
  }
}
