import { resolveOwners } from "../graph/asset_owners.ts";
import { type AssetVariant, assetVariants } from "../graph/assets.ts";
import { diffSnapshots } from "../measure/diff_snapshots.ts";
import type { AssetSnapshot } from "../snapshot/asset_snapshot.ts";
import { type AssetsUntil, assetsUntil } from "../snapshot/assets_until.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";
import { readOrganizationAliases } from "../source/organization_aliases.ts";
import { command, day, integer, showIssues, UsageError } from "./cli.ts";
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
                 full date are in both
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
    const until = values.until === undefined ? null : day(values.until, { name: "until" });
    if ((until === null) !== (inputs.length === 2)) {
      throw new UsageError(
        until === null
          ? "found one snapshot and no --until, expected two snapshots or a date"
          : `--until "${until}" is for one snapshot, found two`,
      );
    }
    const { before, after, cut } = until === null
      ? await both(inputs)
      : await cutAt(inputs[0], until);
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
    console.log(
      values.json ? JSON.stringify({ cut, ...diff }, null, 2) : printAssetDiff(diff, { n, cut }),
    );
  },
});

interface Sides {
  before: AssetSnapshot | ModelSnapshot;
  after: AssetSnapshot | ModelSnapshot;
  /** What the earlier lacks of the later, where it is a part of it. */
  cut: Omit<AssetsUntil, "snapshot"> | null;
}

async function both(inputs: readonly string[]): Promise<Sides> {
  return { before: await load(inputs[0]), after: await load(inputs[1]), cut: null };
}

/** A snapshot's past and the snapshot; undated records are in both, as nothing says that they are new. */
async function cutAt(input: string, date: string): Promise<Sides> {
  const snapshot = await load(input);
  if (snapshot.kind !== "assets") {
    throw new UsageError(`--until "${date}" asks for assets, but "${input}" holds models`);
  }
  const { snapshot: before, ...cut } = assetsUntil(snapshot, date, { undated: "keep" });
  return { before, after: snapshot, cut };
}

function variantNamed(value: unknown): AssetVariant | undefined {
  if (value === undefined || assetVariants.includes(value as AssetVariant)) {
    return value as AssetVariant | undefined;
  }
  throw new UsageError(`--graph is "${value}", expected ${assetVariants.join(", ")}`);
}
