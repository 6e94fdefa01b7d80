import { type AssetOwners, checkOwners, ownersAsWritten } from "../../../graph/asset_owners.ts";
import type { AssetGraph } from "../../../graph/assets.ts";
import { type AssetType, assetTypes } from "../../../source/asset_record.ts";

/** A dataset, or an undocumented name read as one, and an application by their nodes. */
export type Connection = readonly [dataset: number, application: number];

/** How a model stands to the two ends of a connection: it shares an owner with neither, with one of them, or with both. */
export type Standing = "thirdParty" | "ownData" | "ownProducts" | "joint";

/** The standings; bit 0 of the place says that it owns the data, bit 1 the product. */
export const standings: readonly Standing[] = ["thirdParty", "ownData", "ownProducts", "joint"];

/** The connections that a model carries, by how it stands to their ends. */
export type Carried = Readonly<Record<Standing, readonly Connection[]>>;

/** What lies between the data and the products of others, by nodes of the graph. */
export interface ThirdParties {
  /** Nodes of each type that take part: assets whose owner is known and, where asked for, undocumented names as data. */
  readonly known: Readonly<Record<AssetType, readonly number[]>>;
  /** Documented assets of each type whose owner is not known, and undocumented names, which have no part. */
  readonly leftOut: Record<AssetType | "undocumented", number>;
  /** Pairs of a dataset and an application downstream of it that have no owner in common. */
  readonly connections: readonly Connection[];
  /** Those that have a node on a path, between the ends. */
  through(node: number): Connection[];
  /** Those that have the model on a path. */
  carriedBy(model: number): Carried;
  /** Which of some pairs have no path left when some nodes are taken away, in their order. */
  cutBy(removed: readonly number[], pairs: readonly Connection[]): Connection[];
}

/** Options of {@link thirdParties}. */
export interface ThirdPartyOptions {
  /**
   * Who owns each node.
   * @default ownersAsWritten(graph)
   */
  owners?: AssetOwners;
  /**
   * Whether undocumented names count as datasets, of an owner of their own.
   * @default false
   */
  undocumentedData?: boolean;
}

/**
 * Finds the third-party connections of a graph. Time O((datasets + models) (nodes + edges)) and as many bytes as
 * (datasets + models) nodes; `through` and `carriedBy` then take O(connections), the first O(nodes + edges) more for an application,
 * and `cutBy` O(nodes + edges) for each dataset of its pairs.
 *
 * @throws {RangeError} when `owners` has no entry for each node
 */
export function thirdParties(
  graph: AssetGraph,
  { owners = ownersAsWritten(graph), undocumentedData = false }: ThirdPartyOptions,
): ThirdParties {
  checkOwners(graph, owners);
  const known: Record<AssetType, number[]> = { dataset: [], model: [], application: [] };
  const leftOut = { dataset: 0, model: 0, application: 0, undocumented: 0 };
  for (let node = 0; node < graph.nodes; node++) {
    if (!graph.isDocumented(node)) {
      // Without an owner it shares none.
      if (undocumentedData) known.dataset.push(node);
      else leftOut.undocumented++;
      continue;
    }
    const { type } = graph.assets[node];
    if (owners[node].length > 0) known[type].push(node);
    else leftOut[type]++;
  }
  const below = new Map<number, Uint8Array>();
  for (const node of [...known.dataset, ...known.model]) below.set(node, reached(graph, node));
  const leadsTo = (from: number, to: number) => below.get(from)![to] === 1;
  const share = (a: number, b: number) => owners[a].some((owner) => owners[b].includes(owner));
  const connections = known.dataset.flatMap((dataset) =>
    known.application
      .filter((application) => leadsTo(dataset, application) && !share(dataset, application))
      .map((application): Connection => [dataset, application])
  );
  const through = (node: number) => {
    const onwards = below.get(node) ?? reached(graph, node);
    return connections.filter(([dataset, application]) =>
      dataset !== node && application !== node && leadsTo(dataset, node) &&
      onwards[application] === 1
    );
  };
  return {
    known,
    leftOut,
    connections,
    through,
    carriedBy(model) {
      const carried: Record<Standing, Connection[]> = {
        thirdParty: [],
        ownData: [],
        ownProducts: [],
        joint: [],
      };
      for (const pair of through(model)) {
        const at = (share(model, pair[0]) ? 1 : 0) + (share(model, pair[1]) ? 2 : 0);
        carried[standings[at]].push(pair);
      }
      return carried;
    },
    cutBy(removed, pairs) {
      const left = new Map<number, Uint8Array>();
      return pairs.filter(([dataset, application]) => {
        let still = left.get(dataset);
        if (still === undefined) left.set(dataset, still = reached(graph, dataset, removed));
        return still[application] === 0;
      });
    },
  };
}

/** Number of assets of each type that take part. */
export function countKnown({ known }: ThirdParties): Record<AssetType, number> {
  return Object.fromEntries(assetTypes.map((type) => [type, known[type].length])) as Record<
    AssetType,
    number
  >;
}

/** 1 for each node that a path of at least one step leads to, without the removed nodes. */
function reached(
  { nodes, dependants: { offsets, targets } }: AssetGraph,
  seed: number,
  removed: readonly number[] = [],
): Uint8Array {
  const found = new Uint8Array(nodes);
  const closed = new Uint8Array(nodes);
  for (const node of removed) closed[node] = 1;
  const stack = [seed];
  while (stack.length > 0) {
    const u = stack.pop()!;
    for (let i = offsets[u]; i < offsets[u + 1]; i++) {
      const v = targets[i];
      if (found[v] === 1 || closed[v] === 1) continue;
      found[v] = 1;
      stack.push(v);
    }
  }
  return found;
}
