import { basename, join } from "node:path";
import { paths } from "../paths.ts";
import { readRawManifest } from "../source/raw_manifest.ts";
import type { Fetched, Manifest } from "./manifest.ts";
import { readManifest } from "./packed_folder.ts";
import type { Difference, OnHashed, Verification } from "./verification.ts";
import { faultOfList, verifyFiles } from "./verify_files.ts";
import { manifestDifference } from "./verify_raw_folder.ts";

const manifestName = "manifest.json";

/**
 * Hashes the files of a packed snapshot and compares them with its manifest, and that with the manifest of the raw snapshot that it
 * was made from, where it is still there.
 *
 * @param folder `data/cache/NAME`.
 */
export async function verifyPackedFolder(
  folder: string,
  { onHashed }: { onHashed?: OnHashed } = {},
): Promise<Verification> {
  const name = basename(folder);
  const verification = { name, state: "packed" as const, folder, notes: [] };
  let manifest: Manifest;
  try {
    manifest = readManifest(folder);
    const fault = faultOfList(manifest.files);
    if (fault !== null) throw new SyntaxError(`its ${manifestName} ${fault}`);
  } catch (error) {
    const differences = [manifestDifference(manifestName, error as Error)];
    return { ...verification, bytes: 0, files: 0, differences };
  }
  const { differences, bytes } = await verifyFiles(folder, manifest.files, {
    isExtra: (file) => file !== manifestName,
    onHashed,
  });
  if (manifest.name !== name) {
    differences.push({
      kind: "origin",
      file: manifestName,
      found: manifest.name,
      expected: name,
      reason: "name",
    });
  }
  const origin = originState(manifest);
  return {
    ...verification,
    bytes,
    files: manifest.files.length,
    differences: [...differences, ...origin.differences],
    notes: origin.notes,
  };
}

/** Whether the raw snapshot that a packed one names is there and the same. */
function originState({ fetched }: Manifest): Pick<Verification, "differences" | "notes"> {
  if (fetched === undefined || fetched === null) return { differences: [], notes: [] };
  const { name, sha256 } = fetched;
  const made = `it was packed from the raw snapshot "${name}" (sha256 ${
    String(sha256).slice(0, 12)
  }…)`;
  let raw: Fetched;
  try {
    if (!/^\w[\w.-]*$/.test(name)) throw new SyntaxError("no name of a snapshot");
    raw = readRawManifest(join(paths.raw, name));
  } catch (error) {
    const here = error instanceof SyntaxError && !(error.cause instanceof Deno.errors.NotFound);
    return {
      differences: [],
      notes: [`${made}, ${here ? "whose manifest cannot be read" : "which is not here"}`],
    };
  }
  const differences: Difference[] = [];
  const differ = (field: string, found: unknown, expected: unknown) =>
    differences.push({
      kind: "origin",
      file: manifestName,
      found: text(found),
      expected: text(expected),
      reason: `${field} of the raw snapshot`,
    });
  if (sha256 !== raw.sha256) differ("sha256", sha256, raw.sha256);
  else {
    const keys = Object.keys(raw).filter((key) => key !== "files") as (keyof Fetched)[];
    for (const key of keys) {
      if (text(fetched[key]) !== text(raw[key])) differ(key, fetched[key], raw[key]);
    }
  }
  return { differences, notes: [] };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}
