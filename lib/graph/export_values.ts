import { DirectedGraph } from "graphology";
import type { AbstractGraph } from "graphology-types";

/** Type of an attribute in GraphML; GEXF calls `int` `integer`. */
export type AttributeType = "boolean" | "int" | "long" | "double" | "string";

/** Types of the attributes of a graph's nodes and edges, in the order in which they are first met. */
export interface AttributeTypes {
  node: Map<string, AttributeType>;
  edge: Map<string, AttributeType>;
}

/** Whether an attribute's value says nothing and is left out of a file. */
export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === "" || Number.isNaN(value);
}

/**
 * The narrowest type that holds every value of each attribute.
 *
 * @throws {TypeError} when a value is no text, number or boolean, or an attribute is of two of these kinds
 * @throws {RangeError} when a number is infinite
 */
export function attributeTypes(graph: AbstractGraph): AttributeTypes {
  const types: AttributeTypes = { node: new Map(), edge: new Map() };
  graph.forEachNode((key, attributes) =>
    widen(types.node, attributes, `node ${JSON.stringify(key)}`)
  );
  graph.forEachEdge((key, attributes) =>
    widen(types.edge, attributes, `edge ${JSON.stringify(key)}`)
  );
  return types;
}

const widths: AttributeType[] = ["int", "long", "double"];

function widen(
  types: Map<string, AttributeType>,
  attributes: Record<string, unknown>,
  owner: string,
): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (isAbsent(value)) continue;
    const type = typeOf(value, { name, owner });
    const known = types.get(name);
    if (known === type) continue;
    if (known === undefined) types.set(name, type);
    else if (!widths.includes(known) || !widths.includes(type)) {
      throw new TypeError(
        `Cannot export the attribute "${name}": it is ${type} for ${owner} but ${known} before, expected one kind`,
      );
    } else if (widths.indexOf(type) > widths.indexOf(known)) types.set(name, type);
  }
}

function typeOf(value: unknown, { name, owner }: { name: string; owner: string }): AttributeType {
  if (typeof value === "string") return "string";
  if (typeof value === "boolean") return "boolean";
  if (typeof value !== "number") {
    throw new TypeError(
      `Cannot export the attribute "${name}" of ${owner}: found ${typeof value}, expected text, a number or a boolean`,
    );
  }
  if (!Number.isFinite(value)) {
    throw new RangeError(
      `Cannot export the attribute "${name}" of ${owner}: found ${value}, expected a finite number`,
    );
  }
  if (!Number.isSafeInteger(value)) return "double";
  return value === (value | 0) ? "int" : "long";
}

/** Characters that no XML 1.0 document may hold, in any spelling: controls, lone surrogates, U+FFFE and U+FFFF. */
// deno-lint-ignore no-control-regex
const illegal = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** Text with U+FFFD in place of each character that XML 1.0 does not allow. */
export function xmlText(text: string): string {
  return text.replace(illegal, "\ufffd");
}

/** The graph with keys that stay distinct as XML; the graph itself where they are already. */
export function xmlKeys(graph: AbstractGraph): AbstractGraph {
  const nodes = renamed(graph.nodes());
  const edges = renamed(graph.edges());
  if (nodes.size === 0 && edges.size === 0) return graph;
  const copy = new DirectedGraph();
  copy.replaceAttributes(graph.getAttributes());
  graph.forEachNode((key, attributes) => copy.addNode(nodes.get(key) ?? key, attributes));
  graph.forEachEdge((key, attributes, source, target) =>
    copy.addDirectedEdgeWithKey(
      edges.get(key) ?? key,
      nodes.get(source) ?? source,
      nodes.get(target) ?? target,
      attributes,
    )
  );
  return copy;
}

/** New names for the keys that XML does not allow. */
function renamed(keys: readonly string[]): Map<string, string> {
  const names = new Map<string, string>();
  const bad = keys.filter((key) => xmlText(key) !== key);
  if (bad.length === 0) return names;
  const taken = new Set(keys);
  for (const key of bad) {
    const clean = xmlText(key);
    let name = clean;
    for (let n = 2; taken.has(name); n++) name = `${clean}~${n}`;
    taken.add(name);
    names.set(key, name);
  }
  return names;
}
