import type { Lineage } from "../graph/lineage.ts";
import { type CardReport, measureCards } from "../measure/cards/measure_cards.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";
import type { ModelText } from "../snapshot/model_texts.ts";
import { selectTexts } from "../snapshot/select_texts.ts";
import { progress } from "../display/progress.ts";

/** Cards that a figure reads at most; more would take longer than all else. */
const mostCards = 2_000;

/** Reads whole cards, with a progress bar; a sample where there are more than 2,000, null where there are none. */
export async function readCards(
  snapshot: ModelSnapshot,
  lineage: Lineage,
  { texts, rowOf = null, seed = 1 }: {
    /** Texts of the snapshot, or of the one that it is a selection of. */
    texts: AsyncIterable<readonly ModelText[]>;
    /** Row in the snapshot of each row of the texts, null where they are the same. @default null */
    rowOf?: Int32Array | null;
    /** Of the sample. @default 1 */
    seed?: number;
  },
): Promise<CardReport | null> {
  if (!snapshot.hasCards) return null;
  const bar = progress("Reading cards", { total: 1 });
  try {
    return await measureCards(rowOf === null ? texts : selectTexts(texts, rowOf), {
      snapshot,
      lineage,
      limit: mostCards,
      seed,
      onProgress: (done, total) => bar.update(total === 0 ? 1 : done / total),
    });
  } finally {
    bar.end();
  }
}
