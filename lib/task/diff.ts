import { resolveOwners } from "../graph/asset_owners.ts";
import { type AssetVariant, assetVariants } from "../graph/assets.ts";
import { diffSnapshots } from "../measure/diff_snapshots.ts";
import type { AssetSnapshot } from "../snapshot/asset_snapshot.ts";
import { assetsUntil } from "../snapshot/assets_until.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";
import { readOrganizationAliases } from "../source/organization_aliases.ts";
import { command, integer, showIssues, UsageError } from "./cli.ts";
import { load } from "./load.ts";
import { printAssetDiff } from "./print_asset_diff.ts";
import { printModelDiff } from "./print_model_diff.ts";

const help = `
Says what differs between two snapshots of one kind, the earlier one first: what was added, removed, renamed and
changed, and how the hubs moved.

  deno task diff A B [--graph GRAPH] [--n N] [--json]
  deno task diff A --until DATE [--graph GRAPH] [--n N] [--json]

A and B are names of packed snapshots, or files or folders in any accepted format: both of models or both of assets.
Organizations are those of data/organization_aliases.csv.

  --until DATE   assets: compare the records of A up to a day, such as 2023-03-20, with all of A; those without a
                 full date are left out
  --graph GRAPH  assets: documented, stubs or aliased, the default
  --n N          most entries of each list that is printed, and of each list of models in the JSON; default: 20
  --json         print the difference as one JSON object

  deno task diff assets-2023 assets-2025 --graph documented
  deno task diff data/assets --until 2023-03-20
`;

await command({
  help,
  options: {
    until: { type: "string" },
    graph: { type: "string" },
    n: { type: "string" },
    json: { type: "boolean" },
  },
  positionals: [1, 2],
  async run(values, inputs) {
    const n = values.n === undefined ? 20 : integer(values.n, { name: "n" });
    const variant = variantNamed(values.graph);
    const until = typeof values.until === "string" ? values.until : null;
    if ((until === null) !== (inputs.length === 2)) {
      throw new UsageError(
        until === null
          ? "found one snapshot and no --until, expected two snapshots or a date"
          : `--until "${until}" is for one snapshot, found two`,
      );
    }
    const [before, after] = until === null ? await both(inputs) : await cut(inputs[0], until);
    showIssues(before.issues);
    if (after !== before) showIssues(after.issues);
    if (before.kind === "models" && after.kind === "models") {
      if (variant !== undefined) {
        throw new UsageError(
          `--graph "${variant}" asks for assets, but "${inputs[0]}" holds models`,
        );
      }
      const { rows: _, ...diff } = diffSnapshots(before, after, { n });
      console.log(values.json ? JSON.stringify(diff, null, 2) : printModelDiff(diff));
      return;
    }
    if (before.kind !== "assets" || after.kind !== "assets") {
      throw new UsageError(
        `"${inputs[0]}" holds ${before.kind} and "${
          inputs[1]
        }" holds ${after.kind}, expected both to hold the same`,
      );
    }
    const aliases = await readOrganizationAliases();
    const diff = diffSnapshots(before, after, {
      variant,
      owners: (graph) => resolveOwners(graph, aliases),
    });
    console.log(values.json ? JSON.stringify(diff, null, 2) : printAssetDiff(diff, { n }));
  },
});

async function both(inputs: readonly string[]): Promise<(AssetSnapshot | ModelSnapshot)[]> {
  return [await load(inputs[0]), await load(inputs[1])];
}

async function cut(input: string, date: string): Promise<[AssetSnapshot, AssetSnapshot]> {
  const snapshot = await load(input);
  if (snapshot.kind !== "assets") {
    throw new UsageError(`--until "${date}" asks for assets, but "${input}" holds models`);
  }
  return [assetsUntil(snapshot, date).snapshot, snapshot];
}

function variantNamed(value: unknown): AssetVariant | undefined {
  if (value === undefined || assetVariants.includes(value as AssetVariant)) {
    return value as AssetVariant | undefined;
  }
  throw new UsageError(`--graph is "${value}", expected ${assetVariants.join(", ")}`);
}
