import { buildCsr, type Csr } from "../core/csr.ts";

/** Names of the relations, in the order of their codes; where a child declares several for one parent the last wins. */
export const relations = ["untyped", "finetune", "quantized", "adapter", "merge"] as const;

/** How a child was made from its parent. */
export type Relation = typeof relations[number];

/** One of the four graphs of a lineage: which relations count as edges. */
export type LineageGraph = "all" | "finetune" | "no-merge" | "no-merge, no-quantized";

/** Relations of each graph, as bits (1 << code). */
const masks: Record<LineageGraph, number> = {
  all: 0b11111,
  finetune: 0b00010,
  "no-merge": 0b01111,
  "no-merge, no-quantized": 0b01011,
};

/** Names of the four graphs. */
export const lineageGraphs = Object.freeze(Object.keys(masks)) as readonly LineageGraph[];

/** The columns a lineage is built from: one entry an edge, distinct (parent, child) pairs, no self-loops. */
export interface LineageEdges {
  /** Row of the parent. */
  parent: Uint32Array;
  /** Row of the child. */
  child: Uint32Array;
  /** Code of the relation, an index into {@link relations}. */
  relation: Uint8Array;
  /** When the child was created, in milliseconds since 1970; NaN where not known. */
  time: Float64Array;
}

/**
 * The family trees of a snapshot: a frozen directed graph, parent to child, with the relation and the time of each edge.
 * Edges are numbered in the order of (parent, child); `children` and `parents` list each node's edges in that order.
 *
 * @example
 * ```ts
 * import { Lineage } from "kindred";
 * // 0 -finetune-> 1 -quantized-> 2
 * const lineage = new Lineage(3, {
 *   parent: Uint32Array.of(0, 1),
 *   child: Uint32Array.of(1, 2),
 *   relation: Uint8Array.of(1, 2),
 *   time: Float64Array.of(NaN, NaN),
 * });
 * lineage.view("finetune").edges; // 1
 * ```
 */
export class Lineage {
  /** Number of models; nodes are their rows. */
  readonly nodes: number;
  /** Number of edges. */
  readonly edges: number;
  /** Row of the parent of each edge, ascending. */
  readonly parent: Uint32Array;
  /** Row of the child of each edge, ascending within a parent. */
  readonly child: Uint32Array;
  /** Code of the relation of each edge, an index into {@link relations}. */
  readonly relation: Uint8Array;
  /** When the child of each edge was created, milliseconds since 1970, NaN where not known. */
  readonly time: Float64Array;
  /** Outgoing edges; position i of `children.targets` is edge i. */
  readonly children: Csr;
  /** Incoming edges; `parents.edges` gives the edge numbers. */
  readonly parents: Csr;
  #views = new Map<LineageGraph, LineageView>();

  /**
   * Builds the lineage of `nodes` models from its edges in any order.
   *
   * @throws {RangeError} when an edge leaves 0..nodes-1, is a self-loop, or is given twice
   */
  constructor(nodes: number, { parent, child, relation, time }: LineageEdges) {
    for (let e = 0; e < parent.length; e++) {
      if (parent[e] >= nodes || child[e] >= nodes) {
        throw new RangeError(
          `Cannot build the lineage: edge ${e} is ${parent[e]} -> ${
            child[e]
          }, expected nodes below ${nodes}`,
        );
      }
    }
    // Two stable counting sorts, by child and then by parent, put the edges in (parent, child) order.
    const byChild = buildCsr(nodes, child, parent).edges;
    const byParent = buildCsr(nodes, gather(parent, byChild), gather(child, byChild));
    const order = gather(byChild, byParent.edges);
    this.nodes = nodes;
    this.edges = order.length;
    this.parent = gather(parent, order);
    this.child = byParent.targets;
    this.relation = gather(relation, order);
    this.time = gather(time, order);
    for (let e = 0; e < this.edges; e++) {
      const u = this.parent[e];
      const v = this.child[e];
      if (u === v) throw new RangeError(`Cannot build the lineage: node ${u} is its own parent`);
      if (e > 0 && this.parent[e - 1] === u && this.child[e - 1] === v) {
        throw new RangeError(`Cannot build the lineage: the edge ${u} -> ${v} is given twice`);
      }
    }
    const edges = new Uint32Array(this.edges);
    for (let e = 0; e < edges.length; e++) edges[e] = e;
    this.children = { offsets: byParent.offsets, targets: this.child, edges };
    this.parents = buildCsr(nodes, this.child, this.parent);
    Object.freeze(this);
  }

  /** One of the four graphs; it shares the arrays of the lineage. */
  view(graph: LineageGraph): LineageView {
    let view = this.#views.get(graph);
    if (view === undefined) {
      if (!Object.hasOwn(masks, graph)) {
        throw new RangeError(
          `Cannot view the lineage as "${graph}": expected one of ${
            Object.keys(masks).map((k) => `"${k}"`).join(", ")
          }`,
        );
      }
      view = new LineageView(this, graph, masks[graph]);
      this.#views.set(graph, view);
    }
    return view;
  }
}

function gather<T extends Uint8Array | Uint32Array | Float64Array>(
  values: T,
  order: Uint32Array,
): T {
  const out = new (values.constructor as new (length: number) => T)(order.length);
  for (let i = 0; i < order.length; i++) out[i] = values[order[i]];
  return out;
}

/**
 * A lineage seen with some of its relations only; edge e belongs to it when `has(e)`.
 *
 * @example
 * ```ts
 * import { buildLineage, readModelBlocks } from "kindred";
 * const rows = '{"id":"a","tags":["en"]}\n{"id":"b","tags":["base_model:finetune:a","en","fr"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const view = buildLineage(snapshot).lineage.view("finetune");
 * view.has(0); // true
 * ```
 */
export class LineageView {
  /** The lineage whose edges the view selects. */
  readonly lineage: Lineage;
  /** Which of the four graphs it is. */
  readonly graph: LineageGraph;
  /** Bit set of the relation codes that count. */
  readonly mask: number;
  /** Number of edges of the view. */
  readonly edges: number;

  /** Selects the relations of a bit set; use {@link Lineage.view}. */
  constructor(lineage: Lineage, graph: LineageGraph, mask: number) {
    this.lineage = lineage;
    this.graph = graph;
    this.mask = mask;
    let edges = 0;
    for (let e = 0; e < lineage.edges; e++) edges += (mask >> lineage.relation[e]) & 1;
    this.edges = edges;
    Object.freeze(this);
  }

  /** Whether edge number e belongs to the view. */
  has(e: number): boolean {
    return ((this.mask >> this.lineage.relation[e]) & 1) === 1;
  }
}
