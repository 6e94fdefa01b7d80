import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import type { FigureInput } from "../figure/figure_input.ts";
import { type OtherInput, otherInputs } from "../figure/locked_inputs.ts";
import type { FiguresManifest } from "../figure/figures_manifest.ts";
import { readFiguresManifest } from "../figure/read_figures_manifest.ts";
import { paths } from "../paths.ts";
import type { AssetSnapshot } from "../snapshot/asset_snapshot.ts";
import type { ModelSnapshot, Tier } from "../snapshot/model_snapshot.ts";
import { sampleName } from "../snapshot/sample_models.ts";
import { readPaperCategories } from "../source/paper_categories.ts";
import { fetchedFrom, readRawManifest } from "../source/raw_manifest.ts";
import { UsageError } from "./cli.ts";

/** Tables in `data/` that figures rest on; those of arXiv categories come with what was fetched. */
export const figureTables = [
  "asset_licenses.csv",
  "cleaning_rules.csv",
  "license_families.csv",
  "license_moves.csv",
  "modality_aliases.csv",
  "organization_aliases.csv",
] as const;

/** All that the figures are made from: the snapshots, then the tables by name. */
export async function figureInputs(
  { models, assets, before }: {
    models: ModelSnapshot;
    assets: AssetSnapshot;
    before: AssetSnapshot | null;
  },
): Promise<FigureInput[]> {
  const used = (
    role: FigureInput["role"],
    { name, origin: { sha256, fetched } }: ModelSnapshot | AssetSnapshot,
  ): FigureInput => ({ role, name, sha256, ...(fetched === undefined ? {} : { fetched }) });
  return [
    used("models", models),
    used("assets", assets),
    ...(before === null ? [] : [used("before", before)]),
    ...await tableInputs(),
  ];
}

async function tableInputs(): Promise<FigureInput[]> {
  const tables: FigureInput[] = figureTables.map((name) => {
    const bytes = Deno.readFileSync(`${paths.data}${name}`);
    return { role: "table", name, sha256: createHash("sha256").update(bytes).digest("hex") };
  });
  const categories = (await readPaperCategories()).tables.map(
    ({ name, sha256 }): FigureInput => {
      const embedded = name.endsWith(".csv");
      const fetched = embedded
        ? {}
        : { fetched: fetchedFrom(readRawManifest(join(paths.raw, name))) };
      return { role: "table", name, sha256, ...fetched };
    },
  );
  return [...tables, ...categories];
}

/**
 * The manifest of the figures in a folder, which says what they were made from.
 *
 * @throws {Error} when it does not
 */
export function lockedManifest(folder: string): FiguresManifest {
  let manifest: FiguresManifest;
  try {
    manifest = readFiguresManifest(folder);
  } catch (error) {
    throw new Error(
      `Cannot reproduce with --locked: ${
        (error as Error).message
      }; without --locked the figures are drawn, and their inputs written down`,
    );
  }
  if (manifest.inputs.length > 0) return manifest;
  throw new Error(
    `Cannot reproduce with --locked: the manifest in ${
      JSON.stringify(folder)
    } does not say what its figures were made from; draw them once without --locked`,
  );
}

/** Both tiers, in the order in which they are drawn. */
const bothTiers: readonly Tier[] = ["raw", "cleaned"];

/**
 * The tiers to draw: the one that is named, else those of the figures in the folder, else both.
 *
 * @param named By --tier.
 * @param locked Manifest of the figures that shall be drawn again.
 * @throws {UsageError} when they have another tier as well, whose figures would be removed, or another one only
 */
export function tiersToDraw(
  named: Tier | null,
  locked: Pick<FiguresManifest, "figures"> | null,
): Tier[] {
  const drawn = bothTiers.filter((tier) => locked?.figures.some((figure) => figure.tier === tier));
  if (named === null) return [...(drawn.length > 0 ? drawn : bothTiers)];
  if (drawn.length === 0 || drawn.join() === named) return [named];
  throw new UsageError(
    `--tier is ${named}, but with --locked all figures of the folder are drawn again, which are of the tier${
      drawn.length > 1 ? "s" : ""
    } ${
      drawn.join(" and ")
    }; leave --tier out, or draw one tier into another folder without --locked`,
  );
}

/**
 * Sees to it that nothing but locked inputs is used.
 *
 * @throws {Error} that names each other input, with the SHA-256 found and expected and what to do
 */
export function checkLocked(
  inputs: readonly FigureInput[],
  locked: readonly FigureInput[],
): void {
  const others = otherInputs(inputs, locked);
  if (others.length === 0) return;
  throw new Error(
    `Cannot reproduce with --locked: ${
      others.length === 1 ? "an input is" : `${others.length} inputs are`
    } not what the figures were made from:\n${
      others.map((other) => `  ${otherText(other)}`).join("\n")
    }\nWithout --locked the figures are drawn from what is there. Nothing was written.`,
  );
}

const options = { models: "--snapshot", assets: "--assets", before: "--before" } as const;

function otherText({ role, found, expected }: OtherInput): string {
  const quote = (input: FigureInput) =>
    `${JSON.stringify(input.name)} (${
      input.sha256 === null ? "no sha256" : `sha256 ${input.sha256.slice(0, 12)}…`
    })`;
  const is = `${role}: found ${found === null ? "none" : quote(found)}, expected ${
    expected === null ? "none" : quote(expected)
  }`;
  return `${is}; ${adviceOn({ role, found, expected })}`;
}

/** What is drawn where no option names an input. */
const samples: readonly string[] = [sampleName, basename(paths.assets)];

/** What gives the input that is expected. */
function adviceOn({ role, found, expected }: OtherInput): string {
  if (expected === null) {
    return role === "table"
      ? `take it out of ${paths.raw}, or set KINDRED_DATA to a folder without it`
      : `leave ${options[role as keyof typeof options]} out`;
  }
  if (role === "table") {
    return expected.fetched == null
      ? `take data/${expected.name} from the commit that the figures are from`
      : `put the raw snapshot back below ${paths.raw}`;
  }
  const option = `${options[role]} ${expected.name}`;
  const { fetched = null } = expected;
  if (found !== null && found.name === expected.name) {
    return `it was changed or fetched again: deno task verify ${expected.name} says what`;
  }
  if (fetched === null) {
    return samples.includes(expected.name) ? `leave ${options[role]} out` : `give ${option}`;
  }
  const pinned = fetched.revision === null ? "" : ` at ${fetched.revision}`;
  return `give ${option}, which came from ${fetched.upstream}${pinned} (${
    fetched.to?.slice(0, 10) ?? "no date"
  }); deno task snapshots lists what is here`;
}
