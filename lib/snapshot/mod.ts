/**
 * Snapshots: read, packed, opened, selected; their text.
 *
 * @module
 */
export {
  type Asset,
  type AssetSnapshot,
  buildAssetSnapshot,
  readAssetSnapshot,
} from "./asset_snapshot.ts";
export { type AssetsUntil, assetsUntil, type AssetsUntilOptions } from "./assets_until.ts";
export {
  type CleaningRule,
  type Exemption,
  exemptions,
  readCleaningRules,
  type RuleKind,
  ruleKinds,
} from "./cleaning_rules.ts";
export {
  type CorrectedCopy,
  type CorrectedCopyOptions,
  writeCorrectedCopy,
} from "./corrected_copy.ts";
export { loadAssets, loadModels, type LoadOptions } from "./load.ts";
export type { Fetched, Manifest, Origin } from "./manifest.ts";
export type { ModelSnapshot, Tier } from "./model_snapshot.ts";
export {
  type ModelText,
  modelTexts,
  type ModelTextsOptions,
  type RowBlocks,
} from "./model_texts.ts";
export { indexText, openModelsAndText, type OpenTextOptions } from "./open_text.ts";
export { openAssets, packAssets } from "./pack_assets.ts";
export { openModels, packModels, type PackModelsOptions } from "./pack_models.ts";
export { parseAssetSnapshot } from "./parse_asset_snapshot.ts";
export {
  readModelBlocks,
  readModels,
  readModelsAndText,
  type ReadModelsOptions,
} from "./read_models.ts";
export { type ModelSelection, selectModels } from "./select_models.ts";
export { type DocumentMasks, TextIndex, type VectorOptions } from "./text_index.ts";
export { categoryColumn } from "./category_column.ts";
export {
  distinctWithin,
  prefixColumn,
  type Trait,
  type TraitColumn,
  traitColumn,
  traitNames,
} from "./traits.ts";
