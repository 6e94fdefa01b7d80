import type { Lineage } from "../../graph/lineage.ts";
import type { ModelSnapshot } from "../../snapshot/model_snapshot.ts";
import type { ModelText } from "../../snapshot/model_texts.ts";
import { traitColumn } from "../../snapshot/traits.ts";
import { cardEdges, type CardEdgesOptions } from "./card_edges.ts";
import { CardLanguageCounts, type CardLanguages } from "./card_languages.ts";
import { cardReader } from "./card_reader.ts";
import { CardTemplate, type CardTemplateOptions, type CardTemplates } from "./card_template.ts";
import { CardTerms, type CardTermsOptions, type TermChanges } from "./card_terms.ts";
import { detectLanguage } from "./detect_language.ts";

/** What whole cards say, and how many of them were read. */
export interface CardReport {
  /** Cards of more than 3 characters, without automatic ones where those were not wanted. */
  usable: number;
  /** Cards that were read: all usable ones, or a sample, in which cards of finetune edges come first. */
  read: number;
  /** The limit that was asked for, null where none was. */
  limit: number | null;
  /** True where automatically generated cards are among them. */
  automatic: boolean;
  /** Finetune edges between two usable cards, and those of them whose cards were both read. */
  edges: { usable: number; read: number };
  /** Cards whose prose is longer than 100,000 characters and was read so far. */
  cut: number;
  /** Terms that children gain and lose. */
  terms: TermChanges;
  /** How much of a card is template; in a sample too low, as fewer cards can share a sentence. */
  template: CardTemplates;
  /** What language cards are written in. */
  languages: CardLanguages;
}

/** Options of {@link measureCards}. */
export interface MeasureCardsOptions extends CardEdgesOptions {
  /** The snapshot that the texts are of. */
  snapshot: ModelSnapshot;
  /** Its lineage. */
  lineage: Lineage;
  /** Of the terms gained and lost. */
  terms?: CardTermsOptions;
  /** Of the share of template. */
  template?: CardTemplateOptions;
  /** Called now and then with the cards read so far and in all. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * Measures whole cards in one pass: the terms that children gain and lose over finetune edges, how much of a card is
 * template, and what language cards are written in. A card takes one to two milliseconds, so that a million take half an
 * hour; `limit` draws a sample, and the report says so.
 *
 * @param texts Texts of the snapshot's rows, see `modelTexts`.
 * @throws {RangeError} when an option is out of range
 *
 * @example
 * ```ts
 * import { buildLineage, measureCards, modelTexts, readModelBlocks } from "kindred";
 * const rows = '{"id":"a","modelCard":"A large model."}\n' +
 *   '{"id":"b","tags":["base_model:finetune:a"],"modelCard":"A small model of mice."}\n';
 * const blocks = [new TextEncoder().encode(rows)];
 * const snapshot = await readModelBlocks(blocks, { name: "two" });
 * const { lineage } = buildLineage(snapshot);
 * const texts = modelTexts(blocks, { snapshot });
 * const { terms } = await measureCards(texts, { snapshot, lineage, terms: { least: 1 } });
 * terms.gained.map(({ term }) => term); // ["mouse", "small"]
 * ```
 */
export async function measureCards(
  texts: Iterable<readonly ModelText[]> | AsyncIterable<readonly ModelText[]>,
  { snapshot, lineage, automatic = true, limit = Infinity, seed = 1, ...options }:
    MeasureCardsOptions,
): Promise<CardReport> {
  const edges = cardEdges(snapshot, lineage.view("finetune"), { automatic, limit, seed });
  const total = edges.read.reduce((sum, wanted) => sum + wanted, 0);
  const terms = new CardTerms(edges, options.terms);
  const template = new CardTemplate(edges, options.template);
  const languages = new CardLanguageCounts(edges, {
    declared: traitColumn(snapshot, "language"),
  });
  const readCard = await cardReader();
  let read = 0;
  let cut = 0;
  for await (const batch of texts) {
    for (const { row, card } of batch) {
      if (edges.read[row] === 0 || card === null) continue;
      const reading = readCard(card);
      terms.add(row, reading.lemmas);
      template.add(row, snapshot.ids.at(row), reading.sentences);
      languages.add(row, detectLanguage(reading.blocks.join("\n")));
      if (reading.cut) cut++;
      read++;
    }
    options.onProgress?.(read, total);
  }
  return {
    usable: edges.usable.cards,
    read,
    limit: limit === Infinity ? null : limit,
    automatic,
    edges: { usable: edges.usable.edges, read: edges.parent.length },
    cut,
    terms: terms.result(),
    template: template.result(),
    languages: languages.result(),
  };
}
