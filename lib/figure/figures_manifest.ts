import type { CleaningReport } from "../graph/clean_models.ts";
import type { Tier } from "../snapshot/model_snapshot.ts";
import type { FetchedFrom } from "../source/raw_manifest.ts";
import type { FigureInput, NamedInput } from "./figure_input.ts";
import type { TierComparison } from "./tier_pairs.ts";

/** One file of a figure. */
export interface FigureFile {
  /** Name in the folder, for example `"01_asset_hubs.svg"`. */
  name: string;
  /** Size in bytes. */
  bytes: number;
  /** SHA-256 of its bytes, hexadecimal. */
  sha256: string;
}

/** What made a figure. */
export interface FigureEntry {
  /** Name of its files without ending. */
  name: string;
  /** Its heading. */
  title: string;
  /** The function of the library that drew it. */
  function: string;
  /** Name of the snapshot. */
  snapshot: string;
  /** SHA-256 of the snapshot's input. */
  sha256: string | null;
  /** Where and when the snapshot was fetched, null where it was not. */
  fetched: FetchedFrom | null;
  /** The earlier snapshot that it is compared with, null where there is none. */
  before: NamedInput | null;
  /** Whether the snapshot was simulated. */
  simulated: boolean;
  /** Tier of the snapshot, null where there are no tiers. */
  tier: Tier | null;
  /** How a figure of the cleaned tier compares with that of the raw one; null where there are not both. */
  againstRaw: TierComparison | null;
  /** Which graph its edges belong to, in words. */
  graph: string;
  /** Seed of the simulation or of a random choice, null where there was none. */
  seed: number | null;
  /** Version of Kindred. */
  version: string;
  /** Its SVG, PNG, PDF and CSV. */
  files: FigureFile[];
}

/** `manifest.json` beside the figures. */
export interface FiguresManifest {
  /** Version of this layout. */
  schema: "kindred-figures-1";
  /** Tool and version, for example `"kindred 0.1.0"`. */
  tool: string;
  /** Package and version of the embedded font. */
  font: string;
  /** All that the figures were made from: the snapshots, then the tables. */
  inputs: FigureInput[];
  /** In the order of their numbers. */
  figures: FigureEntry[];
  /** What the cleaned tier leaves out, null where no figure shows it. */
  cleaning: CleaningReport | null;
  /** Figures that the inputs could not fill, and why. */
  leftOut: { function: string; reason: string }[];
  /** `values.json` and `index.html`. */
  files: FigureFile[];
}
