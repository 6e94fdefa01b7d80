import { type ShareInterval, wilsonInterval } from "../../core/wilson.ts";
import type { CheckedPair } from "../../source/alignment_check.ts";
import { type Alignment, type AlignmentRule, alignmentRules } from "./align.ts";

/** How right an alignment is, by pairs that were looked at by hand. */
export interface AlignmentPrecision {
  /** For each rule and for all: pairs found that were looked at, those that are the same, and their share with its 95% interval. */
  rules: {
    rule: AlignmentRule | "all";
    checked: number;
    right: number;
    precision: ShareInterval | null;
  }[];
  /** Pairs known to be the same, how many of them were found, and their share. */
  recall: { same: number; found: number; share: ShareInterval | null };
  /** Pairs found that nobody has looked at. */
  unchecked: number;
  /** Pairs found that are not the same. */
  wrong: CheckedPair[];
  /** Pairs that are the same and were not found. */
  missed: CheckedPair[];
}

/**
 * Compares an alignment with pairs that were looked at by hand. Precision is the share of found pairs that are the same, recall the
 * share of the same pairs that were found; the intervals are Wilson's (1927) and take the pairs as independent.
 *
 * @param check As {@link readAlignmentCheck} gives it. Ids are compared blind to case.
 *
 * @example
 * ```ts
 * import { alignmentPrecision, type Alignment } from "kindred";
 * const rows: Alignment["rows"] = [
 *   { asset: "T0", type: "model", kind: "model", repository: "bigscience/T0", row: 0, rule: "url" },
 * ];
 * const alignment = { rows, rules: [], contested: [], models: { unaligned: 0, all: 1 } };
 * const check = [{ asset: "T0", repository: "bigscience/T0", same: true, reason: "its own" }];
 * alignmentPrecision(alignment, check).recall.found; // 1
 * ```
 */
export function alignmentPrecision(
  { rows }: Alignment,
  check: readonly CheckedPair[],
): AlignmentPrecision {
  const keyOf = (asset: string, repository: string) =>
    JSON.stringify([asset, repository.toLowerCase()]);
  const known = new Map(check.map((pair) => [keyOf(pair.asset, pair.repository), pair]));
  const found = rows.map((row) => ({
    rule: row.rule,
    pair: known.get(keyOf(row.asset, row.repository)) ?? null,
  }));
  const hits = new Set(found.flatMap(({ pair }) => pair ?? []));
  const same = check.filter((pair) => pair.same);
  const share = (count: number, total: number) => total === 0 ? null : wilsonInterval(count, total);
  const recalled = same.filter((pair) => hits.has(pair)).length;
  return {
    rules: ([...alignmentRules, "all"] as const).map((rule) => {
      const checked = found.flatMap(({ rule: own, pair }) =>
        pair !== null && (rule === "all" || own === rule) ? pair : []
      );
      const right = checked.filter((pair) => pair.same).length;
      return { rule, checked: checked.length, right, precision: share(right, checked.length) };
    }),
    recall: { same: same.length, found: recalled, share: share(recalled, same.length) },
    unchecked: found.filter(({ pair }) => pair === null).length,
    wrong: check.filter((pair) => !pair.same && hits.has(pair)),
    missed: same.filter((pair) => !hits.has(pair)),
  };
}
