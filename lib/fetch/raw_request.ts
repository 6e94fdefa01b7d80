import { join } from "node:path";
import { paths } from "../paths.ts";
import { exists } from "../source/exists.ts";
import { foldersOf } from "../source/folders_of.ts";
import type { Upstream } from "../source/raw_manifest.ts";
import { requestName, unfinishedEnding } from "../source/raw_names.ts";

/** What a raw snapshot was begun with. */
export interface RawRequest {
  upstream: Upstream;
  /** What is asked for, as JSON can hold it; a snapshot goes on only with the same. */
  request: Record<string, unknown>;
}

/**
 * What an unfinished snapshot was begun with, null where nothing was written yet.
 *
 * @throws {SyntaxError} when that cannot be read
 */
export function requestOf(folder: string): RawRequest | null {
  const path = join(folder, requestName);
  if (!exists(path)) return null;
  let begun: RawRequest | null = null;
  try {
    begun = JSON.parse(Deno.readTextFileSync(path));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  if (
    typeof begun?.upstream === "string" && typeof begun.request === "object" &&
    begun.request !== null
  ) return begun;
  throw new SyntaxError(
    `Cannot go on with "${folder}": its ${requestName} is damaged, and nothing else says what was asked for; remove the folder`,
  );
}

/** Names of the snapshots of an upstream that were begun and are not complete, in code-unit order; damaged ones are passed over. */
export function unfinishedSnapshots(upstream: Upstream): string[] {
  return foldersOf(paths.raw)
    .filter((name) => name.endsWith(unfinishedEnding))
    .filter((name) => {
      try {
        return requestOf(join(paths.raw, name))?.upstream === upstream;
      } catch (error) {
        if (error instanceof SyntaxError) return false;
        throw error;
      }
    })
    .map((name) => name.slice(0, -unfinishedEnding.length));
}

/** What an unfinished snapshot was begun with, null where there is none of that name. */
export function unfinishedRequest(name: string): RawRequest | null {
  return requestOf(join(paths.raw, `${name}${unfinishedEnding}`));
}
