/**
 * Figures, tables, trees, graphs and reports that draw themselves in Jupyter and in a terminal.
 *
 * @module
 */
export { document as svgDocument } from "../figure/dom.ts";
export type { RowsOptions } from "./columns.ts";
export { Estimate } from "./estimate.ts";
export type { AssetNetworkOptions } from "./graph/asset_network.ts";
export type { CellValue } from "./plain_rows.ts";
export { familyOf, type ModelFamily } from "./graph/family_of.ts";
export type { FamilyOptions } from "./graph/show_family.ts";
export type { GraphologyView } from "./graph/model_network.ts";
export { show } from "./show.ts";
export type { Markup } from "./show_markup.ts";
export { type MimeBundle, Shown, type ShownParts } from "./shown.ts";
export { type Tell, withProgress } from "./with_progress.ts";
