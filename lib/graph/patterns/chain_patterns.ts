import type { BothWays } from "../neighbourhood.ts";
import { inward, outward, type SimpleNeighbours, simpleNeighbours } from "./simple_neighbours.ts";

/** Types of the nodes of a graph and of the three nodes of a chain. */
export interface ChainTypes {
  /** A code for each node. */
  types: ArrayLike<number>;
  /** The codes of a, b and c of the chain a -> b -> c. */
  path: readonly [a: number, b: number, c: number];
}

/** Owners of each node as codes: those of node u are `values[offsets[u] .. offsets[u + 1]]`, distinct. */
export interface OwnerColumn {
  /** nodes + 1 entries. */
  readonly offsets: Uint32Array;
  /** Codes from 0 upwards. */
  readonly values: Uint32Array;
}

/**
 * Number of chains a -> b -> c of distinct nodes with given types, for example dataset, model, application. Repeated edges count
 * once, self-loops not at all. O(nodes + edges) time.
 *
 * @throws {RangeError} when there is not one type for each node
 *
 * @example
 * ```ts
 * import { buildCsr, chainsOfTypes } from "kindred";
 * const [from, to] = [Uint32Array.of(0, 1), Uint32Array.of(1, 2)];
 * const graph = { children: buildCsr(3, from, to), parents: buildCsr(3, to, from) };
 * chainsOfTypes(graph, { types: [7, 8, 9], path: [7, 8, 9] }); // 1
 * ```
 */
export function chainsOfTypes(graph: BothWays, options: ChainTypes): number {
  checkLength(options.types.length, graph, "type");
  return typedChainsAmong(simpleNeighbours(graph), options);
}

/** As {@link chainsOfTypes}, from neighbours that are already there. */
export function typedChainsAmong(
  { offsets, targets, ways }: SimpleNeighbours,
  { types, path: [first, middle, last] }: ChainTypes,
): number {
  let chains = 0;
  for (let u = 0; u + 1 < offsets.length; u++) {
    if (types[u] !== middle) continue;
    let [into, out, both] = [0, 0, 0];
    for (let i = offsets[u]; i < offsets[u + 1]; i++) {
      const begins = (ways[i] & inward) !== 0 && types[targets[i]] === first;
      const ends = (ways[i] & outward) !== 0 && types[targets[i]] === last;
      if (begins) into++;
      if (ends) out++;
      if (begins && ends) both++;
    }
    chains += into * out - both;
  }
  return chains;
}

/** Options of {@link chainsAcrossOwners}. */
export interface AcrossOwnersOptions {
  /** Owners of each node. */
  owners: OwnerColumn;
  /** Types that the three nodes must have; all chains count where this is left out. */
  of?: ChainTypes;
}

/**
 * Number of chains a -> b -> c whose three nodes have pairwise disjoint owners; a node without owners is in none. O(nodes + edges)
 * time where nodes have one owner; for each parent with several owners O(children) more.
 *
 * @throws {RangeError} when there are not owners, or types, for each node
 *
 * @example
 * ```ts
 * import { buildCsr, chainsAcrossOwners } from "kindred";
 * const [from, to] = [Uint32Array.of(0, 1), Uint32Array.of(1, 2)];
 * const graph = { children: buildCsr(3, from, to), parents: buildCsr(3, to, from) };
 * const owners = { offsets: Uint32Array.of(0, 1, 2, 3), values: Uint32Array.of(0, 1, 2) };
 * chainsAcrossOwners(graph, { owners }); // 1
 * ```
 */
export function chainsAcrossOwners(graph: BothWays, options: AcrossOwnersOptions): number {
  checkLength(options.owners.offsets.length - 1, graph, "list of owners");
  if (options.of !== undefined) checkLength(options.of.types.length, graph, "type");
  return ownedChainsAmong(simpleNeighbours(graph), options);
}

/** As {@link chainsAcrossOwners}, from neighbours that are already there. */
export function ownedChainsAmong(
  { offsets, targets, ways }: SimpleNeighbours,
  { owners: { offsets: begins, values }, of }: AcrossOwnersOptions,
): number {
  const nodes = offsets.length - 1;
  let codes = 0;
  for (let i = 0; i < values.length; i++) codes = Math.max(codes, values[i] + 1);
  /** Last middle node that an owner has a share in, and chain ends of each single owner. */
  const ofMiddle = new Uint32Array(codes);
  const endsOf = new Uint32Array(codes);
  const ofFirst = new Uint32Array(codes);
  let firsts = 0;
  const ends: number[] = [];
  const outside = (node: number, marks: Uint32Array, mark: number) => {
    for (let k = begins[node]; k < begins[node + 1]; k++) {
      if (marks[values[k]] === mark) return false;
    }
    return begins[node] < begins[node + 1];
  };
  const counts = (node: number, at: 0 | 1 | 2) =>
    of === undefined || of.types[node] === of.path[at];
  let chains = 0;
  for (let u = 0; u < nodes; u++) {
    if (!counts(u, 1) || begins[u] === begins[u + 1]) continue;
    for (let k = begins[u]; k < begins[u + 1]; k++) ofMiddle[values[k]] = u + 1;
    ends.length = 0;
    for (let i = offsets[u]; i < offsets[u + 1]; i++) {
      const v = targets[i];
      if ((ways[i] & outward) === 0 || !counts(v, 2) || !outside(v, ofMiddle, u + 1)) continue;
      ends.push(v);
      for (let k = begins[v]; k < begins[v + 1]; k++) endsOf[values[k]]++;
    }
    for (let i = offsets[u]; ends.length > 0 && i < offsets[u + 1]; i++) {
      const v = targets[i];
      if ((ways[i] & inward) === 0 || !counts(v, 0) || !outside(v, ofMiddle, u + 1)) continue;
      if (begins[v + 1] - begins[v] === 1) {
        chains += ends.length - endsOf[values[begins[v]]];
        continue;
      }
      firsts++;
      for (let k = begins[v]; k < begins[v + 1]; k++) ofFirst[values[k]] = firsts;
      for (const end of ends) if (outside(end, ofFirst, firsts)) chains++;
    }
    for (const end of ends) {
      for (let k = begins[end]; k < begins[end + 1]; k++) endsOf[values[k]] = 0;
    }
  }
  return chains;
}

function checkLength(found: number, { children }: BothWays, what: string): void {
  const nodes = children.offsets.length - 1;
  if (found !== nodes) {
    throw new RangeError(
      `Cannot count chains: found a ${what} for ${found} nodes, expected one for each of ${nodes}`,
    );
  }
}
