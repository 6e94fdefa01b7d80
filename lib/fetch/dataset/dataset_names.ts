import type { RawManifest, Upstream } from "../../source/raw_manifest.ts";
import { rawSnapshot, unfinishedRequest, unfinishedSnapshots } from "../raw_folder.ts";
import type { ChosenFiles } from "./choose_files.ts";
import type { PinnedDataset } from "./pin_dataset.ts";

/** What is asked for. */
export interface AskedDataset {
  dataset: string;
  config: string | null;
  /** Whether the published files are wanted although there is a conversion. */
  original: boolean;
  /** Commit that was named, null for the newest. */
  at: string | null;
}

/** What a raw snapshot of a dataset is begun with. */
export interface DatasetRequest extends AskedDataset, Pick<ChosenFiles, "form" | "splits"> {
  /** Commit that it is pinned to. */
  commit: string;
}

/** The snapshot that was begun with the same question, null where there is none. */
export function unfinishedOf(
  upstream: Upstream,
  { asked, name }: { asked: AskedDataset; name?: string },
): { name: string; request: DatasetRequest } | null {
  for (const candidate of name === undefined ? unfinishedSnapshots(upstream) : [name]) {
    const begun = unfinishedRequest(candidate);
    if (begun?.upstream !== upstream) continue;
    const request = begun.request as unknown as DatasetRequest;
    const same = Object.entries(asked).every(([key, value]) =>
      request[key as keyof DatasetRequest] === value
    );
    if (same) return { name: candidate, request };
  }
  return null;
}

/**
 * Name of a new snapshot: the one that was given, or that of the source, with digits of the commit where another commit has it.
 *
 * @returns known: the manifest of the snapshot where it is there already
 * @throws {RangeError} when the name that was given is that of another snapshot
 */
export function chooseName(
  source: { name: string; dated: boolean },
  { pinned, request, name }: { pinned: PinnedDataset; request: DatasetRequest; name?: string },
): { name: string; known: RawManifest | null } {
  const usual = source.dated ? `${source.name}-${pinned.changed.slice(0, 10)}` : source.name;
  const names = name === undefined ? [usual, `${usual}-${pinned.commit.slice(0, 7)}`] : [name];
  for (const candidate of names) {
    const known = rawSnapshot(candidate);
    if (known === null || isOf(known, request)) return { name: candidate, known };
  }
  throw new RangeError(
    `Cannot fetch "${request.dataset}" at commit ${pinned.commit.slice(0, 7)} as "${
      names.at(-1)
    }": there is another snapshot of that name, and snapshots are written once; give another name`,
  );
}

/** Whether a snapshot holds what is asked for. */
function isOf({ revision, request }: RawManifest, asked: DatasetRequest): boolean {
  return revision === asked.commit && request.dataset === asked.dataset &&
    request.config === asked.config && request.form === asked.form;
}
