import type { Random } from "../../core/random.ts";
import { Governor } from "./governor.ts";
import { languageDrift, publishedModels } from "./published.ts";
import { forwardShares, languageModels, languages, orders } from "./published_traits.ts";
import { Quota } from "./quota.ts";
import { type Birth, bothRates } from "./value_trait.ts";
import { relation } from "./tree.ts";

/** Codes beyond the table that models trained on nearly every language list. */
const further =
  ("af am as az ba be bg bo br bs ca cy da el et eu fo gl gu ha he hr ht hu hy is jv ka kk km kn la lb ln lo lt lv mg " +
    "mi mk ml mn mr ms mt my ne nn no oc pa ps sa sd si sk sl sn so sq sr su te tg tk tl tt uk ur uz yi yo")
    .split(" ");

/** How many languages a root lists beside English, with the share of such roots; the last group draws one more at a time. */
const breadths: [extra: number, share: number][] = [[1, 0.7], [2, 0.12], [5, 0.1], [9, 0.08]];
const meanBreadth = breadths.reduce((sum, [extra, share]) => sum + extra * share, 0);

/** Lists of languages, inherited along edges, narrowed rather than widened, and drawn to English. */
export class LanguageTrait {
  /** Whether a model reports a language: code 1. */
  readonly reporting: Quota;
  /** Distinct lists as tags in JSON, each followed by a comma; list 0 is empty. */
  readonly tags: string[] = [""];
  #values: string[];
  #lists: number[][] = [[]];
  #codes = new Map<string, number>([["", 0]]);
  #quota: Quota;
  #english = new Governor(languages[0].share);
  #breadth: Governor;
  #both = bothRates("language").map((rate) => new Governor(rate));
  #mutation: Governor[];
  #position: number[];
  #edges = 0;
  #parentLanguages = 0;
  #forward = 0;
  #transitions = 0;

  /** @param mutation Mutation rate by relation code. */
  constructor(
    mutation: readonly number[],
    options: { seconds: (day: string) => number; horizon: number },
  ) {
    this.#mutation = mutation.map((rate) => new Governor(rate));
    const share = languageModels / publishedModels;
    this.reporting = new Quota([{ value: "yes", share }], options);
    const others = languages.slice(1);
    const total = others.reduce((sum, { share }) => sum + share, 0);
    this.#quota = new Quota(others, options);
    this.#breadth = new Governor(total / meanBreadth);
    this.#values = [...languages.map(({ value }) => value), ...further];
    this.#position = this.#values.map((value) =>
      (orders.language as readonly string[]).indexOf(value)
    );
  }

  /** Code of the list of these languages. */
  list(values: readonly string[] | "massive"): number {
    if (values === "massive") return this.#intern(this.#values.map((_, i) => i));
    return this.#intern(values.map((value) => this.#values.indexOf(value)));
  }

  /** Counts the list of one more model. */
  add(list: number): void {
    this.reporting.add(list === 0 ? 0 : 1);
    if (list === 0) return;
    const languages = this.#lists[list];
    this.#english.spent(languages.includes(0) ? 1 : 0);
    this.#quota.add(0);
    let others = 0;
    for (const language of languages) {
      if (language === 0 || language >= this.#quota.values.length) continue;
      this.#quota.addExtra(language);
      others++;
    }
    this.#breadth.spent(others / meanBreadth);
  }

  /** List of a model that takes it from nobody; not empty. */
  draw(rng: Random): number {
    // A governor that `add` feeds: all models count, only these are free.
    const english = rng.chance(this.#english.wanted());
    const many = rng.chance(this.#breadth.wanted());
    if (!english) return this.#intern(this.#some(rng, rng.chance(0.1) ? 2 : 1));
    if (!many) return this.#intern([0]);
    let u = rng.uniform();
    const [extra] = breadths.find(([, share]) => (u -= share) < 0) ?? breadths[0];
    return this.#intern([0, ...this.#some(rng, extra)]);
  }

  /** List of a child whose parent has the list `inherited`. */
  inherit(rng: Random, inherited: number, { relation: kind, weight }: Birth): number {
    const parent = this.#lists[inherited];
    const reach = this.#reach(parent);
    if (!this.#both[kind].chance(rng, inherited === 0 ? 0 : weight * reach)) return 0;
    this.#edges++;
    this.#parentLanguages += parent.length;
    const governor = this.#mutation[kind];
    if (!governor.proposes(rng, this.#restless(parent, kind))) return inherited;
    const child = this.#mutate(rng, parent);
    const code = this.#intern(child);
    governor.record(distance(parent, this.#lists[code]));
    if (kind === relation.finetune) this.#countTransitions(parent, this.#lists[code]);
    return code;
  }

  /** How much likelier children of models with long lists report one, so that the mean list of a parent comes out. */
  #reach(parent: number[]): number {
    if (parent.length <= 30 || this.#edges === 0) return this.#exceeded(parent) ? 0.5 : 1;
    const lack = languageDrift.parent - this.#parentLanguages / this.#edges;
    return Math.min(3, Math.max(0.3, 1.3 + lack));
  }

  /** Long lists are nearly always narrowed; English alone mutates as often as the share of forward transitions allows. */
  #restless(parent: number[], kind: number): number {
    if (parent.length > 30) return kind === relation.finetune ? 40 : 3;
    if (this.#exceeded(parent)) return 5;
    if (parent.length > 1) return 1.5;
    if (parent[0] !== 0) return 1;
    const forward = this.#transitions === 0 ? 1 : this.#forward / this.#transitions;
    return Math.min(40, Math.max(0.05, 0.5 + 400 * (forward - forwardShares.language)));
  }

  /** Whether a language of a short list has spread beyond its share. */
  #exceeded(parent: number[]): boolean {
    for (const language of parent) {
      if (language === 0 || language >= this.#quota.values.length) continue;
      if (this.#quota.exceeded(language)) return true;
    }
    return false;
  }

  #mutate(rng: Random, parent: number[]): number[] {
    if (parent.length > 1) {
      const english = parent.includes(0);
      if (parent.length < 4 && rng.chance(0.15)) return [...parent, ...this.#some(rng, 1)];
      if (english && rng.chance(parent.length > 30 ? 0.65 : 0.8)) return [0];
      const kept = parent[rng.below(Math.min(parent.length, this.#quota.values.length))];
      return rng.chance(0.2) && english ? [0, kept] : [kept];
    }
    if (parent[0] === 0) {
      if (rng.chance(0.35)) return this.#some(rng, 1);
      const u = rng.uniform();
      return [0, ...this.#some(rng, u < 0.4 ? 1 : u < 0.75 ? 3 : 6)];
    }
    const u = rng.uniform();
    if (u < 0.5) return [0];
    return u < 0.8 ? [0, parent[0]] : this.#some(rng, 1);
  }

  /** Distinct languages other than English, those first that the published shares lack. */
  #some(rng: Random, count: number): number[] {
    const chosen: number[] = [];
    for (let i = 0; i < 3 * count && chosen.length < count; i++) {
      const language = this.#quota.draw(rng, { time: 0, reported: true });
      if (!chosen.includes(language)) chosen.push(language);
    }
    return chosen;
  }

  #countTransitions(parent: number[], child: number[]): void {
    const gained = child.filter((language) => !parent.includes(language));
    const lost = parent.filter((language) => !child.includes(language));
    for (const from of parent) for (const to of gained) this.#count(from, to);
    for (const from of lost) for (const to of child) this.#count(from, to);
  }

  #count(from: number, to: number): void {
    if (this.#position[from] < 0 || this.#position[to] < 0) return;
    this.#transitions++;
    if (this.#position[to] > this.#position[from]) this.#forward++;
  }

  #intern(languages: number[]): number {
    const list = [...new Set(languages)].sort((a, b) => a - b);
    const key = list.join(",");
    let code = this.#codes.get(key);
    if (code === undefined) {
      code = this.#lists.length;
      this.#codes.set(key, code);
      this.#lists.push(list);
      this.tags.push(list.map((language) => `"${this.#values[language]}",`).join(""));
    }
    return code;
  }
}

/** Jaccard distance of two lists without repeats. */
function distance(a: number[], b: number[]): number {
  const shared = a.filter((language) => b.includes(language)).length;
  const union = a.length + b.length - shared;
  return (union - shared) / union;
}
