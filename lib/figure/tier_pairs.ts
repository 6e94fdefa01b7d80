import type { Cell, Figure } from "./figure.ts";

/** A figure as it is drawn once or twice. */
export interface TierPair {
  /** The figure of the raw tier, or of data that have no tiers. */
  figure: Figure;
  /** The same figure of the cleaned tier, null where it was not drawn. */
  cleaned: Figure | null;
}

/** How a figure of the cleaned tier compares with that of the raw one. */
export interface TierComparison {
  /** Whether both show the same: the texts of their rows are equal, and `difference` is at most 0.01. */
  agrees: boolean;
  /**
   * Largest difference between two plotted numbers, as a share of the largest number of the column in either tier;
   * null where the rows are not about the same things, so that no numbers stand beside each other.
   */
  difference: number | null;
}

/** Tiers agree up to here: a hundredth of an axis is narrower than a dot, so the drawings look the same. */
const mostAgreeing = 0.01;

/** Figures with those of the cleaned tier beside those of the raw one, in the order given. */
export function tierPairs(figures: readonly Figure[]): TierPair[] {
  const twins = new Map(
    figures.flatMap((figure) => figure.source.tier === "cleaned" ? [[figure.name, figure]] : []),
  );
  const pairs: TierPair[] = [];
  for (const figure of figures) {
    if (figure.source.tier === "cleaned") continue;
    const name = `${figure.name}_cleaned`;
    pairs.push({ figure, cleaned: twins.get(name) ?? null });
    twins.delete(name);
  }
  // A figure that could be drawn of the cleaned tier only stands alone.
  for (const figure of twins.values()) pairs.push({ figure, cleaned: null });
  return pairs.sort((a, b) => figures.indexOf(a.figure) - figures.indexOf(b.figure));
}

/** For each figure of the cleaned tier that has a raw one, by its name: how the two compare. */
export function compareTiers(figures: readonly Figure[]): Map<string, TierComparison> {
  return new Map(
    tierPairs(figures).flatMap(({ figure, cleaned }) => {
      if (cleaned === null) return [];
      const difference = largestDifference(figure.rows, cleaned.rows);
      const agrees = difference !== null && difference <= mostAgreeing;
      return [[cleaned.name, { agrees, difference }]];
    }),
  );
}

type Rows = readonly Readonly<Record<string, Cell>>[];

/** The `difference` of a {@link TierComparison}. */
function largestDifference(a: Rows, b: Rows): number | null {
  if (a.length !== b.length) return null;
  const scale = new Map<string, number>();
  const apart = new Map<string, number>();
  for (let i = 0; i < a.length; i++) {
    const columns = Object.keys(a[i]);
    if (columns.join("\n") !== Object.keys(b[i]).join("\n")) return null;
    for (const column of columns) {
      const x = a[i][column];
      const y = b[i][column];
      if (typeof x !== "number" || typeof y !== "number") {
        if (x !== y) return null;
        continue;
      }
      scale.set(column, Math.max(scale.get(column) ?? 0, Math.abs(x), Math.abs(y)));
      apart.set(column, Math.max(apart.get(column) ?? 0, Math.abs(x - y)));
    }
  }
  let largest = 0;
  for (const [column, most] of apart) {
    if (most > 0) largest = Math.max(largest, most / scale.get(column)!);
  }
  return largest;
}
