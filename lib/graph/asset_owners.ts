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
