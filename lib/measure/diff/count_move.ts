/** A count in two snapshots. */
export interface CountMove {
  /** What it was; null where there was nothing to count for. */
  before: number | null;
  /** What it is; null where there is nothing to count for any more. */
  after: number | null;
  /** How much more it is, null counting as 0. */
  change: number;
}

/** A count in two snapshots and its place among all counts of each. */
export interface RankedMove extends CountMove {
  /** Place in the earlier snapshot, 1 the largest; those that tie share the mean of their places. Null where there is none. */
  rankBefore: number | null;
  /** The same in the later snapshot. */
  rankAfter: number | null;
}

/** Whether a hub, which is what something builds on, was one before and is one now, only is now, or only was before. */
export type HubStatus = "stayed" | "appeared" | "vanished";

/** The status of a hub by what builds on it directly. */
export function hubStatus({ before, after }: CountMove): HubStatus {
  return !before ? "appeared" : !after ? "vanished" : "stayed";
}

/** A count that went from `before` to `after`. */
export function countMove(before: number | null, after: number | null): CountMove {
  return { before, after, change: (after ?? 0) - (before ?? 0) };
}
