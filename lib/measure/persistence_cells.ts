import { relations } from "../graph/lineage.ts";

/**
 * Sums over the lineages of one family, one generation and one relation; all arrays have an entry a cell, sorted by family, generation
 * and relation. Everything else about persistence is a sum of cells.
 */
export interface PersistenceCells {
  /** Component of the root. */
  readonly family: Uint32Array;
  /** Steps from the root, from 1. */
  readonly generation: Uint32Array;
  /** Code of the relation of the last step. */
  readonly relation: Uint8Array;
  /** Lineages in which the trait is kept. */
  readonly kept: Float64Array;
  /** Lineages in which it changed. */
  readonly changed: Float64Array;
  /** Lineages in which it is lost. */
  readonly lost: Float64Array;
  /** Sum over the lineages of the share of the root's values that is still declared. */
  readonly retained: Float64Array;
}

/** The counts of a cell, kept, changed, lost and the sum of shares retained, follow each other in the sums of a family. */
export const fields = 4;

/** Collects the cells that hold a lineage. */
export class CellTable {
  #rows: number[][] = Array.from({ length: 3 + fields }, () => []);

  /** Takes the sums of a family, in the order of generation, relation and field. */
  add(family: number, sums: Float64Array): void {
    for (let at = 0; at < sums.length; at += fields) {
      if (sums[at] + sums[at + 1] + sums[at + 2] === 0) continue;
      const cell = at / fields;
      this.#rows[0].push(family);
      this.#rows[1].push(Math.floor(cell / relations.length) + 1);
      this.#rows[2].push(cell % relations.length);
      for (let field = 0; field < fields; field++) this.#rows[3 + field].push(sums[at + field]);
    }
  }

  columns(): PersistenceCells {
    const [family, generation, relation, kept, changed, lost, retained] = this.#rows;
    return Object.freeze({
      family: Uint32Array.from(family),
      generation: Uint32Array.from(generation),
      relation: Uint8Array.from(relation),
      kept: Float64Array.from(kept),
      changed: Float64Array.from(changed),
      lost: Float64Array.from(lost),
      retained: Float64Array.from(retained),
    });
  }
}
