import { byCodeUnits } from "../../core/compare.ts";
import { grown } from "../../core/grow.ts";
import { ownText } from "../../core/own_text.ts";
import { TextNumbers } from "../../core/text_numbers.ts";
import type { CardEdges } from "./card_edges.ts";

/** Mean over cards of the share of a card's sentences that many other cards have word by word. */
export interface TemplateShare {
  /** Cards with at least one sentence. */
  cards: number;
  /** Mean share, counting every other card; null where there is no card. */
  any: number | null;
  /** Mean share, counting only cards of other owners. */
  otherOwners: number | null;
}

/** How much of the cards is template. */
export interface CardTemplates {
  /** Other cards that must have a sentence. */
  least: number;
  /** Sentences of all cards together, and how many of them are distinct. */
  sentences: { total: number; distinct: number };
  /** All cards that were read. */
  all: TemplateShare;
  /** Cards of models with a child whose card was read too, each once. */
  parents: TemplateShare;
  /** Cards of models with a parent whose card was read too, each once. */
  children: TemplateShare;
  /** The sentences that most cards have, most first, with the number of their owners. */
  examples: { sentence: string; cards: number; owners: number }[];
}

/** Options of {@link CardTemplate}. */
export interface CardTemplateOptions {
  /** Other cards that must have a sentence for it to count as template. @default 10 */
  least?: number;
  /** Examples to give. @default 20 */
  n?: number;
}

const shownLength = 200;

/**
 * How much of a card is template: the share of its sentences that are found word by word in at least `least` other cards, of any
 * owner or of other owners only. A sentence is what the reader makes of a paragraph, heading or list item, if it has at least three
 * words; a sentence that a card repeats counts as often as it is there. Cards are read once: sentences are known by a 64-bit
 * hash, about 40 bytes for each distinct one and 4 for each that is there, and counted at the end.
 */
export class CardTemplate {
  readonly #least: number;
  readonly #n: number;
  readonly #roles: Uint8Array;
  readonly #sentences = new TextNumbers();
  readonly #owners = new TextNumbers();
  readonly #pairs = new TextNumbers();
  /** Cards that have a sentence; owners of those cards; the last card that had it. */
  #cardsOf = new Uint32Array(1024);
  #ownersOf = new Uint32Array(1024);
  #lastCard = new Uint32Array(1024);
  /** Cards of one owner that have one sentence, by the number of the pair. */
  #pairCards = new Uint32Array(1024);
  /** Sentences of all cards side by side, where those of each card end, its owner and its role. */
  #said = new Uint32Array(1024);
  #length = 0;
  readonly #cards: { end: number; owner: number; role: number }[] = [];
  readonly #texts = new Map<number, string>();

  /** @throws {RangeError} when `least` is not a whole number of at least 1 */
  constructor(
    { parent, child, read }: Pick<CardEdges, "parent" | "child" | "read">,
    { least = 10, n = 20 }: CardTemplateOptions = {},
  ) {
    if (!Number.isInteger(least) || least < 1) {
      throw new RangeError(
        `Cannot look for templates in ${least} other cards: expected a whole number of at least 1`,
      );
    }
    this.#least = least;
    this.#n = n;
    this.#roles = new Uint8Array(read.length);
    for (const row of parent) this.#roles[row] |= 1;
    for (const row of child) this.#roles[row] |= 2;
  }

  /** Adds the sentences of a model's card; the owner is what comes before the slash of its id, or the id. */
  add(row: number, id: string, sentences: readonly string[]): void {
    const slash = id.indexOf("/");
    const owner = this.#owners.of(slash < 0 ? id : id.slice(0, slash));
    const card = this.#cards.length + 1;
    for (const sentence of sentences) {
      if (!isSentence(sentence)) continue;
      const number = this.#sentences.of(sentence);
      this.#said = grown(this.#said, this.#length + 1);
      this.#said[this.#length++] = number;
      if (number >= this.#cardsOf.length) {
        this.#cardsOf = grown(this.#cardsOf, number + 1);
        this.#ownersOf = grown(this.#ownersOf, number + 1);
        this.#lastCard = grown(this.#lastCard, number + 1);
      }
      if (this.#lastCard[number] === card) continue;
      this.#lastCard[number] = card;
      // Only sentences of so many cards can be examples.
      if (++this.#cardsOf[number] === this.#least + 1) {
        this.#texts.set(number, ownText(sentence.slice(0, shownLength)));
      }
      const pair = this.#pairs.ofPair(number, owner);
      this.#pairCards = grown(this.#pairCards, pair + 1);
      if (this.#pairCards[pair]++ === 0) this.#ownersOf[number]++;
    }
    this.#cards.push({ end: this.#length, owner, role: this.#roles[row] });
  }

  /** The shares over the cards added so far. */
  result(): CardTemplates {
    const sums = { all: [0, 0, 0], parents: [0, 0, 0], children: [0, 0, 0] };
    let start = 0;
    for (const { end, owner, role } of this.#cards) {
      let any = 0;
      let others = 0;
      for (let i = start; i < end; i++) {
        const number = this.#said[i];
        const cards = this.#cardsOf[number];
        if (cards - 1 >= this.#least) any++;
        if (cards - this.#pairCards[this.#pairs.ofPair(number, owner)] >= this.#least) others++;
      }
      const total = end - start;
      start = end;
      if (total === 0) continue;
      for (
        const [sum, counts] of [
          [sums.all, true],
          [sums.parents, (role & 1) !== 0],
          [sums.children, (role & 2) !== 0],
        ] as const
      ) {
        if (!counts) continue;
        sum[0]++;
        sum[1] += any / total;
        sum[2] += others / total;
      }
    }
    const share = ([cards, any, others]: number[]): TemplateShare => ({
      cards,
      any: cards === 0 ? null : any / cards,
      otherOwners: cards === 0 ? null : others / cards,
    });
    const examples = [...this.#texts].map(([number, sentence]) => ({
      sentence,
      cards: this.#cardsOf[number],
      owners: this.#ownersOf[number],
    })).sort((a, b) => b.cards - a.cards || byCodeUnits(a.sentence, b.sentence)).slice(0, this.#n);
    return {
      least: this.#least,
      sentences: { total: this.#length, distinct: this.#sentences.size },
      all: share(sums.all),
      parents: share(sums.parents),
      children: share(sums.children),
      examples,
    };
  }
}

/** Whether a text has at least three words: pieces between spaces that have a letter. */
function isSentence(text: string): boolean {
  let words = 0;
  for (const piece of text.split(" ")) if (/\p{L}/u.test(piece) && ++words === 3) return true;
  return false;
}
