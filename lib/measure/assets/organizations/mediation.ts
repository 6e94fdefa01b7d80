import { byCodeUnits } from "../../../core/compare.ts";
import { type AssetOwners, ownersAsWritten } from "../../../graph/asset_owners.ts";
import type { AssetGraph, AssetVariant } from "../../../graph/assets.ts";
import type { AssetType } from "../../../source/asset_record.ts";
import {
  type Connection,
  countKnown,
  type Standing,
  standings,
  thirdParties,
  type ThirdPartyOptions,
} from "./third_party.ts";

/** What a model, or an organization with all its models, carries from data into products. */
export interface Mediator {
  /** Third-party connections whose data and products both are of others; the number that ranks. */
  pairs: number;
  /** `pairs` over all third-party connections of the graph. */
  share: number;
  /** Those of `pairs` that no path is left for when the mediator is taken away. */
  sole: number;
  /** Datasets of `pairs`. */
  datasets: number;
  /** Applications of `pairs`. */
  applications: number;
  /** Organizations that own those datasets. */
  dataOrganizations: number;
  /** Organizations that own those applications. */
  productOrganizations: number;
  /** Organizations that own any of both. */
  organizations: number;
  /** Connections from data of its own owners into products of others. */
  ownData: number;
  /** Connections from data of others into products of its own owners. */
  ownProducts: number;
  /** Connections both ends of which share an owner with it, but not with each other. */
  joint: number;
}

/** A model between data and products. */
export interface MediatingModel extends Mediator {
  /** Name of the model. */
  name: string;
  /** Who owns it. */
  owners: readonly string[];
}

/** An organization whose models lie between data and products. */
export interface MediatingOrganization extends Mediator {
  /** Name of the organization. */
  name: string;
  /** How many of its models carry a connection. */
  models: number;
}

/** Third-party connections whose path may lead from one thing to another of the same name. */
export interface SeveralRecords {
  /** Names of several records that lie on the path of a connection, between its ends, in code-unit order. */
  assets: string[];
  /** Connections that have one of them on a path. */
  connections: number;
  /** `routes.thirdParty` without those connections. */
  thirdPartyWithout: number;
}

/** Which models carry third-party data into third-party products. */
export interface Mediation {
  /** The graph in which paths were followed. */
  variant: AssetVariant;
  /** Whether undocumented names counted as datasets. */
  undocumentedData: boolean;
  /** Assets that take part, of each type. */
  known: Record<AssetType, number>;
  /** What is left out: documented assets without a known owner, of each type, and undocumented names. */
  leftOut: Record<AssetType | "undocumented", number>;
  /** Third-party connections: pairs of a dataset and an application downstream of it that have no owner in common. */
  connections: number;
  /**
   * Those by the models on their paths: at least one third party to both ends; otherwise models of the owners of the data only, of the
   * owners of the product only, of both (`joint`), or no model with a known owner (`none`).
   */
  routes: Record<Standing | "none", number>;
  /** Those that some model is the sole third-party mediator of. */
  sole: number;
  /** Those that pass through a name of several records. */
  severalRecords: SeveralRecords;
  /** Models that carry a connection. */
  models: MediatingModel[];
  /** Organizations whose models carry a connection. */
  organizations: MediatingOrganization[];
}

/** Options of {@link mediation}. */
export interface MediationOptions extends ThirdPartyOptions {
  /**
   * Models, and organizations, that are listed at most.
   * @default 10
   */
  n?: number;
}

/**
 * Models and organizations that carry third-party data into third-party products (Bommasani et al. 2023, section 4: foundation models
 * mediate between institutions).
 *
 * A third-party connection is a pair (d, a) of a dataset and an application with a path of dependencies d -> ... -> a and no owner in
 * common. A model m carries it when there is a path d -> ... -> m -> ... -> a, of any length, through any other assets. Such a pair
 * counts for m in `pairs` when m shares no owner with d nor with a: it is then a broker between strangers, the liaison of Gould and
 * Fernandez (1989) through any number of steps; with an owner in common with d it counts in `ownData` (their representative), with a in
 * `ownProducts` (their gatekeeper). See {@link brokerage} for their roles over two steps. Several models may carry the same pair, so
 * that shares do not add up to 1.
 *
 * m is the sole mediator of one of its pairs when every path from d to a goes through m, found by taking m away. In a cycle, what can
 * be reached through m counts as a path through m. An organization carries the pairs that any of its models carries, each once; it is
 * the sole mediator when no path is left without all the models that it owns, alone or with others.
 *
 * Records of one name are one asset: where two things share a name, paths may appear that are none. `severalRecords` says how many
 * connections have such a name between their ends, on any path, and what is left without them; look at the pairs with
 * {@link mediatedPairs} before a small count is quoted.
 *
 * Only assets with a known owner take part at the ends and in the middle; anything may lie between. With `undocumentedData` undocumented
 * names are data as well, each of an owner of its own: an upper reading, since some are models or tools. Both lists are in the order of
 * `pairs`, then of all connections carried, then of the name by code units.
 *
 * @throws {RangeError} when `owners` has no entry for each node
 *
 * @example
 * ```ts
 * import { AssetGraph, mediation, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * const pile = "- type: dataset\n  name: The Pile\n  organization: EleutherAI\n";
 * const opt = "- type: model\n  name: OPT\n  organization: Meta\n  dependencies: [The Pile]\n";
 * const bot = "- type: application\n  name: Bot\n  organization: Startup\n  dependencies: [OPT]\n";
 * await Deno.writeTextFile(path, pile + opt + bot);
 * const { models } = mediation(new AssetGraph(await readAssetSnapshot(path)));
 * models[0].sole; // 1
 * await Deno.remove(path);
 * ```
 */
export function mediation(
  graph: AssetGraph,
  { owners = ownersAsWritten(graph), undocumentedData = false, n = 10 }: MediationOptions = {},
): Mediation {
  const parties = thirdParties(graph, { owners, undocumentedData });
  const { known, leftOut, connections } = parties;
  const keyOf = ([dataset, application]: Connection) => dataset * graph.nodes + application;
  const total = connections.length;
  const onPath = new Map(connections.map((pair) => [keyOf(pair), new Set<Standing>()]));
  const sole = new Set<number>();
  const models: MediatingModel[] = [];
  const byOwner = new Map<string, { models: number; carried: PairSets }>();
  for (const model of known.model) {
    const carried = pairSets();
    const found = parties.carriedBy(model);
    for (const standing of standings) {
      for (const pair of found[standing]) {
        carried[standing].set(keyOf(pair), pair);
        onPath.get(keyOf(pair))!.add(standing);
      }
    }
    if (standings.every((standing) => carried[standing].size === 0)) continue;
    const cut = parties.cutBy([model], found.thirdParty);
    for (const pair of cut) sole.add(keyOf(pair));
    models.push({
      name: graph.names[model],
      owners: owners[model],
      ...describe(carried, { owners, total, sole: cut.length }),
    });
    for (const owner of new Set(owners[model])) {
      const own = byOwner.get(owner) ?? { models: 0, carried: pairSets() };
      own.models++;
      for (const standing of standings) {
        for (const [key, pair] of carried[standing]) own.carried[standing].set(key, pair);
      }
      byOwner.set(owner, own);
    }
  }
  const organizations = [...byOwner].map(([name, own]): MediatingOrganization => {
    const removed = known.model.filter((model) => owners[model].includes(name));
    const cut = parties.cutBy(removed, [...own.carried.thirdParty.values()]).length;
    return { name, models: own.models, ...describe(own.carried, { owners, total, sole: cut }) };
  });
  const routes = { thirdParty: 0, ownData: 0, ownProducts: 0, joint: 0, none: 0 };
  for (const found of onPath.values()) routes[routeOf(found)]++;
  const doubtful = new Set<number>();
  const several = graph.assets.flatMap(({ name, records }, node) => {
    const pairs = records > 1 ? parties.through(node) : [];
    for (const pair of pairs) doubtful.add(keyOf(pair));
    return pairs.length > 0 ? [name] : [];
  });
  const doubted = [...doubtful].filter((key) => onPath.get(key)!.has("thirdParty"));
  return {
    variant: graph.variant,
    undocumentedData,
    known: countKnown(parties),
    leftOut,
    connections: total,
    routes,
    sole: sole.size,
    severalRecords: {
      assets: several.sort(byCodeUnits),
      connections: doubtful.size,
      thirdPartyWithout: routes.thirdParty - doubted.length,
    },
    models: ranked(models, n),
    organizations: ranked(organizations, n),
  };
}

/** Distinct pairs by their keys. */
type PairSets = Record<Standing, Map<number, Connection>>;

function pairSets(): PairSets {
  return { thirdParty: new Map(), ownData: new Map(), ownProducts: new Map(), joint: new Map() };
}

function routeOf(found: ReadonlySet<Standing>): Standing | "none" {
  if (found.size === 0) return "none";
  if (found.has("thirdParty")) return "thirdParty";
  return found.size === 1 ? [...found][0] : "joint";
}

function describe(
  { thirdParty, ownData, ownProducts, joint }: PairSets,
  { owners, total, sole }: { owners: AssetOwners; total: number; sole: number },
): Mediator {
  const pairs = [...thirdParty.values()];
  const datasets = new Set(pairs.map(([dataset]) => dataset));
  const applications = new Set(pairs.map(([, application]) => application));
  const ownersOf = (nodes: Set<number>) => new Set([...nodes].flatMap((node) => owners[node]));
  const [dataOwners, productOwners] = [ownersOf(datasets), ownersOf(applications)];
  return {
    pairs: pairs.length,
    share: pairs.length / total,
    sole,
    datasets: datasets.size,
    applications: applications.size,
    dataOrganizations: dataOwners.size,
    productOrganizations: productOwners.size,
    organizations: dataOwners.union(productOwners).size,
    ownData: ownData.size,
    ownProducts: ownProducts.size,
    joint: joint.size,
  };
}

function ranked<T extends Mediator & { name: string }>(mediators: readonly T[], n: number): T[] {
  const all = (row: T) => row.pairs + row.ownData + row.ownProducts + row.joint;
  return mediators
    .toSorted((a, b) => b.pairs - a.pairs || all(b) - all(a) || byCodeUnits(a.name, b.name))
    .slice(0, n);
}
