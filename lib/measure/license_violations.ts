import type { RatioClusters } from "../core/cluster_bootstrap.ts";
import type { StringColumn } from "../core/string_column.ts";
import { monthOf } from "../core/time.ts";
import { topIndices } from "../core/top.ts";
import type { LineageView, Relation } from "../graph/lineage.ts";
import { relations } from "../graph/lineage.ts";
import type { TraitColumn } from "../snapshot/traits.ts";
import { licenseFamilies, type LicenseFamily, type LicenseTerms } from "../source/license_terms.ts";
import { type Families, families as familiesOf, familyRoots } from "./families.ts";
import { EdgeJudge, edgeVerdicts, undeclared } from "./license_judge.ts";

/** What the terms of the parents say of some edges. */
export interface TermCounts {
  /** All of them: judged + unknown + undeclared. */
  edges: number;
  /** Edges whose terms can be told. */
  judged: number;
  /** Judged edges that break the parent's terms. */
  broken: number;
  /** Both ends declare a license, but what the terms are or demand cannot be told. */
  unknown: number;
  /** The parent or the child declares no license. */
  undeclared: number;
}

/** Family of an end's license, `undeclared` where it declares none. */
export type DeclaredFamily = LicenseFamily | "undeclared";

/** The edges that break the terms of their parent's license, see {@link licenseViolations}. */
export interface LicenseViolations {
  /** All edges of the view. */
  overall: TermCounts;
  /** By relation of the edge. */
  byRelation: Record<Relation, TermCounts>;
  /** By license family of parent and child, most edges broken first, then most edges; pairs without an edge left out. */
  byPair: ({ from: DeclaredFamily; to: DeclaredFamily } & TermCounts)[];
  /** By year in which the child was created, ascending; null, last, where that is not known. */
  byYear: ({ year: number | null } & TermCounts)[];
  /** By license family of the parent, in the order of `licenseFamilies`, and year as in `byYear`; those without an edge left out. */
  byFamilyAndYear: ({ from: DeclaredFamily; year: number | null } & TermCounts)[];
  /** The families of models with most broken edges; an edge belongs to the family of its parent. */
  byFamily: ({ root: string; models: number } & TermCounts)[];
  /** The most frequent moves from one license to another among the broken edges. */
  byLicense: { from: string; to: string; edges: number }[];
  /** What was found for edge e of the lineage, a place in {@link edgeVerdicts}; 0 for edges outside the view too. */
  verdicts: Uint8Array;
  /** Broken (numerator) and judged (denominator) edges of each family that has one judged, for a cluster bootstrap. */
  clusters: RatioClusters;
}

/** What {@link licenseViolations} looks at. */
export interface LicenseViolationsOptions {
  /** Ids of the models, to name families by their roots. */
  ids: StringColumn;
  /** What licenses demand. */
  terms: LicenseTerms;
  /**
   * Families of the models, named after their roots in the no-merge graph.
   * @default those of the no-merge graph, as merges join most families into one
   */
  families?: Families;
  /**
   * Most entries of `byFamily` and `byLicense`.
   * @default 10
   */
  n?: number;
}

/**
 * Edges whose child declares a license that the terms of its parent's license do not permit, by the table of moves between license
 * families in {@link LicenseTerms}. Only what is declared is judged: a tag cannot show notices or the text of an agreement, so
 * an edge that is permitted may still break the terms, and one that is broken may be a wrong tag.
 *
 * A model with several licenses is read in its favour, as a choice: an edge is broken only if every pair of a license of the parent and one
 * of the child is, and permitted if one pair is. For `byPair` it stands under the most binding family of each end, in the order
 * of `licenseFamilies`, for `byLicense` under the first license that each declares. A license that is not in the table is
 * `unspecified`.
 *
 * Terms bind merges too, so `all` is the graph to look at.
 *
 * @param column The `license` column of the snapshot.
 * @throws {RangeError} when the column has another number of models than the view
 *
 * @example
 * ```ts
 * import { buildLineage, licenseViolations, readLicenseTerms, readModelBlocks, traitColumn } from "kindred";
 * const rows = '{"id":"a","tags":["license:gemma"]}\n' +
 *   '{"id":"b","tags":["base_model:finetune:a","license:mit"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const { overall } = licenseViolations(
 *   buildLineage(snapshot).lineage.view("all"),
 *   traitColumn(snapshot, "license"),
 *   { ids: snapshot.ids, terms: await readLicenseTerms() },
 * );
 * overall.broken; // 1
 * ```
 */
export function licenseViolations(
  view: LineageView,
  column: TraitColumn,
  { ids, terms, families = familiesOf(view.lineage.view("no-merge")), n = 10 }:
    LicenseViolationsOptions,
): LicenseViolations {
  const { lineage } = view;
  const models = lineage.nodes;
  if (column.offsets.length !== models + 1 || families.of.length !== models) {
    throw new RangeError(
      `Cannot judge licenses: found a column of ${
        column.offsets.length - 1
      } models and families of ${families.of.length}, expected ${models}, as in the lineage`,
    );
  }
  const judge = new EdgeJudge(column, terms);
  const kinds = licenseFamilies.length + 1;
  const relationSums = new Sums(relations.length);
  const pairs = new Sums(kinds * kinds);
  const familySums = new Sums(families.components);
  const years = new Map<number, Sums>();
  const licenses = new Map<number, number>();
  const verdicts = new Uint8Array(lineage.edges);
  const values = column.values.length;
  for (let e = 0; e < lineage.edges; e++) {
    if (!view.has(e)) continue;
    const u = lineage.parent[e];
    const v = lineage.child[e];
    const verdict = judge.verdict(u, v);
    verdicts[e] = verdict;
    relationSums.add(lineage.relation[e], verdict);
    pairs.add(judge.family[u] * kinds + judge.family[v], verdict);
    familySums.add(families.of[u], verdict);
    const month = monthOf(lineage.time[e]);
    const year = month < 0 ? Infinity : 1970 + Math.floor(month / 12);
    let sums = years.get(year);
    if (sums === undefined) years.set(year, sums = new Sums(kinds));
    sums.add(judge.family[u], verdict);
    if (edgeVerdicts[verdict] !== "broken") continue;
    const move = column.codes[column.offsets[u]] * values + column.codes[column.offsets[v]];
    licenses.set(move, (licenses.get(move) ?? 0) + 1);
  }
  const nameOf = (kind: number): DeclaredFamily =>
    kind === undeclared ? "undeclared" : licenseFamilies[kind];
  const ordered = [...years].sort(([a], [b]) => a < b ? -1 : 1)
    .map(([year, sums]): [number | null, Sums] => [year === Infinity ? null : year, sums]);
  const value = (code: number) => column.values.at(code);
  const broken = familySums.broken();
  const worst = topIndices(broken, { n }).sort((a, b) => broken[b] - broken[a] || a - b).slice(
    0,
    n,
  );
  const roots = familyRoots(lineage.view("no-merge"), families, worst);
  return {
    overall: relationSums.total(),
    byRelation: Object.fromEntries(
      relations.map((relation, code) => [relation, relationSums.at(code)]),
    ) as LicenseViolations["byRelation"],
    byPair: Array.from({ length: kinds * kinds }, (_, i) => ({
      from: nameOf(Math.floor(i / kinds)),
      to: nameOf(i % kinds),
      ...pairs.at(i),
    })).filter(({ edges }) => edges > 0).sort((a, b) => b.broken - a.broken || b.edges - a.edges),
    byYear: ordered.map(([year, sums]) => ({ year, ...sums.total() })),
    byFamilyAndYear: Array.from(
      { length: kinds },
      (_, kind) => ordered.map(([year, sums]) => ({ from: nameOf(kind), year, ...sums.at(kind) })),
    ).flat().filter(({ edges }) => edges > 0),
    byFamily: worst.map((component, i) => ({
      // A family that only merges came of has no edge there.
      root: ids.at(roots[i] >= 0 ? roots[i] : families.of.indexOf(component)),
      models: families.sizes[component],
      ...familySums.at(component),
    })),
    byLicense: [...licenses].sort(([a, m], [b, k]) => k - m || a - b).slice(0, n).map((
      [move, edges],
    ) => ({ from: value(Math.floor(move / values)), to: value(move % values), edges })),
    verdicts,
    clusters: familySums.clusters(),
  };
}

/** Counts of each verdict for each of some groups. */
class Sums {
  #counts: Float64Array;

  constructor(groups: number) {
    this.#counts = new Float64Array(groups * edgeVerdicts.length);
  }

  add(group: number, verdict: number): void {
    this.#counts[group * edgeVerdicts.length + verdict]++;
  }

  at(group: number): TermCounts {
    const start = group * edgeVerdicts.length;
    return countsOf(this.#counts.subarray(start, start + edgeVerdicts.length));
  }

  total(): TermCounts {
    const sums = new Float64Array(edgeVerdicts.length);
    this.#counts.forEach((count, i) => sums[i % sums.length] += count);
    return countsOf(sums);
  }

  /** Broken edges of each group. */
  broken(): Uint32Array {
    const at = edgeVerdicts.indexOf("broken");
    return Uint32Array.from(
      { length: this.#counts.length / edgeVerdicts.length },
      (_, group) => this.#counts[group * edgeVerdicts.length + at],
    );
  }

  clusters(): RatioClusters {
    const numerator: number[] = [];
    const denominator: number[] = [];
    for (let group = 0; group < this.#counts.length / edgeVerdicts.length; group++) {
      const { judged, broken } = this.at(group);
      if (judged === 0) continue;
      numerator.push(broken);
      denominator.push(judged);
    }
    return { numerator: Float64Array.from(numerator), denominator: Float64Array.from(denominator) };
  }
}

/** Counts in the order of {@link edgeVerdicts}. */
function countsOf([none, unknown, broken, permitted]: Float64Array): TermCounts {
  const judged = broken + permitted;
  return { edges: none + unknown + judged, judged, broken, unknown, undeclared: none };
}
