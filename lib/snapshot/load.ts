import { paths } from "../paths.ts";
import { type AssetSnapshot, readAssetSnapshot } from "./asset_snapshot.ts";
import { locate, type Located } from "./locate.ts";
import type { ModelSnapshot } from "./model_snapshot.ts";
import { openModelsAndText } from "./open_text.ts";
import { openAssets } from "./pack_assets.ts";
import { openModels } from "./pack_models.ts";
import { readModels, readModelsAndText } from "./read_models.ts";
import { sampleModels } from "./sample_models.ts";
import type { TextIndex } from "./text_index.ts";

/** Options of {@link loadModels} and {@link loadAssets}. */
export interface LoadOptions {
  /** Called now and then with how much has been read and how much there is. */
  onProgress?: (done: number, total: number) => void;
}

/** A snapshot of models with its text, or one of assets. */
export type Loaded =
  | { kind: "models"; snapshot: ModelSnapshot; text: TextIndex }
  | { kind: "assets"; snapshot: AssetSnapshot };

/** Opens a packed snapshot or reads a raw input, of either kind. @throws {RangeError} when it is not there */
export async function load(
  input: string,
  options: LoadOptions = {},
): Promise<ModelSnapshot | AssetSnapshot> {
  checkInput(input, { kind: "a snapshot" });
  const located = await locate(input);
  if (located.kind === "assets") return await assetsAt(located, options);
  return located.packed ? openModels(located.path) : await readModels(located.path, options);
}

/** The same; with models comes the text of their rows, to be closed when done. */
export async function loadWithText(input: string, options: LoadOptions = {}): Promise<Loaded> {
  checkInput(input, { kind: "a snapshot" });
  const located = await locate(input);
  return located.kind === "assets"
    ? { kind: "assets", snapshot: await assetsAt(located, options) }
    : { kind: "models", ...await modelsAt(located, options) };
}

/**
 * The models of an input and the text of their rows: the path of a dump in any of its formats, or the path or name of a packed
 * snapshot. Without an input, 20,000 simulated models with cards (seed 1).
 *
 * The text may hold threads: close it when you are done.
 *
 * @throws {TypeError} when the input is not a text
 * @throws {RangeError} when it is not there, or holds assets
 *
 * @example
 * ```ts
 * import { loadModels } from "kindred";
 * const { snapshot, text } = await loadModels();
 * snapshot.models; // 20000
 * text.close();
 * ```
 */
export async function loadModels(
  input?: string,
  options: LoadOptions = {},
): Promise<{ snapshot: ModelSnapshot; text: TextIndex }> {
  if (input === undefined) return await sampleModels();
  checkInput(input, { kind: "models", without: ", or nothing for the sample" });
  const located = await locate(input);
  if (located.kind === "models") return await modelsAt(located, options);
  throw new RangeError(`Cannot load models: "${input}" holds assets; loadAssets reads it`);
}

/**
 * The assets of an input: the path of a folder of YAML files, of one, or of a CSV, or the path or name of a packed snapshot. Without
 * an input, the sample in `data/assets`.
 *
 * @throws {TypeError} when the input is not a text
 * @throws {RangeError} when it is not there, or holds models
 *
 * @example
 * ```ts
 * import { AssetGraph, loadAssets } from "kindred";
 * const graph = new AssetGraph(await loadAssets());
 * graph.names.includes("The Pile"); // true
 * ```
 */
export async function loadAssets(
  input: string = paths.assets,
  options: LoadOptions = {},
): Promise<AssetSnapshot> {
  checkInput(input, { kind: "assets", without: ", or nothing for the sample" });
  const located = await locate(input);
  if (located.kind === "assets") return await assetsAt(located, options);
  throw new RangeError(`Cannot load assets: "${input}" holds models; loadModels reads it`);
}

/** @throws {TypeError} when an input is not a text */
function checkInput(input: unknown, { kind, without = "" }: { kind: string; without?: string }) {
  if (typeof input === "string") return;
  const what = typeof input === "object" && input !== null ? "an object" : String(input);
  throw new TypeError(
    `Cannot load ${kind}: found ${what}, expected the path of a dump, the path or name of a packed snapshot${without}`,
  );
}

async function modelsAt({ path, packed }: Located, options: LoadOptions) {
  return await (packed ? openModelsAndText : readModelsAndText)(path, options);
}

async function assetsAt({ path, packed }: Located, options: LoadOptions) {
  return packed ? openAssets(path) : await readAssetSnapshot(path, options);
}
