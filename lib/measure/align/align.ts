import { byCodeUnits } from "../../core/compare.ts";
import { webAddresses } from "../../core/web_addresses.ts";
import type { AssetOwners } from "../../graph/asset_owners.ts";
import type { AssetGraph } from "../../graph/assets.ts";
import type { Asset } from "../../snapshot/asset_snapshot.ts";
import type { ModelSnapshot } from "../../snapshot/model_snapshot.ts";
import type { AssetType } from "../../source/asset_record.ts";
import type { HubOwners } from "../../source/hub_owners.ts";
import { hubAddress } from "./hub_address.ts";
import { type ComparedName, comparedNames } from "./repository_name.ts";

/**
 * Rules that tie an asset to a repository, the strongest first. `url`, `card`, `feedback`: an address in the asset's url, in its
 * model card or datasheet, or of discussions in its feedback leads to the repository; `name`: the owner is an account of the
 * asset's organization and the names agree; `size`: the same, and the repository's name adds a number of parameters that the asset's
 * does not say. A repository that a stronger rule ties to an asset is tied to no other by a weaker one.
 */
export const alignmentRules = ["url", "card", "feedback", "name", "size"] as const;

/** A rule that ties an asset to a repository. */
export type AlignmentRule = typeof alignmentRules[number];

/** An asset and one of its repositories. */
export interface AlignedRepository {
  /** Name of the asset. */
  asset: string;
  /** Its type. */
  type: AssetType;
  /** Kind of the repository. */
  kind: "model" | "dataset";
  /** Its id, as the snapshot of models has it, else as the address writes it. */
  repository: string;
  /** Row of the model in the snapshot; null of a data set, and of a model that is not in it. */
  row: number | null;
  /** The strongest rule that says so. */
  rule: AlignmentRule;
}

/** Which assets are which repositories. */
export interface Alignment {
  /** By asset in the order of the graph, then by rule, then by repository. */
  rows: AlignedRepository[];
  /** Rows and assets of each rule, and rows whose model is in the snapshot. */
  rules: { rule: AlignmentRule; rows: number; assets: number; inSnapshot: number }[];
  /** Repositories that are several assets' by the same rule; all of them are in `rows`. */
  contested: { repository: string; assets: string[] }[];
  /** Documented models without a repository, and all documented models. */
  models: { unaligned: number; all: number };
}

/** Options of {@link align}. */
export interface AlignOptions {
  /** Organizations of each node of the graph. */
  owners: AssetOwners;
  /** Accounts of organizations. */
  accounts: HubOwners;
}

/**
 * Finds out which documented assets are which repositories of the Hub, so that the two graphs can be joined. An asset may be several
 * repositories, one for each size. Ids are compared blind to case, as the Hub does. Addresses count where the kind of repository is
 * the type of the asset; applications are no repositories. Time is linear in the models, whose ids are read once.
 *
 * @example
 * ```ts
 * import { align, AssetGraph, readAssetSnapshot, readHubOwners, readModelBlocks, ownersAsWritten } from "kindred";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "- type: model\n  name: GPT-J\n  organization: EleutherAI\n");
 * const graph = new AssetGraph(await readAssetSnapshot(path));
 * const hub = await readModelBlocks([new TextEncoder().encode('{"id":"EleutherAI/gpt-j-6b"}\n')], { name: "hub" });
 * const { rows } = align(graph, hub, { owners: ownersAsWritten(graph), accounts: await readHubOwners() });
 * rows[0]; // { asset: "GPT-J", repository: "EleutherAI/gpt-j-6b", rule: "size", row: 0, ... }
 * await Deno.remove(path);
 * ```
 */
export function align(
  graph: AssetGraph,
  models: ModelSnapshot,
  { owners, accounts }: AlignOptions,
): Alignment {
  const found = [...byAddress(graph.assets)];
  const wanted = new Set(found.map(({ id }) => id.toLowerCase()));
  const byOwner = ownersOf(graph, { owners, accounts });
  const known = new Map<string, number>();
  const named: { asset: Asset; rule: AlignmentRule; row: number; repository: string }[] = [];
  for (let row = 0; row < models.models; row++) {
    const repository = models.ids.at(row);
    const id = repository.toLowerCase();
    if (wanted.has(id)) known.set(id, row);
    const slash = id.indexOf("/");
    for (const { asset, makers, names } of byOwner.get(id.slice(0, Math.max(0, slash))) ?? []) {
      const rule = ruleOfNames(names, comparedNames(repository.slice(slash + 1), { makers }));
      if (rule !== null) named.push({ asset, rule, row, repository });
    }
  }
  const all: { asset: Asset; match: AlignedRepository }[] = [];
  for (const { asset, kind, rule, id } of found) {
    const row = kind === "model" ? known.get(id.toLowerCase()) ?? null : null;
    // One part may be an account: a model only where the snapshot has it.
    if (row === null && !id.includes("/")) continue;
    const repository = row === null ? id : models.ids.at(row);
    all.push({
      asset,
      match: { asset: asset.name, type: asset.type, kind, repository, row, rule },
    });
  }
  for (const { asset, rule, row, repository } of named) {
    const match = { asset: asset.name, type: asset.type, kind: "model" as const };
    all.push({ asset, match: { ...match, repository, row, rule } });
  }
  return summarise(graph, strongest(all.map(({ match }) => match)));
}

const strength = new Map(alignmentRules.map((rule, i) => [rule, i]));

/** Rows of the strongest rule of each repository, one for each asset. */
function strongest(all: readonly AlignedRepository[]): AlignedRepository[] {
  const keyOf = ({ kind, repository }: AlignedRepository) => `${kind} ${repository.toLowerCase()}`;
  const best = new Map<string, number>();
  for (const row of all) {
    const rank = strength.get(row.rule)!;
    const key = keyOf(row);
    best.set(key, Math.min(best.get(key) ?? rank, rank));
  }
  const seen = new Set<string>();
  return all.filter((row) => {
    const key = keyOf(row);
    const own = JSON.stringify([key, row.asset]);
    if (strength.get(row.rule) !== best.get(key) || seen.has(own)) return false;
    seen.add(own);
    return true;
  });
}

function summarise({ assets }: AssetGraph, unsorted: readonly AlignedRepository[]): Alignment {
  const place = new Map(assets.map(({ name }, i) => [name, i]));
  const rows = unsorted.toSorted((a, b) =>
    place.get(a.asset)! - place.get(b.asset)! ||
    strength.get(a.rule)! - strength.get(b.rule)! || byCodeUnits(a.repository, b.repository)
  );
  const claims = Map.groupBy(rows, ({ kind, repository }) => `${kind} ${repository.toLowerCase()}`);
  const aligned = new Set(rows.map(({ asset }) => asset));
  const documented = assets.filter(({ type }) => type === "model");
  return {
    rows,
    rules: alignmentRules.map((rule) => {
      const own = rows.filter((row) => row.rule === rule);
      return {
        rule,
        rows: own.length,
        assets: new Set(own.map(({ asset }) => asset)).size,
        inSnapshot: own.filter(({ row }) => row !== null).length,
      };
    }),
    contested: claims.values().filter((claim) => claim.length > 1).map((claim) => ({
      repository: claim[0].repository,
      assets: claim.map(({ asset }) => asset),
    })).toArray(),
    models: {
      unaligned: documented.filter(({ name }) => !aligned.has(name)).length,
      all: documented.length,
    },
  };
}

interface Addressed {
  asset: Asset;
  kind: "model" | "dataset";
  rule: AlignmentRule;
  id: string;
}

/** Repositories that the assets' fields lead to. */
function* byAddress(assets: readonly Asset[]): Generator<Addressed> {
  for (const asset of assets) {
    const card = asset.type === "dataset" ? "datasheet" : "model_card";
    for (
      const [rule, field] of [["url", "url"], ["card", card], ["feedback", "feedback"]] as const
    ) {
      const cell = asset.cells[field];
      if (cell === undefined) continue;
      for (const text of [cell.value ?? []].flat()) {
        for (const address of webAddresses(text)) {
          const at = hubAddress(address);
          if (at === null || at.kind !== asset.type) continue;
          if (rule !== "feedback" || at.discussions) yield { asset, rule, ...at };
        }
      }
    }
  }
}

interface Named {
  asset: Asset;
  /** Names of its organization that may stand before its own. */
  makers: string[];
  names: ComparedName[];
}

/** Documented models by the accounts under which their organizations release, in lower case. */
function ownersOf(
  { assets }: AssetGraph,
  { owners, accounts }: AlignOptions,
): Map<string, Named[]> {
  const byOwner = new Map<string, Named[]>();
  assets.forEach((asset, node) => {
    if (asset.type !== "model") return;
    for (const organization of owners[node]) {
      const plain = organization.toLowerCase().replace(/[^\p{L}\p{N}-]+/gu, "");
      for (const account of new Set([...accounts.get(organization) ?? [], plain])) {
        const makers = [organization, account];
        const entry = { asset, makers, names: comparedNames(asset.name, { makers }) };
        const of = byOwner.get(account);
        if (of === undefined) byOwner.set(account, [entry]);
        else of.push(entry);
      }
    }
  });
  byOwner.delete("");
  return byOwner;
}

/** The rule by which two names agree, null where they do not. */
function ruleOfNames(
  a: readonly ComparedName[],
  b: readonly ComparedName[],
): "name" | "size" | null {
  const agree = (of: (a: ComparedName, b: ComparedName) => boolean) =>
    a.some((one) => b.some((other) => of(one, other)));
  if (agree((one, other) => one.whole === other.whole)) return "name";
  return agree((one, { sizeless }) => one.whole === one.sizeless && one.whole === sizeless)
    ? "size"
    : null;
}
