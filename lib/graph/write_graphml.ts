import type { AbstractGraph } from "graphology-types";
import { type AttributeType, type AttributeTypes, isAbsent } from "./export_values.ts";

/**
 * A graph as GraphML: typed keys, then nodes, then edges, each in the graph's order. Element text and attribute values are escaped so
 * that a parser gives white space back as it was.
 */
export function writeGraphml(
  graph: AbstractGraph,
  types: AttributeTypes,
): string {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ' +
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">',
  ];
  const nodeIds = declare(lines, "node", types.node);
  const edgeIds = declare(lines, "edge", types.edge);
  lines.push('  <graph edgedefault="directed">');
  const description = graph.getAttribute("description");
  if (typeof description === "string") lines.push(`    <desc>${escape(description)}</desc>`);
  graph.forEachNode((key, attributes) =>
    element(lines, `node id="${escape(key)}"`, { attributes, ids: nodeIds })
  );
  graph.forEachEdge((key, attributes, source, target) =>
    element(
      lines,
      `edge id="${escape(key)}" source="${escape(source)}" target="${escape(target)}"`,
      {
        attributes,
        ids: edgeIds,
      },
    )
  );
  lines.push("  </graph>", "</graphml>", "");
  return lines.join("\n");
}

function declare(
  lines: string[],
  domain: "node" | "edge",
  types: Map<string, AttributeType>,
): Map<string, string> {
  const ids = new Map<string, string>();
  for (const [name, type] of types) {
    const id = `${domain}${ids.size}`;
    ids.set(name, id);
    lines.push(
      `  <key id="${id}" for="${domain}" attr.name="${escape(name)}" attr.type="${type}"/>`,
    );
  }
  return ids;
}

function element(
  lines: string[],
  tag: string,
  { attributes, ids }: { attributes: Record<string, unknown>; ids: Map<string, string> },
): void {
  const data: string[] = [];
  for (const [name, id] of ids) {
    const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    if (!isAbsent(value)) data.push(`      <data key="${id}">${escape(String(value))}</data>`);
  }
  if (data.length === 0) lines.push(`    <${tag}/>`);
  else lines.push(`    <${tag}>`, ...data, `    </${tag.slice(0, 4)}>`);
}

const escapes: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

function escape(text: string): string {
  return text.replace(/[&<>"\t\n\r]/g, (character) => escapes[character]);
}
