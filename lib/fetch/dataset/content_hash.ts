import { createHash } from "node:crypto";
import { fileChunks } from "../../source/file_chunks.ts";
import type { DatasetFile } from "./pin_dataset.ts";

/** Hash of a file on disk, of the kind that a dataset lists: SHA-256 of its bytes, or git's SHA-1 of a blob. */
export async function contentHash(path: string, file: DatasetFile): Promise<string> {
  const git = file.hash.kind === "git";
  const hash = createHash(git ? "sha1" : "sha256");
  if (git) hash.update(`blob ${file.bytes}\0`);
  for await (const chunk of fileChunks(path, { size: 4 << 20 })) hash.update(chunk);
  return hash.digest("hex");
}
