import { resolveOwners } from "../graph/asset_owners.ts";
import { AssetGraph, type AssetVariant, assetVariants } from "../graph/assets.ts";
import { assetLicenseFamilies } from "../measure/assets/fields/asset_license.ts";
import { modalitySides } from "../measure/assets/fields/asset_modality.ts";
import { readAssetTables } from "../measure/assets/fields/asset_row.ts";
import { assetsDownstream, assetsUpstream } from "../measure/assets/queries/asset_stream.ts";
import { compareAssets } from "../measure/assets/queries/compare_assets.ts";
import { feedbackChannels } from "../measure/assets/fields/feedback_channels.ts";
import { findAssets } from "../measure/assets/queries/find_assets.ts";
import { modalityTrends } from "../measure/assets/fields/modality_trends.ts";
import { newestAssets } from "../measure/assets/fields/newest_assets.ts";
import { permissiveAssets } from "../measure/assets/fields/permissive_assets.ts";
import type { AssetSnapshot } from "../snapshot/asset_snapshot.ts";
import { assetTypes } from "../source/asset_record.ts";
import { parseAssetSize, sizeIn } from "../source/asset_size.ts";
import { readOrganizationAliases } from "../source/organization_aliases.ts";
import { command, day, integer, UsageError } from "./cli.ts";
import { load } from "./load.ts";
import { printAssetComparison, printStream } from "./print_asset_pair.ts";
import { printFeedback, printFound, printNewest, printPermissive } from "./print_assets.ts";
import { printModalities } from "./print_modalities.ts";

const help = `
Answers questions about the assets of a snapshot of Ecosystem Graphs.

  deno task assets SNAPSHOT [filters] [--graph GRAPH] [--json]
  deno task assets SNAPSHOT --newest N | --permissive | --feedback | --trends
  deno task assets SNAPSHOT --compare A B | --upstream NAME | --downstream NAME

SNAPSHOT is the name of a packed snapshot or a file or folder of Ecosystem Graphs (YAML, CSV).

Without a question, the assets that pass all filters, those with most dependants first:
  --type TYPE              ${assetTypes.join(", ")}
  --organization NAME      one of the owners, as data/organization_aliases.csv names it
  --modality WORD          text, image, video, ... on whichever side
  --side SIDE              with --modality: where it stands, ${modalitySides.join(", ")}
  --access ACCESS          open, limited, closed, unknown
  --license FAMILY         ${assetLicenseFamilies.slice(0, 5).join(", ")},
                           ${assetLicenseFamilies.slice(5).join(", ")}
  --min-dependants N       built on by at least N others
  --min-dependencies N     built on at least N others
  --min-parameters SIZE    models of at least that size: 70M, 7B, 1.5T
  --from DAY, --until DAY  created between these days: 2024-02-29

Questions:
  --newest N               the N newest records; with --type and --until
  --permissive             permissively licensed records, and licenses by modality; with --type, --modality
                           and --side
  --feedback               where problems can be reported; with --type
  --trends                 modalities by year; with --type, default model
  --compare A B            two assets side by side
  --upstream NAME          what an asset was built on; with --steps N
  --downstream NAME        what was built on it; with --steps N

  --graph GRAPH            ${assetVariants.join(", ")}; default: aliased
  --json                   print the answer as one JSON object

  deno task assets data/assets --permissive --modality video --type model
  deno task assets data/assets --organization OpenAI --min-dependants 3
  deno task assets data/assets --compare GPT-4 LLaMA
`;

const questions = {
  newest: ["type", "until"],
  permissive: ["type", "modality", "side"],
  feedback: ["type"],
  trends: ["type"],
  compare: ["graph"],
  upstream: ["steps", "graph"],
  downstream: ["steps", "graph"],
} as const;
const filters = [
  "type",
  "organization",
  "modality",
  "side",
  "access",
  "license",
  "min-dependants",
  "min-dependencies",
  "min-parameters",
  "from",
  "until",
  "graph",
] as const;

/** Whoever writes a smaller number has left out its unit. */
const leastParameters = 1000;

type Question = keyof typeof questions;
type Values = Readonly<Record<string, unknown>>;

await command({
  help,
  options: {
    ...Object.fromEntries([...filters, "steps"].map((name) => [name, { type: "string" }])),
    newest: { type: "string" },
    permissive: { type: "boolean" },
    feedback: { type: "boolean" },
    trends: { type: "boolean" },
    compare: { type: "string" },
    upstream: { type: "string" },
    downstream: { type: "string" },
    json: { type: "boolean" },
  },
  positionals: [1, 2],
  async run(values, [input, second]) {
    const question = questionOf(values, second);
    const snapshot = await load(input);
    if (snapshot.kind !== "assets") {
      throw new UsageError(`"${input}" holds models, expected assets`);
    }
    const [answer, text] = question === null
      ? await find(snapshot, values)
      : await asked(snapshot, question, { values, second });
    console.log(
      values.json ? JSON.stringify({ snapshot: snapshot.name, ...answer }, null, 2) : text,
    );
  },
});

/** The one question of a command line, null where it only filters. */
function questionOf(values: Values, second: string | undefined): Question | null {
  const found = (Object.keys(questions) as Question[]).filter((name) => values[name] !== undefined);
  if (found.length > 1) {
    throw new UsageError(
      `found ${found.map((name) => `--${name}`).join(" and ")}, expected one question`,
    );
  }
  const question = found.at(0) ?? null;
  if ((second !== undefined) !== (question === "compare")) {
    throw new UsageError(
      question === "compare"
        ? "--compare has one name, expected two"
        : `found a second argument "${second}", which only --compare takes`,
    );
  }
  const taken: readonly string[] = question === null ? filters : questions[question];
  for (const name of [...filters, "steps"]) {
    if (values[name] !== undefined && !taken.includes(name)) {
      throw new UsageError(
        question === null
          ? `--${name} goes with --upstream or --downstream`
          : `--${question} does not take --${name}`,
      );
    }
  }
  if (values.side !== undefined && values.modality === undefined) {
    throw new UsageError(
      `--side "${values.side}" says where a modality stands, expected --modality with it`,
    );
  }
  return question;
}

function graphOf(snapshot: AssetSnapshot, values: Values): AssetGraph {
  const variant = oneOf(values, "graph", assetVariants) as AssetVariant | undefined;
  return new AssetGraph(snapshot, { variant });
}

async function find(snapshot: AssetSnapshot, values: Values): Promise<[object, string]> {
  const [tables, aliases] = await Promise.all([readAssetTables(), readOrganizationAliases()]);
  const graph = graphOf(snapshot, values);
  const [from, until] = [dayNamed(values, "from"), dayNamed(values, "until")];
  if (from !== undefined && until !== undefined && from > until) {
    throw new UsageError(`--from "${from}" is later than --until "${until}"`);
  }
  const found = findAssets(graph, tables, {
    type: oneOf(values, "type", assetTypes),
    organization: text(values, "organization"),
    owners: resolveOwners(graph, aliases),
    modality: text(values, "modality"),
    side: oneOf(values, "side", modalitySides),
    access: oneOf(values, "access", ["open", "limited", "closed", "unknown"]),
    license: oneOf(values, "license", assetLicenseFamilies),
    minDependants: number(values, "min-dependants"),
    minDependencies: number(values, "min-dependencies"),
    minParameters: parameters(values),
    from,
    until,
  });
  return [found, printFound(found)];
}

async function asked(
  snapshot: AssetSnapshot,
  question: Question,
  { values, second }: { values: Values; second: string | undefined },
): Promise<[object, string]> {
  const type = oneOf(values, "type", assetTypes);
  switch (question) {
    case "newest": {
      const n = integer(values.newest, { name: "newest", least: 1 });
      const newest = newestAssets(snapshot, { type, n, until: dayNamed(values, "until") });
      return [newest, printNewest(newest)];
    }
    case "permissive": {
      const permissive = permissiveAssets(snapshot, await readAssetTables(), {
        type,
        modality: text(values, "modality"),
        side: oneOf(values, "side", modalitySides),
      });
      return [permissive, printPermissive(permissive)];
    }
    case "feedback": {
      const records = snapshot.records.filter((record) =>
        type === undefined || record.type === type
      );
      const channels = feedbackChannels({ ...snapshot, records });
      return [channels, printFeedback(channels)];
    }
    case "trends": {
      const trends = modalityTrends(snapshot, (await readAssetTables()).modalities, { type });
      return [trends, printModalities(trends)];
    }
    case "compare": {
      const [a, b] = [text(values, "compare")!, second!];
      const graph = graphOf(snapshot, values);
      if (a === b || graph.node(a) === graph.node(b)) {
        const same = a === b ? `"${a}" twice` : `"${a}" and "${b}", which are one asset`;
        throw new UsageError(`--compare has ${same}, expected two assets`);
      }
      const comparison = compareAssets(graph, { a, b });
      return [comparison, printAssetComparison(comparison)];
    }
    case "upstream":
    case "downstream": {
      const walk = question === "upstream" ? assetsUpstream : assetsDownstream;
      const steps = values.steps === undefined
        ? undefined
        : integer(values.steps, { name: "steps", least: 1 });
      const stream = walk(graphOf(snapshot, values), text(values, question)!, { steps });
      return [stream, printStream(stream, question)];
    }
  }
}

function text(values: Values, name: string): string | undefined {
  return typeof values[name] === "string" ? values[name] : undefined;
}

function dayNamed(values: Values, name: string): string | undefined {
  return values[name] === undefined ? undefined : day(values[name], { name });
}

function number(values: Values, name: string): number | undefined {
  return values[name] === undefined ? undefined : integer(values[name], { name });
}

function parameters(values: Values): number | undefined {
  const size = text(values, "min-parameters");
  if (size === undefined) return undefined;
  const found = sizeIn(parseAssetSize(`${size} parameters`), "parameters");
  if (found === null) {
    throw new UsageError(`--min-parameters is "${size}", expected a size like 70M, 7B or 1.5T`);
  }
  if (found < leastParameters) {
    throw new UsageError(
      `--min-parameters is "${size}", which is ${found} parameters: write millions, billions or trillions, as ` +
        `${/^\d+$/.test(size) ? `${size}M, ${size}B or ${size}T` : "70M, 7B or 1.5T"}`,
    );
  }
  return found;
}

function oneOf<T extends string>(values: Values, name: string, of: readonly T[]): T | undefined {
  if (values[name] === undefined) return undefined;
  const found = of.find((one) => one === values[name]);
  if (found === undefined) {
    throw new UsageError(`--${name} is "${values[name]}", expected ${of.join(", ")}`);
  }
  return found;
}
