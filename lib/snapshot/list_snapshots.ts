import { join } from "node:path";
import { byCodeUnits } from "../core/compare.ts";
import { paths } from "../paths.ts";
import { filesBelow } from "../source/files_below.ts";
import { foldersOf } from "../source/folders_of.ts";
import { type RawManifest, readRawManifest } from "../source/raw_manifest.ts";
import { unfinishedEnding } from "../source/raw_names.ts";
import type { Fetched, Manifest } from "./manifest.ts";
import { readManifest } from "./packed_folder.ts";
import { unfinishedState } from "./verify_raw_folder.ts";

/** A snapshot on this machine, as its manifests describe it. */
export interface ListedSnapshot {
  name: string;
  /** What it holds, null where no manifest says it. */
  kind: string | null;
  /** Where it was fetched from, null where it was packed from something else, or nothing says it. */
  upstream: string | null;
  /** Commit that it is pinned to. */
  revision: string | null;
  /** Time of the upstream's first answer, ISO 8601. */
  from: string | null;
  /** Time of its last answer. */
  to: string | null;
  /** Models, assets or papers, null where they were not counted. */
  count: number | null;
  /** Bytes of the raw snapshot, null where there is none. */
  raw: number | null;
  /** Bytes of the packed one. */
  packed: number | null;
  /** SHA-256 of the raw snapshot's files; of one that was packed from something else, of that. */
  sha256: string | null;
  /**
   * `complete`: the raw one is here; `packed`: only the packed one; `unfinished`: being fetched, or cut off; `damaged`: a manifest cannot
   * be read.
   */
  state: "complete" | "packed" | "unfinished" | "damaged";
  /** What else there is to know: sentences. */
  notes: string[];
}

/** Lists the raw and packed snapshots of this machine by upstream, then by date, then by name. Nothing is hashed; `deno task verify` does. */
export function listSnapshots(): ListedSnapshot[] {
  const byName = new Map<string, ListedSnapshot>();
  const found: ListedSnapshot[] = [];
  for (const name of foldersOf(paths.raw)) {
    const folder = join(paths.raw, name);
    if (name.endsWith(unfinishedEnding)) {
      found.push(unfinished(name.slice(0, -unfinishedEnding.length), folder));
    } else {
      const snapshot = rawSnapshot(name, folder);
      byName.set(name, snapshot);
      found.push(snapshot);
    }
  }
  for (const name of foldersOf(paths.cache)) {
    if (name.endsWith(".tmp")) continue;
    const folder = join(paths.cache, name);
    const raw = byName.get(name);
    if (raw === undefined) found.push(packedSnapshot(name, folder));
    else addPacked(raw, folder);
  }
  const order = ({ upstream }: ListedSnapshot) => upstream === null ? "\uffff" : upstream;
  return found.sort((a, b) =>
    byCodeUnits(order(a), order(b)) || byCodeUnits(a.from ?? "\uffff", b.from ?? "\uffff") ||
    byCodeUnits(a.name, b.name)
  );
}

const empty = {
  kind: null,
  upstream: null,
  revision: null,
  from: null,
  to: null,
  count: null,
  raw: null,
  packed: null,
  sha256: null,
  notes: [],
};

function rawSnapshot(name: string, folder: string): ListedSnapshot {
  let manifest: RawManifest;
  try {
    manifest = readRawManifest(folder);
  } catch (error) {
    return { name, ...empty, raw: sizeOf(folder), state: "damaged", notes: [reasonOf(error)] };
  }
  return { name, ...described(manifest), raw: sizeOf(folder), state: "complete" };
}

function unfinished(name: string, folder: string): ListedSnapshot {
  const { upstream, bytes, note } = unfinishedState(folder);
  return { name, ...empty, upstream, raw: bytes, state: "unfinished", notes: [note] };
}

function packedSnapshot(name: string, folder: string): ListedSnapshot {
  const packed = sizeOf(folder);
  let manifest: Manifest;
  try {
    manifest = readManifest(folder);
  } catch (error) {
    return { name, ...empty, packed, state: "damaged", notes: [reasonOf(error)] };
  }
  const { kind, counts, fetched, origin } = manifest;
  const said = fetched === undefined
    ? { ...empty, sha256: text(origin?.sha256) }
    : described(fetched);
  return {
    name,
    ...said,
    kind: text(kind),
    count: countOf(counts, kind) ?? said.count,
    packed,
    state: "packed",
    notes: origin?.simulated === true ? ["simulated"] : [],
  };
}

/** Adds what was packed under the name of a raw snapshot. */
function addPacked(raw: ListedSnapshot, folder: string): void {
  raw.packed = sizeOf(folder);
  let manifest: Manifest;
  try {
    manifest = readManifest(folder);
  } catch (error) {
    raw.state = "damaged";
    raw.notes.push(reasonOf(error));
    return;
  }
  if (raw.state === "damaged") return;
  raw.count = countOf(manifest.counts, manifest.kind) ?? raw.count;
  if (manifest.fetched?.sha256 !== raw.sha256) {
    raw.notes.push("the packed one was made from something else; deno task verify says more");
  }
}

/** What a manifest says of itself; nothing in it is believed to have the right type. */
function described(manifest: Fetched): Omit<ListedSnapshot, "name" | "state"> {
  const { kind, upstream, revision, from, to, counts, sha256 } = manifest;
  return {
    ...empty,
    kind: text(kind),
    upstream: text(upstream),
    revision: text(revision),
    from: text(from),
    to: text(to),
    sha256: text(sha256),
    count: countOf(counts, kind) ?? countOf(counts, "rows"),
    notes: [],
  };
}

function countOf(counts: unknown, kind: string): number | null {
  if (typeof counts !== "object" || counts === null || !Object.hasOwn(counts, kind)) return null;
  const count = (counts as Record<string, unknown>)[kind];
  return typeof count === "number" ? count : null;
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function sizeOf(folder: string): number {
  return filesBelow(folder).reduce((sum, { bytes }) => sum + bytes, 0);
}

function reasonOf(error: unknown): string {
  return (error as Error).message;
}
