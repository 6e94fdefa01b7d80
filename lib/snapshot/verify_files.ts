import { join } from "node:path";
import { filesBelow, sizeOf } from "../source/files_below.ts";
import { isBelow } from "../source/is_below.ts";
import { hashPages, type PagePlace } from "./hash_pages.ts";
import type { Difference, OnHashed } from "./verification.ts";

/** A file as a manifest has it. */
export interface ListedFile {
  /** Path below the folder, with slashes. */
  name: string;
  bytes: number;
  sha256: string;
}

/** Options of {@link verifyFiles}. */
export interface VerifyFilesOptions {
  /** Which other files the folder must not have. */
  isExtra: (name: string) => boolean;
  /** Pages of a crawl by index and by file. @default none */
  pages?: ReadonlyMap<string, readonly PagePlace[]>;
  /** Name of the index of a file with pages. */
  indexOf?: (file: string) => string;
  onHashed?: OnHashed;
}

/**
 * Compares the files of a folder with those of a manifest: first what is missing, changed and damaged in the order of the manifest,
 * then what is there besides. Only files that have the right size, or pages, are read.
 *
 * @returns the differences, and the bytes of the listed files on disk
 */
export async function verifyFiles(
  folder: string,
  listed: readonly ListedFile[],
  { isExtra, pages = new Map(), indexOf = () => "", onHashed = () => {} }: VerifyFilesOptions,
): Promise<{ differences: Difference[]; bytes: number }> {
  const differences: Difference[] = [];
  const sizes = listed.map(({ name }) => sizeOf(join(folder, name)));
  const total = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  let done = 0;
  for (const [i, { name: file, bytes, sha256 }] of listed.entries()) {
    const size = sizes[i];
    if (size === null) {
      differences.push({ kind: "missing", file, found: null, expected: bytes });
      continue;
    }
    const places = pages.get(file) ?? [];
    if (size !== bytes) differences.push({ kind: "size", file, found: size, expected: bytes });
    if (size === bytes || places.length > 0) {
      const hashed = await hashPages(join(folder, file), {
        pages: places,
        onBytes: (read) => onHashed(done + read, total),
      });
      if (size === bytes && hashed.sha256 !== sha256) {
        differences.push({ kind: "content", file, found: hashed.sha256, expected: sha256 });
      }
      for (const { page: { line, at, bytes, sha256 }, found } of hashed.damaged) {
        const page = { index: indexOf(file), line, at, bytes };
        differences.push({ kind: "page", file, found, expected: sha256, page });
      }
    }
    done += size;
    onHashed(done, total);
  }
  const known = new Set(listed.map(({ name }) => name));
  for (const { name, bytes } of filesBelow(folder)) {
    if (known.has(name) || !isExtra(name)) continue;
    differences.push({ kind: "extra", file: name, found: bytes, expected: null });
  }
  return { differences, bytes: total };
}

/** Whether what a manifest lists are files below its folder, each once, with a size and a SHA-256; else what is wrong. */
export function faultOfList(files: readonly unknown[]): string | null {
  const names = new Set<string>();
  for (const entry of files) {
    const { name, bytes, sha256 } = (entry ?? {}) as Partial<ListedFile>;
    const quoted = JSON.stringify(name ?? null);
    if (!isBelow(name)) return `names the file ${quoted}, expected a path below the folder`;
    if (names.has(name)) return `names the file ${quoted} twice`;
    names.add(name);
    if (!Number.isSafeInteger(bytes) || bytes! < 0 || !/^[0-9a-f]{64}$/.test(String(sha256))) {
      return `gives ${quoted} no size or no sha256`;
    }
  }
  return null;
}
