import { createHash } from "node:crypto";
import { fileChunks } from "./file_chunks.ts";

/**
 * SHA-256 of a file's bytes, read in pieces of 4 MB.
 *
 * @param options.onBytes Called with the number of bytes read so far.
 * @returns 64 hexadecimal digits in lower case
 * @throws {Deno.errors.NotFound} when there is no such file
 *
 * @example
 * ```ts
 * import { sha256File } from "kindred";
 * const path = await Deno.makeTempFile();
 * (await sha256File(path)).slice(0, 8); // "e3b0c442"
 * await Deno.remove(path);
 * ```
 */
export async function sha256File(
  path: string,
  { onBytes }: { onBytes?: (read: number) => void } = {},
): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of fileChunks(path, { size: 4 << 20, onBytes })) hash.update(chunk);
  return hash.digest("hex");
}
