import { monthName, monthOf } from "../core/time.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";
import type { Families, Family } from "./families.ts";

/** Models added in a month, as `2024-05`. */
export interface MonthCount {
  /** Year and month, `2024-05`. */
  month: string;
  /** Models created in it. */
  added: number;
}

/** New models by month. */
export interface Growth {
  /** Months with at least one model, in order. */
  months: MonthCount[];
  /** Models without a usable date. */
  undated: number;
}

/**
 * Models by month of creation; with `families`, for each of the families given in their order.
 *
 * @returns one growth for all models, and one for each family
 *
 * @example
 * ```ts
 * import { buildLineage, families, growth, readModelBlocks } from "kindred";
 * const rows = '{"id":"a","createdAt":"2024-05-17T00:00:00.000Z"}\n{"id":"b"}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const groups = families(buildLineage(snapshot).lineage.view("no-merge"));
 * growth(snapshot, groups, { largest: [] }).all; // { months: [{ month: "2024-05", added: 1 }], undated: 1 }
 * ```
 */
export function growth(
  snapshot: ModelSnapshot,
  families: Families,
  { largest }: { largest: readonly Family[] },
): { all: Growth; families: Growth[] } {
  const months = 230 * 12;
  const place = new Int32Array(families.sizes.length).fill(-1);
  largest.forEach(({ component }, i) => place[component] = i);
  const all = new Uint32Array(months);
  const each = largest.map(() => new Uint32Array(months));
  const undated = new Uint32Array(largest.length + 1);
  for (let row = 0; row < snapshot.models; row++) {
    const family = place[families.of[row]];
    const month = monthOf(snapshot.created[row]);
    if (month < 0) {
      undated[largest.length]++;
      if (family >= 0) undated[family]++;
      continue;
    }
    all[month]++;
    if (family >= 0) each[family][month]++;
  }
  function rows(counts: Uint32Array, unknown: number): Growth {
    const list: MonthCount[] = [];
    for (let m = 0; m < months; m++) {
      if (counts[m] > 0) list.push({ month: monthName(m), added: counts[m] });
    }
    return { months: list, undated: unknown };
  }
  return {
    all: rows(all, undated[largest.length]),
    families: each.map((counts, i) => rows(counts, undated[i])),
  };
}
