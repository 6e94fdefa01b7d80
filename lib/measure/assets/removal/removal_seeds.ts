import { alikeNames } from "../../../graph/alike_names.ts";
import { type AssetOwners, assetsByOwner, ownersAsWritten } from "../../../graph/asset_owners.ts";
import type { AssetGraph } from "../../../graph/assets.ts";

/** What disappears; several together are removed together. */
export interface RemovalSeeds {
  /**
   * Names of assets.
   * @default []
   */
  assets?: readonly string[];
  /**
   * An organization or several, with all assets that they own, alone or with others.
   * @default []
   */
  organization?: string | readonly string[];
  /**
   * A provider or several, with all their assets that are APIs: see {@link isApi}.
   * @default []
   */
  apisOf?: string | readonly string[];
  /**
   * Who owns what.
   * @default the owners as the data writes them
   */
  owners?: AssetOwners;
}

/**
 * Whether an asset of this name is an API: the name has the word API or APIs, in any case. That is how Ecosystem Graphs names them
 * ("OpenAI API", "PaLM API"); its fields do not say it. Products reached through an interface but named otherwise ("Cohere Chat Endpoint",
 * "Bedrock") are not counted.
 *
 * @example
 * ```ts
 * import { isApi } from "kindred";
 * [isApi("GPT-4 API"), isApi("Apiary")]; // [true, false]
 * ```
 */
export function isApi(name: string): boolean {
  return /(?<![\p{L}\p{N}])apis?(?![\p{L}\p{N}])/iu.test(name);
}

/**
 * The nodes that disappear, ascending, each once.
 *
 * @throws {RangeError} when nothing is named, or an asset, organization or provider is not in the graph, or the provider has no API
 */
export function removalSeeds(
  graph: AssetGraph,
  { assets = [], organization = [], apisOf = [], owners = ownersAsWritten(graph) }: RemovalSeeds,
): number[] {
  const [organizations, providers] = [[organization].flat(), [apisOf].flat()];
  if (assets.length + organizations.length + providers.length === 0) {
    throw new RangeError(
      "Cannot remove nothing: found no assets, organization or provider, expected at least one",
    );
  }
  const seeds = new Set(assets.map((name) => graph.node(name)));
  const byOwner = assetsByOwner(graph, owners);
  for (const name of organizations) {
    for (const node of ownedBy(byOwner, name)) seeds.add(node);
  }
  for (const provider of providers) {
    const owned = ownedBy(byOwner, provider);
    const apis = owned.filter((node) => isApi(graph.names[node]));
    if (apis.length === 0) {
      throw new RangeError(
        `Cannot remove the APIs of "${provider}": none of its ${owned.length} assets has the word API in its name`,
      );
    }
    for (const node of apis) seeds.add(node);
  }
  return [...seeds].sort((a, b) => a - b);
}

function ownedBy(byOwner: ReadonlyMap<string, readonly number[]>, name: string): readonly number[] {
  const owned = byOwner.get(name);
  if (owned !== undefined) return owned;
  const alike = alikeNames(name, { names: [...byOwner.keys()] });
  throw new RangeError(
    `Cannot find an organization called "${name}"` +
      (alike.length > 0 ? `: did you mean ${alike.map((other) => `"${other}"`).join(", ")}?` : ""),
  );
}
