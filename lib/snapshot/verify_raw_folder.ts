import { basename, join } from "node:path";
import { paths } from "../paths.ts";
import { exists } from "../source/exists.ts";
import { filesBelow } from "../source/files_below.ts";
import { type RawManifest, rawManifestName, readRawManifest } from "../source/raw_manifest.ts";
import { isOwnFile, requestName, unfinishedEnding } from "../source/raw_names.ts";
import { type PagePlace, readPagePlaces } from "./hash_pages.ts";
import type { Difference, OnHashed, Verification } from "./verification.ts";
import { faultOfList, verifyFiles } from "./verify_files.ts";

/**
 * Hashes the files of a raw snapshot, and each page of a crawl, and compares them with its manifest.
 *
 * @param folder `data/raw/NAME`.
 */
export async function verifyRawFolder(
  folder: string,
  { onHashed }: { onHashed?: OnHashed } = {},
): Promise<Verification> {
  const name = basename(folder);
  const verification: Verification = {
    name,
    state: "raw",
    folder,
    bytes: 0,
    files: 0,
    differences: [],
    notes: [],
  };
  let manifest: RawManifest;
  try {
    manifest = readRawManifest(folder);
    const fault = faultOfList(manifest.files);
    if (fault !== null) throw new SyntaxError(`its ${rawManifestName} ${fault}`);
  } catch (error) {
    const difference = manifestDifference(rawManifestName, error as Error);
    return { ...verification, differences: [difference] };
  }
  const { pages, indexes, unread } = pagesOf(folder, manifest);
  // A fetch that was cut off at its very end takes away what it needs no more when it is run again.
  const settled = !exists(join(folder, requestName));
  const { differences, bytes } = await verifyFiles(folder, manifest.files, {
    isExtra: (file) => settled && !isOwnFile(file),
    pages,
    indexOf: (file) => indexes.get(file) ?? "",
    onHashed,
  });
  if (manifest.seal === undefined) {
    const reason =
      `its ${rawManifestName} has no seal, without which nobody can tell what was changed in it`;
    differences.push({
      kind: "manifest",
      file: rawManifestName,
      found: null,
      expected: null,
      reason,
    });
  }
  if (manifest.name !== name) {
    differences.push({
      kind: "origin",
      file: rawManifestName,
      found: manifest.name,
      expected: name,
      reason: "name",
    });
  }
  const notes = unread.map(({ index, line }) =>
    `${index} cannot be read from line ${line} on: pages from there are not looked at one by one`
  );
  const base = noteOnBase(manifest.base);
  return {
    ...verification,
    bytes,
    files: manifest.files.length,
    differences,
    notes: base === null ? notes : [...notes, base],
  };
}

/** A raw snapshot that is being fetched, or was cut off: what it has, and how it goes on. */
export function verifyUnfinished(folder: string): Verification {
  const { bytes, files, note } = unfinishedState(folder);
  const name = basename(folder).slice(0, -unfinishedEnding.length);
  return { name, state: "unfinished", folder, bytes, files, differences: [], notes: [note] };
}

/** How far an unfinished raw snapshot is. */
export interface UnfinishedState {
  /** Null where its folder does not say. */
  upstream: string | null;
  bytes: number;
  files: number;
  /** How far it is and how it goes on, a sentence. */
  note: string;
}

/** Looks at the folder of an unfinished raw snapshot; see {@link UnfinishedState}. */
export function unfinishedState(folder: string): UnfinishedState {
  const files = filesBelow(folder).filter(({ name }) => !isOwnFile(name));
  const size = {
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    files: files.length,
  };
  let begun: { upstream?: unknown; request?: unknown } | null = null;
  try {
    begun = JSON.parse(Deno.readTextFileSync(join(folder, requestName)));
  } catch {
    // Said in the note.
  }
  const { upstream } = begun ?? {};
  if (typeof upstream !== "string") {
    const note = `not complete, and nothing says what was asked for: remove ${folder}`;
    return { upstream: null, ...size, note };
  }
  const pages = files.filter(({ name }) => name.endsWith(".index.jsonl"))
    .map(({ name }) => readPagePlaces(Deno.readTextFileSync(join(folder, name))).length);
  const count = pages.reduce((sum, count) => sum + count, 0);
  const far = pages.length === 0 ? "" : `, ${count} page${count === 1 ? "" : "s"} so far`;
  const note =
    `not complete${far}; deno task fetch ${upstream} with the options that it was begun with goes on`;
  return { upstream, ...size, note };
}

/** A manifest that cannot be read, as a difference. */
export function manifestDifference(file: string, error: Error): Difference {
  // Of messages that begin with the action and the folder, only what is wrong.
  const reason = error.message.replace(/^Cannot open (?:snapshot )?"[^"]*": /, "");
  return { kind: "manifest", file, found: null, expected: null, reason };
}

/** The pages of a crawl by file, the index of each file, and where indexes cannot be read. */
function pagesOf(folder: string, { files }: RawManifest) {
  const pages = new Map<string, PagePlace[]>();
  const indexes = new Map<string, string>();
  const unread: { index: string; line: number }[] = [];
  for (const { name: index, role } of files) {
    if (role !== "index" || !index.endsWith(".index.jsonl")) continue;
    let text: string;
    try {
      text = Deno.readTextFileSync(join(folder, index));
    } catch {
      // That it is missing is said of the file.
      continue;
    }
    const places = readPagePlaces(text);
    if (places.length < text.split("\n").length - 1) {
      unread.push({ index, line: places.length + 1 });
    }
    const prefix = index.slice(0, index.lastIndexOf("/") + 1);
    for (const place of places) {
      const file = prefix + place.file;
      indexes.set(file, index);
      (pages.get(file) ?? pages.set(file, []).get(file)!).push(place);
    }
  }
  return { pages, indexes, unread };
}

/** What is to be said of the snapshot that one continues. */
function noteOnBase(base: RawManifest["base"]): string | null {
  if (base === null || base === undefined) return null;
  const { name, sha256 } = base;
  const continues = `it continues "${name}" (sha256 ${String(sha256).slice(0, 12)}…)`;
  const now = rawSha256(name);
  if (now === null) return `${continues}, which is not here`;
  return now === sha256
    ? null
    : `${continues}, but the snapshot of that name is another (sha256 ${now.slice(0, 12)}…)`;
}

/** SHA-256 of the files of the complete raw snapshot of a name as its manifest says; null where there is none that can be read. */
function rawSha256(name: unknown): string | null {
  if (typeof name !== "string" || !/^\w[\w.-]*$/.test(name)) return null;
  try {
    return readRawManifest(join(paths.raw, name)).sha256;
  } catch {
    return null;
  }
}
