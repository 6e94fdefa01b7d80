import { byCodeUnits } from "../../../core/compare.ts";
import { type AssetOwners, ownersAsWritten } from "../../../graph/asset_owners.ts";
import type { AssetGraph, AssetVariant } from "../../../graph/assets.ts";
import type { Access, AssetType } from "../../../source/asset_record.ts";
import { parseAssetSize, sizeIn } from "../../../source/asset_size.ts";
import type { AssetLicenseFamily } from "../fields/asset_license.ts";
import {
  type AssetRow,
  assetRow,
  type AssetTables,
  didYouMean,
  type ModalityFilter,
  rowsWithModality,
} from "../fields/asset_row.ts";
import { cellText } from "../fields/cell_text.ts";
import { dayOf } from "../fields/day_of.ts";

/** An asset that was found. */
export interface FoundAsset extends AssetRow {
  /** Parameters as {@link parseAssetSize} reads them from `size`, null where it finds none, and of all but models. */
  parameters: number | null;
  /** Other nodes that it is built on directly. */
  dependencies: number;
  /** Other nodes that are built on it directly. */
  dependants: number;
}

/** Assets that a person asked for. */
export interface FoundAssets {
  /** The graph in which dependencies and dependants are counted. */
  variant: AssetVariant;
  /** Most dependants first, ties by name. */
  assets: FoundAsset[];
  /** Documented assets in the graph. */
  of: number;
  /** Assets that pass every other filter and are left out because they have no full date; 0 without `from` and `until`. */
  undated: number;
  /** Assets that pass the filters without number and are left out because their size is not known; 0 without `minParameters`. */
  unsized: number;
}

/** Options of {@link findAssets}: each one that is given must hold. */
export interface FindAssetsOptions extends ModalityFilter {
  /**
   * Kind of the assets.
   * @default all
   */
  type?: AssetType;
  /**
   * One of the owners, as `owners` spells it.
   * @default all
   */
  organization?: string;
  /**
   * Owners of each node.
   * @default ownersAsWritten(graph)
   */
  owners?: AssetOwners;
  /**
   * How they are released.
   * @default all
   */
  access?: Access;
  /**
   * Family of their licenses.
   * @default all
   */
  license?: AssetLicenseFamily;
  /**
   * Least number of nodes that are built directly on them.
   * @default 0
   */
  minDependants?: number;
  /**
   * Least number of nodes that they are built on directly.
   * @default 0
   */
  minDependencies?: number;
  /**
   * Least number of parameters; only models have any.
   * @default none
   */
  minParameters?: number;
  /**
   * First day of creation, as `2024-02-29`.
   * @default none
   */
  from?: string;
  /**
   * Last day of creation, as `2024-02-29`.
   * @default none
   */
  until?: string;
}

/**
 * Documented assets by type, organization, modality, access, license, number of edges, size and date. Assets that only lack what is
 * asked for, a size or a date, are left out and counted.
 *
 * @param tables As `readAssetTables` returns them.
 * @throws {RangeError} when no asset has the organization or modality, naming those that are alike, or a day is none
 *
 * @example
 * ```ts
 * import { AssetGraph, findAssets, readAssetSnapshot, readAssetTables } from "kindred";
 * const path = await Deno.makeTempFile();
 * const pile = "- type: dataset\n  name: The Pile\n  organization: EleutherAI\n";
 * const opt = "- type: model\n  name: OPT\n  organization: Meta\n  dependencies: [The Pile]\n";
 * await Deno.writeTextFile(path, pile + opt);
 * const graph = new AssetGraph(await readAssetSnapshot(path));
 * findAssets(graph, await readAssetTables(), { minDependants: 1 }).assets[0].name; // "The Pile"
 * await Deno.remove(path);
 * ```
 */
export function findAssets(
  graph: AssetGraph,
  tables: AssetTables,
  options: FindAssetsOptions = {},
): FoundAssets {
  const { type, organization, access, license, minDependants = 0, minDependencies = 0 } = options;
  const { owners = ownersAsWritten(graph), minParameters, from, until } = options;
  const first = from === undefined ? -Infinity : dayOf(from, { option: "from" });
  const last = until === undefined ? Infinity : dayOf(until, { option: "until" });
  if (organization !== undefined) {
    const names = [...new Set(owners.flat())];
    if (!names.includes(organization)) {
      throw new RangeError(
        `Cannot find an organization called "${organization}"${didYouMean(organization, names)}`,
      );
    }
  }
  const everything = graph.assets.map((asset, node) => ({
    ...assetRow(asset, tables),
    parameters: asset.type === "model"
      ? sizeIn(parseAssetSize(cellText(asset, "size") ?? ""), "parameters")
      : null,
    dependencies: others(graph.dependencies, node),
    dependants: others(graph.dependants, node),
    node,
  }));
  const found = rowsWithModality(everything, options, tables.modalities).filter((row) =>
    (type === undefined || row.type === type) &&
    (organization === undefined || owners[row.node].includes(organization)) &&
    (access === undefined || row.access === access) &&
    (license === undefined || row.family === license) &&
    row.dependants >= minDependants && row.dependencies >= minDependencies
  );
  const models = found.filter((row) => minParameters === undefined || row.type === "model");
  const large = models.filter(({ parameters }) =>
    minParameters === undefined || (parameters !== null && parameters >= minParameters)
  );
  const bounded = from !== undefined || until !== undefined;
  const dated = large.filter(({ date }) => !bounded || date !== null);
  return {
    variant: graph.variant,
    assets: dated
      .filter(({ node }) =>
        !bounded || (graph.assets[node].created >= first && graph.assets[node].created <= last)
      )
      .sort((a, b) => b.dependants - a.dependants || byCodeUnits(a.name, b.name))
      .map(({ node: _, ...row }) => row),
    of: graph.assets.length,
    undated: large.length - dated.length,
    unsized: minParameters === undefined
      ? 0
      : models.filter(({ parameters }) => parameters === null).length,
  };
}

/** Neighbours of a node, itself left out. */
function others({ offsets, targets }: AssetGraph["dependants"], node: number): number {
  let count = 0;
  for (let i = offsets[node]; i < offsets[node + 1]; i++) if (targets[i] !== node) count++;
  return count;
}
