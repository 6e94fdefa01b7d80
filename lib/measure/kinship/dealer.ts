import { buildCsr, type Csr } from "../../core/csr.ts";
import type { Random } from "../../core/random.ts";
import type { DealPlaces } from "./deal_places.ts";

/** Swaps tried for a place whose child is there twice, or is its own parent. */
const mostTries = 100;

/** Deals the children of each stratum among their places. */
export class Dealer {
  /** Child at each place since the last deal. */
  readonly dealt: Uint32Array;
  readonly #parent: Uint32Array;
  readonly #child: Uint32Array;
  /** Places in the order of their strata, and where in it the stratum of each place starts and ends. */
  readonly #order: Uint32Array;
  readonly #start: Uint32Array;
  readonly #end: Uint32Array;
  /** Which card lies at each place, and where each card lies; card i is the child that the lineage has at place i. */
  readonly #cardAt: Uint32Array;
  readonly #placeOf: Uint32Array;
  /** Cards of each model. */
  readonly #cards: Csr;

  /** Deals among these places. */
  constructor({ nodes, parent, child, stratum }: DealPlaces) {
    const places = parent.length;
    this.dealt = child.slice();
    this.#parent = parent;
    this.#child = child;
    this.#cardAt = Uint32Array.from(child, (_, place) => place);
    this.#placeOf = this.#cardAt.slice();
    this.#cards = buildCsr(nodes, child, parent);
    this.#order = this.#cardAt.slice().sort((a, b) => stratum[a] - stratum[b] || a - b);
    this.#start = new Uint32Array(places);
    this.#end = new Uint32Array(places);
    for (let start = 0, end = 0; start < places; start = end) {
      const first = stratum[this.#order[start]];
      while (end < places && stratum[this.#order[end]] === first) end++;
      for (let i = start; i < end; i++) {
        this.#start[this.#order[i]] = start;
        this.#end[this.#order[i]] = end;
      }
    }
  }

  /** Puts the children of each stratum in random order, whatever the last deal was. */
  deal(rng: Random): void {
    const order = this.#order;
    const cardAt = this.#cardAt;
    const placeOf = this.#placeOf;
    for (let place = 0; place < cardAt.length; place++) cardAt[place] = place;
    for (let i = 0; i < order.length; i++) {
      const start = this.#start[order[i]];
      const j = start + rng.below(i - start + 1);
      const card = cardAt[order[i]];
      cardAt[order[i]] = cardAt[order[j]];
      cardAt[order[j]] = card;
    }
    for (let place = 0; place < cardAt.length; place++) placeOf[cardAt[place]] = place;
    for (let place = 0; place < cardAt.length; place++) {
      if (this.#clashes(cardAt[place])) this.#mend(place, rng);
    }
    for (let place = 0; place < cardAt.length; place++) {
      this.dealt[place] = this.#child[cardAt[place]];
    }
  }

  #mend(place: number, rng: Random): void {
    const start = this.#start[place];
    const size = this.#end[place] - start;
    for (let tries = 0; tries < mostTries; tries++) {
      const other = this.#order[start + rng.below(size)];
      this.#swap(place, other);
      if (!this.#clashes(this.#cardAt[place]) && !this.#clashes(this.#cardAt[other])) return;
      this.#swap(place, other);
    }
  }

  #swap(a: number, b: number): void {
    const card = this.#cardAt[a];
    this.#cardAt[a] = this.#cardAt[b];
    this.#cardAt[b] = card;
    this.#placeOf[this.#cardAt[a]] = a;
    this.#placeOf[this.#cardAt[b]] = b;
  }

  /** Whether a card makes a model its own parent, or lies below the same parent as another card of its model. */
  #clashes(card: number): boolean {
    const model = this.#child[card];
    const parent = this.#parent[this.#placeOf[card]];
    if (model === parent) return true;
    const { offsets, edges } = this.#cards;
    for (let i = offsets[model]; i < offsets[model + 1]; i++) {
      if (edges[i] !== card && this.#parent[this.#placeOf[edges[i]]] === parent) return true;
    }
    return false;
  }
}
