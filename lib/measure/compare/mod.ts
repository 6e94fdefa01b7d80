export {
  compareModels,
  type CompareModelsOptions,
  type ModelComparison,
  type TokenDifference,
} from "./compare_models.ts";
export {
  type FamilyPair,
  mostDownloadedChild,
  type MostDownloadedChildOptions,
} from "./family_pair.ts";
export { type Metric, type MetricName, metricName, metricNames, metrics } from "./metrics.ts";
export {
  type Change,
  rowDiff,
  type RowDifference,
  type RowDiffOptions,
  type RowPart,
  rowParts,
} from "./row_diff.ts";
