import { assetIssues } from "../graph/asset_issues.ts";
import { type AssetVariant, assetVariants } from "../graph/assets.ts";
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
import { readPaperCategories } from "../source/paper_categories.ts";
import { command, showIssues, tierNamed, UsageError } from "./cli.ts";
import { load, loadWithText } from "./load.ts";
import { withProgress } from "../display/with_progress.ts";
import { printAssetReport } from "./print_asset_report.ts";
import { printCleaning } from "./print_cleaning.ts";
import { printModelReport } from "./print_model_report.ts";

const help = `
Measures a snapshot and prints a report.

  deno task measure SNAPSHOT [--json] [--tier TIER] [--quick] [--persistence]
                                [--without NAME]... [--without-organization NAME]...
                                [--without-apis NAME]... [--reading READING]
                                [--graph GRAPH]

SNAPSHOT is the name of a packed snapshot or a file or folder in any accepted format:
Hub rows (JSON Lines, JSON array, CSV, Parquet; .gz and .zst too) or Ecosystem Graphs
(folder of YAML files, one YAML file, CSV).

  --json          print the report as one JSON object (lib/measure/report.ts describes it)
  --tier TIER     models only: raw (default), or cleaned, which leaves out what data/cleaning_rules.csv says
  --quick         models only: leave out kinship, which reads the text of every row
  --persistence   models only: also what became of traits and license terms down the generations
  --without NAME  what is lost when this asset or the model of this id disappears
  --without-organization NAME  assets only: the same for all assets of an organization
  --without-apis NAME          assets only: the same for its assets with the word API in their names
                  each of these may be repeated: all that is named disappears together
  --reading READING            what is lost with a dependency: all (default), whatever needs it; any, what has no
                               other; kinds, what has no other of its type (models are of one type)
  --graph GRAPH   assets only: where losses are followed: documented (default); stubs, with undocumented names;
                  aliased, as in the figures: one that differs from an asset's by case or white space only is that asset

Faults of the input are counted by kind on stderr.

  deno task measure models.jsonl.gz
  deno task measure hub-2026 --tier cleaned --json
  deno task measure data/assets --without "ChatGPT API"
  deno task measure data/assets --without-organization OpenAI --reading kinds
  deno task measure data/assets --without Books3 --graph aliased
`;

await command({
  help,
  options: {
    json: { type: "boolean" },
    tier: { type: "string", default: "raw" },
    quick: { type: "boolean" },
    persistence: { type: "boolean" },
    without: { type: "string", multiple: true },
    "without-organization": { type: "string", multiple: true },
    "without-apis": { type: "string", multiple: true },
    reading: { type: "string" },
    graph: { type: "string" },
  },
  positionals: [1, 1],
  async run(values, [input]) {
    const removed = removedBy(values);
    const tier = tierNamed(values.tier);
    const loaded = values.quick ? { snapshot: await load(input) } : await loadWithText(input);
    const { snapshot } = loaded;
    if (snapshot.kind === "assets") {
      const wrong = tier !== "raw"
        ? `--tier "${tier}"`
        : ["--quick", "--persistence"].find((option) => values[option.slice(2)]);
      if (wrong !== undefined) {
        throw new UsageError(`${wrong} asks for models, but "${input}" holds assets`);
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
      for (const option of ["without-organization", "without-apis", "graph"]) {
        if (values[option] === undefined) continue;
        const [name] = [values[option]].flat();
        throw new UsageError(`--${option} "${name}" asks for assets, but "${input}" holds models`);
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
  const given = { terms, categories: await readPaperCategories() };
  const measures = text === null
    ? measureModels(snapshot, reading, given)
    : await withProgress("Measuring", (onStep) =>
      measureModelsAndText(snapshot, reading, { text, rows, ...given, last: true, onStep }));
  if (lost !== undefined) measures.report.without = lost;
  return measures;
}

/** What a person wants removed. */
interface Removed {
  without: string[];
  withoutOrganization: string[];
  withoutApis: string[];
  reading?: RemovalReading;
  variant?: AssetVariant;
}

function removedBy(values: Record<string, unknown>): Removed {
  const removed = {
    without: (values.without ?? []) as string[],
    withoutOrganization: (values["without-organization"] ?? []) as string[],
    withoutApis: (values["without-apis"] ?? []) as string[],
    reading: values.reading as RemovalReading | undefined,
    variant: values.graph as AssetVariant | undefined,
  };
  const { without, withoutOrganization, withoutApis } = removed;
  const none = [without, withoutOrganization, withoutApis].flat().length === 0;
  for (
    const [option, wanted] of [["reading", removalReadings], ["graph", assetVariants]] as const
  ) {
    const value = values[option];
    if (value === undefined) continue;
    if (!wanted.some((one) => one === value)) {
      throw new UsageError(`--${option} is "${value}", expected ${wanted.join(", ")}`);
    }
    if (none) {
      throw new UsageError(
        `--${option} "${value}" says how losses are counted, but nothing is removed; expected --without or the like`,
      );
    }
  }
  return removed;
}
