import type { Lineage } from "../graph/lineage.ts";
import { relations } from "../graph/lineage.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";
import type { TraitColumn } from "../snapshot/traits.ts";
import type { ModelReport } from "./report.ts";

/** A card of at most this many code points says nothing. */
const emptyCard = 3;

/** Drift of one relation, as in {@link ModelReport}. */
export type Drift = ModelReport["drift"]["overall"];

/**
 * Whether a model has a card: more than 3 characters.
 *
 * @example
 * ```ts
 * import { hasCard, readModelBlocks } from "kindred";
 * const rows = new TextEncoder().encode('{"id":"a","modelCard":"# A model"}\n');
 * hasCard(await readModelBlocks([rows], { name: "one" }), 0); // true
 * ```
 */
export function hasCard({ cardCharacters }: ModelSnapshot, row: number): boolean {
  return cardCharacters[row] > emptyCard;
}

/**
 * How the number of languages, the length of the card and the share of automatically generated cards change from parent to child, by
 * relation and overall; each over the edges of the whole lineage whose ends both report it. Means over edges, so a parent
 * counts once for each child (Laufer, Oderinwale and Kleinberg 2025, section 7).
 *
 * @param language The `language` column of the snapshot.
 *
 * @example
 * ```ts
 * import { buildLineage, drift, readModelBlocks, traitColumn } from "kindred";
 * const rows = '{"id":"a","tags":["en"]}\n{"id":"b","tags":["base_model:finetune:a","en","fr"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const { lineage } = buildLineage(snapshot);
 * const { finetune } = drift(snapshot, lineage, { language: traitColumn(snapshot, "language") });
 * finetune.languages; // { edges: 1, parent: 1, child: 2 }
 * ```
 */
export function drift(
  snapshot: ModelSnapshot,
  lineage: Lineage,
  { language }: { language: TraitColumn },
): ModelReport["drift"] {
  const kinds = relations.length;
  const overall = kinds;
  const sums = Array.from({ length: kinds + 1 }, () => new Float64Array(9));
  const { cardCharacters, cardAutomatic } = snapshot;
  const { offsets } = language;
  for (let e = 0; e < lineage.edges; e++) {
    const u = lineage.parent[e];
    const v = lineage.child[e];
    const parentLanguages = offsets[u + 1] - offsets[u];
    const childLanguages = offsets[v + 1] - offsets[v];
    const languages = parentLanguages > 0 && childLanguages > 0;
    const cards = cardCharacters[u] > emptyCard && cardCharacters[v] > emptyCard;
    for (let kind = lineage.relation[e];; kind = overall) {
      const sum = sums[kind];
      sum[0]++;
      if (languages) {
        sum[1]++;
        sum[2] += parentLanguages;
        sum[3] += childLanguages;
      }
      if (cards) {
        sum[4]++;
        sum[5] += cardCharacters[u];
        sum[6] += cardCharacters[v];
        sum[7] += cardAutomatic[u];
        sum[8] += cardAutomatic[v];
      }
      if (kind === overall) break;
    }
  }
  function means(sum: Float64Array): Drift {
    const mean = (total: number, count: number) => count > 0 ? total / count : null;
    return {
      edges: sum[0],
      languages: { edges: sum[1], parent: mean(sum[2], sum[1]), child: mean(sum[3], sum[1]) },
      cards: {
        edges: sum[4],
        parentCharacters: mean(sum[5], sum[4]),
        childCharacters: mean(sum[6], sum[4]),
        parentAutomatic: mean(sum[7], sum[4]),
        childAutomatic: mean(sum[8], sum[4]),
      },
    };
  }
  return {
    finetune: means(sums[relations.indexOf("finetune")]),
    quantized: means(sums[relations.indexOf("quantized")]),
    adapter: means(sums[relations.indexOf("adapter")]),
    merge: means(sums[relations.indexOf("merge")]),
    overall: means(sums[overall]),
  };
}
