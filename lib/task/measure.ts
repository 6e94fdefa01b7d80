import { assetIssues } from "../graph/asset_issues.ts";
import { buildLineage } from "../graph/build_lineage.ts";
import { measureAssets } from "../measure/asset_report.ts";
import { measureModels, measureModelsAndText } from "../measure/model_report.ts";
import { command, showIssues, UsageError } from "./cli.ts";
import { load, loadWithText } from "./load.ts";
import { progress } from "./progress.ts";
import { printAssetReport } from "./print_asset_report.ts";
import { printModelReport } from "./print_model_report.ts";

const help = `
Measures a snapshot and prints a report.

  deno task measure SNAPSHOT [--json] [--quick] [--without NAME]...

SNAPSHOT is the name of a packed snapshot or a file or folder in any accepted format:
Hub rows (JSON Lines, JSON array, CSV, Parquet; .gz and .zst too) or Ecosystem Graphs
(folder of YAML files, one YAML file, CSV).

  --json          print the report as one JSON object (lib/measure/report.ts describes it)
  --quick         models only: leave out kinship, which reads the text of every row
  --without NAME  assets only: what lies downstream of this asset; may be repeated

Faults of the input are counted by kind on stderr.

  deno task measure models.jsonl.gz
  deno task measure data/assets --without "ChatGPT API"
`;

await command({
  help,
  options: {
    json: { type: "boolean" },
    quick: { type: "boolean" },
    without: { type: "string", multiple: true },
  },
  positionals: [1, 1],
  async run(values, [input]) {
    const without = (values.without ?? []) as string[];
    const loaded = values.quick ? { snapshot: await load(input) } : await loadWithText(input);
    const { snapshot } = loaded;
    if (snapshot.kind === "assets") {
      showIssues([...snapshot.issues, ...assetIssues(snapshot)]);
      const report = measureAssets(snapshot, { without });
      console.log(
        values.json ? JSON.stringify(report, null, 2) : printAssetReport(report),
      );
      return;
    }
    const text = "text" in loaded ? loaded.text : null;
    try {
      if (without.length > 0) {
        throw new UsageError(
          `--without "${without[0]}" asks for assets, but "${input}" holds models`,
        );
      }
      const reading = buildLineage(snapshot);
      const known = new Set(snapshot.issues.map(({ kind }) => kind));
      showIssues([...snapshot.issues, ...reading.issues.filter(({ kind }) => !known.has(kind))]);
      const { report } = text === null
        ? measureModels(snapshot, reading)
        : await withSteps((onStep) => measureModelsAndText(snapshot, reading, { text, onStep }));
      console.log(
        values.json
          ? JSON.stringify(report, null, 2)
          : printModelReport(report, { simulated: snapshot.origin.simulated }),
      );
    } finally {
      text?.close();
    }
  },
});

/** Shows each step that takes longer than a second. */
async function withSteps<T>(run: (onStep: (step: string) => void) => Promise<T>): Promise<T> {
  let bar = progress("Measuring");
  let ticks = setInterval(() => bar.update(0), 200);
  const end = () => {
    clearInterval(ticks);
    bar.end();
  };
  try {
    return await run((step) => {
      end();
      bar = progress(step);
      ticks = setInterval(() => bar.update(0), 200);
    });
  } finally {
    end();
  }
}
