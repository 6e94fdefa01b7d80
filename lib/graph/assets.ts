import { buildCsr, type Csr } from "../core/csr.ts";
import type { Asset, AssetSnapshot } from "../snapshot/asset_snapshot.ts";
import { alikeNames } from "./alike_names.ts";

/**
 * Which nodes the asset graph has: `documented` assets only; plus a node for each undocumented dependency (`stubs`); or `aliased`:
 * a stub whose name differs from an asset's by case or white space only is that asset. All others stay, and spellings of an
 * undocumented name stay apart, each a node, also where they differ by no more than that.
 */
export type AssetVariant = "documented" | "stubs" | "aliased";

/** Names of the variants. */
export const assetVariants = ["documented", "stubs", "aliased"] as const;

/**
 * The dependency graph of a snapshot: a frozen directed graph, dependency to dependant, with distinct edges; self-loops count as
 * edges. Nodes 0 to assets - 1 are the snapshot's assets in their order, the others stubs in the order they are first named.
 *
 * @example
 * ```ts
 * import { AssetGraph, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "- type: dataset\n  name: The Pile\n  dependencies: [arXiv]\n");
 * const graph = new AssetGraph(await readAssetSnapshot(path), { variant: "stubs" });
 * graph.names; // ["The Pile", "arXiv"]
 * await Deno.remove(path);
 * ```
 */
export class AssetGraph {
  /** Which nodes there are. */
  readonly variant: AssetVariant;
  /** Number of nodes. */
  readonly nodes: number;
  /** Number of edges. */
  readonly edges: number;
  /** Name of each node. */
  readonly names: readonly string[];
  /** The documented assets; node i below their number is asset i. */
  readonly assets: readonly Asset[];
  /** Node that each edge comes from. */
  readonly dependency: Uint32Array;
  /** Node that each edge leads to. */
  readonly dependant: Uint32Array;
  /** Outgoing edges: what is built on a node. */
  readonly dependants: Csr;
  /** Incoming edges: what a node is built on. */
  readonly dependencies: Csr;
  #rows: Map<string, number>;

  /**
   * Builds the graph of a snapshot.
   *
   * @param options.variant Which nodes there are; default `aliased`.
   */
  constructor(
    snapshot: AssetSnapshot,
    { variant = "aliased" }: { /** @default "aliased" */ variant?: AssetVariant } = {},
  ) {
    if (!assetVariants.includes(variant)) {
      throw new RangeError(
        `Cannot build the asset graph "${variant}": expected one of ${
          assetVariants.map((v) => `"${v}"`).join(", ")
        }`,
      );
    }
    const { assets } = snapshot;
    const names = assets.map(({ name }) => name);
    const rows = new Map(names.map((name, row) => [name, row]));
    const aliases = new Map<string, number>();
    names.forEach((name, row) => {
      const key = aliasKey(name);
      if (!aliases.has(key)) aliases.set(key, row);
    });
    const from: number[] = [];
    const to: number[] = [];
    assets.forEach(({ dependencies }, dependant) => {
      const seen = new Set<number>();
      for (const name of dependencies) {
        let row = rows.get(name);
        if (row === undefined) {
          if (variant === "documented") continue;
          row = variant === "aliased" ? aliases.get(aliasKey(name)) : undefined;
          if (row === undefined) {
            row = names.length;
            names.push(name);
          }
          rows.set(name, row);
        }
        if (seen.has(row)) continue;
        seen.add(row);
        from.push(row);
        to.push(dependant);
      }
    });
    this.variant = variant;
    this.nodes = names.length;
    this.edges = from.length;
    this.names = Object.freeze(names);
    this.assets = assets;
    this.dependency = Uint32Array.from(from);
    this.dependant = Uint32Array.from(to);
    this.dependants = buildCsr(this.nodes, this.dependency, this.dependant);
    this.dependencies = buildCsr(this.nodes, this.dependant, this.dependency);
    this.#rows = rows;
    Object.freeze(this);
  }

  /**
   * Node of a name; in the aliased graph any spelling that the data uses leads there.
   *
   * @throws {RangeError} when there is no such node; names those that are alike
   */
  node(name: string): number {
    const row = this.#rows.get(name);
    if (row !== undefined) return row;
    const alike = alikeNames(name, { names: this.names });
    throw new RangeError(
      `Cannot find an asset called "${name}" in the ${this.variant} graph` +
        (alike.length > 0
          ? `: did you mean ${alike.map((other) => `"${other}"`).join(", ")}?`
          : ""),
    );
  }

  /** Whether a node is a documented asset. */
  isDocumented(node: number): boolean {
    return node < this.assets.length;
  }
}

/** A name without the differences that do not count: case and white space. Punctuation counts: Command R is not Command R+. */
export function aliasKey(name: string): string {
  return name.toLowerCase().replace(/\s+/gu, "");
}
