import { byCodeUnits } from "../../../core/compare.ts";
import { type AssetCell, readCell } from "../../../source/asset_cell.ts";
import type { AssetRecord } from "../../../source/asset_record.ts";
import type { ModalityTerms } from "../../../source/modality_terms.ts";

/**
 * How a modality is written: `known`; `unsplit`, a model's that does not tell input from output by one semicolon; `unread`, an
 * application's output in words that name no modality; else as the source leaves it out.
 */
export const modalityStates = ["known", "unsplit", "unread", "none", "unknown", "absent"] as const;

/** One of {@link modalityStates}. */
export type ModalityState = typeof modalityStates[number];

/** What an asset takes in, gives out or consists of; each list distinct and in code-unit order. */
export interface AssetModality {
  /** What a model takes in. */
  input: readonly string[];
  /** What a model or application gives out. */
  output: readonly string[];
  /** What a dataset consists of; of an unsplit model, what it has to do with, in or out. */
  content: readonly string[];
  /** How the source writes it. */
  state: ModalityState;
}

const nothing: readonly string[] = Object.freeze([]);

/**
 * The modality of a record: of a model `input; output`, of a dataset what it consists of, of an application what `output_space`
 * names. Items are separated by commas, semicolons and "and"; what stands in parentheses is left out, so that "Text (English)" is
 * text; words are read by the table of aliases, blind to case, and stay as they are where it has none. Nothing is guessed: a
 * model's modality without a semicolon, or with several, is `unsplit`, and of an application's prose only words of the table count.
 *
 * @param record A record or an asset.
 *
 * @example
 * ```ts
 * import { assetModality, readModalityTerms } from "kindred";
 * const modality = { state: "known", value: "Images, text; text", explanation: null } as const;
 * const { input, output } = assetModality(
 *   { type: "model", cells: { modality } },
 *   await readModalityTerms(),
 * );
 * input; // ["image", "text"]
 * output; // ["text"]
 * ```
 */
export function assetModality(
  { type, cells }: Pick<AssetRecord, "type" | "cells">,
  terms: ModalityTerms,
): AssetModality {
  const cell: AssetCell | undefined = cells[type === "application" ? "output_space" : "modality"];
  const empty = { input: nothing, output: nothing, content: nothing };
  if (cell === undefined) return { ...empty, state: "absent" };
  if (cell.state !== "known") return { ...empty, state: cell.state };
  const parts = [cell.value ?? []].flat().join(", ").replace(/\([^()]*\)/g, " ").split(";");
  const lists = parts.map((part) => modalitiesIn(part, terms));
  const all = distinct(lists.flat());
  if (type === "application") {
    const output = all.filter((modality) => terms.modalities.has(modality));
    return { ...empty, output, state: output.length > 0 ? "known" : "unread" };
  }
  if (all.length === 0) return { ...empty, state: "unknown" };
  if (type === "dataset") return { ...empty, content: all, state: "known" };
  if (lists.length !== 2) return { ...empty, content: all, state: "unsplit" };
  const [input, output] = lists.map(distinct);
  return { input, output, content: nothing, state: "known" };
}

/** Modalities of a list in words; those that say "unknown" or "none" are left out. */
function modalitiesIn(text: string, { words }: ModalityTerms): string[] {
  const items = text.toLowerCase().split(",").map((item) => item.replace(/\s+/gu, " ").trim());
  return items.flatMap((item) => {
    const whole = words.get(item);
    if (whole !== undefined) return whole;
    return item.split(/ (?:and|&) /).map((word) => word.replace(/^and /, ""))
      .filter((word) => readCell(word).state === "known")
      .flatMap((word) => words.get(word) ?? [word]);
  });
}

function distinct(modalities: readonly string[]): string[] {
  return [...new Set(modalities)].sort(byCodeUnits);
}

/** Where a modality can stand. */
export const modalitySides = ["input", "output", "content"] as const;

/** One of {@link modalitySides}. */
export type ModalitySide = typeof modalitySides[number];

/** Every modality of a record, whichever side it is on, each once, in code-unit order. */
export function modalitiesOf({ input, output, content }: AssetModality): string[] {
  return distinct([...input, ...output, ...content]);
}
