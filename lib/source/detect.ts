import { basename } from "node:path";
import { type Compression, compressionOf, contentChunks } from "./content_chunks.ts";
import { csvHeader } from "./csv_header.ts";
import { fileChunks } from "./file_chunks.ts";
import { hasMark } from "./line_blocks.ts";
import { readRawManifest } from "./raw_manifest.ts";
import { isOwnFile, rawManifestName, unfinishedEnding } from "./raw_names.ts";

/** What an input holds and how it is written, found by its content. */
export interface Detected {
  /** Hub rows or assets. */
  kind: "models" | "assets";
  /**
   * `"jsonl"`, `"json"`, `"csv-fulljson"`, `"csv-expanded"`, `"assets-yaml"` or `"assets-csv"`, each followed by `".gz"` or
   * `".zst"` where compressed; `"parquet"`; `"assets-folder"` (of YAML files); `"packed"` (a snapshot folder);
   * `"raw"` (a folder that `deno task fetch` wrote).
   */
  format: string;
  /** How the bytes are compressed. */
  compression: Compression;
  /** True when the text begins with a byte-order mark. */
  marked: boolean;
}

const headBytes = 1 << 16;

const wanted =
  "wanted Hub rows (JSON Lines, a JSON array, CSV with modelId,fullJson or model_id,..., Parquet) or assets " +
  "(YAML records, a folder of them, CSV with type,name,organization,dependencies), text optionally as .gz or .zst";

/** Files of other kinds that people try, by their first bytes. */
const others: [name: string, magic: number[]][] = [
  ["a ZIP archive (unpack it first)", [0x50, 0x4b, 3, 4]],
  ["an xz file (use gz or zst)", [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ["a bzip2 file (use gz or zst)", [0x42, 0x5a, 0x68]],
  ["an SQLite database", [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65]],
  ["an Arrow file", [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31]],
  ["UTF-16 text (save it as UTF-8)", [0xff, 0xfe]],
  ["UTF-16 text (save it as UTF-8)", [0xfe, 0xff]],
];

async function head(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const bytes = new Uint8Array(headBytes);
  let length = 0;
  try {
    for await (const chunk of chunks) {
      const part = chunk.subarray(0, headBytes - length);
      bytes.set(part, length);
      length += part.length;
      if (length === headBytes) break;
    }
  } catch (error) {
    // A stream that breaks later is told apart by what it holds and refused while it is read.
    if (length === 0) throw error;
  }
  return bytes.subarray(0, length);
}

async function detectFolder(path: string): Promise<Detected> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(path)) names.push(entry.name);
  const found = { compression: "", marked: false } as const;
  refuseUnfinished(path, names);
  if (names.includes(rawManifestName)) {
    const { name, kind, upstream } = readRawManifest(path);
    if (kind === "models" || kind === "assets") return { kind, format: "raw", ...found };
    throw new TypeError(
      `Cannot open "${path}": snapshot "${name}" holds ${kind} (${upstream}), which are read beside a snapshot of models and are none`,
    );
  }
  if (names.includes("manifest.json")) {
    let manifest: { schema?: unknown; kind?: unknown } | null;
    try {
      manifest = JSON.parse(await Deno.readTextFile(`${path}/manifest.json`));
    } catch (cause) {
      throw new SyntaxError(`Cannot open "${path}": its manifest.json is not JSON`, { cause });
    }
    const { schema, kind } = manifest ?? {};
    if (schema !== "kindred-snapshot-1" || (kind !== "models" && kind !== "assets")) {
      throw new SyntaxError(
        `Cannot open "${path}": its manifest.json has schema ${JSON.stringify(schema)} and kind ${
          JSON.stringify(kind)
        }, wanted "kindred-snapshot-1" and "models" or "assets"`,
      );
    }
    return { kind, format: "packed", ...found };
  }
  if (names.some((name) => /\.ya?ml$/i.test(name))) {
    return { kind: "assets", format: "assets-folder", ...found };
  }
  throw new SyntaxError(
    `Cannot open "${path}": the folder has neither a manifest.json of a packed snapshot nor a fetch.json of a raw one nor YAML files (${names.length} entries)`,
  );
}

/** Refuses the folder of a snapshot that is being fetched. */
function refuseUnfinished(path: string, names: readonly string[]): void {
  if (!path.replace(/\/+$/, "").endsWith(unfinishedEnding) || !names.some(isOwnFile)) return;
  throw new SyntaxError(`Cannot open "${path}": it is not complete; run the fetch again`);
}

/** Whether a line of the text is a JSON object, as in the tail of a JSON Lines file whose first line was cut. */
function hasObjectLine(text: string): boolean {
  return text.split("\n").slice(1, -1).some((line) => {
    if (!line.startsWith('{"')) return false;
    try {
      return typeof JSON.parse(line) === "object";
    } catch {
      return false;
    }
  });
}

/** Kind and format of uncompressed text, null where it is none that is known. */
function detectText(text: string): Pick<Detected, "kind" | "format"> | null {
  const start = text.trimStart();
  if (start[0] === "{") return { kind: "models", format: "jsonl" };
  if (start[0] === "[") return { kind: "models", format: "json" };
  const content = text.split(/\r?\n/).find((line) => !/^\s*(#.*)?$|^---|^%/.test(line)) ?? "";
  if (/^\s*-(\s*$|\s+\{|\s+&\w+\s*$|\s+["']?[\w ]+["']?\s*:(\s|$))/.test(content)) {
    return { kind: "assets", format: "assets-yaml" };
  }
  const columns = new Set(csvHeader(start));
  if (columns.has("modelId") && columns.has("fullJson")) {
    return { kind: "models", format: "csv-fulljson" };
  }
  if (["type", "name", "organization", "dependencies"].every((name) => columns.has(name))) {
    return { kind: "assets", format: "assets-csv" };
  }
  const named = ["model_id", "id", "modelId"].some((name) => columns.has(name));
  if (named && (columns.has("tags") || columns.has("model_id"))) {
    return { kind: "models", format: "csv-expanded" };
  }
  return hasObjectLine(text) ? { kind: "models", format: "jsonl" } : null;
}

/** What stands at the beginning of bytes that are no known format, for people. */
function describe(bytes: Uint8Array): string {
  for (const [name, magic] of others) {
    if (magic.every((byte, i) => bytes[i] === byte)) return name;
  }
  if (new TextDecoder().decode(bytes.subarray(257, 262)) === "ustar") {
    return "a tar archive (unpack it first)";
  }
  const start = new TextDecoder().decode(bytes.subarray(0, 40));
  if (/^\s*<(!doctype|html|\?xml)/i.test(start)) return `HTML or XML (${JSON.stringify(start)})`;
  return `found ${JSON.stringify(start)}`;
}

/**
 * Kind and format of a file or folder, told by its content and never by its name: the magic bytes of gzip, Zstandard and
 * Parquet; inside the compression the first character, the header of a CSV, the first line of YAML; a folder by its manifest
 * or its YAML files.
 *
 * @throws {RangeError} when there is no such file or folder
 * @throws {TypeError} when it is a raw snapshot of neither models nor assets
 * @throws {SyntaxError} when it is empty, truncated, damaged or of no known format
 *
 * @example
 * ```ts
 * import { detect } from "kindred";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, '{"id": "openai-community/gpt2"}\n');
 * (await detect(path)).format; // "jsonl"
 * await Deno.remove(path);
 * ```
 */
export async function detect(path: string): Promise<Detected> {
  let info: Deno.FileInfo;
  try {
    info = await Deno.stat(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound || cause instanceof TypeError)) throw cause;
    throw new RangeError(`Cannot open ${JSON.stringify(path)}: no such file or folder`, { cause });
  }
  if (info.isDirectory) return await detectFolder(path);
  const raw = await head(fileChunks(path, { size: headBytes }));
  if (raw.length === 0) throw new SyntaxError(`Cannot open "${path}": the file is empty`);
  if (raw[0] === 0x50 && raw[1] === 0x41 && raw[2] === 0x52 && raw[3] === 0x31) {
    return { kind: "models", format: "parquet", compression: "", marked: false };
  }
  const compression = compressionOf(raw);
  const bytes = compression === "" ? raw : await head(contentChunks(path, { compression }));
  const marked = hasMark(bytes);
  const text = new TextDecoder().decode(bytes);
  if (text.trim() === "") {
    throw new SyntaxError(`Cannot open "${path}": there is nothing in it but white space`);
  }
  const found = detectText(text);
  if (found === null) {
    const inside = compression === "" ? "" : `inside its ${compression} compression `;
    throw new SyntaxError(
      `Cannot tell what "${basename(path)}" is: ${inside}${describe(bytes)}; ${wanted}`,
    );
  }
  const format = compression === "" ? found.format : `${found.format}.${compression}`;
  return { ...found, format, compression, marked };
}
