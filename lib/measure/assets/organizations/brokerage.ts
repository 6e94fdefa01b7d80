import { byCodeUnits } from "../../../core/compare.ts";
import { type AssetOwners, checkOwners, ownersAsWritten } from "../../../graph/asset_owners.ts";
import type { AssetGraph, AssetVariant } from "../../../graph/assets.ts";

/** How often an organization's assets stand in each of the five roles. */
export interface BrokerageRoles {
  /** Name of the organization. */
  name: string;
  /** Between two assets of its own. */
  coordinator: number;
  /** From an asset of its own to that of another. */
  representative: number;
  /** From another's asset to one of its own. */
  gatekeeper: number;
  /** Between two assets of others that share an owner; also called itinerant broker. */
  consultant: number;
  /** Between two assets of others that share none. */
  liaison: number;
  /** All five. */
  total: number;
}

/** Brokerage of all organizations. */
export interface Brokerage {
  /** The graph in which paths were followed. */
  variant: AssetVariant;
  /** Whether paths whose ends are joined by an edge count, too. */
  closed: boolean;
  /** Two-step paths of three assets with known owners. */
  paths: number;
  /** Two-step paths left out, since the owner of one of the three is not known. */
  unknown: number;
  /** Two-step paths left out, since an edge joins their ends; 0 where these count. */
  shortcuts: number;
  /** Most paths first, ties by code-unit order of the name; organizations without a path are left out. */
  organizations: BrokerageRoles[];
}

/** Options of {@link brokerage}. */
export interface BrokerageOptions {
  /**
   * Who owns each node.
   * @default ownersAsWritten(graph)
   */
  owners?: AssetOwners;
  /**
   * Whether paths whose ends are joined by an edge count, too.
   * @default false
   */
  closed?: boolean;
  /**
   * Organizations that are listed at most.
   * @default 10
   */
  n?: number;
}

/**
 * The five roles of brokers (Gould and Fernandez 1989, "Structures of mediation", Sociological Methodology 19), groups being
 * organizations: of each two-step path i -> j -> k of three different assets without an edge i -> k, the role of an owner of j, by
 * whether it owns i and k. Where it owns neither, it is a consultant if i and k share an owner, else a liaison. With assets of several
 * owners a path counts once for each owner of j. Assets of all types count. Time O(sum of dependencies times dependants).
 *
 * @throws {RangeError} when `owners` has no entry for each node
 *
 * @example
 * ```ts
 * import { AssetGraph, brokerage, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * const pile = "- type: dataset\n  name: The Pile\n  organization: EleutherAI\n";
 * const opt = "- type: model\n  name: OPT\n  organization: Meta\n  dependencies: [The Pile]\n";
 * const bot = "- type: application\n  name: Bot\n  organization: Meta\n  dependencies: [OPT]\n";
 * await Deno.writeTextFile(path, pile + opt + bot);
 * const { organizations } = brokerage(new AssetGraph(await readAssetSnapshot(path)));
 * organizations[0].gatekeeper; // 1
 * await Deno.remove(path);
 * ```
 */
export function brokerage(
  graph: AssetGraph,
  { owners = ownersAsWritten(graph), closed = false, n = 10 }: BrokerageOptions = {},
): Brokerage {
  checkOwners(graph, owners);
  const { dependencies, dependants, nodes } = graph;
  const edges = new Set<number>();
  for (let e = 0; e < graph.edges; e++) edges.add(graph.dependency[e] * nodes + graph.dependant[e]);
  const roles = new Map<string, BrokerageRoles>();
  let [paths, unknown, shortcuts] = [0, 0, 0];
  for (let j = 0; j < nodes; j++) {
    for (let x = dependencies.offsets[j]; x < dependencies.offsets[j + 1]; x++) {
      const i = dependencies.targets[x];
      if (i === j) continue;
      for (let y = dependants.offsets[j]; y < dependants.offsets[j + 1]; y++) {
        const k = dependants.targets[y];
        if (k === j || k === i) continue;
        if (!closed && edges.has(i * nodes + k)) {
          shortcuts++;
        } else if (owners[i].length === 0 || owners[j].length === 0 || owners[k].length === 0) {
          unknown++;
        } else {
          paths++;
          for (const owner of new Set(owners[j])) {
            const row = roles.get(owner) ?? noRoles(owner);
            row[roleOf(owner, owners[i], owners[k])]++;
            row.total++;
            roles.set(owner, row);
          }
        }
      }
    }
  }
  return {
    variant: graph.variant,
    closed,
    paths,
    unknown,
    shortcuts,
    organizations: [...roles.values()]
      .sort((a, b) => b.total - a.total || byCodeUnits(a.name, b.name))
      .slice(0, n),
  };
}

function noRoles(name: string): BrokerageRoles {
  return {
    name,
    coordinator: 0,
    representative: 0,
    gatekeeper: 0,
    consultant: 0,
    liaison: 0,
    total: 0,
  };
}

function roleOf(
  broker: string,
  from: readonly string[],
  to: readonly string[],
): Exclude<keyof BrokerageRoles, "name" | "total"> {
  if (from.includes(broker)) return to.includes(broker) ? "coordinator" : "representative";
  if (to.includes(broker)) return "gatekeeper";
  return from.some((owner) => to.includes(owner)) ? "consultant" : "liaison";
}
