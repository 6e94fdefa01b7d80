import { createHash } from "node:crypto";
import { Issues } from "../core/issues.ts";
import type { AssetFault } from "../source/asset_fault.ts";
import { readAssetYaml } from "../source/ecosystem_graphs_yaml.ts";
import { type AssetSnapshot, buildAssetSnapshot } from "./asset_snapshot.ts";

/**
 * A snapshot of a few assets written as YAML, for examples and tests; `readAssetSnapshot` reads files.
 *
 * @param yaml A list of records as Ecosystem Graphs has them; `name` and `type` are enough.
 * @throws {SyntaxError} when it is no YAML, no list of records, or no record is usable
 *
 * @example
 * ```ts
 * import { AssetGraph, parseAssetSnapshot } from "kindred";
 * const graph = new AssetGraph(parseAssetSnapshot(`
 * - {type: dataset, name: The Pile}
 * - {type: model, name: OPT, dependencies: [The Pile]}
 * `));
 * graph.edges; // 1
 * ```
 */
export function parseAssetSnapshot(
  yaml: string,
  { name = "text" }: { /** Name of the snapshot. @default "text" */ name?: string } = {},
): AssetSnapshot {
  const issues = new Issues();
  const faults: AssetFault[] = [];
  const records = readAssetYaml(yaml, {
    file: name,
    report: (fault, example) => {
      faults.push(fault);
      issues.add(fault.kind, fault.rule, example);
    },
  });
  if (records.length === 0) {
    throw new SyntaxError(
      `Cannot read "${name}" as assets: found no usable record, expected a list of records with type, name and dependencies`,
    );
  }
  const bytes = new TextEncoder().encode(yaml);
  return buildAssetSnapshot(records, {
    name,
    origin: {
      name,
      format: "assets-yaml",
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    },
    issues: issues.list(),
    faults,
  });
}
