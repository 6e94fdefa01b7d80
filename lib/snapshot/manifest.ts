import type { IssueCount } from "../core/issues.ts";
import { type FetchedFrom, type RawManifest, readRawManifest } from "../source/raw_manifest.ts";

/** Where the rows of a snapshot come from. */
export interface Origin {
  /** File or folder name of the input, without its path. */
  name: string;
  /** Format found by content, for example `"jsonl.gz"`, `"assets-yaml"`. */
  format: string;
  /** Size of the input in bytes. */
  bytes: number;
  /** SHA-256 of the input's bytes, hexadecimal; of a folder: see `readAssets`. */
  sha256: string;
  /** True when the rows carry the mark of `deno task simulate`. */
  simulated: boolean;
  /** Where and when the raw snapshot was fetched that they come from; absent where they come from something else. */
  fetched?: FetchedFrom;
}

/** What a raw snapshot's manifest says, without its files. */
export type Fetched = Omit<RawManifest, "files">;

/** `manifest.json` beside a packed snapshot: what it holds and what made it. */
export interface Manifest {
  /** Version of this format. */
  schema: "kindred-snapshot-1";
  /** What the rows are. */
  kind: "models" | "assets";
  /** Name of the snapshot. */
  name: string;
  /** Tool and version that packed it, for example `"kindred 0.1.0"`. */
  tool: string;
  /** Where its rows come from. */
  origin: Origin;
  /** The manifest of the raw snapshot that they come from; absent where they come from something else. */
  fetched?: Fetched;
  /** Sizes by name, for example models and edges. */
  counts: Record<string, number>;
  /** Faults of the input by kind. */
  issues: IssueCount[];
  /** The Parquet files beside the manifest. */
  files: { name: string; bytes: number; sha256: string }[];
}

/** What the manifest of a packed snapshot says of a raw one that it was made from; nothing for other inputs. */
export function fetchedOf(path: string, { format }: Origin): Pick<Manifest, "fetched"> {
  if (format !== "raw") return {};
  const { files: _, ...fetched } = readRawManifest(path);
  return { fetched };
}
