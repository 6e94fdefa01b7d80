import { buildCsr } from "../../../core/csr.ts";
import { type AssetOwners, checkOwners, ownersAsWritten } from "../../../graph/asset_owners.ts";
import type { AssetGraph } from "../../../graph/assets.ts";
import {
  ownedChainsAmong,
  type OwnerColumn,
  typedChainsAmong,
} from "../../../graph/patterns/chain_patterns.ts";
import type { EdgeList } from "../../../graph/patterns/null_graphs.ts";
import { patternsAmong } from "../../../graph/patterns/patterns.ts";
import { simpleNeighbours } from "../../../graph/patterns/simple_neighbours.ts";
import { assetTypes } from "../../../source/asset_record.ts";

/**
 * The small patterns of the asset graph; self-loops are in none, the nodes of an instance are distinct, and other edges between them
 * do not matter.
 *
 * - `broadcast`: an asset and three that build on it
 * - `funnel`: an asset and three that it builds on
 * - `chain`: a -> b -> c
 * - `typedChain`: a chain of a dataset, a model and an application
 * - `triangle`: a -> b -> c and a -> c
 * - `diamond`: a -> b -> d and a -> c -> d
 * - `crossOrganizationChain`: a chain of which no two assets share an owner, all three of known owners
 * - `crossOrganizationTypedChain`: such a chain of a dataset, a model and an application
 */
export const assetPatterns = [
  "broadcast",
  "funnel",
  "chain",
  "typedChain",
  "triangle",
  "diamond",
  "crossOrganizationChain",
  "crossOrganizationTypedChain",
] as const;

/** One of {@link assetPatterns}. */
export type AssetPattern = typeof assetPatterns[number];

/** Leaves of a broadcast and of a funnel. */
export const patternLeaves = 3;

/** Whose an asset is; what questions about patterns take. */
export interface PatternOptions {
  /** Owners of each node. @default ownersAsWritten(graph) */
  owners?: AssetOwners;
}

/** Number of instances of each pattern, and of assets with enough neighbours for a star. */
export type AssetPatternCounts =
  & Record<AssetPattern, number>
  & Record<"broadcasters" | "funnellers", number>;

/** Types of the nodes as codes: places in `assetTypes`, and one more for what is not documented. */
export function typeCodes(graph: AssetGraph): Uint8Array {
  return Uint8Array.from(
    graph.names,
    (_, node) =>
      graph.isDocumented(node) ? assetTypes.indexOf(graph.assets[node].type) : assetTypes.length,
  );
}

/**
 * Owners as codes.
 *
 * @throws {RangeError} when there is not one list for each node
 */
function ownerCodes(graph: AssetGraph, owners: AssetOwners): OwnerColumn {
  checkOwners(graph, owners);
  const codes = new Map<string, number>();
  const offsets = new Uint32Array(graph.nodes + 1);
  const values: number[] = [];
  owners.forEach((list, node) => {
    for (const owner of new Set(list)) {
      if (!codes.has(owner)) codes.set(owner, codes.size);
      values.push(codes.get(owner)!);
    }
    offsets[node + 1] = values.length;
  });
  return { offsets, values: Uint32Array.from(values) };
}

/** A function that counts the patterns among any edges between the nodes of a graph. */
export function patternCounter(
  graph: AssetGraph,
  { owners = ownersAsWritten(graph) }: PatternOptions = {},
): (edges: EdgeList) => AssetPatternCounts {
  const of = { types: typeCodes(graph), path: [0, 1, 2] } as const;
  const codes = ownerCodes(graph, owners);
  return ({ from, to }) => {
    const neighbours = simpleNeighbours({
      children: buildCsr(graph.nodes, from, to),
      parents: buildCsr(graph.nodes, to, from),
    });
    return {
      ...patternsAmong(neighbours, patternLeaves),
      typedChain: typedChainsAmong(neighbours, of),
      crossOrganizationChain: ownedChainsAmong(neighbours, { owners: codes }),
      crossOrganizationTypedChain: ownedChainsAmong(neighbours, { owners: codes, of }),
    };
  };
}
