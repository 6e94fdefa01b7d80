import type { DirectedGraph } from "graphology";
import { type AssetVariant, assetVariants } from "../graph/assets.ts";
import { assetsToGraphology } from "../graph/assets_to_graphology.ts";
import { buildLineage } from "../graph/build_lineage.ts";
import { type ExportFormat, exportFormats, exportGraph } from "../graph/export_graph.ts";
import { type LineageGraph, lineageGraphs } from "../graph/lineage.ts";
import { type Direction, directions } from "../graph/neighbourhood.ts";
import type { NodeSelection } from "../graph/select_nodes.ts";
import { toGraphology } from "../graph/to_graphology.ts";
import type { AssetSnapshot } from "../snapshot/asset_snapshot.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";
import { command, integer, showIssues, UsageError } from "./cli.ts";
import { load } from "./load.ts";
import { numberText } from "../display/text_table.ts";
import { writeBlocks } from "./write_blocks.ts";

const help = `
Writes a family, a neighbourhood or a whole graph as a file that Gephi and networkx open.

  deno task export SNAPSHOT (--family ID | --around ID... | --all) --out FILE [options]

SNAPSHOT is the name of a packed snapshot or a file or folder in any accepted format.
FILE ends in .gexf or .graphml, with .gz after it to compress.

  --family ID      the family (weak component) that a model or asset belongs to
  --around ID      what is near a model or asset; may be repeated
  --hops K         with --around: how many edges away, default 1; "all" for as far as it goes
  --direction D    with --around: up (what it was made from), down (what was made from it) or both, the default
  --all            everything
  --graph G        models: all, finetune, no-merge or "no-merge, no-quantized";
                   default no-merge with --family, else all
  --variant V      assets: documented, stubs or aliased, the default
  --limit N        most nodes that are written, default 200000

  deno task export models.jsonl.gz --family openai-community/gpt2 --out gpt2.gexf
  deno task export data/assets --around "The Pile" --hops 2 --direction down --out pile.graphml
`;

await command({
  help,
  options: {
    family: { type: "string" },
    around: { type: "string", multiple: true },
    hops: { type: "string" },
    direction: { type: "string" },
    all: { type: "boolean" },
    graph: { type: "string" },
    variant: { type: "string" },
    limit: { type: "string" },
    out: { type: "string" },
  },
  positionals: [1, 1],
  async run(values, [input]) {
    if (typeof values.out !== "string" || values.out === "") {
      throw new UsageError("--out is missing: which file shall the graph be written to?");
    }
    const format = formatOf(values.out);
    const selection = selectionOf(values);
    const graph = choice<LineageGraph>(values.graph, { name: "graph", wanted: lineageGraphs });
    const variant = choice<AssetVariant>(values.variant, {
      name: "variant",
      wanted: assetVariants,
    });
    const snapshot = await load(input);
    if (snapshot.kind === "models" && variant !== undefined) {
      throw new UsageError(`--variant "${variant}" asks for assets, but "${input}" holds models`);
    }
    if (snapshot.kind === "assets" && graph !== undefined) {
      throw new UsageError(`--graph "${graph}" asks for models, but "${input}" holds assets`);
    }
    const chosen = view(snapshot, { selection, graph, variant });
    const text = exportGraph(chosen, { format });
    const { bytes } = await writeBlocks(oneBlock(text), values.out);
    console.log(`Exported ${chosen.getAttribute("description")} to ${values.out}`);
    console.log(`  nodes: ${numberText(chosen.order)}`);
    console.log(`  edges: ${numberText(chosen.size)}`);
    console.log(`  bytes: ${numberText(bytes)}`);
  },
});

function formatOf(out: string): ExportFormat {
  const plain = out.replace(/\.gz$/, "");
  const format = exportFormats.find((name) => plain.endsWith(`.${name}`));
  if (format === undefined) {
    throw new UsageError(
      `--out is "${out}", expected a name that ends in .gexf or .graphml (.gz may follow)`,
    );
  }
  return format;
}

function selectionOf(values: Record<string, unknown>): NodeSelection {
  const { family, around, hops, direction, all, limit } = values;
  const chosen = [family, around, all].filter((value) => value !== undefined).length;
  if (chosen !== 1) {
    throw new UsageError(
      `${chosen} of --family, --around and --all are given, expected exactly one`,
    );
  }
  if (around === undefined && (hops !== undefined || direction !== undefined)) {
    throw new UsageError("--hops and --direction are for --around, which is not given");
  }
  return {
    family: family as string | undefined,
    around: around as string[] | undefined,
    hops: hops === undefined
      ? undefined
      : hops === "all"
      ? Infinity
      : integer(hops, { name: "hops" }),
    direction: choice<Direction>(direction, { name: "direction", wanted: directions }),
    limit: limit === undefined ? undefined : integer(limit, { name: "limit", least: 1 }),
  };
}

function choice<T extends string>(
  value: unknown,
  { name, wanted }: { name: string; wanted: readonly T[] },
): T | undefined {
  if (value === undefined || wanted.includes(value as T)) return value as T | undefined;
  throw new UsageError(
    `--${name} is "${value}", expected one of ${wanted.map((item) => `"${item}"`).join(", ")}`,
  );
}

function view(
  snapshot: ModelSnapshot | AssetSnapshot,
  { selection, graph, variant }: {
    selection: NodeSelection;
    graph?: LineageGraph;
    variant?: AssetVariant;
  },
): DirectedGraph {
  if (snapshot.kind === "assets") {
    showIssues(snapshot.issues);
    return assetsToGraphology(snapshot, { ...selection, variant }) as DirectedGraph;
  }
  const { lineage, issues } = buildLineage(snapshot);
  const known = new Set(snapshot.issues.map(({ kind }) => kind));
  showIssues([...snapshot.issues, ...issues.filter(({ kind }) => !known.has(kind))]);
  return toGraphology({ snapshot, lineage }, { ...selection, graph }) as DirectedGraph;
}

function* oneBlock(text: string): Generator<Uint8Array, void, void> {
  yield new TextEncoder().encode(text);
}
