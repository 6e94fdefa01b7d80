import { join } from "node:path";
import { candidatesOf } from "../source/sample_rows.ts";
import type { RowText } from "../source/row_text.ts";
import type { ModelSnapshot } from "./model_snapshot.ts";
import { type ModelText, modelTexts, textName } from "./model_texts.ts";
import { openModels } from "./pack_models.ts";
import { streamTexts, TextIndex } from "./text_index.ts";
import { readTextPages } from "./text_pages.ts";

/** Row groups of which rows are sampled, and the rows of all of them. */
const sampledGroups = 32;
const sampledRows = 16_000;

/** Options of {@link openModelsAndText}. */
export interface OpenTextOptions {
  /** Called now and then with the rows whose text has been read and all. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * Opens a packed snapshot together with the tokens of its rows' text, for measures of likeness.
 *
 * @throws {SyntaxError} when the folder holds no packed snapshot of models, or its text is damaged
 *
 * @example
 * ```ts
 * import { openModelsAndText, packModels } from "kindred";
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/rows.jsonl`, '{"id":"a/b","tags":["en"]}\n');
 * await packModels(`${folder}/rows.jsonl`, { name: "tiny", folder: `${folder}/tiny` });
 * const { text } = await openModelsAndText(`${folder}/tiny`);
 * const every = Uint8Array.of(1);
 * (await text.vectors("rows", { documents: every, wanted: every })).vectors.terms;
 * // ["en", "id", "id tags", "tags", "tags en"]
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function openModelsAndText(
  folder: string,
  { onProgress }: OpenTextOptions = {},
): Promise<{ snapshot: ModelSnapshot; text: TextIndex }> {
  const snapshot = openModels(folder);
  const texts = () => modelTexts(folder, { snapshot });
  const streams = await streamTexts(texts(), candidatesOf(sampleOf(folder)), {
    onRows: (done) => onProgress?.(done, snapshot.models),
  });
  return { snapshot, text: new TextIndex(snapshot, { streams, texts }) };
}

/** Rows whose tokens are sampled of texts that come one after the other. */
const sampledTexts = 8_000;

/**
 * The text of a snapshot whose texts can be read again and again. They are read when vectors are first asked for.
 *
 * @param texts Starts to read all texts, in the order of the rows; called twice or more.
 *
 * @example
 * ```ts
 * import { indexText, modelTexts, readModelBlocks, simulateHub } from "kindred";
 * const blocks = () => simulateHub({ models: 100 });
 * const snapshot = await readModelBlocks(blocks(), { name: "simulated" });
 * const text = indexText(snapshot, () => modelTexts(blocks(), { snapshot }));
 * const every = new Uint8Array(100).fill(1);
 * (await text.vectors("rows", { documents: every, wanted: every })).vectors.terms.length; // 512
 * ```
 */
export function indexText(
  snapshot: ModelSnapshot,
  texts: () => AsyncIterable<ModelText[]>,
): TextIndex {
  async function streams() {
    const sample: RowText[] = [];
    const step = Math.ceil(snapshot.models / sampledTexts);
    for await (const batch of texts()) {
      for (const text of batch) if (text.row % step === 0) sample.push(text);
    }
    return await streamTexts(texts(), candidatesOf(sample));
  }
  return new TextIndex(snapshot, { streams, texts });
}

function* sampleOf(folder: string): Generator<RowText> {
  const pages = [...readTextPages(join(folder, textName), { sample: sampledGroups })];
  const most = Math.ceil(sampledRows / pages.length);
  for (const { texts, cards } of pages) {
    for (let i = 0; i < Math.min(texts.length, most); i++) yield { text: texts[i], card: cards[i] };
  }
}
