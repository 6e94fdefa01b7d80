import { byCodeUnits } from "../../core/compare.ts";
import type { TermVectors, Weighting } from "../../core/term_vectors.ts";
import { tokens } from "../../core/tokens.ts";
import { modelRow } from "../../graph/find_model.ts";
import type { TextIndex } from "../../snapshot/text_index.ts";
import { cardPrefix } from "../../source/kinship_card.ts";
import type { TextKind } from "../../source/row_codes.ts";
import type { TextArena } from "../../source/text_arena.ts";
import { type Metric, type MetricName, metricName, metrics } from "./metrics.ts";
import { type Change, rowDiff, type RowDifference } from "./row_diff.ts";

/** A token of either text. */
export interface TokenDifference {
  /** The token, in lower case. */
  token: string;
  /** What became of it from the first text to the second. */
  change: Change;
  /** How often it is in the first text. */
  a: number;
  /** How often it is in the second text. */
  b: number;
}

/** Two models of a snapshot side by side. */
export interface ModelComparison {
  /** Id of the first model, such as a parent. */
  a: string;
  /** Id of the second model, such as a child. */
  b: string;
  /** The metric. */
  metric: MetricName;
  /** Whether a larger value means less alike or more. */
  kind: Metric["kind"];
  /** What was compared: whole rows without their cards, or the first 512 characters of cards. */
  texts: TextKind;
  /** How the terms were weighted. */
  weighting: Weighting;
  /** The metric of the two term vectors; null where one of the models has no such text, or none of the terms. */
  value: number | null;
  /** Terms of the vocabulary, and those that are in the first, the second and both texts. */
  terms: { vocabulary: number; a: number; b: number; shared: number };
  /** What the rows say, by part; see `rowDiff`. */
  row: RowDifference[];
  /** Tokens of the two texts: shared, lost and gained ones, each in code-unit order. */
  tokens: TokenDifference[];
}

/** Options of {@link compareModels}. */
export interface CompareModelsOptions {
  /** The text of the snapshot's rows. */
  text: TextIndex;
  /** How the term vectors are compared. @default "cosine" */
  metric?: MetricName;
  /** What is compared: rows without their cards, or cards. @default "rows" */
  texts?: TextKind;
  /** Counts as they are, or by smooth inverse document frequency. @default "bagOfWords" */
  weighting?: Weighting;
}

/**
 * Compares two models of a snapshot: their texts as vectors over the 512 most frequent terms of all texts, as kinship reads
 * them (so that the cosine is the number that kinship has the mean of), under any of the {@link metrics}; and what their rows and texts
 * have in common, lose and gain, as plain rows. Of cards the first 512 characters count, of cards that are as long and not
 * generated automatically.
 *
 * @param a Id of the first model, such as a parent.
 * @param b Id of the second model, such as a child.
 * @throws {RangeError} when there is no such model or metric; the message suggests names
 *
 * @example
 * ```ts
 * import { compareModels, readModelsAndText } from "kindred";
 * const file = await Deno.makeTempFile({ suffix: ".jsonl" });
 * await Deno.writeTextFile(file, '{"id":"a","tags":["en"]}\n{"id":"b","tags":["en","gguf"]}\n');
 * const { text } = await readModelsAndText(file);
 * const { value, row } = await compareModels("a", "b", { text, metric: "manhattan" });
 * value; // 2, for "gguf" and "en gguf"
 * row; // [{ part: "language", value: "en", change: "shared" }, { part: "tag", value: "gguf", change: "gained" }]
 * text.close();
 * await Deno.remove(file);
 * ```
 */
export async function compareModels(
  a: string,
  b: string,
  { text, metric = "cosine", texts = "rows", weighting = "bagOfWords" }: CompareModelsOptions,
): Promise<ModelComparison> {
  const { snapshot } = text;
  const { kind, of } = metrics[metricName(metric)];
  const rows = [modelRow(snapshot, a), modelRow(snapshot, b)];
  const wanted = new Uint8Array(snapshot.models);
  const documents = new Uint8Array(snapshot.models);
  for (let row = 0; row < snapshot.models; row++) {
    documents[row] = Number(
      texts === "rows" ||
        snapshot.cardCharacters[row] >= cardPrefix && snapshot.cardAutomatic[row] === 0,
    );
  }
  for (const row of rows) wanted[row] = documents[row];
  const { vectors } = await text.vectors(texts, { documents, wanted });
  const [p, q] = rows.map((row) => denseRow(vectors, row, { weighting }));
  const arena = await text.gather(texts, wanted);
  const has = (weights: readonly number[]) => weights.reduce((n, w) => n + Number(w > 0), 0);
  const shared = has(p.map((weight, term) => Math.min(weight, q[term])));
  const value = has(p) > 0 && has(q) > 0 ? of(p, q) : null;
  return {
    a,
    b,
    metric,
    kind,
    texts,
    weighting,
    value: value === null || Number.isNaN(value) ? null : value,
    terms: { vocabulary: vectors.terms.length, a: has(p), b: has(q), shared },
    row: rowDiff(rows[0], rows[1], { snapshot }),
    tokens: tokenDiff(textOf(arena, rows[0]), textOf(arena, rows[1])),
  };
}

/** The weights of all terms of the vocabulary in a row; zeros where it has none. */
export function denseRow(
  { terms, offsets, entries, idf }: TermVectors,
  row: number,
  { weighting }: { weighting: Weighting },
): number[] {
  const dense: number[] = new Array(terms.length).fill(0);
  for (let i = offsets[row]; i < offsets[row + 1]; i++) {
    const term = entries[i] & 511;
    dense[term] += (entries[i] >>> 9) * (weighting === "tfidf" ? idf[term] : 1);
  }
  return dense;
}

/** Tokens of two texts: shared, lost and gained ones. */
export function tokenDiff(first: string, second: string): TokenDifference[] {
  const [a, b] = [first, second].map((text) => {
    const counts = new Map<string, number>();
    for (const token of tokens(text)) counts.set(token, (counts.get(token) ?? 0) + 1);
    return counts;
  });
  const row = (token: string, change: Change): TokenDifference => ({
    token,
    change,
    a: a.get(token) ?? 0,
    b: b.get(token) ?? 0,
  });
  const [own, other] = [[...a.keys()].sort(byCodeUnits), [...b.keys()].sort(byCodeUnits)];
  return [
    ...own.filter((token) => b.has(token)).map((token) => row(token, "shared")),
    ...own.filter((token) => !b.has(token)).map((token) => row(token, "lost")),
    ...other.filter((token) => !a.has(token)).map((token) => row(token, "gained")),
  ];
}

const decoder = new TextDecoder();

function textOf({ pieces, piece, start, end }: TextArena, row: number): string {
  if (start[row] === end[row]) return "";
  // A decoder takes no memory that threads share.
  return decoder.decode(pieces[piece[row]].slice(start[row], end[row]));
}
