import { assetIssues } from "../graph/asset_issues.ts";
import { buildLineage } from "../graph/build_lineage.ts";
import { cleanModels } from "../graph/clean_models.ts";
import { type RemovalReading, removalReadings } from "../graph/removal/removal_state.ts";
import { measureAssets } from "../measure/assets/asset_report.ts";
import {
  measureModels,
  measureModelsAndText,
  type ModelMeasures,
} from "../measure/model_report.ts";
import { modelsWithoutReport } from "../measure/models_without.ts";
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
                                [--without NAME]... [--without-organization NAME]
                                [--without-apis NAME] [--reading READING]

SNAPSHOT is the name of a packed snapshot or a file or folder in any accepted format:
Hub rows (JSON Lines, JSON array, CSV, Parquet; .gz and .zst too) or Ecosystem Graphs
(folder of YAML files, one YAML file, CSV).

  --json          print the report as one JSON object (lib/measure/report.ts describes it)
  --tier TIER     models only: raw (default), or cleaned, which leaves out what data/cleaning_rules.csv says
  --quick         models only: leave out kinship, which reads the text of every row
  --persistence   models only: also what became of traits and license terms down the generations
  --without NAME  what is lost when this asset or the model of this id disappears; may be repeated
  --without-organization NAME  assets only: the same for all assets of an organization
  --without-apis NAME          assets only: the same for its assets with the word API in their names
  --reading READING            what is lost with a dependency: all (default), whatever needs it; any, what has no
                               other; kinds, what has no other of its type (models are of one type)

Faults of the input are counted by kind on stderr.

  deno task measure models.jsonl.gz
  deno task measure hub-2026 --tier cleaned --json
  deno task measure data/assets --without "ChatGPT API"
  deno task measure data/assets --without-organization OpenAI --reading kinds
`;

await command({
  help,
  options: {
    json: { type: "boolean" },
    tier: { type: "string", default: "raw" },
    quick: { type: "boolean" },
    persistence: { type: "boolean" },
    without: { type: "string", multiple: true },
    "without-organization": { type: "string" },
    "without-apis": { type: "string" },
    reading: { type: "string" },
  },
  positionals: [1, 1],
  async run(values, [input]) {
    const removed = removedBy(values);
    const tier = tierNamed(values.tier);
    const loaded = values.quick ? { snapshot: await load(input) } : await loadWithText(input);
    const { snapshot } = loaded;
    if (snapshot.kind === "assets") {
      if (tier !== "raw") {
        throw new UsageError(`--tier "${tier}" asks for models, but "${input}" holds assets`);
      }
      showIssues([...snapshot.issues, ...assetIssues(snapshot)]);
      const aliases = await readOrganizationAliases();
      const report = measureAssets(snapshot, { ...removed, aliases });
      console.log(
        values.json ? JSON.stringify(report, null, 2) : printAssetReport(report),
      );
      return;
    }
    const text = "text" in loaded ? loaded.text : null;
    try {
      for (const option of ["without-organization", "without-apis"]) {
        if (values[option] === undefined) continue;
        throw new UsageError(
          `--${option} "${values[option]}" asks for assets, but "${input}" holds models`,
        );
      }
      const { report } = await measure(snapshot, {
        tier,
        text,
        removed,
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
  { tier, text, removed: { without, reading: lostWhen }, terms }: {
    tier: Tier;
    text: TextIndex | null;
    removed: Removed;
    terms?: LicenseTerms;
  },
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
  const lost = without.length === 0
    ? undefined
    : modelsWithoutReport(reading.lineage.view("all"), without, { snapshot, reading: lostWhen });
  const known = new Set(snapshot.issues.map(({ kind }) => kind));
  showIssues([...snapshot.issues, ...reading.issues.filter(({ kind }) => !known.has(kind))]);
  const measures = text === null
    ? measureModels(snapshot, reading, { terms })
    : await withSteps((onStep) =>
      measureModelsAndText(snapshot, reading, { text, rows, terms, last: true, onStep })
    );
  if (lost !== undefined) measures.report.without = lost;
  return measures;
}

/** What a person wants removed. */
interface Removed {
  without: string[];
  withoutOrganization?: string;
  withoutApis?: string;
  reading?: RemovalReading;
}

function removedBy(values: Record<string, unknown>): Removed {
  const removed = {
    without: (values.without ?? []) as string[],
    withoutOrganization: values["without-organization"] as string | undefined,
    withoutApis: values["without-apis"] as string | undefined,
    reading: values.reading as RemovalReading | undefined,
  };
  const { reading } = removed;
  if (reading === undefined) return removed;
  if (!removalReadings.includes(reading)) {
    throw new UsageError(`--reading is "${reading}", expected ${removalReadings.join(", ")}`);
  }
  if (
    removed.without.length === 0 && removed.withoutOrganization === undefined &&
    removed.withoutApis === undefined
  ) {
    throw new UsageError(
      `--reading "${reading}" says how losses are counted, but nothing is removed; expected --without or the like`,
    );
  }
  return removed;
}
