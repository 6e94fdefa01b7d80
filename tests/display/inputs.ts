import { type AssetSnapshot, readAssetSnapshot } from "kindred";

/** A snapshot of assets from YAML. */
export async function assetSnapshot(yaml: string): Promise<AssetSnapshot> {
  const path = await Deno.makeTempFile({ suffix: ".yaml" });
  try {
    await Deno.writeTextFile(path, yaml);
    return await readAssetSnapshot(path);
  } finally {
    await Deno.remove(path);
  }
}
