import type { AssetSnapshot } from "../snapshot/asset_snapshot.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";
import { type AssetDiff, diffAssets, type DiffAssetsOptions } from "./assets/diff/diff_assets.ts";
import { diffModels, type DiffModelsOptions, type ModelDiff } from "./diff/diff_models.ts";

/**
 * What differs between two snapshots of assets, the earlier one first: assets and edges added, removed, renamed and changed, the fields
 * that changed and how, owners that came and went, and how the hubs moved. Assets are joined by name; what only one snapshot has and
 * seems to be an asset of another name in the other (names alike up to case and white space, or a url of its own) counts as renamed.
 *
 * @example
 * ```ts
 * import { assetsUntil, diffSnapshots, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * const pile = "- type: dataset\n  name: The Pile\n  created_date: 2021-01-01\n";
 * const opt = "- type: model\n  name: OPT\n  created_date: 2022-05-01\n  dependencies: [The Pile]\n";
 * await Deno.writeTextFile(path, pile + opt);
 * const now = await readAssetSnapshot(path);
 * const { assets, hubs } = diffSnapshots(assetsUntil(now, "2021-12-31", { undated: "keep" }).snapshot, now);
 * assets.added[0].name; // "OPT"
 * hubs[0]; // { name: "The Pile", status: "appeared", direct: { before: 0, after: 1, change: 1, ... }, ... }
 * await Deno.remove(path);
 * ```
 */
export function diffSnapshots(
  before: AssetSnapshot,
  after: AssetSnapshot,
  options?: DiffAssetsOptions,
): AssetDiff;
/**
 * What differs between two snapshots of models: models and edges added and removed, relations and traits changed, and how the hubs
 * moved. Models are joined by id. Counts, lists of at most `n` entries, and the row numbers of all as typed arrays; time and memory are
 * linear in both snapshots.
 *
 * @example
 * ```ts
 * import { diffSnapshots, readModelBlocks } from "kindred";
 * const read = (rows: string) => readModelBlocks([new TextEncoder().encode(rows)], { name: "rows" });
 * const before = await read('{"id":"a","tags":["license:mit"]}\n');
 * const after = await read('{"id":"a","tags":["license:gpl"]}\n{"id":"b","tags":["base_model:a"]}\n');
 * const { models, traits } = diffSnapshots(before, after);
 * models.listed.added; // ["b"]
 * traits.license.listed; // [{ id: "a", lost: ["mit"], gained: ["gpl"] }]
 * ```
 */
export function diffSnapshots(
  before: ModelSnapshot,
  after: ModelSnapshot,
  options?: DiffModelsOptions,
): ModelDiff;
/**
 * Compares two snapshots of one kind.
 *
 * @throws {TypeError} when one holds models and the other assets
 * @throws {RangeError} when `n` is negative, or there is no such graph
 */
export function diffSnapshots(
  before: AssetSnapshot | ModelSnapshot,
  after: AssetSnapshot | ModelSnapshot,
  options: DiffAssetsOptions & DiffModelsOptions = {},
): AssetDiff | ModelDiff {
  if (before.kind === "assets" && after.kind === "assets") {
    return diffAssets(before, after, options);
  }
  if (before.kind === "models" && after.kind === "models") {
    return diffModels(before, after, options);
  }
  throw new TypeError(
    `Cannot compare the snapshots: "${before.name}" holds ${before.kind} and "${after.name}" holds ${after.kind}, expected both to hold the same`,
  );
}
