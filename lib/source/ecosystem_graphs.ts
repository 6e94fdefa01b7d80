import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import { byCodeUnits } from "../core/compare.ts";
import { type IssueCount, Issues } from "../core/issues.ts";
import type { AssetRecord } from "./asset_record.ts";
import { contentChunks } from "./content_chunks.ts";
import { detect } from "./detect.ts";
import { readAssetCsv } from "./ecosystem_graphs_csv.ts";
import { readAssetYaml } from "./ecosystem_graphs_yaml.ts";
import { fileChunks } from "./file_chunks.ts";
import { sha256File } from "./sha256.ts";

/** The records of an Ecosystem Graphs snapshot. */
export interface AssetRows {
  /** In the order of the files' names, then of the file. */
  records: AssetRecord[];
  /** Faults of records and cells, counted by kind. */
  issues: IssueCount[];
  /** Where the records are from; sha256 and size are those of the input as it is on disk. */
  origin: { name: string; format: string; bytes: number; sha256: string };
}

/** No YAML file of assets is so large. */
const largestFile = 256 << 20;

/**
 * Reads Ecosystem Graphs: the folder of YAML files, one YAML file, or the CSV (Bommasani et al. 2023); the format is found by
 * content. Records that cannot be used are left out; they and all other faults are counted by kind. The sha256 of a folder is that
 * of the lines `sha256  name` of its YAML files in code-unit order of their names; folders inside it are not read.
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
export async function readAssets(path: string): Promise<AssetRows> {
  const { kind, format, compression } = await detect(path);
  if (kind !== "assets" || format === "packed") {
    throw new TypeError(
      `Cannot read "${path}" as assets: found ${kind} in the format ${format}, expected YAML or CSV of assets`,
    );
  }
  const issues = new Issues();
  const name = basename(path.replace(/\/+$/, ""));
  const read = { records: [] as AssetRecord[], bytes: 0, sha256: "" };
  if (format === "assets-folder") {
    await readFolder(path, { issues, read });
  } else {
    read.bytes = Deno.statSync(path).size;
    read.sha256 = await sha256File(path);
    const chunks = contentChunks(path, { compression });
    read.records = format.startsWith("assets-csv")
      ? await readAssetCsv(chunks, { file: name, issues })
      : readAssetYaml(await wholeText(chunks, name), { file: name, issues });
  }
  const { records, bytes, sha256 } = read;
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
  return { records, issues: issues.list(), origin: { name, format, bytes, sha256 } };
}

async function readFolder(
  folder: string,
  { issues, read }: {
    issues: Issues;
    read: { records: AssetRecord[]; bytes: number; sha256: string };
  },
): Promise<void> {
  const files = [...Deno.readDirSync(folder)]
    .filter(({ name }) => /\.ya?ml$/i.test(name) && Deno.statSync(join(folder, name)).isFile)
    .map(({ name }) => name)
    .sort(byCodeUnits);
  const all = createHash("sha256");
  for (const file of files) {
    const path = join(folder, file);
    read.bytes += Deno.statSync(path).size;
    all.update(`${await sha256File(path)}  ${file}\n`);
    const text = await wholeText(fileChunks(path, { size: 1 << 20 }), file);
    read.records.push(...readAssetYaml(text, { file, issues }));
  }
  read.sha256 = all.digest("hex");
}

async function wholeText(chunks: AsyncIterable<Uint8Array>, file: string): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > largestFile) {
      throw new RangeError(
        `Cannot read "${file}" as YAML: it has more than ${largestFile} bytes, which no file of assets has`,
      );
    }
    text += decoded(() => decoder.decode(chunk, { stream: true }), file);
  }
  return text + decoded(() => decoder.decode(), file);
}

function decoded(decode: () => string, file: string): string {
  try {
    return decode();
  } catch {
    throw new SyntaxError(`Cannot read "${file}" as YAML: it is not UTF-8 text`);
  }
}
