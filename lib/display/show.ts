import { DirectedGraph } from "graphology";
import type { Figure } from "../figure/figure.ts";
import type { AssetAudit } from "../graph/audit/audit_assets.ts";
import type { ModelAudit } from "../graph/audit/audit_models.ts";
import type { Report } from "../measure/report.ts";
import type { FamilyTree } from "../measure/family_trees.ts";
import { type FamilyOptions, isFamily, showFamily } from "./graph/show_family.ts";
import { AssetGraph } from "../graph/assets.ts";
import { assetNetwork, type AssetNetworkOptions } from "./graph/asset_network.ts";
import { graphologyNetwork, type GraphologyView } from "./graph/model_network.ts";
import { showNetwork } from "./graph/show_network.ts";
import { isReport, showReport } from "./show_report.ts";
import { checkOptions } from "./check_options.ts";
import type { RowsOptions } from "./columns.ts";
import { found } from "./found.ts";
import type { CellValue } from "./plain_rows.ts";
import { isFigure, showFigure } from "./show_figure.ts";
import { isMarkup, type Markup, showMarkup } from "./show_markup.ts";
import { showRows } from "./show_rows.ts";
import { Shown } from "./shown.ts";

/**
 * Makes something draw itself in Jupyter and in a terminal.
 *
 * @throws {TypeError} when there is no way to show it, or an option is unknown or not of its shape
 * @throws {RangeError} when an option asks for what is not there or cannot be drawn
 *
 * @example
 * ```ts
 * import { show } from "kindred";
 * const rows = [{ model: "a/base", children: 2 }, { model: "b/tuned", children: 1 }];
 * console.log(show(rows, { units: { children: "models" }, caption: "Two models" }));
 * ```
 */
export function show(figure: Figure): Shown;
/** Shows a drawing of Plot or any other element, as it is. */
export function show(element: Markup): Shown;
/** Shows plain rows as a table. */
export function show<Row extends object>(
  rows: readonly Row[],
  options?: RowsOptions<Extract<keyof Row, string>>,
): Shown;
/** Shows values as a table of one column, "value". */
export function show(values: readonly CellValue[], options?: RowsOptions<"value">): Shown;
/** Shows a family as a tree that can be moved, zoomed and collapsed. */
export function show(family: FamilyTree, options?: FamilyOptions): Shown;
/** Shows what an asset was built from and what was built on it. */
export function show(graph: AssetGraph, options: AssetNetworkOptions): Shown;
/** Shows a graph of models or assets, such as a neighbourhood. */
export function show(graph: GraphologyView): Shown;
/** Shows a report or an audit as headings and tables. */
export function show(report: Report | AssetAudit | ModelAudit): Shown;
/** What is shown already stays as it is. */
export function show(shown: Shown): Shown;
export function show(what: unknown, options: object = {}): Shown {
  if (what instanceof Shown) return what;
  if (Array.isArray(what)) return showRows(what, options);
  if (isFamily(what)) return showFamily(what, options);
  if (what instanceof AssetGraph) {
    return showNetwork(assetNetwork(what, options as AssetNetworkOptions));
  }
  checkOptions(options, { action: "show this", known: [] });
  if (isFigure(what)) return showFigure(what);
  if (what instanceof DirectedGraph) return showNetwork(graphologyNetwork(what as GraphologyView));
  if (isReport(what)) return showReport(what);
  if (isMarkup(what)) return showMarkup(what);
  if (typeof Object(what).then === "function") {
    throw new TypeError("Cannot show a Promise: await it first");
  }
  throw new TypeError(
    `Cannot show ${
      found(what)
    }: expected a figure, an element, rows, a family, an asset graph or a report`,
  );
}
