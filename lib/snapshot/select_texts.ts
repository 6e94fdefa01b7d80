import type { ModelText } from "./model_texts.ts";

/**
 * The texts of the rows that a selection keeps, numbered as in the selection.
 *
 * @param texts Texts of the whole snapshot, in batches.
 * @param rowOf Row in the selection of each row of the whole, -1 where it was not selected; see `selectModels`.
 */
export async function* selectTexts(
  texts: Iterable<readonly ModelText[]> | AsyncIterable<readonly ModelText[]>,
  rowOf: Int32Array,
): AsyncGenerator<ModelText[]> {
  for await (const batch of texts) {
    const kept = batch.flatMap((text) =>
      rowOf[text.row] < 0 ? [] : [{ ...text, row: rowOf[text.row] }]
    );
    if (kept.length > 0) yield kept;
  }
}
