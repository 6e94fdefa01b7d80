import { simulateHub } from "../source/simulate.ts";
import type { ModelSnapshot } from "./model_snapshot.ts";
import { modelTexts } from "./model_texts.ts";
import { indexText } from "./open_text.ts";
import { readModelBlocks } from "./read_models.ts";
import type { TextIndex } from "./text_index.ts";

/** The models that stand in for a snapshot where nobody gives one. */
export const sample = { models: 20_000, seed: 1 } as const;
/** Name of their snapshot. */
export const sampleName = "simulated-hub";

/** Simulates the sample of models, with their cards, once: about 50 MB that are kept for the text. */
export async function sampleModels(): Promise<{ snapshot: ModelSnapshot; text: TextIndex }> {
  const rows = [...simulateHub({ ...sample, cards: true })];
  const snapshot = await readModelBlocks(rows, { name: sampleName });
  return { snapshot, text: indexText(snapshot, () => modelTexts(rows, { snapshot })) };
}
