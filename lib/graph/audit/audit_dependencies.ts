import type { AssetSnapshot } from "../../snapshot/asset_snapshot.ts";
import { saysNothing } from "../../source/asset_cell.ts";
import type { NoAsset } from "../../source/no_assets.ts";
import { graphRules } from "../asset_issues.ts";
import { aliasKey } from "../assets.ts";
import { assetAdvice } from "./advice.ts";
import { type FoundFault, type Reference, referencesOf } from "./audit_fault.ts";
import { NearTwins } from "./near_twins.ts";

/**
 * Faults of the names in `dependencies`: all that are no asset, and of these apart those that differ from an asset by case and white
 * space, those that look misspelt, those that are no asset at all, and those that are written in several ways; names that a
 * record gives twice.
 *
 * @param options.noAssets Names that are no asset at all, in lower case.
 * @param options.onProgress Called for each name with the share that is done.
 */
export function dependencyFaults(
  snapshot: AssetSnapshot,
  { noAssets, onProgress }: {
    noAssets: ReadonlyMap<string, NoAsset>;
    onProgress: (share: number) => void;
  },
): FoundFault[] {
  const names = snapshot.assets.map(({ name }) => name);
  const documented = new Set(names);
  const references = referencesOf(snapshot).filter(({ dependency }) => !documented.has(dependency));
  const undocumented = Map.groupBy(references, ({ dependency }) => dependency);
  const owners = Map.groupBy(names, aliasKey);
  const near = new NearTwins(names);
  const faults: FoundFault[] = [];
  const hints = new Map<string, Hint>();
  const add = (kind: keyof typeof dependencyRules, uses: readonly Reference[], hint: Hint) => {
    const [{ place, dependency }, ...also] = uses;
    faults.push({
      ...{ kind, rule: dependencyRules[kind], ...place, found: dependency, ...hint },
      also: also.map(({ place }) => place),
    });
    return faults.at(-1)!;
  };
  const stubs: string[] = [];
  let done = 0;
  for (const [name, uses] of undocumented) {
    onProgress(done++ / undocumented.size);
    const assets = owners.get(aliasKey(name)) ?? [];
    const reason = whyNoAsset(name, noAssets);
    if (assets.length > 0) {
      hints.set(name, { detail: "", suggestion: `write ${quoted(assets)}` });
      add("aliasOfAsset", uses, hints.get(name)!);
    } else if (reason !== null) {
      hints.set(name, { detail: reason, suggestion: assetAdvice.noAsset });
      add("noAsset", uses, hints.get(name)!);
    } else {
      stubs.push(name);
      const twins = near.of(name);
      if (twins.length === 0) continue;
      const suggestion = `if the same thing is meant, write ${quoted(twins)}`;
      hints.set(name, { detail: "", suggestion });
      add("nearTwin", uses, hints.get(name)!);
    }
  }
  for (const spellings of Map.groupBy(stubs, aliasKey).values()) {
    if (spellings.length < 2) continue;
    const count = (name: string) => undocumented.get(name)!.length;
    const sorted = spellings.toSorted((a, b) => count(b) - count(a));
    const uses = sorted.slice(1).flatMap((name) => undocumented.get(name)!);
    const detail = `uses: ${sorted.map((name) => `${count(name)} "${name}"`).join(", ")}`;
    const suggestion = assetAdvice.stubSpelling;
    add("stubSpelling", uses, { detail, suggestion }).found = sorted.join(" / ");
  }
  const all = references.map(({ dependency, place }): FoundFault => ({
    kind: "undocumentedDependency",
    rule: graphRules.undocumentedDependency,
    ...place,
    found: dependency,
    ...hints.get(dependency) ?? { detail: "", suggestion: assetAdvice.undocumentedDependency },
    also: [],
  }));
  return [...all, ...faults, ...repeats(snapshot)];
}

/** What is said of a name. */
type Hint = Pick<FoundFault, "detail" | "suggestion">;

/** What is done about kinds that the counts of a snapshot leave out or take in with others. */
const dependencyRules = {
  aliasOfAsset: graphRules.aliasOfAsset,
  nearTwin: "a dependency that is no asset and is spelt almost like one; kept apart",
  noAsset: "a dependency that is no data set, model or application at all; a stub like any other",
  stubSpelling:
    "dependencies that are no asset and agree up to case and white space; kept apart, a stub each",
} as const;

/** Why a name can be no asset, null where it may be one. */
function whyNoAsset(name: string, noAssets: ReadonlyMap<string, NoAsset>): string | null {
  if (saysNothing(name)) return "a word for what is not known; for the whole list write unknown";
  const row = noAssets.get(name.toLowerCase());
  return row === undefined ? null : `${row.kind}: ${row.reason}`;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(" or ");
}

/** Names that one record gives several times. */
function repeats({ records }: AssetSnapshot): FoundFault[] {
  return records.flatMap((record) => {
    const seen = new Set<string>();
    return referencesOf({ records: [record] }).flatMap(
      ({ dependency, place }): FoundFault[] => {
        if (!seen.has(dependency)) {
          seen.add(dependency);
          return [];
        }
        return [{
          kind: "repeatedDependency",
          rule: "a dependency that a record gives twice; one edge",
          ...place,
          found: dependency,
          detail: "",
          suggestion: assetAdvice.repeatedDependency,
          also: [],
        }];
      },
    );
  });
}
