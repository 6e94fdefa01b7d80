import { paths } from "../paths.ts";
import { isOneOf, termRows, wantedOneOf } from "./license_terms.ts";

/** Why a name that stands among dependencies is no asset. */
export const noAssetKinds = ["software", "method", "platform"] as const;

/** A name that stands among dependencies and is no asset. */
export interface NoAsset {
  /** As it is usually written; compared without case. */
  name: string;
  /** What it is instead. */
  kind: typeof noAssetKinds[number];
  /** Why it is that. */
  reason: string;
}

/**
 * Reads `data/no_assets.csv`: what stands among the dependencies of assets and is no data set, model or application.
 *
 * @returns rows by their name in lower case
 * @throws {SyntaxError} when the table has another form, an empty cell or a name twice; quotes the line
 *
 * @example
 * ```ts
 * import { readNoAssets } from "kindred";
 * (await readNoAssets()).get("pytorch")?.kind; // "software"
 * ```
 */
export async function readNoAssets(): Promise<ReadonlyMap<string, NoAsset>> {
  return await parseNoAssets(await Deno.readTextFile(`${paths.data}no_assets.csv`));
}

/** Parses the table; see {@link readNoAssets}. */
export async function parseNoAssets(text: string): Promise<ReadonlyMap<string, NoAsset>> {
  const rows = new Map<string, NoAsset>();
  const table = { source: "no_assets.csv", text };
  for (const { cells, refuse } of await termRows(table, ["name", "kind", "reason"])) {
    const [name, kind, reason] = cells;
    const key = name.toLowerCase();
    if (rows.has(key)) refuse(`the name "${name}" a second time`);
    if (!isOneOf(noAssetKinds, kind)) return refuse(wantedOneOf("kind", kind, noAssetKinds));
    rows.set(key, Object.freeze({ name, kind, reason }));
  }
  return rows;
}
