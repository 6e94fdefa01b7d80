import { paperCardsDataset, paperDataset } from "../../fetch/dataset/dataset_sources.ts";
import { command } from "../cli.ts";
import { datasetHelp, runDataset } from "./run_dataset.ts";

const help = `
Fetches the data of "Anatomy of a Machine Learning Ecosystem" (modelbiome/ai_ecosystem on the Hugging Face Hub), 1.86
million models.

  deno task fetch paper [--cards] [--csv] [--name NAME] [--no-pack]

  --cards       the larger table with model cards (modelbiome/ai_ecosystem_withmodelcards)
  --csv         the authors' CSV, and not the Hub's conversion of it to Parquet; taken as well where there is no whole
                conversion
  --name NAME   name of the snapshot; default: paper or paper-cards, and digits of the commit where another commit has it
  --no-pack     leave it in data/raw, where tasks find it by its name too

${datasetHelp("paper.ts")}

  deno task fetch paper
  deno task measure paper
`;

await command({
  help,
  options: {
    cards: { type: "boolean", default: false },
    csv: { type: "boolean", default: false },
    name: { type: "string" },
    "no-pack": { type: "boolean", default: false },
  },
  positionals: [0, 0],
  run: ({ cards, csv, name, "no-pack": noPack }) =>
    runDataset(cards ? paperCardsDataset : paperDataset, {
      original: csv === true,
      name: name as string | undefined,
      pack: !noPack,
    }),
});
