import { join } from "node:path";
import { createTarDecoder, type TarHeader } from "modern-tar";
import { contentChunks } from "../../source/content_chunks.ts";
import { RefusedError } from "../http_errors.ts";
import type { NamedBlob } from "./check_blobs.ts";
import { gitBlob } from "./git_blob.ts";

/** Files of a repository that hold assets: those directly in its folder `assets`. */
export const assetPath = /^assets\/[^/]+\.ya?ml$/i;

/** Limits of what an archive may unpack to. */
export interface UnpackLimits {
  /**
   * Most bytes of the whole archive after decompression.
   * @default 2 GB
   */
  mostBytes?: number;
  /**
   * Most entries of any kind.
   * @default 100,000
   */
  mostEntries?: number;
  /**
   * Most bytes of a file of assets.
   * @default 16 MB
   */
  largestFile?: number;
}

/**
 * Writes the files of assets of a repository's tar.gz, which has one folder at its top, into `folder/assets`; everything else in it is passed over.
 *
 * @returns the files in the order of the archive
 * @throws {SyntaxError} when the archive is cut or damaged
 * @throws {RefusedError} when it holds what git's archives do not: names that lead elsewhere, links as assets, a file twice; or is too large
 */
export async function unpackAssets(
  archive: string,
  { folder, mostBytes = 2 ** 31, mostEntries = 100_000, largestFile = 16 << 20 }:
    & { folder: string }
    & UnpackLimits,
): Promise<NamedBlob[]> {
  const files: NamedBlob[] = [];
  const met = new Set<string>();
  let top: string | null = null;
  let entries = 0;
  Deno.mkdirSync(join(folder, "assets"), { recursive: true });
  const stream = ReadableStream.from(limited(archive, mostBytes))
    .pipeThrough(createTarDecoder({ strict: true }));
  try {
    for await (const { header, body } of stream) {
      if (++entries > mostEntries) throw refused(`it has more than ${mostEntries} entries`);
      const [first, path] = placeOf(header);
      top ??= first;
      if (first !== top) throw refused(`${JSON.stringify(header.name)} is outside "${top}"`);
      if (!assetPath.test(path)) {
        await body.cancel();
        continue;
      }
      if (header.type !== "file") {
        throw refused(`${JSON.stringify(path)} is a ${header.type}, expected a file`);
      }
      if (met.has(path)) throw refused(`it has ${JSON.stringify(path)} twice`);
      if (header.size > largestFile) {
        throw refused(
          `${JSON.stringify(path)} has ${header.size} bytes, expected at most ${largestFile}`,
        );
      }
      met.add(path);
      const bytes = new Uint8Array(await new Response(body).arrayBuffer());
      await Deno.writeFile(join(folder, path), bytes, { createNew: true });
      files.push({ path, blob: gitBlob(bytes) });
    }
  } catch (error) {
    throw readable(error);
  }
  return files;
}

/** The bytes inside the compression, up to a limit. */
async function* limited(archive: string, mostBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of contentChunks(archive, { compression: "gz" })) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw refused(`it unpacks to more than ${mostBytes} bytes`);
    yield chunk;
  }
}

/** The folder at the top and the path below it. */
function placeOf({ name }: TarHeader): [top: string, path: string] {
  const parts = name.replace(/\/$/, "").split("/");
  // deno-lint-ignore no-control-regex
  if (parts.some((part) => /^\.{0,2}$|[\\\x00-\x1f\x7f]/.test(part))) {
    throw refused(`it has an entry ${JSON.stringify(name)}, which leads elsewhere`);
  }
  return [parts[0], parts.slice(1).join("/")];
}

function refused(what: string): RefusedError {
  return new RefusedError(`Cannot unpack the archive: ${what}`);
}

/** An error of the tar's form as one that says so. */
function readable(error: unknown): unknown {
  if (error instanceof SyntaxError || error instanceof RefusedError) return error;
  if (Object.values(Deno.errors).some((kind) => error instanceof kind)) return error;
  if ((error as { code?: unknown } | null)?.code !== undefined) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new SyntaxError(`Cannot unpack the archive: its tar stream is damaged: ${message}`, {
    cause: error,
  });
}
