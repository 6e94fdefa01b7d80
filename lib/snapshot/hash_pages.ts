import { createHash, type Hash } from "node:crypto";
import { fileChunks } from "../source/file_chunks.ts";

/** Bytes that are read at a time. */
const [least, most] = [4 << 10, 4 << 20];

/** Where a page of a crawl lies. */
export interface PagePlace {
  /** Line of the index that says so, from 1. */
  line: number;
  /** File of the page. */
  file: string;
  /** Its first byte. */
  at: number;
  bytes: number;
  sha256: string;
}

/** What a file turned out to be. */
export interface HashedFile {
  bytes: number;
  sha256: string;
  /** Pages that are not what the index says, with the SHA-256 found; null where the file ends before the page does. */
  damaged: { page: PagePlace; found: string | null }[];
}

/**
 * Reads a file once, and hashes it and each page in it.
 *
 * @param options.pages In the order of their places, none over another.
 */
export async function hashPages(
  path: string,
  { pages, onBytes }: { pages: readonly PagePlace[]; onBytes?: (read: number) => void },
): Promise<HashedFile> {
  const all = createHash("sha256");
  const damaged: HashedFile["damaged"] = [];
  let bytes = 0;
  let next = 0;
  let hash: Hash | null = null;
  // A set of figures is hundreds of small files: no buffer is larger than its file.
  const size = Math.min(most, Math.max(least, Deno.statSync(path).size));
  for await (const chunk of fileChunks(path, { size, onBytes })) {
    all.update(chunk);
    const end = bytes + chunk.length;
    while (next < pages.length && pages[next].at < end) {
      const page = pages[next];
      hash ??= createHash("sha256");
      hash.update(
        chunk.subarray(Math.max(0, page.at - bytes), Math.min(end, page.at + page.bytes) - bytes),
      );
      if (page.at + page.bytes > end) break;
      const found = hash.digest("hex");
      if (found !== page.sha256) damaged.push({ page, found });
      hash = null;
      next++;
    }
    bytes = end;
  }
  for (const page of pages.slice(next)) damaged.push({ page, found: null });
  return { bytes, sha256: all.digest("hex"), damaged };
}

/**
 * The pages that an index lists, as far as it can be read: a line that is no place, or lies over the page before it, ends the reading.
 */
export function readPagePlaces(text: string): PagePlace[] {
  const places: PagePlace[] = [];
  const ends = new Map<string, number>();
  for (const [i, line] of text.split("\n").slice(0, -1).entries()) {
    let place: Partial<PagePlace> | null;
    try {
      place = JSON.parse(line);
    } catch {
      return places;
    }
    const { file, at, bytes, sha256 } = place ?? {};
    if (typeof file !== "string" || typeof sha256 !== "string") return places;
    if (!isCount(at) || !isCount(bytes) || bytes === 0 || at < (ends.get(file) ?? 0)) return places;
    ends.set(file, at + bytes);
    places.push({ line: i + 1, file, at, bytes, sha256 });
  }
  return places;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && value as number >= 0;
}
