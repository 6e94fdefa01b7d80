import type { OrganizationAliases } from "../source/organization_aliases.ts";
import { readOrganizationText } from "../source/split_organizations.ts";
import type { AssetGraph } from "./assets.ts";

/** Organizations that own each node of an asset graph, in the order they are named; none for a stub or an unknown owner. */
export type AssetOwners = readonly (readonly string[])[];

/**
 * Owners as the data writes them: each text is one organization, commas and spelling variants included.
 *
 * @example
 * ```ts
 * import { AssetGraph, ownersAsWritten, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "- type: dataset\n  name: P3\n  organization: BigScience, Brown\n");
 * ownersAsWritten(new AssetGraph(await readAssetSnapshot(path))); // [["BigScience, Brown"]]
 * await Deno.remove(path);
 * ```
 */
export function ownersAsWritten(graph: AssetGraph): AssetOwners {
  return graph.names.map((_, node) =>
    graph.isDocumented(node) && graph.assets[node].organization !== ""
      ? [graph.assets[node].organization]
      : []
  );
}

/**
 * Owners with a table of organizations: texts of several bodies are split, spellings of one body are one; see
 * {@link readOrganizationText}.
 *
 * @example
 * ```ts
 * import { AssetGraph, readAssetSnapshot, readOrganizationAliases, resolveOwners } from "kindred";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "- type: dataset\n  name: P3\n  organization: BigScience, CMU\n");
 * const graph = new AssetGraph(await readAssetSnapshot(path));
 * resolveOwners(graph, await readOrganizationAliases()); // [["BigScience", "Carnegie Mellon University"]]
 * await Deno.remove(path);
 * ```
 */
export function resolveOwners(graph: AssetGraph, table: OrganizationAliases): AssetOwners {
  const read = new Map<string, readonly string[]>();
  return ownersAsWritten(graph).map((texts) => {
    if (texts.length === 0) return texts;
    const [text] = texts;
    const bodies = read.get(text) ?? readOrganizationText(text, table).bodies;
    read.set(text, bodies);
    return bodies;
  });
}

/**
 * The nodes of each organization, in the order in which they are first named; a node of two owners is under both.
 *
 * @throws {RangeError} when there are not as many entries as the graph has nodes
 *
 * @example
 * ```ts
 * import { AssetGraph, assetsByOwner, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "- type: dataset\n  name: P3\n  dependencies: []\n");
 * const graph = new AssetGraph(await readAssetSnapshot(path));
 * assetsByOwner(graph, [["BigScience", "Brown"]]).get("Brown"); // [0]
 * await Deno.remove(path);
 * ```
 */
export function assetsByOwner(graph: AssetGraph, owners: AssetOwners): Map<string, number[]> {
  checkOwners(graph, owners);
  const nodes = new Map<string, number[]>();
  owners.forEach((names, node) => {
    for (const name of new Set(names)) {
      const of = nodes.get(name);
      if (of === undefined) nodes.set(name, [node]);
      else of.push(node);
    }
  });
  return nodes;
}

/**
 * Checks that owners belong to a graph.
 *
 * @throws {RangeError} when there are not as many entries as the graph has nodes
 */
export function checkOwners(graph: AssetGraph, owners: AssetOwners): void {
  if (owners.length === graph.nodes) return;
  throw new RangeError(
    `Cannot tell assets by owner: found owners of ${owners.length} nodes, expected ${graph.nodes}`,
  );
}
