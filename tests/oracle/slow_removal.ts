import type { Random } from "../../lib/core/random.ts";
import { buildCsr } from "../../lib/core/csr.ts";
import type { BothWays } from "../../lib/graph/neighbourhood.ts";
import type { RemovalReading } from "../../lib/graph/removal/removal_state.ts";
import type { PlainGraph } from "./slow_graph.ts";

/** A plain graph and how its dependencies are read. */
export interface PlainReading {
  reading: RemovalReading;
  /** Type of each node. */
  types: readonly number[];
}

/**
 * The round in which each node is lost, 0 for the removed ones, -1 for those that remain, by the definition: in every round all nodes
 * whose condition holds are lost, until there is none.
 */
export function slowRemoval(
  { nodes, edges }: PlainGraph,
  seeds: readonly number[],
  { reading, types }: PlainReading,
): number[] {
  const round: number[] = Array.from({ length: nodes }, (_, u) => seeds.includes(u) ? 0 : -1);
  const needs = Array.from(
    { length: nodes },
    (_, v) => edges.filter(([a, b]) => b === v && a !== v).map(([a]) => a),
  );
  for (let step = 1;; step++) {
    const gone = (u: number) => round[u] >= 0;
    const falls = needs.map((own, v) => {
      if (gone(v) || own.length === 0) return false;
      if (reading === "all") return own.some(gone);
      if (reading === "any") return own.every(gone);
      return own.some((u) => own.every((w) => types[w] !== types[u] || gone(w)));
    });
    if (!falls.includes(true)) return round;
    falls.forEach((lost, v) => {
      if (lost) round[v] = step;
    });
  }
}

/** Nodes that are gone, the removed ones included. */
export function slowLoss(
  graph: PlainGraph,
  seeds: readonly number[],
  options: PlainReading,
): number {
  return slowRemoval(graph, seeds, options).filter((round) => round >= 0).length;
}

/** The greatest loss that k removals can cause, by trying all. */
export function slowWorst(graph: PlainGraph, k: number, options: PlainReading): number {
  let worst = 0;
  function choose(seeds: number[], next: number) {
    if (seeds.length === k || next === graph.nodes) {
      worst = Math.max(worst, slowLoss(graph, seeds, options));
      return;
    }
    choose([...seeds, next], next + 1);
    choose(seeds, next + 1);
  }
  choose([], 0);
  return worst;
}

/** A graph with distinct edges, self-loops and cycles now and then, or none of either where `acyclic`. */
export function randomGraph(
  rng: Random,
  { nodes, edges, acyclic = false }: { nodes: number; edges: number; acyclic?: boolean },
): PlainGraph {
  const found = new Map<number, [number, number]>();
  for (let i = 0; i < edges; i++) {
    const [u, v] = [rng.below(nodes), rng.below(nodes)];
    if (!acyclic || u < v) found.set(u * nodes + v, [u, v]);
  }
  return { nodes, edges: [...found.values()] };
}

/** The same graph as adjacency both ways. */
export function bothWays({ nodes, edges }: PlainGraph): BothWays {
  const from = Uint32Array.from(edges, ([u]) => u);
  const to = Uint32Array.from(edges, ([, v]) => v);
  return { children: buildCsr(nodes, from, to), parents: buildCsr(nodes, to, from) };
}
