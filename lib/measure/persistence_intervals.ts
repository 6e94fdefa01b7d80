import type { Interval } from "./report.ts";
import { studentQuantile } from "../core/student.ts";
import { keptPerStep } from "./half_life.ts";
import type { Persistence } from "./persistence.ts";
import { generations, type GenerationsOptions, relationCode } from "./persistence_generations.ts";

/** How uncertain the shares of a generation are. */
export interface GenerationInterval {
  /** Steps from the root, from 1. */
  generation: number;
  /** Families with a lineage of this generation. */
  families: number;
  /** Interval of kept / lineages. */
  kept: Interval;
  /** Interval of changed / lineages. */
  changed: Interval;
  /** Interval of lost / lineages. */
  lost: Interval;
}

/** How uncertain persistence is. */
export interface PersistenceIntervals {
  /** One entry a generation with a lineage, ascending. */
  generations: GenerationInterval[];
  /** Interval of the fitted half-life in steps. */
  halfLife: Interval;
  /** Families with a lineage. */
  families: number;
}

/** Which lineages {@link persistenceIntervals} looks at, and how sure it should be. */
export interface PersistenceIntervalsOptions extends GenerationsOptions {
  /**
   * Share of such intervals that should hold the truth, in (0, 1).
   * @default 0.95
   */
  level?: number;
}

/** Fewest families, and fewest degrees of freedom of their spread, from which an interval is drawn. */
const fewestFamilies = 5;
const fewestFreedom = 2;
/** Standard errors below this are rounding. */
const rounding = 1e-12;
const outcomes = ["kept", "changed", "lost"] as const;

/**
 * Intervals of all shares and of the fitted half-life that take families as independent and the lineages of a family as not. The
 * standard error is the jackknife's, families left out one by one (exact for shares, to first order for the half-life), the degrees of
 * freedom are those of its square, 3 (sum of e^2)^2 / (sum of e^4) - 2, and the quantile is Student's, as in `ratioBootstrap`; but
 * nothing is resampled, so that all curves of a report take one pass each. Intervals of shares are symmetric in the logit (Korn and
 * Graubard 1998, "Confidence intervals for proportions with small expected number of positive counts", section 2) and stay within 0 and 1, those of half-lives are
 * symmetric in the logarithm.
 *
 * There is none where it would mean little: from fewer than five families, where one family dominates (fewer than two degrees of
 * freedom), where all families agree or the share is 0 or 1.
 *
 * @throws {RangeError} when there is no such relation or the level is not in (0, 1)
 *
 * @example
 * ```ts
 * import { buildLineage, persistence, persistenceIntervals, readModelBlocks, traitColumn } from "kindred";
 * const rows = '{"id":"a","tags":["license:mit"]}\n{"id":"b","tags":["base_model:finetune:a"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const view = buildLineage(snapshot).lineage.view("no-merge");
 * const found = persistence(view, traitColumn(snapshot, "license"));
 * persistenceIntervals(found).halfLife; // null, as there is one family
 * ```
 */
export function persistenceIntervals(
  found: Persistence,
  { relation, level = 0.95 }: PersistenceIntervalsOptions = {},
): PersistenceIntervals {
  if (!(level > 0 && level < 1)) {
    throw new RangeError(
      `Cannot draw intervals: level is ${level}, expected a number between 0 and 1`,
    );
  }
  const { cells } = found;
  const code = relationCode(relation);
  const rows = generations(found, { relation });
  const place = new Map(rows.map(({ generation }, i) => [generation, i]));
  const rate = -Math.log(keptPerStep(rows) ?? 1);
  let information = 0;
  for (const row of rows) information += informationOf(row, rate);
  const shares = rows.map(() => outcomes.map(() => new Spread()));
  const rates = new Spread();
  // Cells of a family follow each other, and within it those of a generation.
  for (let i = 0; i < cells.family.length;) {
    const family = cells.family[i];
    let score = 0;
    let own = 0;
    let counts = false;
    while (i < cells.family.length && cells.family[i] === family) {
      const generation = cells.generation[i];
      const sums = [0, 0, 0];
      for (; cells.family[i] === family && cells.generation[i] === generation; i++) {
        if (code >= 0 && cells.relation[i] !== code) continue;
        for (let k = 0; k < 3; k++) sums[k] += cells[outcomes[k]][i];
      }
      const lineages = sums[0] + sums[1] + sums[2];
      if (lineages === 0) continue;
      counts = true;
      const at = place.get(generation)!;
      const all = rows[at];
      for (let k = 0; k < 3; k++) {
        const share = all[outcomes[k]] / all.lineages;
        shares[at][k].add((sums[k] - share * lineages) / (all.lineages - lineages));
      }
      const row = { generation, lineages, kept: sums[0] };
      score += generation * ((lineages - sums[0]) / Math.expm1(generation * rate) - sums[0]);
      own += informationOf(row, rate);
    }
    if (counts) rates.add(score / (information - own));
  }
  const logRate = rates.margin(level) / rate;
  const halfLife = Math.LN2 / rate;
  return {
    generations: rows.map((row, at) => {
      const [kept, changed, lost] = shares[at].map((spread, k): Interval => {
        const share = row[outcomes[k]] / row.lineages;
        return logitInterval(share, spread.margin(level));
      });
      return { generation: row.generation, families: shares[at][0].size, kept, changed, lost };
    }),
    halfLife: Number.isFinite(logRate) && Number.isFinite(rate) && rate > 0
      ? [halfLife * Math.exp(-logRate), halfLife * Math.exp(logRate)]
      : null,
    families: rates.size,
  };
}

/** How sharply the likelihood of the rate of decay a step bends, from one generation. */
function informationOf(
  { generation, lineages, kept }: { generation: number; lineages: number; kept: number },
  rate: number,
): number {
  return lineages === kept
    ? 0
    : (lineages - kept) * (generation / (2 * Math.sinh(generation * rate / 2))) ** 2;
}

function logitInterval(share: number, margin: number): Interval {
  if (!(share > 0 && share < 1) || Number.isNaN(margin)) return null;
  const odds = share / (1 - share);
  const factor = Math.exp(margin / (share * (1 - share)));
  return [odds / (odds + factor), odds * factor / (1 + odds * factor)];
}

/** Sums over the influence of each family, the change of a number when it is left out. */
class Spread {
  /** Families. */
  size = 0;
  #squares = 0;
  #fourths = 0;

  add(influence: number): void {
    const square = influence * influence;
    this.size++;
    this.#squares += square;
    this.#fourths += square * square;
  }

  /** Student's quantile times the jackknife standard error, NaN where there is no interval. */
  margin(level: number): number {
    const error = Math.sqrt(this.#squares * (this.size - 1) / this.size);
    const freedom = 3 * this.#squares * this.#squares / this.#fourths - 2;
    if (this.size < fewestFamilies || !(freedom >= fewestFreedom) || !(error > rounding)) {
      return NaN;
    }
    return error * studentQuantile(freedom, { level });
  }
}
