import { RefusedError } from "../http_errors.ts";

/** A file and the hash by which git knows it. */
export interface NamedBlob {
  /** Path below the repository's root. */
  path: string;
  /** 40 hexadecimal digits. */
  blob: string;
}

/** Most files that a message names. */
const mostNamed = 5;

/**
 * Compares the files of an archive with those of the commit that it shall be of.
 *
 * @throws {RefusedError} when a file is missing, is not of the commit, or has other content there
 */
export function checkBlobs(
  found: readonly NamedBlob[],
  { commit, expected }: { commit: string; expected: readonly NamedBlob[] },
): void {
  const blobs = new Map(expected.map(({ path, blob }) => [path, blob]));
  const faults: string[] = [];
  for (const { path, blob } of found) {
    const wanted = blobs.get(path);
    if (wanted === undefined) faults.push(`${JSON.stringify(path)} is not in the commit`);
    else if (wanted !== blob) {
      faults.push(
        `${JSON.stringify(path)} has the hash ${blob.slice(0, 12)}…, in the commit ${
          wanted.slice(0, 12)
        }…`,
      );
    }
    blobs.delete(path);
  }
  for (const path of blobs.keys()) faults.push(`${JSON.stringify(path)} is missing`);
  if (faults.length === 0) return;
  const more = faults.length > mostNamed ? `; ${faults.length - mostNamed} more` : "";
  throw new RefusedError(
    `Cannot accept the archive of commit ${commit.slice(0, 7)}: ${
      faults.slice(0, mostNamed).join("; ")
    }${more}`,
  );
}
