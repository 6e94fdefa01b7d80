import { hubStatsDataset } from "../../fetch/dataset/dataset_sources.ts";
import { command, UsageError } from "../cli.ts";
import { datasetHelp, runDataset } from "./run_dataset.ts";

const help = `
Fetches all models of the Hugging Face Hub in one download: the community's daily snapshot (cfahlgren1/hub-stats), its
configuration "models".

  deno task fetch hub-stats [--at COMMIT] [--name NAME] [--no-pack]

  --at COMMIT   another commit of the dataset, by 7 to 40 digits; default: the newest of its Parquet
  --name NAME   name of the snapshot; default: hub-stats-DAY by the day of the dataset's last change, and digits of the
                commit where another commit of that day has it
  --no-pack     leave it in data/raw, where tasks find it by its name too

${datasetHelp("hub_stats.ts")}

  deno task fetch hub-stats
`;

await command({
  help,
  options: {
    at: { type: "string" },
    name: { type: "string" },
    "no-pack": { type: "boolean", default: false },
  },
  positionals: [0, 0],
  async run({ at, name, "no-pack": noPack }) {
    if (at !== undefined && !/^[0-9a-f]{7,40}$/.test(String(at))) {
      throw new UsageError(
        `--at is ${JSON.stringify(at)}, expected 7 to 40 hexadecimal digits of a commit`,
      );
    }
    await runDataset(hubStatsDataset, {
      at: at as string | undefined,
      name: name as string | undefined,
      pack: !noPack,
    });
  },
});
