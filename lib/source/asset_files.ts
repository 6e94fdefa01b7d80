import { basename, join } from "node:path";
import { byCodeUnits } from "../core/compare.ts";
import { contentChunks } from "./content_chunks.ts";
import type { Detected } from "./detect.ts";

/** A YAML file of an input of assets. */
export interface AssetFile {
  /** Its name. */
  name: string;
  /** Where it lies. */
  path: string;
  /** Its text, unpacked, without a byte-order mark. */
  text: string;
  /** Whether a byte-order mark stands before it. */
  marked: boolean;
}

/** No YAML file of assets is so large. */
const largestFile = 256 << 20;

/**
 * The YAML files of an input of assets, of a folder in code-unit order of their names; folders inside it are not read.
 *
 * @throws {SyntaxError} when a file is not UTF-8 or is cut
 * @throws {RangeError} when a file is larger than 256 MiB
 */
export async function* assetFiles(
  path: string,
  { format, compression }: Pick<Detected, "format" | "compression">,
): AsyncGenerator<AssetFile> {
  if (format !== "assets-folder") {
    const name = basename(path);
    yield { name, path, ...await wholeText(contentChunks(path, { compression }), name) };
    return;
  }
  for (const name of assetFileNames(path)) {
    const file = join(path, name);
    const chunks = contentChunks(file, { compression: "" });
    yield { name, path: file, ...await wholeText(chunks, name) };
  }
}

/** Names of the YAML files of a folder, in code-unit order. */
export function assetFileNames(folder: string): string[] {
  return [...Deno.readDirSync(folder)]
    .filter(({ name }) => /\.ya?ml$/i.test(name) && Deno.statSync(join(folder, name)).isFile)
    .map(({ name }) => name)
    .sort(byCodeUnits);
}

async function wholeText(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
): Promise<Pick<AssetFile, "text" | "marked">> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
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
  text += decoded(() => decoder.decode(), file);
  const marked = text.startsWith("\ufeff");
  return { text: marked ? text.slice(1) : text, marked };
}

function decoded(decode: () => string, file: string): string {
  try {
    return decode();
  } catch {
    throw new SyntaxError(`Cannot read "${file}" as YAML: it is not UTF-8 text`);
  }
}
