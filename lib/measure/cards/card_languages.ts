import { byCodeUnits } from "../../core/compare.ts";
import type { TraitColumn } from "../../snapshot/traits.ts";
import type { CardEdges } from "./card_edges.ts";

/** Cards by the language that they are written in. */
export interface LanguageShare {
  /** Cards whose language could be told. */
  cards: number;
  /** Share of them in English, null where there is none. */
  english: number | null;
}

/** What language cards are written in, and what their models declare. */
export interface CardLanguages {
  /** Cards that were read. */
  cards: number;
  /** Cards too short for a guess. */
  undetermined: number;
  /** All others, by language, most frequent first, ties by code. */
  languages: { language: string; cards: number; share: number }[];
  /** All cards. */
  all: LanguageShare;
  /** Cards of models with a child whose card was read too, each once. */
  parents: LanguageShare;
  /** Cards of models with a parent whose card was read too, each once. */
  children: LanguageShare;
  /** Cards of models that declare at least one language, with the share written in one of those. */
  declaring: LanguageShare & { agree: number | null };
  /** Cards of models that declare languages but not English; what is written in English here is written for others. */
  declaringOthers: LanguageShare;
  /** Cards of models that declare no language. */
  silent: LanguageShare;
}

/**
 * Counts cards by the language that they are written in, against the languages that the models' tags declare. A tag says
 * what a model reads and writes, so that an English card of a Korean model is no fault: the counts say how far a tag may stand for
 * the card.
 */
export class CardLanguageCounts {
  readonly #roles: Uint8Array;
  readonly #declared: TraitColumn;
  readonly #english: number;
  readonly #codes: Map<string, number>;
  readonly #counts = new Map<string, number>();
  readonly #sums = {
    all: [0, 0],
    parents: [0, 0],
    children: [0, 0],
    declaring: [0, 0],
    declaringOthers: [0, 0],
    silent: [0, 0],
  };
  #cards = 0;
  #agree = 0;

  /** @param declared The `language` column of the snapshot. */
  constructor(
    { parent, child, read }: Pick<CardEdges, "parent" | "child" | "read">,
    { declared }: { declared: TraitColumn },
  ) {
    this.#declared = declared;
    this.#codes = new Map(declared.values.toArray().map((value, code) => [value, code]));
    this.#english = this.#codes.get("en") ?? -1;
    this.#roles = new Uint8Array(read.length);
    for (const row of parent) this.#roles[row] |= 1;
    for (const row of child) this.#roles[row] |= 2;
  }

  /** Adds the card of a model; null where its language could not be told. */
  add(row: number, language: string | null): void {
    this.#cards++;
    if (language === null) return;
    this.#counts.set(language, (this.#counts.get(language) ?? 0) + 1);
    const count = (sum: number[]) => {
      sum[0]++;
      if (language === "en") sum[1]++;
    };
    const sums = this.#sums;
    count(sums.all);
    if ((this.#roles[row] & 1) !== 0) count(sums.parents);
    if ((this.#roles[row] & 2) !== 0) count(sums.children);
    const { offsets, codes } = this.#declared;
    const declared = codes.subarray(offsets[row], offsets[row + 1]);
    if (declared.length === 0) return count(sums.silent);
    count(sums.declaring);
    if (declared.includes(this.#codes.get(language) ?? -1)) this.#agree++;
    if (!declared.includes(this.#english)) count(sums.declaringOthers);
  }

  /** The counts of the cards added so far. */
  result(): CardLanguages {
    const share = ([cards, english]: number[]): LanguageShare => ({
      cards,
      english: cards === 0 ? null : english / cards,
    });
    const { all, parents, children, declaring, declaringOthers, silent } = this.#sums;
    return {
      cards: this.#cards,
      undetermined: this.#cards - all[0],
      languages: [...this.#counts]
        .map(([language, cards]) => ({ language, cards, share: cards / all[0] }))
        .sort((a, b) => b.cards - a.cards || byCodeUnits(a.language, b.language)),
      all: share(all),
      parents: share(parents),
      children: share(children),
      declaring: {
        ...share(declaring),
        agree: declaring[0] === 0 ? null : this.#agree / declaring[0],
      },
      declaringOthers: share(declaringOthers),
      silent: share(silent),
    };
  }
}
