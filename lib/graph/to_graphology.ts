import { DirectedGraph } from "graphology";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";
import { distinctWithin, traitColumn } from "../snapshot/traits.ts";
import { version } from "../version.ts";
import { type Lineage, type LineageGraph, type Relation, relations } from "./lineage.ts";
import { nodeKey } from "./node_key.ts";
import { describeSelection, type NodeSelection, selectNodes } from "./select_nodes.ts";

/** What a graphology graph of Kindred says of itself; exports carry it. */
export type GraphNote = {
  /** Tool and version, for example `"kindred 0.1.0"`. */
  creator: string;
  /** What the graph holds, in words. */
  description: string;
};

/** Attributes of a model in a graphology graph; null where the snapshot does not say. */
export type ModelNode = {
  /** The model's id, exactly. */
  label: string;
  task: string | null;
  library: string | null;
  /** Licenses, separated by `, ` where a model declares several. */
  license: string | null;
  /** ISO 8601, UTC, for example `"2022-03-02T23:29:04.000Z"`. */
  created: string | null;
  likes: number | null;
  /** Downloads of the last 30 days. */
  downloads: number | null;
  /** Row of the model in the snapshot. */
  row: number;
};

/** Attributes of an edge from parent to child in a graphology graph. */
export type LineageEdge = {
  relation: Relation;
  /** When the child was created: ISO 8601, UTC; null where not known. */
  time: string | null;
};

/** A lineage, or a part of it, as a graphology graph. */
export type ModelGraph = DirectedGraph<ModelNode, LineageEdge, GraphNote>;

/** Options of {@link toGraphology}. */
export interface ToGraphologyOptions extends NodeSelection {
  /**
   * Which relations count as edges.
   * @default "no-merge" with `family`, as families are defined there; else "all"
   */
  graph?: LineageGraph;
}

/**
 * A family, a neighbourhood or the whole of a lineage as a graphology graph: the models selected and every edge of the chosen graph
 * between them. A node's key is the model's id (see {@link nodeKey} for the few that cannot be keys), an edge's key is its number in
 * the lineage; nodes are in the order of the snapshot, edges in the order of (parent, child).
 *
 * @throws {TypeError} when options contradict each other
 * @throws {RangeError} when an id is not in the snapshot, there is no such graph, or there are more models than the limit
 *
 * @example
 * ```ts
 * import { buildLineage, readModelBlocks, toGraphology } from "kindred";
 * const rows = '{"id":"a/base","tags":[]}\n{"id":"b/tuned","tags":["base_model:finetune:a/base"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const { lineage } = buildLineage(snapshot);
 * const family = toGraphology({ snapshot, lineage }, { family: "a/base" });
 * family.outNeighbors("a/base"); // ["b/tuned"]
 * ```
 */
export function toGraphology(
  { snapshot, lineage }: { snapshot: ModelSnapshot; lineage: Lineage },
  options: ToGraphologyOptions = {},
): ModelGraph {
  const view = lineage.view(options.graph ?? (options.family === undefined ? "all" : "no-merge"));
  const rows = selectNodes(lineage, {
    ...options,
    find: (id) => findModel(snapshot, id),
    has: (edge) => view.has(edge),
  });
  const simulated = snapshot.origin.simulated ? " (simulated)" : "";
  const graph = new DirectedGraph<ModelNode, LineageEdge, GraphNote>();
  graph.setAttribute("creator", `kindred ${version}`);
  graph.setAttribute(
    "description",
    `${
      describeSelection(options)
    } in the graph "${view.graph}" of the models of ${snapshot.name}${simulated}`,
  );
  const inside = new Uint8Array(lineage.nodes);
  const licenses = distinctWithin(traitColumn(snapshot, "license"));
  for (const row of rows) {
    inside[row] = 1;
    const license = Array.from(
      licenses.codes.subarray(licenses.offsets[row], licenses.offsets[row + 1]),
      (code) => licenses.values.at(code),
    );
    const label = snapshot.ids.at(row);
    graph.addNode(nodeKey(label), {
      label,
      task: snapshot.task[row] < 0 ? null : snapshot.tasks.at(snapshot.task[row]),
      library: snapshot.library[row] < 0 ? null : snapshot.libraries.at(snapshot.library[row]),
      license: license.length === 0 ? null : license.join(", "),
      created: isoTime(snapshot.created[row]),
      likes: orNull(snapshot.likes[row]),
      downloads: orNull(snapshot.downloads[row]),
      row,
    });
  }
  const { offsets, targets } = lineage.children;
  for (const parent of rows) {
    for (let e = offsets[parent]; e < offsets[parent + 1]; e++) {
      if (inside[targets[e]] === 0 || !view.has(e)) continue;
      graph.addDirectedEdgeWithKey(
        `${e}`,
        nodeKey(snapshot.ids.at(parent)),
        nodeKey(snapshot.ids.at(targets[e])),
        { relation: relations[lineage.relation[e]], time: isoTime(lineage.time[e]) },
      );
    }
  }
  return graph;
}

function findModel(snapshot: ModelSnapshot, id: string): number {
  const row = snapshot.find(id);
  if (row >= 0) return row;
  const twin = snapshot.findCaseTwin(id);
  const hint = twin < 0
    ? ""
    : `; there is ${JSON.stringify(snapshot.ids.at(twin))}, which differs only by case`;
  throw new RangeError(
    `Cannot find the model ${
      JSON.stringify(id)
    }: it is not among the ${snapshot.models} models of ${snapshot.name}${hint}`,
  );
}

function isoTime(milliseconds: number): string | null {
  return Number.isNaN(milliseconds) ? null : new Date(milliseconds).toISOString();
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
