import { dirname, join } from "node:path";
import type { RawManifest } from "./raw_manifest.ts";

/**
 * Where the assets of a raw snapshot lie: the folder of its YAML files, or its one file.
 *
 * @throws {SyntaxError} when its manifest lists no assets, or assets in several folders
 */
export function rawAssets(folder: string, { name, files }: RawManifest): string {
  const assets = files.filter(({ role }) => role === "assets");
  if (assets.length === 1 && !/\.ya?ml$/i.test(assets[0].name)) return join(folder, assets[0].name);
  const folders = [...new Set(assets.map((file) => dirname(file.name)))];
  if (folders.length === 1 && folders[0] !== ".") return join(folder, folders[0]);
  throw new SyntaxError(
    `Cannot read the assets of "${name}": its manifest lists ${assets.length} files of assets in ${folders.length} folders, expected YAML files in one folder, or one CSV`,
  );
}
