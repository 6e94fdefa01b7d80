import type { Random } from "../../core/random.ts";

/** Edges over which a deficit is made good. */
const memory = 30;

/** Decisions about children whose share of yes stays a fixed amount above the share among their parents. */
export class Drift {
  readonly rise: number;
  #edges = 0;
  #parents = 0;
  #children = 0;
  #weights = 0;

  constructor(rise: number) {
    this.rise = rise;
  }

  /**
   * Decides for one child.
   *
   * @param options.parent Whether it holds of the parent.
   * @param options.edges Number of the child's parents.
   * @param options.weight How much likelier than others; Infinity: certain.
   */
  chance(
    rng: Random,
    { parent, edges = 1, weight = 1 }: { parent: boolean; edges?: number; weight?: number },
  ): boolean {
    this.#edges += edges;
    if (parent) this.#parents += edges;
    const forced = weight === Infinity;
    this.#weights += edges * (forced ? 1 : weight);
    const wanted = this.#parents + this.rise * this.#edges;
    const share = (weight * wanted) / this.#weights;
    const hit = forced || rng.uniform() < share + (wanted - this.#children) / memory;
    if (hit) this.#children += edges;
    return hit;
  }
}
