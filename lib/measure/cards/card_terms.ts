import { byCodeUnits } from "../../core/compare.ts";
import { ownText } from "../../core/own_text.ts";
import type { CardEdges } from "./card_edges.ts";

/** How often a term is in the cards of parents and of children. */
export interface TermChange {
  /** The lemma. */
  term: string;
  /** Standard score: above 0 children use the term more than their parents, below 0 less. */
  z: number;
  /** Log of the ratio of the term's odds, children to parents. */
  logOdds: number;
  /** Share of the parents' cards that have the term, weighted as the measure. */
  parentShare: number;
  /** Share of the children's cards that have the term, weighted as the measure. */
  childShare: number;
  /** Cards that have the term, those of parents and children together. */
  cards: number;
}

/** The terms that children gain and lose. */
export interface TermChanges {
  /** What the weights add up to: parents with a child that counts, or edges. */
  weighed: "parents" | "edges";
  /** Edges whose two cards were compared. */
  edges: number;
  /** Parents of those edges. */
  parents: number;
  /** Children of those edges. */
  children: number;
  /** Distinct terms in at least `least` cards. */
  terms: number;
  /** Most cards by which a count may be too low: above 0 where rare terms had to be forgotten. */
  undercount: number;
  /** Terms with the highest scores, highest first. */
  gained: TermChange[];
  /** Terms with the lowest scores, lowest first. */
  lost: TermChange[];
}

/** Options of {@link CardTerms}. */
export interface CardTermsOptions {
  /**
   * What has one vote: each parent, its children together as much as it; or each edge, so that the card of a parent counts once for each
   * child.
   * @default "parents"
   */
  weigh?: "parents" | "edges";
  /** Terms of each list. @default 30 */
  n?: number;
  /** Fewest cards a listed term is in. @default 5 */
  least?: number;
  /** What the prior is worth, in cards on each side. @default 1 */
  prior?: number;
  /** Most terms remembered; some 150 bytes each. @default 1,000,000 */
  capacity?: number;
}

/** Of one term: weights of parents and children that have it, and number of cards. */
interface Sums {
  parents: number;
  children: number;
  cards: number;
}

/**
 * Which terms children gain and lose against their parents, over finetune edges whose ends both have a card: the weighted
 * log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn, "Fightin' Words", Political Analysis 16,
 * 2008, equations 15 to 22). What is counted is cards, not words: a term's odds are the cards that have its lemma to those that
 * have not, so that neither a card that repeats a word nor the length of cards counts; children's are shorter. The prior is the
 * share of both sides together, worth `prior` cards on each. The score takes cards to be independent, and those of one family or
 * one uploader are not: it orders terms, and is no test of a hypothesis. With edges as votes it is far too large
 * where a few parents have most children.
 *
 * Memory is bounded: when more than `capacity` terms are known, those of the fewest cards are forgotten (lossy counting).
 */
export class CardTerms {
  readonly #options: Required<CardTermsOptions>;
  readonly #edges: number;
  readonly #parents: Float64Array;
  readonly #children: Float64Array;
  readonly #counts = { parents: 0, children: 0 };
  readonly #terms = new Map<string, Sums>();
  /** Cards added on either side, by weight. */
  readonly #votes = { parents: 0, children: 0 };
  #forgetting = 1;
  #undercount = 0;

  /** @throws {RangeError} when `prior` is not positive or `capacity`, `least` or `n` is below 1 */
  constructor(
    { parent, child, read }: Pick<CardEdges, "parent" | "child" | "read">,
    { weigh = "parents", n = 30, least = 5, prior = 1, capacity = 1e6 }: CardTermsOptions = {},
  ) {
    for (const [name, value] of Object.entries({ n, least, capacity })) {
      if (!(value >= 1)) {
        throw new RangeError(`Cannot compare cards with ${name} ${value}: expected at least 1`);
      }
    }
    if (!(prior > 0)) {
      throw new RangeError(`Cannot compare cards with prior ${prior}: expected more than 0`);
    }
    this.#options = { weigh, n, least, prior, capacity };
    this.#edges = parent.length;
    this.#parents = new Float64Array(read.length);
    this.#children = new Float64Array(read.length);
    const families = new Uint32Array(read.length);
    for (const row of parent) families[row]++;
    for (let e = 0; e < parent.length; e++) {
      const weight = weigh === "edges" ? 1 : 1 / families[parent[e]];
      this.#parents[parent[e]] += weight;
      this.#children[child[e]] += weight;
    }
  }

  /** Adds the card of a model; models without an edge that counts are passed over. */
  add(row: number, lemmas: Iterable<string>): void {
    const parent = this.#parents[row];
    const child = this.#children[row];
    if (parent === 0 && child === 0) return;
    this.#votes.parents += parent;
    this.#votes.children += child;
    if (parent > 0) this.#counts.parents++;
    if (child > 0) this.#counts.children++;
    for (const lemma of new Set(lemmas)) {
      const sums = this.#terms.get(lemma);
      if (sums === undefined) {
        this.#terms.set(ownText(lemma), { parents: parent, children: child, cards: 1 });
      } else {
        sums.parents += parent;
        sums.children += child;
        sums.cards++;
      }
    }
    if (this.#terms.size > this.#options.capacity) this.#forget();
  }

  /** Forgets the terms of the fewest cards, so many that a tenth of the places is free. */
  #forget(): void {
    for (;; this.#forgetting++) {
      this.#undercount += this.#forgetting;
      for (const [term, sums] of this.#terms) {
        if (sums.cards <= this.#forgetting) this.#terms.delete(term);
      }
      if (this.#terms.size <= 0.9 * this.#options.capacity) return;
    }
  }

  /** The terms gained and lost by the cards added so far. */
  result(): TermChanges {
    const { weigh, n, least, prior } = this.#options;
    const votes = this.#votes;
    const changes: TermChange[] = [];
    for (const [term, { parents, children, cards }] of this.#terms) {
      if (cards < least) continue;
      // Prior cards with the term and without it, on each side.
      const alpha = prior * (parents + children) / (votes.parents + votes.children);
      const beta = prior - alpha;
      const have = [parents + alpha, children + alpha];
      // Sums of fractions may miss the total by a rounding error.
      const lack = [
        Math.max(0, votes.parents - parents) + beta,
        Math.max(0, votes.children - children) + beta,
      ];
      // A term of every card is neither gained nor lost.
      const logOdds = Math.min(...lack) > 1e-9
        ? Math.log(have[1] / lack[1]) - Math.log(have[0] / lack[0])
        : 0;
      const deviation = Math.sqrt(1 / have[0] + 1 / have[1] + 1 / lack[0] + 1 / lack[1]);
      changes.push({
        term,
        z: logOdds / deviation,
        logOdds,
        parentShare: parents / votes.parents,
        childShare: children / votes.children,
        cards,
      });
    }
    changes.sort((a, b) => b.z - a.z || byCodeUnits(a.term, b.term));
    const gained = changes.filter(({ z }) => z > 0).slice(0, n);
    const lost = changes.filter(({ z }) => z < 0).slice(-n).reverse();
    return {
      weighed: weigh,
      edges: this.#edges,
      ...this.#counts,
      terms: changes.length,
      undercount: this.#undercount,
      gained,
      lost,
    };
  }
}
