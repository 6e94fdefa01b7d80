import { createHash } from "node:crypto";
import { join } from "node:path";
import { byCodeUnits } from "../core/compare.ts";
import type { IssueCount } from "../core/issues.ts";
import { isBelow } from "./is_below.ts";
import { rawManifestName } from "./raw_names.ts";

export { rawManifestName } from "./raw_names.ts";

/** Where a raw snapshot was fetched from. */
export type Upstream = "hub" | "hub-stats" | "paper" | "ecosystem-graphs" | "arxiv-categories";

/** What a file of a raw snapshot is for; see {@link RawFile}. */
export type RawRole = "rows" | "cards" | "changes" | "assets" | "archive" | "papers" | "index";

/** A file of a raw snapshot. */
export interface RawFile {
  /** Path below the snapshot's folder, with slashes. */
  name: string;
  /**
   * `rows`: Hub rows in any accepted format, read in the order of the manifest; `cards`: `{"id","modelCard"}` for the rows of the
   * `rows` file of that number, line by line; `changes`: rows that are newer than those of the snapshot's base, merged into `rows` already;
   * `assets`: YAML records; `archive`: the repository that they lie in; `papers`: categories of papers;
   * `index`: where each page of the others begins, and what was asked for it.
   */
  role: RawRole;
  /** Its size. */
  bytes: number;
  /** Hexadecimal. */
  sha256: string;
}

/** `fetch.json` of a raw snapshot: what was fetched, from where, when and how. */
export interface RawManifest {
  /** Version of this format. */
  schema: "kindred-raw-1";
  /** Name of the snapshot: that of its folder. */
  name: string;
  /** What it holds. */
  kind: "models" | "assets" | "papers";
  /** Where it was fetched from. */
  upstream: Upstream;
  /** Tool and version that fetched it, for example `"kindred 0.1.0"`. */
  tool: string;
  /** Address that it comes from. */
  origin: string;
  /** Commit that it is pinned to, null where the upstream has none. */
  revision: string | null;
  /** Time of the upstream's first answer, by its own clock, ISO 8601; null where it told none. */
  from: string | null;
  /** Time of its last answer. */
  to: string | null;
  /** What was asked for. */
  request: Record<string, unknown>;
  /** Snapshot that this one continues, null where it stands alone. */
  base: { name: string; sha256: string } | null;
  /** Sizes by name, for example models and pages. */
  counts: Record<string, number>;
  /** What was odd about the answers, by kind. */
  issues: IssueCount[];
  /** Its files, but for the manifest. */
  files: RawFile[];
  /** SHA-256 of the lines `sha256  name` of the files in code-unit order of their names. */
  sha256: string;
  /** What {@link sealOf} says of all above; absent where another program wrote the manifest. */
  seal?: string;
}

/** Where and when a snapshot was fetched. */
export interface FetchedFrom {
  /** Upstream, for example `"hub"`. */
  upstream: string;
  /** Commit that it is pinned to, null where the upstream has none. */
  revision: string | null;
  /** Time of the upstream's first answer, by its own clock, ISO 8601; null where it told none. */
  from: string | null;
  /** Time of its last answer. */
  to: string | null;
}

/** The part of a manifest that says where and when the snapshot was fetched. */
export function fetchedFrom({ upstream, revision, from, to }: FetchedFrom): FetchedFrom {
  return { upstream, revision, from, to };
}

/** SHA-256 of the lines `sha256  name`, each ended by a newline, in code-unit order of the names. */
export function sha256OfFiles(files: readonly Pick<RawFile, "name" | "sha256">[]): string {
  const hash = createHash("sha256");
  for (const { name, sha256 } of files.toSorted((a, b) => byCodeUnits(a.name, b.name))) {
    hash.update(`${sha256}  ${name}\n`);
  }
  return hash.digest("hex");
}

/** SHA-256 of a manifest without its seal, as `JSON.stringify` writes it, hexadecimal: it tells whether what it says was changed. */
export function sealOf({ seal: _, ...manifest }: RawManifest): string {
  return createHash("sha256").update(JSON.stringify(manifest)).digest("hex");
}

/**
 * Reads the manifest of a raw snapshot. Its files are not looked at; `deno task verify` does.
 *
 * @throws {SyntaxError} when the folder has none, or it is damaged or was changed
 */
export function readRawManifest(folder: string): RawManifest {
  const path = join(folder, rawManifestName);
  let manifest: Partial<RawManifest> | null;
  try {
    manifest = JSON.parse(Deno.readTextFileSync(path));
  } catch (cause) {
    throw new SyntaxError(
      `Cannot open "${folder}": its ${rawManifestName} cannot be read (${
        (cause as Error).message
      }); fetch it again`,
      { cause },
    );
  }
  const { schema, files, sha256 } = manifest ?? {};
  if (schema !== "kindred-raw-1" || !Array.isArray(files)) {
    throw new SyntaxError(
      `Cannot open "${folder}": its ${rawManifestName} has schema ${
        JSON.stringify(schema ?? null)
      }, expected "kindred-raw-1"`,
    );
  }
  const outside = files.find((file) => !isBelow(file?.name));
  if (outside !== undefined) {
    throw new SyntaxError(
      `Cannot open "${folder}": its ${rawManifestName} names the file ${
        JSON.stringify(outside?.name ?? null)
      }, expected a path below the folder`,
    );
  }
  if (sha256OfFiles(files) !== sha256) {
    throw new SyntaxError(
      `Cannot open "${folder}": its ${rawManifestName} was changed: sha256 of its files is ${
        sha256OfFiles(files).slice(0, 12)
      }…, it says ${String(sha256).slice(0, 12)}…`,
    );
  }
  const whole = manifest as RawManifest;
  if (whole.seal !== undefined && whole.seal !== sealOf(whole)) {
    throw new SyntaxError(
      `Cannot open "${folder}": its ${rawManifestName} was changed: its seal is ${
        String(whole.seal).slice(0, 12)
      }…, that of what it says is ${
        sealOf(whole).slice(0, 12)
      }…; put a copy of the file back, or remove the folder and fetch it again`,
    );
  }
  return whole;
}
