import { relations } from "../../lib/graph/lineage.ts";
import { halfLife } from "../../lib/measure/half_life.ts";
import type { PersistenceCurve, PersistenceReport } from "../../lib/measure/persistence_report.ts";

/** Counts kept, changed and lost of each generation, with intervals of 0.05 to both sides in the first two. */
function curve(counts: readonly [number, number, number][]): PersistenceCurve {
  const generations = counts.map(([kept, changed, lost], i) => {
    const lineages = kept + changed + lost;
    const around = (part: number): [number, number] | null =>
      i > 1 || part === 0 ? null : [part / lineages - 0.05, part / lineages + 0.05];
    return {
      generation: i + 1,
      lineages,
      kept,
      changed,
      lost,
      retained: kept / lineages,
      intervals: {
        families: 40,
        kept: around(kept),
        changed: around(changed),
        lost: around(lost),
      },
    };
  });
  const decay = halfLife(generations);
  return { generations, halfLife: { ...decay, interval: counts.length > 1 ? [0.8, 2.5] : null } };
}

function trait(
  counts: readonly [number, number, number][],
): PersistenceReport["traits"]["license"] {
  const none = curve([]);
  const byRelation = Object.fromEntries(
    relations.map((
      relation,
    ) => [relation, relation === "merge" ? none : curve(counts.slice(0, 2))]),
  ) as PersistenceReport["traits"]["license"]["byRelation"];
  return { lineages: 800, undeclared: 60, ...curve(counts), byRelation };
}

/** What became of the traits of a few hundred made-up lineages; the fifth generation is too small to draw. */
export function persistenceInput(n: (plain: string) => string): PersistenceReport {
  const counts = (judged: number, broken: number) => ({
    edges: judged + 30,
    judged,
    broken,
    unknown: 10,
    undeclared: 20,
  });
  return {
    rootless: 3,
    traits: {
      license: trait([[300, 60, 40], [120, 60, 20], [40, 50, 10], [10, 24, 6], [1, 1, 1]]),
      language: trait([[90, 5, 105], [30, 4, 66]]),
      task: trait([[350, 20, 30]]),
      library: trait([[200, 150, 50], [100, 80, 20]]),
    },
    restriction: trait([[100, 40, 60], [20, 30, 50]]),
    violations: {
      overall: counts(400, 31),
      byRelation: {
        untyped: counts(20, 1),
        finetune: counts(200, 20),
        quantized: counts(100, 5),
        adapter: counts(60, 3),
        merge: counts(20, 2),
      },
      byPair: [{ from: "commercial-terms", to: "permissive", ...counts(100, 28) }],
      byYear: [
        { year: 2023, ...counts(100, 6) },
        { year: 2024, ...counts(280, 25) },
        { year: null, ...counts(20, 0) },
      ],
      byFamilyAndYear: [
        { from: "commercial-terms", year: 2024, ...counts(100, 25) },
        { from: "non-commercial", year: 2023, ...counts(30, 6) },
        { from: "permissive", year: 2023, ...counts(70, 0) },
        { from: "permissive", year: 2024, ...counts(180, 0) },
        { from: "permissive", year: null, ...counts(20, 0) },
        { from: "undeclared", year: 2024, ...counts(0, 0) },
      ],
      byFamily: [{ root: n("lab/base"), models: 200, ...counts(150, 20) }],
      byLicense: [{ from: n("gemma"), to: n("mit"), edges: 20 }],
      share: 31 / 400,
      interval: [0.05, 0.11],
    },
  };
}
