import { allFigures, type FigureInputs } from "../figure/all_figures.ts";
import { checkFigureFolder } from "../figure/figure_folder.ts";
import type { FiguresManifest } from "../figure/figures_manifest.ts";
import { changedFigures } from "../figure/locked_inputs.ts";
import { saveFigures } from "../figure/save.ts";
import { assetIssues } from "../graph/asset_issues.ts";
import {
  type Cleaning,
  type CleaningReport,
  cleanModels,
  NothingKept,
} from "../graph/clean_models.ts";
import { paths } from "../paths.ts";
import { readOrganizationAliases } from "../source/organization_aliases.ts";
import type { AssetSnapshot } from "../snapshot/asset_snapshot.ts";
import type { ModelSnapshot, Tier } from "../snapshot/model_snapshot.ts";
import { sample, sampleModels } from "../snapshot/sample_models.ts";
import type { TextIndex } from "../snapshot/text_index.ts";
import { readAssetTables } from "../measure/assets/fields/asset_row.ts";
import { assetInputs } from "./asset_inputs.ts";
import { command, showIssues, tierNamed, UsageError } from "./cli.ts";
import { modelInputs } from "./figure_inputs.ts";
import { removeOnInterrupt } from "./interrupt.ts";
import { checkLocked, figureInputs, lockedManifest, tiersToDraw } from "./reproduce_inputs.ts";
import { load, loadWithText } from "./load.ts";
import { printCleaning } from "./print_cleaning.ts";
import { progress } from "../display/progress.ts";
import { withProgress } from "../display/with_progress.ts";
import { numberText } from "../display/text_table.ts";

const help = `
Measures models and assets, and draws all figures into figures/: SVG, PNG, PDF and CSV of each, values.json,
manifest.json and the gallery index.html. Figures of models are drawn twice, of the raw tier (NN_name) and of the
cleaned one (NN_name_cleaned), which leaves out what data/cleaning_rules.csv says. Of the cards 2,000 are read where
there are more.

  deno task reproduce [--snapshot MODELS] [--assets ASSETS] [--before ASSETS] [--tier TIER] [--out FOLDER] [--locked]

  --snapshot MODELS  packed snapshot or file of Hub rows; default: 20,000 simulated models (seed 1), which every
                     figure drawn from them says
  --assets ASSETS    packed snapshot, folder, YAML file or CSV of Ecosystem Graphs; default: data/assets
  --before ASSETS    an earlier snapshot of assets to compare with; default: the assets up to 2023-03-20
  --tier TIER        raw or cleaned for one tier only; default: both, with --locked those of the figures in the folder
  --out FOLDER       where the figures go; default: figures
  --locked           draw them only from what the figures in that folder were made from: every snapshot and every table of
                     data/ that its manifest.json names, by sha256; anything else is refused, and nothing is written

  deno task reproduce --snapshot models.jsonl.gz --assets ecosystem-graphs/assets
`;

async function readText(input: string): Promise<{ snapshot: ModelSnapshot; text: TextIndex }> {
  const loaded = await loadWithText(input);
  if (loaded.kind === "models") return loaded;
  throw new UsageError(`--snapshot "${input}" holds assets, expected models`);
}

/** Reads a snapshot of assets that an option names. */
async function loadAssetsOf(option: string, input: string): Promise<AssetSnapshot> {
  const snapshot = await load(input);
  if (snapshot.kind === "assets") return snapshot;
  throw new UsageError(`${option} "${input}" holds models, expected assets`);
}

/** What the figures of the asked tiers are drawn from, and what cleaning left out. */
async function tierInputs(
  { snapshot, text }: { snapshot: ModelSnapshot; text: TextIndex },
  { tiers, seed }: { tiers: Tier[]; seed: number | null },
): Promise<Pick<FigureInputs, "models" | "cleaned"> & { cleaning: CleaningReport | null }> {
  const inputs = (tier: string, of: ModelSnapshot, selection: Partial<Cleaning> = {}) =>
    withProgress(
      tiers.length > 1 ? `Measuring, ${tier} tier` : "Measuring",
      (onStep) => modelInputs(of, { text, seed, ...selection, onStep }),
    );
  const raw = tiers.includes("raw") ? await inputs("raw", snapshot) : null;
  if (!tiers.includes("cleaned")) return { models: raw!, cleaning: null };
  const cleaning = await cleanModels(snapshot).catch((error: unknown) => {
    if (raw === null || !(error instanceof NothingKept)) throw error;
    console.error(`left out: the cleaned tier: ${error.message}`);
    return null;
  });
  if (cleaning === null) return { models: raw!, cleaning: null };
  console.error(printCleaning(cleaning.report));
  const { rows, rowOf, report } = cleaning;
  const cleaned = await inputs("cleaned", cleaning.snapshot, { rows, rowOf });
  return raw === null
    ? { models: cleaned, cleaning: report }
    : { models: raw, cleaned, cleaning: report };
}

/** Whether figures that were drawn again are what they were. */
function comparedWith(locked: FiguresManifest, drawn: FiguresManifest): string {
  const changed = changedFigures(locked, drawn);
  if (changed.length === 0) {
    return "From the same inputs, every figure is what it was, byte for byte";
  }
  const tools = locked.tool === drawn.tool ? "" : ` by ${locked.tool} then, by ${drawn.tool} now`;
  return `From the same inputs${tools}, ${
    changed.length === 1 ? "a figure is" : `${changed.length} figures are`
  } not what they were: ${changed.join(", ")}`;
}

await command({
  help,
  options: {
    snapshot: { type: "string" },
    assets: { type: "string" },
    before: { type: "string" },
    tier: { type: "string" },
    out: { type: "string" },
    locked: { type: "boolean" },
  },
  positionals: [0, 0],
  async run(values) {
    const tier = values.tier === undefined ? null : tierNamed(values.tier);
    const folder = typeof values.out === "string" ? values.out : paths.figures;
    if (folder === "") throw new UsageError("--out is empty: where shall the figures go?");
    checkFigureFolder(folder);
    const locked = values.locked === true ? lockedManifest(folder) : null;
    const tiers = tiersToDraw(tier, locked);
    const given = typeof values.snapshot === "string" ? values.snapshot : null;
    console.error(
      given === null
        ? `Simulating ${numberText(sample.models)} models (seed ${sample.seed})`
        : `Reading ${given}`,
    );
    const models = given === null ? await sampleModels() : await readText(given);
    const assetsInput = typeof values.assets === "string" ? values.assets : paths.assets;
    console.error(`Reading ${assetsInput === paths.assets ? "data/assets" : assetsInput}`);
    const assets = await loadAssetsOf("--assets", assetsInput);
    const before = typeof values.before === "string"
      ? await loadAssetsOf("--before", values.before)
      : null;
    const { snapshot, text } = models;
    const madeFrom = await figureInputs({ models: snapshot, assets, before });
    if (locked !== null) {
      try {
        checkLocked(madeFrom, locked.inputs);
      } catch (error) {
        // Its threads would keep the program alive.
        text.close();
        throw error;
      }
    }
    showIssues([...snapshot.issues, ...assets.issues, ...assetIssues(assets)]);
    console.error(
      `Measuring ${numberText(snapshot.models)} models and ${
        numberText(assets.assets.length)
      } assets`,
    );
    const { cleaning, ...inputs } = await tierInputs(models, {
      tiers,
      seed: given === null ? sample.seed : null,
    }).finally(() => text.close());
    const { figures, leftOut } = allFigures({
      assets: assetInputs(assets, {
        aliases: await readOrganizationAliases(),
        tables: await readAssetTables(),
        before,
      }),
      ...inputs,
    });
    const bar = progress("Drawing", { total: figures.length });
    // Asked again, since somebody may have put a file there meanwhile.
    const unwatch = removeOnInterrupt(checkFigureFolder(folder).partial);
    const manifest = await saveFigures(figures, folder, {
      leftOut,
      cleaning,
      inputs: madeFrom,
      onFigure: (done) => bar.update(done),
    }).finally(() => bar.end());
    unwatch();
    for (const { name, title } of figures) console.log(`${name}: ${title}`);
    for (const { function: drawer, reason } of leftOut) {
      console.error(`left out: ${drawer}: ${reason}`);
    }
    if (locked !== null) console.log(comparedWith(locked, manifest));
    console.log(
      `${figures.length} figures in ${folder}; open ${folder.replace(/\/+$/, "")}/index.html`,
    );
  },
});
