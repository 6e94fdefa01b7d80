/**
 * What is read from each upstream, and the simulator.
 *
 * @module
 */
export { arxivId, isArxivCategory, templatePaper } from "./arxiv.ts";
export { type CheckedPair, readAlignmentCheck } from "./alignment_check.ts";
export type { AssetCell } from "./asset_cell.ts";
export type { AssetEdit } from "./asset_edit.ts";
export type { AssetFault, AssetPlace } from "./asset_fault.ts";
export {
  type AssetLicenseTerms,
  type LicenseSpelling,
  parseLicenseSpellings,
  readAssetLicenseTerms,
} from "./asset_license_terms.ts";
export {
  type Access,
  type AssetLines,
  type AssetRecord,
  type AssetType,
  assetTypes,
} from "./asset_record.ts";
export {
  type AssetSize,
  parseAssetSize,
  sizeIn,
  type SizePart,
  type SizeUnit,
  sizeUnits,
} from "./asset_size.ts";
export type { Compression } from "./content_chunks.ts";
export { formatCsv, readCsv, type ReadCsvOptions } from "./csv.ts";
export { parseDate } from "./dates.ts";
export { detect, type Detected } from "./detect.ts";
export { type AssetRows, readAssets } from "./ecosystem_graphs.ts";
export { type HubOwners, parseHubOwners, readHubOwners } from "./hub_owners.ts";
export type { HubBlocksOptions } from "./hub_blocks.ts";
export { type HubInput, openHub } from "./hub_input.ts";
export { kinshipCard } from "./kinship_card.ts";
export { isLanguage, languageCodes, languageName } from "./languages.ts";
export {
  type LicenseEntry,
  licenseFamilies,
  type LicenseFamily,
  type LicenseMove,
  type LicenseTables,
  type LicenseTerms,
  type MoveVerdict,
  moveVerdicts,
  parseLicenseTerms,
  readLicenseTerms,
} from "./license_terms.ts";
export {
  type OrganizationAlias,
  type OrganizationAliases,
  type OrganizationAliasKind,
  organizationAliasKinds,
  parseOrganizationAliases,
  readOrganizationAliases,
} from "./organization_aliases.ts";
export { type ModalityTerms, parseModalityTerms, readModalityTerms } from "./modality_terms.ts";
export { type NoAsset, noAssetKinds, readNoAssets } from "./no_assets.ts";
export {
  type FiledPaper,
  noPaperCategories,
  type PaperCategories,
  parsePaperCategories,
  readPaperCategories,
  type ReadPaperCategoriesOptions,
} from "./paper_categories.ts";
export { parsePythonLiteral } from "./python_literal.ts";
export type { FetchedFrom, RawFile, RawManifest, RawRole, Upstream } from "./raw_manifest.ts";
export type { TextKind } from "./row_codes.ts";
export type { RowText } from "./row_text.ts";
export { sha256File } from "./sha256.ts";
export { type SimulatedHub, simulateHub, type SimulateOptions } from "./simulate.ts";
export type { SimulatedCounts } from "./simulate/faults.ts";
export { simulatedTag } from "./simulate/tags.ts";
export type { MutationRates } from "./simulate/traits.ts";
export { type OrganizationReading, readOrganizationText } from "./split_organizations.ts";
export type { TextArena } from "./text_arena.ts";
