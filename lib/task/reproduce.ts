import { allFigures } from "../figure/all_figures.ts";
import { saveFigures } from "../figure/save.ts";
import { assetIssues } from "../graph/asset_issues.ts";
import { paths } from "../paths.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";
import { readModelBlocks } from "../snapshot/read_models.ts";
import { simulateHub } from "../source/simulate.ts";
import { command, showIssues, UsageError } from "./cli.ts";
import { assetInputs, modelInputs } from "./figure_inputs.ts";
import { removeOnInterrupt } from "./interrupt.ts";
import { load } from "./load.ts";
import { progress } from "./progress.ts";
import { show } from "./table.ts";

const help = `
Measures models and assets, and draws all figures into figures/: SVG, PNG, PDF and CSV of each, values.json,
manifest.json and the gallery index.html.

  deno task reproduce [--snapshot MODELS] [--assets ASSETS] [--out FOLDER]

  --snapshot MODELS  packed snapshot or file of Hub rows; default: 20,000 simulated models (seed 1), which every
                     figure drawn from them says
  --assets ASSETS    packed snapshot, folder, YAML file or CSV of Ecosystem Graphs; default: data/assets
  --out FOLDER       where the figures go; default: figures

  deno task reproduce --snapshot models.jsonl.gz --assets ecosystem-graphs/assets
`;

const simulated = { models: 20_000, seed: 1 };

function simulate(): Promise<ModelSnapshot> {
  return readModelBlocks(simulateHub({ ...simulated, cards: true }), { name: "simulated-hub" });
}

await command({
  help,
  options: { snapshot: { type: "string" }, assets: { type: "string" }, out: { type: "string" } },
  positionals: [0, 0],
  async run(values) {
    const given = typeof values.snapshot === "string" ? values.snapshot : null;
    console.error(
      given === null
        ? `Simulating ${show(simulated.models)} models (seed ${simulated.seed})`
        : `Reading ${given}`,
    );
    const models = given === null ? await simulate() : await load(given);
    if (models.kind !== "models") {
      throw new UsageError(`--snapshot "${given}" holds assets, expected models`);
    }
    const assetsInput = typeof values.assets === "string" ? values.assets : paths.assets;
    console.error(`Reading ${assetsInput === paths.assets ? "data/assets" : assetsInput}`);
    const assets = await load(assetsInput);
    if (assets.kind !== "assets") {
      throw new UsageError(`--assets "${assetsInput}" holds models, expected assets`);
    }
    showIssues([...models.issues, ...assets.issues, ...assetIssues(assets)]);
    console.error(
      `Measuring ${show(models.models)} models and ${show(assets.assets.length)} assets`,
    );
    const { figures, leftOut } = allFigures({
      assets: assetInputs(assets),
      models: modelInputs(models, { seed: given === null ? simulated.seed : null }),
    });
    const folder = typeof values.out === "string" ? values.out : paths.figures;
    const bar = progress("Drawing", { total: figures.length });
    const unwatch = removeOnInterrupt(`${folder.replace(/\/+$/, "")}.partial`);
    await saveFigures(figures, folder, { leftOut, onFigure: (done) => bar.update(done) }).finally(
      () => bar.end(),
    );
    unwatch();
    for (const { name, title } of figures) console.log(`${name}: ${title}`);
    for (const { function: drawer, reason } of leftOut) {
      console.error(`left out: ${drawer}: ${reason}`);
    }
    console.log(
      `${figures.length} figures in ${folder}; open ${folder.replace(/\/+$/, "")}/index.html`,
    );
  },
});
