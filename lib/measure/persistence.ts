import type { LineageView } from "../graph/lineage.ts";
import { relations } from "../graph/lineage.ts";
import { eachRoot } from "../graph/lineages_below.ts";
import { distinctWithin, type TraitColumn } from "../snapshot/traits.ts";
import { type Families, families as familiesOf } from "./families.ts";
import { CellTable, fields, type PersistenceCells } from "./persistence_cells.ts";

/** What became of a trait of the roots, see {@link persistence}. */
export interface Persistence {
  /** Sums by family, generation and relation. */
  readonly cells: PersistenceCells;
  /** Lineages whose root declares the trait, the sum over the cells. */
  readonly lineages: number;
  /** Lineages whose root does not, which say nothing. */
  readonly undeclared: number;
  /** Models with a parent that descend from a cycle only, and so from no root. */
  readonly rootless: number;
}

/** What {@link persistence} looks at. */
export interface PersistenceOptions {
  /**
   * Values of a root that count, by name; lineages of roots without one are undeclared.
   * @default all
   */
  tracked?: readonly string[];
  /**
   * Families, the clusters of the cells.
   * @default families(view)
   */
  families?: Families;
}

/**
 * What became of a declared trait down the generations. A lineage is a pair of a root (a node without a parent in the view) and a node
 * below it, once, at the length of the shortest path; a node below several roots is in several lineages. The trait is kept
 * where the node declares a value of the root's, changed where it declares others only, lost where it declares none. With several
 * values at the root (languages) one of them is enough to be kept, so that the three are a partition that does not depend on how many
 * there are; `retained` beside it is the share of the root's values that are still there, to show what that hides.
 *
 * The relation of a lineage is that of its last step (where several shortest paths differ, the last of the order in `relations`); to
 * have one relation all along the path, give the view of that relation. Every lineage counts the same, so large families weigh
 * most: `intervals` of {@link persistenceIntervals} take families as clusters.
 *
 * Evaluates claims like that of arXiv 2605.24383 on the half-life of license restrictions.
 *
 * @throws {RangeError} when the column has another number of models than the view
 *
 * @example
 * ```ts
 * import { buildLineage, generations, persistence, readModelBlocks, traitColumn } from "kindred";
 * const rows = '{"id":"a","tags":["license:mit"]}\n{"id":"b","tags":["base_model:finetune:a"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const view = buildLineage(snapshot).lineage.view("no-merge");
 * generations(persistence(view, traitColumn(snapshot, "license")))[0].lost; // 1
 * ```
 */
export function persistence(
  view: LineageView,
  column: TraitColumn,
  { tracked, families = familiesOf(view) }: PersistenceOptions = {},
): Persistence {
  const { offsets, codes, values } = distinctWithin(column);
  const models = view.lineage.nodes;
  if (offsets.length !== models + 1 || families.of.length !== models) {
    throw new RangeError(
      `Cannot follow the trait: found a column of ${
        offsets.length - 1
      } models and families of ${families.of.length}, expected ${models}, as in the lineage`,
    );
  }
  const counts = trackedCodes(values.toArray(), tracked);
  const cells = new CellTable();
  const ofRoot = new Uint8Array(values.length);
  let scratch = new Float64Array(16 * relations.length * fields);
  let used = 0;
  let family = -1;
  let lineages = 0;
  let undeclared = 0;
  const { rootless } = eachRoot(view, families.of, (below) => {
    const { root, nodes, generations, lastRelations, length } = below;
    let declared = 0;
    for (let i = offsets[root]; i < offsets[root + 1]; i++) declared += counts[codes[i]];
    if (declared === 0) {
      undeclared += length;
      return;
    }
    if (below.component !== family) {
      cells.add(family, scratch.subarray(0, used));
      scratch.fill(0, 0, used);
      used = 0;
      family = below.component;
    }
    const room = generations[length - 1] * relations.length * fields;
    if (room > scratch.length) {
      const wider = new Float64Array(2 * room);
      wider.set(scratch);
      scratch = wider;
    }
    used = Math.max(used, room);
    for (let i = offsets[root]; i < offsets[root + 1]; i++) ofRoot[codes[i]] = counts[codes[i]];
    for (let n = 0; n < length; n++) {
      const v = nodes[n];
      const at = ((generations[n] - 1) * relations.length + lastRelations[n]) * fields;
      let shared = 0;
      for (let i = offsets[v]; i < offsets[v + 1]; i++) shared += ofRoot[codes[i]];
      scratch[at + (shared > 0 ? 0 : offsets[v + 1] > offsets[v] ? 1 : 2)]++;
      scratch[at + 3] += shared / declared;
    }
    for (let i = offsets[root]; i < offsets[root + 1]; i++) ofRoot[codes[i]] = 0;
    lineages += length;
  });
  cells.add(family, scratch.subarray(0, used));
  return { cells: cells.columns(), lineages, undeclared, rootless };
}

/** 1 for each code whose value counts. */
function trackedCodes(values: readonly string[], tracked?: readonly string[]): Uint8Array {
  if (tracked === undefined) return new Uint8Array(values.length).fill(1);
  const wanted = new Set(tracked);
  return Uint8Array.from(values, (value) => Number(wanted.has(value)));
}
