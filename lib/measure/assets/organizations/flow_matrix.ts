import { byCodeUnits } from "../../../core/compare.ts";
import type { AssetGraph, AssetVariant } from "../../../graph/assets.ts";
import { organizationFlows, type OrganizationsOptions } from "./organizations.ts";

/** Flows between the largest organizations and all others as one. */
export interface FlowMatrix {
  /** The graph in which they were counted. */
  variant: AssetVariant;
  /** The largest organizations: rows and columns 0 to names.length - 1. */
  names: string[];
  /** How many organizations the last row and column stand for; 0 where there is no such row. */
  others: number;
  /**
   * Row: owner of the dependency, column: owner of the dependant. The diagonal of a named organization is 0; that of the others holds the
   * flows between two different ones of them.
   */
  matrix: number[][];
}

/** Options of {@link flowMatrix}. */
export interface FlowMatrixOptions extends OrganizationsOptions {
  /**
   * How many organizations have a row of their own.
   * @default 12
   */
  n?: number;
}

/**
 * The flows of {@link organizationFlows} as a square matrix: a row and a column for each of the organizations with most edges given and
 * taken, ties by code-unit order, and one for all others together. The entries add up to the flows.
 *
 * @throws {RangeError} when `n` is no whole number above 0, or there are not as many entries of owners as nodes
 *
 * @example
 * ```ts
 * import { AssetGraph, flowMatrix, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * const pile = "- type: dataset\n  name: The Pile\n  organization: EleutherAI\n";
 * const opt = "- type: model\n  name: OPT\n  organization: Meta\n  dependencies: [The Pile]\n";
 * await Deno.writeTextFile(path, pile + opt);
 * const graph = new AssetGraph(await readAssetSnapshot(path));
 * flowMatrix(graph, { n: 1 }); // names ["EleutherAI"], others 1, matrix [[0, 1], [0, 0]]
 * await Deno.remove(path);
 * ```
 */
export function flowMatrix(
  graph: AssetGraph,
  { n = 12, ...options }: FlowMatrixOptions = {},
): FlowMatrix {
  if (!Number.isSafeInteger(n) || n < 1) {
    throw new RangeError(
      `Cannot make a matrix of flows: n is ${n}, expected a whole number above 0`,
    );
  }
  const { flows, variant } = organizationFlows(graph, options);
  const sums = new Map<string, number>();
  for (const { from, to, edges } of flows) {
    sums.set(from, (sums.get(from) ?? 0) + edges);
    sums.set(to, (sums.get(to) ?? 0) + edges);
  }
  const all = [...sums].sort(([a, x], [b, y]) => y - x || byCodeUnits(a, b)).map(([name]) => name);
  const names = all.slice(0, n);
  const size = names.length + (all.length > n ? 1 : 0);
  const row = new Map(names.map((name, i) => [name, i]));
  const matrix = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (const { from, to, edges } of flows) {
    matrix[row.get(from) ?? n][row.get(to) ?? n] += edges;
  }
  return { variant, names, others: all.length - names.length, matrix };
}
