import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import { type IssueCount, Issues } from "../core/issues.ts";
import type { AssetFault, ReportFault } from "./asset_fault.ts";
import { assetFileNames, assetFiles } from "./asset_files.ts";
import type { AssetRecord } from "./asset_record.ts";
import { contentChunks } from "./content_chunks.ts";
import { detect } from "./detect.ts";
import { readAssetCsv } from "./ecosystem_graphs_csv.ts";
import { readAssetYaml } from "./ecosystem_graphs_yaml.ts";
import { rawAssets } from "./raw_assets.ts";
import { type FetchedFrom, fetchedFrom, readRawManifest } from "./raw_manifest.ts";
import { sha256File } from "./sha256.ts";
import { verifyRaw } from "./verify_raw.ts";

/** The records of an Ecosystem Graphs snapshot. */
export interface AssetRows {
  /** In the order of the files' names, then of the file. */
  records: AssetRecord[];
  /** Faults of records and cells, counted by kind. */
  issues: IssueCount[];
  /** The same faults one by one, each with its place. */
  faults: AssetFault[];
  /** Where the records are from; sha256 and size are those of the input as it is on disk. */
  origin: { name: string; format: string; bytes: number; sha256: string; fetched?: FetchedFrom };
}

/**
 * Reads Ecosystem Graphs: the folder of YAML files, one YAML file, or the CSV (Bommasani et al. 2023), or a raw snapshot of one of them;
 * the format is found by content. Records that cannot be used are left out; they and all other faults are counted by kind. The sha256 of a folder is that
 * of the lines `sha256  name` of its YAML files in code-unit order of their names; folders inside it are not read. That of a raw snapshot
 * is its manifest's, with which its files are compared.
 *
 * The CSV gives the same graph as the folder, but not all fields: it has no explanations, and its rows are in an order of
 * their own, so that of two records of one name another may come first.
 *
 * @throws {SyntaxError} when a file is not of a known format or is cut, or when no record can be used
 * @throws {RangeError} when there is no such file, or a YAML file is larger than 256 MiB
 * @throws {TypeError} when the file holds models
 *
 * @example
 * ```ts
 * import { readAssets } from "kindred";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "- type: dataset\n  name: The Pile\n  dependencies: [arXiv]\n");
 * (await readAssets(path)).records[0].dependencies; // ["arXiv"]
 * await Deno.remove(path);
 * ```
 */
export async function readAssets(
  path: string,
  { onProgress = () => {} }: {
    /** Called now and then with the bytes of the input read so far and in all. @default nothing */
    onProgress?: (done: number, total: number) => void;
  } = {},
): Promise<AssetRows> {
  const { kind, format, compression } = await detect(path);
  if (kind === "assets" && format === "raw") return await readRawAssets(path, { onProgress });
  if (kind !== "assets" || format === "packed") {
    throw new TypeError(
      `Cannot read "${path}" as assets: found ${kind} in the format ${format}, expected YAML or CSV of assets`,
    );
  }
  const issues = new Issues();
  const faults: AssetFault[] = [];
  const report: ReportFault = (fault, example) => {
    faults.push(fault);
    issues.add(fault.kind, fault.rule, example);
  };
  const file = path.replace(/\/+$/, "");
  const name = basename(file);
  const records: AssetRecord[] = [];
  let bytes = 0;
  let sha256 = "";
  if (format.startsWith("assets-csv")) {
    records.push(
      ...await readAssetCsv(contentChunks(file, { compression }), { file: name, report }),
    );
  } else {
    const all = createHash("sha256");
    const total = bytesOf(file, format);
    for await (const part of assetFiles(file, { format, compression })) {
      const { size } = Deno.statSync(part.path);
      all.update(`${await sha256File(part.path)}  ${part.name}\n`);
      const read = readAssetYaml(part.text, {
        file: part.name,
        report,
        onProgress: (share) => onProgress(bytes + share * size, total),
      });
      for (const record of read) records.push(record);
      bytes += size;
      onProgress(bytes, total);
    }
    sha256 = all.digest("hex");
  }
  if (format !== "assets-folder") {
    bytes = Deno.statSync(file).size;
    sha256 = await sha256File(file);
  }
  if (records.length === 0) {
    const found = issues.list().map(({ kind, count, examples }) =>
      `${count} x ${kind}, e.g. ${JSON.stringify(examples[0])}`
    );
    throw new SyntaxError(
      `Cannot read "${name}" as assets: no usable record` +
        (found.length > 0 ? ` (${found.join("; ")})` : "") +
        `; expected a list of records with type, name and dependencies`,
    );
  }
  return { records, issues: issues.list(), faults, origin: { name, format, bytes, sha256 } };
}

async function readRawAssets(
  folder: string,
  options: { onProgress: (done: number, total: number) => void },
): Promise<AssetRows> {
  const manifest = readRawManifest(folder);
  const sha256 = await verifyRaw(folder, { manifest });
  const { origin, ...read } = await readAssets(rawAssets(folder, manifest), options);
  const fetched = fetchedFrom(manifest);
  return { ...read, origin: { ...origin, name: manifest.name, format: "raw", sha256, fetched } };
}

/** Size of a file, or of the YAML files of a folder. */
function bytesOf(path: string, format: string): number {
  if (format !== "assets-folder") return Deno.statSync(path).size;
  return assetFileNames(path)
    .reduce((sum, name) => sum + Deno.statSync(join(path, name)).size, 0);
}
