import { AssetGraph } from "../graph/assets.ts";
import { resolveOwners } from "../graph/asset_owners.ts";
import { buildLineage } from "../graph/build_lineage.ts";
import { align } from "../measure/align/align.ts";
import {
  type AlignmentPrecision,
  alignmentPrecision,
} from "../measure/align/alignment_precision.ts";
import { hubReach } from "../measure/align/hub_reach.ts";
import { readAlignmentCheck } from "../source/alignment_check.ts";
import { readHubOwners } from "../source/hub_owners.ts";
import { readOrganizationAliases } from "../source/organization_aliases.ts";
import { command, UsageError } from "./cli.ts";
import { load } from "./load.ts";
import { numberText, percent, table } from "../display/text_table.ts";

const help = `
Finds out which assets are which repositories of the Hub, and what grew out of them there.

  deno task align ASSETS MODELS [--json]

ASSETS and MODELS are names of packed snapshots, or files or folders in any accepted format. An asset is a repository
where its url, model card, datasheet or feedback leads to one, or where names agree under an account of its organization
(data/hub_owners.csv); data/alignment_check.csv holds the pairs by which that was checked.

  --json  print all pairs as one JSON object

  deno task align data/assets models.jsonl.gz
`;

/** How many pairs were looked at by hand, and how many of those are right. */
function precisionLine({ rules, unchecked }: AlignmentPrecision): string {
  const { checked, right, precision } = rules.at(-1)!;
  return precision === null
    ? `None of the pairs is among those looked at by hand (data/alignment_check.csv)`
    : `Of ${numberText(checked)} pairs looked at by hand ${numberText(right)} are right, ${
      percent(precision.share, 1)
    } (95% ${percent(precision.low, 1)} to ${percent(precision.high, 1)}); ${
      numberText(unchecked)
    } pairs are not among those`;
}

await command({
  help,
  options: { json: { type: "boolean" } },
  positionals: [2, 2],
  async run(values, [first, second]) {
    const assets = await load(first);
    const models = await load(second);
    if (assets.kind !== "assets") {
      throw new UsageError(`the first input, "${first}", holds models, expected assets`);
    }
    if (models.kind !== "models") {
      throw new UsageError(`the second input, "${second}", holds assets, expected models`);
    }
    const graph = new AssetGraph(assets);
    const owners = resolveOwners(graph, await readOrganizationAliases());
    const alignment = align(graph, models, { owners, accounts: await readHubOwners() });
    const reach = hubReach(alignment, buildLineage(models).lineage);
    const precision = alignmentPrecision(alignment, await readAlignmentCheck());
    if (values.json) {
      console.log(JSON.stringify({ ...alignment, reach, precision }, null, 2));
      return;
    }
    const { rules, contested, rows } = alignment;
    console.log(
      `${numberText(rows.length)} pairs; ${numberText(alignment.models.unaligned)} of ${
        numberText(alignment.models.all)
      } documented models have no repository

By rule
${
        table([
          ["rule", "pairs", "assets", "in the snapshot"],
          ...rules.map(({ rule, rows, assets, inSnapshot }) => [
            rule,
            numberText(rows),
            numberText(assets),
            numberText(inSnapshot),
          ]),
        ])
      }`,
    );
    console.log(`\n${precisionLine(precision)}`);
    if (contested.length > 0) {
      const list = contested.map(({ repository, assets }) => [repository, assets.join(", ")]);
      console.log(`\nRepositories that several assets claim\n${table(list)}`);
    }
    if (reach.length > 0) {
      console.log(`\nModels of the snapshot that descend from an asset's repositories\n${
        table([
          ["asset", "repositories", "children", "descendants"],
          ...reach.slice(0, 20).map(({ asset, repositories, children, descendants }) => [
            asset,
            numberText(repositories),
            numberText(children),
            numberText(descendants),
          ]),
        ])
      }`);
    }
  },
});
