import { byCodeUnits } from "../../../core/compare.ts";
import { resolveOwners } from "../../../graph/asset_owners.ts";
import { AssetGraph } from "../../../graph/assets.ts";
import type { AssetSnapshot } from "../../../snapshot/asset_snapshot.ts";
import type { MeasureAssetsOptions } from "../asset_report.ts";
import { type AssetsWithoutReport, without } from "./without.ts";

/**
 * What is lost with the assets that options of the report name.
 *
 * @throws {RangeError} when nothing is named, a name is not in the graph, or there is no such graph or reading
 */
export function withoutReport(
  snapshot: AssetSnapshot,
  options: MeasureAssetsOptions,
): AssetsWithoutReport {
  const { without: named = [], reading, variant = "documented", aliases } = options;
  const graph = new AssetGraph(snapshot, { variant });
  if (variant === "documented") refuseUndocumented(snapshot, named);
  const found = without(graph, {
    assets: named,
    organization: options.withoutOrganization,
    apisOf: options.withoutApis,
    owners: aliases === undefined ? undefined : resolveOwners(graph, aliases),
    reading,
  });
  const { dataset, model, application } = found.byType;
  return {
    ...found,
    seeds: [...new Set([...named.map((name) => graph.names[graph.node(name)]), ...found.seeds])],
    dependants: found.lost.length,
    byType: { dataset, model, application },
    names: found.lost.map(({ name }) => name).sort(byCodeUnits),
  };
}

/** Refuses undocumented names as such: the documented graph knows nothing of them. */
function refuseUndocumented(snapshot: AssetSnapshot, named: readonly string[]): void {
  const stubs = new AssetGraph(snapshot, { variant: "stubs" });
  for (const name of named) {
    const node = stubs.names.indexOf(name);
    if (node === -1 || stubs.isDocumented(node)) continue;
    const aliased = new AssetGraph(snapshot);
    const known = aliased.names[aliased.node(name)];
    throw new RangeError(
      `Cannot find an asset called "${name}" in the documented graph: it is an undocumented name, which only the graphs "stubs" and ` +
        `"aliased" have (option "variant", on the command line --graph aliased)` +
        (known === name ? "" : `; the aliased one takes it for "${known}"`),
    );
  }
}
