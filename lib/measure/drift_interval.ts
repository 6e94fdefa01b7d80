import {
  type BootstrapInterval,
  ratioBootstrap,
  type RatioClusters,
} from "../core/cluster_bootstrap.ts";
import { type Lineage, relations } from "../graph/lineage.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";
import type { TraitColumn } from "../snapshot/traits.ts";
import { hasCard } from "./drift.ts";
import { families as familiesOf } from "./families.ts";
import { endsOf, familyInterval, type FamilyIntervalOptions } from "./family_interval.ts";
import type { ModelReport } from "./report.ts";

/** A mean at the parents, at the children, and the mean change from parent to child, each with its interval. */
export interface DriftOfMean {
  /** Mean over the edges of what the parent says. */
  parent: BootstrapInterval;
  /** Mean over the edges of what the child says. */
  child: BootstrapInterval;
  /** Mean over the edges of child less parent; there is drift where its interval leaves out 0. */
  change: BootstrapInterval;
}

/** What drifts along the edges of one relation. */
export interface DriftIntervals {
  /** Number of languages. */
  languages: DriftOfMean;
  /** Length of the card in characters. */
  characters: DriftOfMean;
  /** Share of automatically generated cards. */
  automatic: DriftOfMean;
}

/** What is followed, and how the intervals are drawn. */
export interface DriftIntervalOptions extends FamilyIntervalOptions {
  /** The `language` column of the snapshot. */
  language: TraitColumn;
}

/** What each edge says of a mean: entry e belongs to edge number e. */
export interface DriftColumns {
  /** 1 where both ends report, else 0. */
  readonly denominator: Float64Array;
  /** What the parent says, 0 where the edge does not count. */
  readonly parent: Float64Array;
  /** What the child says. */
  readonly child: Float64Array;
  /** What the child says less what the parent says. */
  readonly change: Float64Array;
}

/** Smallest and largest possible value of each mean. */
const ranges: Record<keyof DriftIntervals, [least: number, most: number]> = {
  languages: [1, Infinity],
  characters: [0, Infinity],
  automatic: [0, 1],
};

/**
 * The terms of `drift`: what the parents and the children of the edges of one relation say.
 *
 * @param options.language The `language` column of the snapshot.
 * @param options.relation Code of the relation; all edges where there is none.
 *
 * @example
 * ```ts
 * import { buildLineage, driftByEdge, readModelBlocks, traitColumn } from "kindred";
 * const rows = '{"id":"a","tags":["en"]}\n{"id":"b","tags":["base_model:finetune:a","en","fr"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const { lineage } = buildLineage(snapshot);
 * driftByEdge(snapshot, lineage, { language: traitColumn(snapshot, "language") }).languages.change;
 * // Float64Array [1]
 * ```
 */
export function driftByEdge(
  snapshot: ModelSnapshot,
  lineage: Lineage,
  { language: { offsets }, relation = null }: { language: TraitColumn; relation?: number | null },
): Record<keyof DriftIntervals, DriftColumns> {
  const columns = (
    { value, reports }: { value: (row: number) => number; reports: (row: number) => boolean },
  ): DriftColumns => {
    const zeros = () => new Float64Array(lineage.edges);
    const [denominator, parent, child, change] = [zeros(), zeros(), zeros(), zeros()];
    for (let e = 0; e < lineage.edges; e++) {
      if (relation !== null && lineage.relation[e] !== relation) continue;
      const u = lineage.parent[e];
      const v = lineage.child[e];
      if (!reports(u) || !reports(v)) continue;
      denominator[e] = 1;
      parent[e] = value(u);
      child[e] = value(v);
      change[e] = child[e] - parent[e];
    }
    return { denominator, parent, child, change };
  };
  const reports = (row: number) => hasCard(snapshot, row);
  return {
    languages: columns({
      value: (row) => offsets[row + 1] - offsets[row],
      reports: (row) => offsets[row + 1] > offsets[row],
    }),
    characters: columns({ value: (row) => snapshot.cardCharacters[row], reports }),
    automatic: columns({ value: (row) => snapshot.cardAutomatic[row], reports }),
  };
}

/**
 * The means of `drift` over the edges of one relation, and the mean changes from parent to child, with intervals that respect families: see
 * {@link familyInterval}. An edge counts where both ends report. The families are those of the no-merge graph, a merge counts with the
 * family of each parent.
 *
 * @param options.relation Code of the relation; all edges where there is none.
 * @throws {RangeError} when an option is out of range
 *
 * @example
 * ```ts
 * import { buildLineage, driftInterval, readModelBlocks, traitColumn } from "kindred";
 * const rows = '{"id":"a","tags":["en"]}\n{"id":"b","tags":["base_model:finetune:a","en","fr"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const { lineage } = buildLineage(snapshot);
 * driftInterval(snapshot, lineage, { language: traitColumn(snapshot, "language") }).languages.change;
 * // { estimate: 1, low: null, high: null, replicates: 0, standardError: null }
 * ```
 */
export function driftInterval(
  snapshot: ModelSnapshot,
  lineage: Lineage,
  { language, relation = null, families = familiesOf(lineage.view("no-merge")), ...options }:
    & DriftIntervalOptions
    & { relation?: number | null },
): DriftIntervals {
  const columns = driftByEdge(snapshot, lineage, { language, relation });
  const mean = (name: keyof DriftIntervals): DriftOfMean => {
    const { denominator, parent, child, change } = columns[name];
    const [least, most] = ranges[name];
    const interval = (numerator: Float64Array, range: [number, number]) =>
      familyInterval(lineage, { numerator, denominator }, { ...options, families, range });
    return {
      parent: interval(parent, [least, most]),
      child: interval(child, [least, most]),
      change: interval(change, [least - most, most - least]),
    };
  };
  return {
    languages: mean("languages"),
    characters: mean("characters"),
    automatic: mean("automatic"),
  };
}

/**
 * {@link driftInterval} of each relation and of all edges.
 *
 * @throws {RangeError} when an option is out of range
 *
 * @example
 * ```ts
 * import { buildLineage, driftIntervals, readModelBlocks, traitColumn } from "kindred";
 * const rows = '{"id":"a","tags":["en"]}\n{"id":"b","tags":["base_model:finetune:a","en","fr"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const { lineage } = buildLineage(snapshot);
 * const { finetune } = driftIntervals(snapshot, lineage, { language: traitColumn(snapshot, "language") });
 * finetune.languages.change.estimate; // 1
 * ```
 */
export function driftIntervals(
  snapshot: ModelSnapshot,
  lineage: Lineage,
  { families = familiesOf(lineage.view("no-merge")), ...options }: DriftIntervalOptions,
): Record<keyof ModelReport["drift"], DriftIntervals> {
  const of = (relation: number | null) =>
    driftInterval(snapshot, lineage, { ...options, families, relation });
  return eachDrift((relation) => of(relation === overall ? null : relation));
}

/** The place after the relations' codes, for all edges. */
const overall = relations.length;

/** One entry for each relation of the report, by its code, and one for all edges. */
function eachDrift<T>(of: (relation: number) => T): Record<keyof ModelReport["drift"], T> {
  return {
    finetune: of(relations.indexOf("finetune")),
    quantized: of(relations.indexOf("quantized")),
    adapter: of(relations.indexOf("adapter")),
    merge: of(relations.indexOf("merge")),
    overall: of(overall),
  };
}

/** Sums of a change within families, in the order in which they first have an edge that counts, as `familySums` has them. */
class ChangeSums {
  #place: Int32Array;
  #numerator: Float64Array;
  #denominator: Float64Array;
  #used = 0;

  constructor(families: number) {
    this.#place = new Int32Array(families).fill(-1);
    this.#numerator = new Float64Array(families);
    this.#denominator = new Float64Array(families);
  }

  add(family: number, change: number): void {
    if (this.#place[family] < 0) this.#place[family] = this.#used++;
    this.#numerator[this.#place[family]] += change;
    this.#denominator[this.#place[family]]++;
  }

  clusters(): RatioClusters {
    return {
      numerator: this.#numerator.subarray(0, this.#used),
      denominator: this.#denominator.subarray(0, this.#used),
    };
  }
}

const drifting = ["languages", "characters", "automatic"] as const;

/**
 * Ends of the intervals of the three mean changes alone, for each relation and all edges, as {@link driftIntervals} gives them; in
 * one pass over the edges, in memory for the families alone.
 *
 * @throws {RangeError} when an option is out of range
 */
export function driftChanges(
  snapshot: ModelSnapshot,
  lineage: Lineage,
  { language: { offsets }, families = familiesOf(lineage.view("no-merge")), ...options }:
    DriftIntervalOptions,
): Record<keyof ModelReport["drift"], NonNullable<ModelReport["drift"]["overall"]["change"]>> {
  const slots = new Int32Array(families.components).fill(-1);
  let used = 0;
  for (let e = 0; e < lineage.edges; e++) {
    const family = families.of[lineage.parent[e]];
    if (slots[family] < 0) slots[family] = used++;
  }
  const sums = Array.from(
    { length: overall + 1 },
    () => drifting.map(() => new ChangeSums(used)),
  );
  for (let e = 0; e < lineage.edges; e++) {
    const u = lineage.parent[e];
    const v = lineage.child[e];
    const slot = slots[families.of[u]];
    const [spokenAbove, spoken] = [offsets[u + 1] - offsets[u], offsets[v + 1] - offsets[v]];
    const cards = hasCard(snapshot, u) && hasCard(snapshot, v);
    for (let kind: number = lineage.relation[e];; kind = overall) {
      const [languages, characters, automatic] = sums[kind];
      if (spokenAbove > 0 && spoken > 0) languages.add(slot, spoken - spokenAbove);
      if (cards) {
        characters.add(slot, snapshot.cardCharacters[v] - snapshot.cardCharacters[u]);
        automatic.add(slot, snapshot.cardAutomatic[v] - snapshot.cardAutomatic[u]);
      }
      if (kind === overall) break;
    }
  }
  const of = (kind: number) => {
    const ends = sums[kind].map((sum, i) => {
      const [least, most] = ranges[drifting[i]];
      const range: [number, number] = [least - most, most - least];
      return endsOf(ratioBootstrap(sum.clusters(), { ...options, range }));
    });
    return { languages: ends[0], characters: ends[1], automatic: ends[2] };
  };
  return eachDrift(of);
}
