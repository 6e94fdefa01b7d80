import { aliasKey, type AssetGraph } from "../../lib/graph/assets.ts";

/** Pairs of names, before and after, that are the same node, in the words of the definition: rule by rule, all pairs. */
export function slowJoin(before: AssetGraph, after: AssetGraph): Map<string, string> {
  interface Node {
    name: string;
    documented: boolean;
    type: string | undefined;
  }
  const nodes = (graph: AssetGraph): Node[] =>
    graph.names.map((name, i) => ({
      name,
      documented: i < graph.assets.length,
      type: graph.assets.at(i)?.type,
    }));
  const alike = (a: Node, b: Node) => aliasKey(a.name) === aliasKey(b.name);
  const rules: [sorted: boolean, rule: (a: Node, b: Node) => boolean][] = [
    [false, (a, b) => a.documented && b.documented && a.name === b.name],
    [true, (a, b) => a.documented && b.documented && a.type === b.type && alike(a, b)],
    [false, (a, b) => a.name === b.name],
    [
      false,
      (a, b) => before.variant === "aliased" && a.documented !== b.documented && alike(a, b),
    ],
  ];
  const pairs = new Map<string, string>();
  for (const [sorted, rule] of rules) {
    const order = (all: Node[]) => sorted ? all.sort((a, b) => a.name < b.name ? -1 : 1) : all;
    for (const a of order(nodes(before))) {
      if (pairs.has(a.name)) continue;
      const taken = new Set(pairs.values());
      const b = order(nodes(after)).find((node) => !taken.has(node.name) && rule(a, node));
      if (b !== undefined) pairs.set(a.name, b.name);
    }
  }
  return pairs;
}
