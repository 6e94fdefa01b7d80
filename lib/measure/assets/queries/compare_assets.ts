import { byCodeUnits } from "../../../core/compare.ts";
import type { AssetGraph, AssetVariant } from "../../../graph/assets.ts";
import { descendants } from "../../../graph/reach.ts";
import { stepsFrom } from "../../../graph/steps_from.ts";
import type { AssetCell } from "../../../source/asset_cell.ts";
import type { EgoType } from "../asset_hubs.ts";

/** A field of two assets side by side. */
export interface FieldComparison {
  /** Name of the field. */
  field: string;
  /** What the first asset says, null where it says nothing known. */
  a: string | null;
  /** How the first one says it. */
  aState: AssetCell["state"];
  /** What the second asset says, null where it says nothing known. */
  b: string | null;
  /** How the second one says it. */
  bState: AssetCell["state"];
  /** Whether state and text agree. */
  same: boolean;
}

/** Two sets of names. */
export interface SharedNames {
  /** Names of both, in code-unit order. */
  shared: string[];
  /** Names of the first only. */
  onlyA: string[];
  /** Names of the second only. */
  onlyB: string[];
}

/** Two assets side by side. */
export interface AssetComparison {
  /** The graph in which edges are counted. */
  variant: AssetVariant;
  /** The first asset. */
  a: { name: string; type: EgoType };
  /** The second asset. */
  b: { name: string; type: EgoType };
  /** Fields of both in the order of the records, without `name` and `dependencies`; none for what is not documented. */
  fields: FieldComparison[];
  /** What they are built on directly, themselves left out. */
  dependencies: SharedNames;
  /** What is built directly on them, themselves left out. */
  dependants: SharedNames;
  /** What they are built on through any number of steps. */
  upstream: SharedNames;
  /** What is built on them through any number of steps. */
  downstream: SharedNames;
  /** Edges of the shortest ways, null where there is none: down from the first, down from the second, and whatever the directions. */
  distance: { aToB: number | null; bToA: number | null; between: number | null };
}

/**
 * Compares two assets: their fields, what they are built on, what is built on them, and how far they are from each other.
 *
 * @throws {RangeError} when there is no asset of a name; names those that are alike
 *
 * @example
 * ```ts
 * import { AssetGraph, compareAssets, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * const opt = "- type: model\n  name: OPT\n  dependencies: [The Pile]\n";
 * await Deno.writeTextFile(path, `${opt}- type: model\n  name: GPT-J\n  dependencies: [The Pile]\n`);
 * const graph = new AssetGraph(await readAssetSnapshot(path));
 * compareAssets(graph, { a: "OPT", b: "GPT-J" }).dependencies.shared; // ["The Pile"]
 * await Deno.remove(path);
 * ```
 */
export function compareAssets(
  graph: AssetGraph,
  { a, b }: { /** Name of the first asset. */ a: string; /** Name of the second. */ b: string },
): AssetComparison {
  const nodes: Pair<number> = [graph.node(a), graph.node(b)];
  const { names, dependencies, dependants } = graph;
  const direct = ({ offsets, targets }: typeof dependants) => (node: number) =>
    Array.from(targets.subarray(offsets[node], offsets[node + 1])).filter((n) => n !== node);
  const reached = (way: typeof dependants) => (node: number) =>
    Array.from(descendants(way, [node]));
  const apart = (of: (node: number) => number[]) => {
    const [left, right] = nodes.map((node) => new Set(of(node).map((n) => names[n])));
    const list = (set: ReadonlySet<string>) => [...set].sort(byCodeUnits);
    return {
      shared: list(left.intersection(right)),
      onlyA: list(left.difference(right)),
      onlyB: list(right.difference(left)),
    };
  };
  const way = (ways: (typeof dependants)[], [from, to]: Pair<number>) => {
    const steps = stepsFrom(ways, [from])[to];
    return steps < 0 ? null : steps;
  };
  const named = (node: number) => ({
    name: names[node],
    type: graph.isDocumented(node) ? graph.assets[node].type : "undocumented" as EgoType,
  });
  return {
    variant: graph.variant,
    a: named(nodes[0]),
    b: named(nodes[1]),
    fields: fieldsOf(nodes.map((node) => graph.assets[node]?.cells ?? {}) as Pair<Cells>),
    dependencies: apart(direct(dependencies)),
    dependants: apart(direct(dependants)),
    upstream: apart(reached(dependencies)),
    downstream: apart(reached(dependants)),
    distance: {
      aToB: way([dependants], nodes),
      bToA: way([dependants], [nodes[1], nodes[0]]),
      between: way([dependants, dependencies], nodes),
    },
  };
}

type Pair<T> = [T, T];
type Cells = Readonly<Record<string, AssetCell>>;

function fieldsOf(cells: Pair<Cells>): FieldComparison[] {
  const fields = new Set(cells.flatMap((one) => Object.keys(one)));
  return [...fields.difference(new Set(["name", "dependencies"]))].map((field) => {
    const [a, b] = cells.map((one) => {
      const { state, value }: AssetCell = Object.hasOwn(one, field)
        ? one[field]
        : { state: "absent", value: null, explanation: null };
      const text = state === "known" && value !== null ? [value].flat().join(", ") : null;
      return { state, text };
    });
    return {
      field,
      a: a.text,
      aState: a.state,
      b: b.text,
      bState: b.state,
      same: a.state === b.state && a.text === b.text,
    };
  });
}
