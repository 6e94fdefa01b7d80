/**
 * Typed columns, dictionaries, adjacency, statistics; no domain words.
 *
 * @module
 */
export {
  type BootstrapInterval,
  type BootstrapOptions,
  ratioBootstrap,
  type RatioClusters,
  ratioDifferenceBootstrap,
} from "./cluster_bootstrap.ts";
export { civilDate } from "./civil_date.ts";
export { byCodeUnits } from "./compare.ts";
export {
  type Concentration,
  concentration,
  type Counts,
  gini,
  herfindahl,
  lorenz,
  type LorenzPoint,
  topShare,
} from "./concentration.ts";
export { buildCsr, type Csr } from "./csr.ts";
export { holm } from "./holm.ts";
export { type IssueCount, Issues } from "./issues.ts";
export { joinStrings, type StringJoin } from "./join_strings.ts";
export { kendall } from "./kendall.ts";
export { levenshtein, levenshteinSimilarity } from "./levenshtein.ts";
export { fitLine, type LineFit, type LineOptions, type LinePoints } from "./line_fit.ts";
export { meanRanks } from "./mean_ranks.ts";
export { forwardTraffic, type LinearOrdering, linearOrdering } from "./ordering/linear_ordering.ts";
export {
  linearOrderingProgram,
  type LinearOrderingProgramOptions,
} from "./ordering/linear_ordering_program.ts";
export type { ItemPair, Violation } from "./ordering/net_matrix.ts";
export { type Random, random } from "./random.ts";
export { StringColumn } from "./string_column.ts";
export type { TermVectors, Weighting } from "./term_vectors.ts";
export type { VocabularyProof } from "./terms/vocabulary.ts";
export { civilTime, monthName, monthOf } from "./time.ts";
export { termsOf, tokens } from "./tokens.ts";
export { type Count, top } from "./top.ts";
export { webAddresses } from "./web_addresses.ts";
export { type ShareInterval, wilsonInterval } from "./wilson.ts";
