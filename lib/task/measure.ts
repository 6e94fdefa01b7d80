import { assetIssues } from "../graph/asset_issues.ts";
import { buildLineage } from "../graph/build_lineage.ts";
import { cleanModels } from "../graph/clean_models.ts";
import { measureAssets } from "../measure/assets/asset_report.ts";
import {
  measureModels,
  measureModelsAndText,
  type ModelMeasures,
} from "../measure/model_report.ts";
import type { ModelSnapshot, Tier } from "../snapshot/model_snapshot.ts";
import type { TextIndex } from "../snapshot/text_index.ts";
import { type LicenseTerms, readLicenseTerms } from "../source/license_terms.ts";
import { readOrganizationAliases } from "../source/organization_aliases.ts";
import { command, showIssues, tierNamed, UsageError } from "./cli.ts";
import { load, loadWithText } from "./load.ts";
import { withSteps } from "./progress.ts";
import { printAssetReport } from "./print_asset_report.ts";
import { printCleaning } from "./print_cleaning.ts";
import { printModelReport } from "./print_model_report.ts";

const help = `
Measures a snapshot and prints a report.

  deno task measure SNAPSHOT [--json] [--tier TIER] [--quick] [--persistence]
                                [--without NAME]...

SNAPSHOT is the name of a packed snapshot or a file or folder in any accepted format:
Hub rows (JSON Lines, JSON array, CSV, Parquet; .gz and .zst too) or Ecosystem Graphs
(folder of YAML files, one YAML file, CSV).

  --json          print the report as one JSON object (lib/measure/report.ts describes it)
  --tier TIER     models only: raw (default), or cleaned, which leaves out what data/cleaning_rules.csv says
  --quick         models only: leave out kinship, which reads the text of every row
  --persistence   models only: also what became of traits and license terms down the generations
  --without NAME  assets only: what lies downstream of this asset; may be repeated

Faults of the input are counted by kind on stderr.

  deno task measure models.jsonl.gz
  deno task measure hub-2026 --tier cleaned --json
  deno task measure data/assets --without "ChatGPT API"
`;

await command({
  help,
  options: {
    json: { type: "boolean" },
    tier: { type: "string", default: "raw" },
    quick: { type: "boolean" },
    persistence: { type: "boolean" },
    without: { type: "string", multiple: true },
  },
  positionals: [1, 1],
  async run(values, [input]) {
    const without = (values.without ?? []) as string[];
    const tier = tierNamed(values.tier);
    const loaded = values.quick ? { snapshot: await load(input) } : await loadWithText(input);
    const { snapshot } = loaded;
    if (snapshot.kind === "assets") {
      if (tier !== "raw") {
        throw new UsageError(`--tier "${tier}" asks for models, but "${input}" holds assets`);
      }
      showIssues([...snapshot.issues, ...assetIssues(snapshot)]);
      const aliases = await readOrganizationAliases();
      const report = measureAssets(snapshot, { without, aliases });
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
      const { report } = await measure(snapshot, {
        tier,
        text,
        terms: values.persistence ? await readLicenseTerms() : undefined,
      });
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

async function measure(
  raw: ModelSnapshot,
  { tier, text, terms }: { tier: Tier; text: TextIndex | null; terms?: LicenseTerms },
): Promise<ModelMeasures> {
  let snapshot = raw;
  let reading = buildLineage(raw);
  let rows: Uint32Array | null = null;
  if (tier === "cleaned") {
    const cleaning = await cleanModels(raw, { lineage: reading.lineage });
    console.error(printCleaning(cleaning.report));
    ({ snapshot, rows } = cleaning);
    reading = buildLineage(snapshot);
  }
  const known = new Set(snapshot.issues.map(({ kind }) => kind));
  showIssues([...snapshot.issues, ...reading.issues.filter(({ kind }) => !known.has(kind))]);
  if (text === null) return measureModels(snapshot, reading, { terms });
  return await withSteps((onStep) =>
    measureModelsAndText(snapshot, reading, { text, rows, terms, last: true, onStep })
  );
}
