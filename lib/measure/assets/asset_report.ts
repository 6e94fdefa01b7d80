import { longestCondensedPath } from "../../graph/longest_path.ts";
import { strongComponents, weakComponents } from "../../graph/components.ts";
import { AssetGraph, type AssetVariant, assetVariants } from "../../graph/assets.ts";
import type { RemovalReading } from "../../graph/removal/removal_state.ts";
import { resolveOwners } from "../../graph/asset_owners.ts";
import type { AssetSnapshot } from "../../snapshot/asset_snapshot.ts";
import { type AssetType, assetTypes } from "../../source/asset_record.ts";
import type { OrganizationAliases } from "../../source/organization_aliases.ts";
import { directHubs, transitiveHubs } from "./asset_hubs.ts";
import { newestAssets } from "./fields/newest_assets.ts";
import { organizationFlows, organizationImpact } from "./organizations/organizations.ts";
import type { AssetReport } from "../report.ts";
import { withoutReport } from "./removal/without_report.ts";

/** Options of {@link measureAssets}. */
export interface MeasureAssetsOptions {
  /**
   * Assets that disappear: the report then says what is lost with them.
   * @default []
   */
  without?: readonly string[];
  /**
   * An organization or several that disappear with all that they own; by the names of `aliases` where they are given.
   * @default []
   */
  withoutOrganization?: string | readonly string[];
  /**
   * A provider or several whose APIs disappear.
   * @default []
   */
  withoutApis?: string | readonly string[];
  /**
   * When an asset is lost whose dependencies are.
   * @default "all"
   */
  reading?: RemovalReading;
  /**
   * The graph in which losses are followed; undocumented names can disappear in `stubs` and `aliased` only.
   * @default "documented"
   */
  variant?: AssetVariant;
  /** Table of organizations: the report then has `organizationsResolved`. */
  aliases?: OrganizationAliases;
}

/**
 * Measures a snapshot of Ecosystem Graphs: the object that `deno task measure --json` prints. Counts of types, access and dates are
 * over records; everything about dependencies is over assets (Bommasani et al. 2023).
 *
 * @throws {RangeError} when an asset or organization that disappears is not in the graph of `variant`, or there is no such graph
 *
 * @example
 * ```ts
 * import { measureAssets, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "- type: dataset\n  name: The Pile\n  dependencies: [arXiv]\n");
 * measureAssets(await readAssetSnapshot(path)).counts.undocumentedNames; // 1
 * await Deno.remove(path);
 * ```
 */
export function measureAssets(
  snapshot: AssetSnapshot,
  options: MeasureAssetsOptions = {},
): AssetReport {
  const { without = [], withoutOrganization = [], withoutApis = [], aliases } = options;
  const { records, assets, origin } = snapshot;
  const graphs = Object.fromEntries(
    assetVariants.map((variant) => [variant, new AssetGraph(snapshot, { variant })]),
  ) as Record<typeof assetVariants[number], AssetGraph>;
  const { documented } = graphs;
  const names = new Set(assets.map(({ name }) => name));
  const references = records.flatMap(({ dependencies }) => dependencies);
  const undocumented = references.filter((name) => !names.has(name));
  const times = new Map<string, number>();
  for (const { name } of records) times.set(name, (times.get(name) ?? 0) + 1);
  const dated = records.filter(({ created }) => !Number.isNaN(created));
  const report: AssetReport = {
    kind: "assets",
    snapshot: {
      name: snapshot.name,
      records: records.length,
      assets: assets.length,
      sha256: origin.sha256,
    },
    counts: {
      byType: countByType(records),
      organizations: spellings(records),
      references: references.length,
      undocumentedReferences: undocumented.length,
      undocumentedNames: new Set(undocumented).size,
      duplicateNames: [...times].filter(([, count]) => count > 1).map(([name]) => name).sort(),
      dated: dated.length,
    },
    graphs: {
      documented: shape(documented),
      stubs: shape(graphs.stubs),
      aliased: shape(graphs.aliased),
    },
    hubs: {
      direct: directHubs(documented, { n: 15 }),
      transitive: transitiveHubs(documented, { n: 15 }),
    },
    organizations: organizationImpact(documented, { n: 12 }).impacts,
    flows: organizationFlows(documented).flows.slice(0, 10),
    perYear: perYear(dated),
    access: Object.fromEntries(assetTypes.map((type) => {
      const of = { open: 0, limited: 0, closed: 0, unknown: 0 };
      for (const record of records) if (record.type === type) of[record.access]++;
      return [type, of];
    })) as AssetReport["access"],
    newest: assetTypes.flatMap((type) =>
      newestAssets(snapshot, { type, n: 3 }).assets.map(
        ({ date, name, type, organization, access }) => ({
          date,
          name,
          type,
          organization,
          access,
        }),
      )
    ),
  };
  if (aliases !== undefined) {
    const { variant, organizations, impacts } = organizationImpact(graphs.aliased, {
      owners: resolveOwners(graphs.aliased, aliases),
      n: 12,
    });
    report.organizationsResolved = { variant, bodies: organizations, top: impacts };
  }
  if ([without, withoutOrganization, withoutApis].flat().length > 0) {
    report.without = withoutReport(snapshot, options);
  }
  return report;
}

function countByType(items: readonly { type: AssetType }[]): Record<AssetType, number> {
  const counts = { dataset: 0, model: 0, application: 0 };
  for (const { type } of items) counts[type]++;
  return counts;
}

/** Distinct spellings of organizations, a word for an unknown one included, since it is one. */
function spellings(records: AssetSnapshot["records"]): number {
  const found = records.flatMap(({ cells }) => cells.organization?.value ?? []);
  return new Set(found).size;
}

function perYear(dated: readonly { type: AssetType; created: number }[]): AssetReport["perYear"] {
  const years = new Map<number, AssetReport["perYear"][number]>();
  for (const { type, created } of dated) {
    const year = new Date(created).getUTCFullYear();
    const row = years.get(year) ?? { year, dataset: 0, model: 0, application: 0 };
    row[type]++;
    years.set(year, row);
  }
  return [...years.values()].sort((a, b) => a.year - b.year);
}

function shape(graph: AssetGraph): AssetReport["graphs"]["documented"] {
  const { sizes } = weakComponents(graph.nodes, graph.dependency, graph.dependant);
  const strong = strongComponents(graph.dependants);
  let selfLoops = 0;
  for (let e = 0; e < graph.edges; e++) if (graph.dependency[e] === graph.dependant[e]) selfLoops++;
  return {
    nodes: graph.nodes,
    edges: graph.edges,
    components: sizes.length,
    largestComponent: sizes.reduce((a, b) => Math.max(a, b), 0),
    isolated: sizes.filter((size) => size === 1).length,
    selfLoops,
    cycles: strong.sizes.filter((size) => size > 1).length,
    longestPath: longestCondensedPath(graph.dependants),
  };
}
