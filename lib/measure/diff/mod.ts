export type { ChildMoves, ModelMove } from "./child_moves.ts";
export type { CountMove, HubStatus, RankedMove } from "./count_move.ts";
export type {
  ComparedTrait,
  DiffModelsOptions,
  ModelDiff,
  ModelDiffRows,
  ModelDiffSide,
  TraitDiff,
} from "./diff_models.ts";
