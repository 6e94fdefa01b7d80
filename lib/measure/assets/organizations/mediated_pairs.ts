import { byCodeUnits } from "../../../core/compare.ts";
import { ownersAsWritten } from "../../../graph/asset_owners.ts";
import type { AssetGraph } from "../../../graph/assets.ts";
import {
  type Connection,
  type Standing,
  standings,
  thirdParties,
  type ThirdPartyOptions,
} from "./third_party.ts";

/** A connection from a dataset into an application that a model carries. */
export interface MediatedPair {
  /** Name of the dataset. */
  dataset: string;
  /** Who owns it. */
  dataOwners: readonly string[];
  /** Name of the application. */
  application: string;
  /** Who owns it. */
  productOwners: readonly string[];
  /** Whether the model shares no owner with either (`thirdParty`), with the dataset, with the application, or with both (`joint`). */
  standing: Standing;
  /** Whether every path between them goes through the model. */
  sole: boolean;
}

/**
 * The third-party connections that one model carries, in code-unit order of the dataset and then of the application: see
 * {@link mediation}, which counts them.
 *
 * @param options.model Its name.
 * @returns nothing for what is no model with a known owner
 * @throws {RangeError} when there is no asset of that name, or `owners` has no entry for each node
 *
 * @example
 * ```ts
 * import { AssetGraph, mediatedPairs, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * const pile = "- type: dataset\n  name: The Pile\n  organization: EleutherAI\n";
 * const opt = "- type: model\n  name: OPT\n  organization: Meta\n  dependencies: [The Pile]\n";
 * const bot = "- type: application\n  name: Bot\n  organization: Startup\n  dependencies: [OPT]\n";
 * await Deno.writeTextFile(path, pile + opt + bot);
 * const graph = new AssetGraph(await readAssetSnapshot(path));
 * mediatedPairs(graph, { model: "OPT" })[0].standing; // "thirdParty"
 * await Deno.remove(path);
 * ```
 */
export function mediatedPairs(
  graph: AssetGraph,
  { model, owners = ownersAsWritten(graph), undocumentedData = false }: ThirdPartyOptions & {
    model: string;
  },
): MediatedPair[] {
  const node = graph.node(model);
  const parties = thirdParties(graph, { owners, undocumentedData });
  if (!parties.known.model.includes(node)) return [];
  const carried = parties.carriedBy(node);
  return standings.flatMap((standing) => {
    const cut = new Set(parties.cutBy([node], carried[standing]));
    return carried[standing].map((pair: Connection): MediatedPair => ({
      dataset: graph.names[pair[0]],
      dataOwners: owners[pair[0]],
      application: graph.names[pair[1]],
      productOwners: owners[pair[1]],
      standing,
      sole: cut.has(pair),
    }));
  }).sort((a, b) => byCodeUnits(a.dataset, b.dataset) || byCodeUnits(a.application, b.application));
}
