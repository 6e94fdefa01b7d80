/**
 * Kindred: family trees of machine-learning models and the dependency graph of the foundation-model ecosystem.
 *
 * @module
 */
export { byCodeUnits } from "./core/compare.ts";
export { buildCsr, type Csr } from "./core/csr.ts";
export { type IssueCount, Issues } from "./core/issues.ts";
export { type Random, random } from "./core/random.ts";
export { StringColumn } from "./core/string_column.ts";
export {
  Lineage,
  type LineageEdges,
  type LineageGraph,
  LineageView,
  type Relation,
  relations,
} from "./graph/lineage.ts";
export type { Manifest, Origin } from "./snapshot/manifest.ts";
export type { ModelSnapshot } from "./snapshot/model_snapshot.ts";
export { version } from "./version.ts";
