import assert from "node:assert/strict";
import { DirectedGraph, MultiDirectedGraph, UndirectedGraph } from "graphology";
import { parse as parseGexf } from "graphology-gexf";
import { parse as parseGraphml } from "graphology-graphml";
import { buildLineage } from "../../lib/graph/build_lineage.ts";
import { type ExportFormat, exportFormats, exportGraph } from "../../lib/graph/export_graph.ts";
import { isAbsent, xmlKeys, xmlText } from "../../lib/graph/export_values.ts";
import { toGraphology } from "../../lib/graph/to_graphology.ts";
import { paths } from "../../lib/paths.ts";
import { readModels } from "../../lib/snapshot/read_models.ts";
import { inFolder } from "../fixtures/chunks.ts";
import { needsNetworkx, needsShared, python } from "../support.ts";
import { familyRows, hostileIds, hostileRows, modelsOf } from "./family_fixture.ts";

/** A graph as networkx reads it. */
interface Read {
  directed: boolean;
  nodes: [string, Record<string, unknown>][];
  edges: [string, string, Record<string, unknown>][];
}

/** Writes graphs in both formats and reads them with networkx. */
function readByNetworkx(
  graphs: Record<string, DirectedGraph>,
): Promise<Record<string, Record<ExportFormat, Read>>> {
  return inFolder(async (dir) => {
    const files: string[] = [];
    for (const [name, graph] of Object.entries(graphs)) {
      for (const format of exportFormats) {
        files.push(`${dir}/${name}.${format}`);
        await Deno.writeTextFile(files.at(-1)!, exportGraph(graph, { format }));
      }
    }
    const { success, stdout, stderr } = await new Deno.Command(python, {
      args: [`${paths.tests}oracle/networkx_read.py`, ...files],
    }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
    const read = JSON.parse(new TextDecoder().decode(stdout));
    return Object.fromEntries(
      Object.keys(graphs).map((
        name,
      ) => [name, { gexf: read[`${name}.gexf`], graphml: read[`${name}.graphml`] }]),
    );
  });
}

/** What a file should hold of an element: attributes that say something, as XML can hold them. */
function said(attributes: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([, value]) => !isAbsent(value))
      .map(([name, value]) => [name, typeof value === "string" ? xmlText(value) : value]),
  );
}

function assertSame({ directed, nodes, edges }: Read, graph: DirectedGraph): void {
  const clean = xmlKeys(graph);
  assert.equal(directed, true);
  // networkx reads a missing GEXF label as null.
  const known = (data: Record<string, unknown>) => said({ ...data, id: undefined });
  assert.deepEqual(
    nodes.map(([key, data]) => [key, known(data)]),
    clean.mapNodes((key, data) => [key, said(data)]),
  );
  const byEnds = (a: [string, string, unknown], b: [string, string, unknown]) =>
    a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] < b[1] ? -1 : 1;
  assert.deepEqual(
    edges.map(([source, target, data]): [string, string, unknown] => [source, target, known(data)])
      .sort(byEnds),
    clean.mapEdges((
      _key,
      data,
      source,
      target,
    ): [string, string, unknown] => [source, target, said(data)]).sort(byEnds),
  );
  assert.deepEqual(edges.map(([, , data]) => data.id).sort(), clean.edges().sort());
}

Deno.test({
  name:
    "exportGraph() writes what networkx reads back whole when names are hostile (skipped where networkx is absent)",
  ignore: needsNetworkx(),
  async fn() {
    const graphs = {
      family: toGraphology(await modelsOf(familyRows)) as DirectedGraph,
      hostile: toGraphology(await modelsOf(hostileRows)) as DirectedGraph,
      empty: new DirectedGraph(),
      typed: typedGraph(),
    };
    const read = await readByNetworkx(graphs);
    for (const [name, graph] of Object.entries(graphs)) {
      for (const format of exportFormats) assertSame(read[name][format], graph);
    }
    assert.equal(new Set(read.hostile.gexf.nodes.map(([key]) => key)).size, hostileIds.length);
  },
});

Deno.test({
  name: "exportGraph() writes the largest family of a real snapshot as networkx reads it back " +
    "(skipped where the shared data is absent, or networkx)",
  ignore: needsShared("data/huggingface/radar-2026-08-22.jsonl.gz") || needsNetworkx(),
  async fn() {
    const snapshot = await readModels(`${paths.shared}data/huggingface/radar-2026-08-22.jsonl.gz`);
    const { lineage } = buildLineage(snapshot);
    const family = toGraphology({ snapshot, lineage }, {
      family: "Qwen/Qwen3.8-27B",
    }) as DirectedGraph;
    assert.equal(family.order, 1056);
    const read = await readByNetworkx({ family });
    for (const format of exportFormats) assertSame(read.family[format], family);
  },
});

function typedGraph(): DirectedGraph {
  const graph = new DirectedGraph();
  graph.addNode("a", {
    whole: 1,
    wide: 2 ** 40,
    mixed: 1,
    part: 0.5,
    yes: true,
    text: "x",
    gap: null,
  });
  graph.addNode("b", {
    whole: -2,
    wide: 1,
    mixed: 1e-9,
    part: 2,
    yes: false,
    text: " \t\r\n<&>\"' ",
    gap: NaN,
  });
  graph.addNode("c", { gap: undefined, text: "" });
  graph.addDirectedEdgeWithKey("0", "a", "b", { share: 0.25, documented: true });
  graph.addDirectedEdgeWithKey("1", "b", "a", {});
  graph.addDirectedEdgeWithKey("2", "c", "c", { share: 1 });
  return graph;
}

Deno.test("exportGraph() declares the narrowest type of each attribute when numbers differ in width", () => {
  const graphml = exportGraph(typedGraph(), { format: "graphml" });
  const declared = [
    ...graphml.matchAll(/<key id="(\w+)" for="(\w+)" attr\.name="(\w+)" attr\.type="(\w+)"\/>/g),
  ];
  assert.deepEqual(declared.map((match) => match.slice(1).join(" ")), [
    "node0 node whole int",
    "node1 node wide long",
    "node2 node mixed double",
    "node3 node part double",
    "node4 node yes boolean",
    "node5 node text string",
    "edge0 edge share double",
    "edge1 edge documented boolean",
  ]);
  const gexf = exportGraph(typedGraph(), { format: "gexf" });
  const types = [...gexf.matchAll(/<attribute id="(\w+)" title="\w+" type="(\w+)"\/>/g)];
  assert.deepEqual(types.map(([, name, type]) => `${name} ${type}`), [
    "whole integer",
    "wide double",
    "mixed double",
    "part double",
    "yes boolean",
    "text string",
    "share double",
    "documented boolean",
  ]);
  assert.match(gexf, /<gexf version="1\.2" xmlns="http:\/\/www\.gexf\.net\/1\.2draft"/);
  assert.match(gexf, /<graph defaultedgetype="directed">/);
});

Deno.test("exportGraph() is read back by graphology's parsers when names are hostile", async () => {
  const graph = toGraphology(await modelsOf(hostileRows)) as DirectedGraph;
  const clean = xmlKeys(graph);
  assert.equal(clean.order, hostileIds.length);
  for (const [format, parse] of [["gexf", parseGexf], ["graphml", parseGraphml]] as const) {
    // deno-lint-ignore no-explicit-any
    const back = (parse as any)(DirectedGraph, exportGraph(graph, { format })) as DirectedGraph;
    assert.deepEqual(back.nodes(), clean.nodes(), format);
    assert.deepEqual(back.mapNodes((_key, { label }) => label), hostileIds.map(xmlText), format);
    assert.deepEqual(
      back.mapEdges((_key, { relation }, source, target) => [source, target, relation]),
      clean.mapEdges((_key, { relation }, source, target) => [source, target, relation]),
      format,
    );
  }
});

Deno.test("exportGraph() keeps nodes apart when their keys differ only by characters that XML does not allow", () => {
  const graph = new DirectedGraph();
  for (const key of ["a\u0001", "a\u0002", "a\ufffd", "b\ud800", "c"]) graph.addNode(key);
  graph.addDirectedEdgeWithKey("\u0000", "a\u0002", "b\ud800");
  const clean = xmlKeys(graph);
  assert.deepEqual(clean.nodes(), ["a\ufffd~2", "a\ufffd~3", "a\ufffd", "b\ufffd", "c"]);
  assert.deepEqual(clean.mapEdges((key, _a, source, target) => [key, source, target]), [
    ["\ufffd", "a\ufffd~3", "b\ufffd"],
  ]);
  for (const format of exportFormats) {
    const text = exportGraph(graph, { format });
    assert.equal(text, xmlText(text));
    assert.match(text, /source="a\ufffd~3" target="b\ufffd"/);
  }
  assert.deepEqual(graph.nodes().length, 5);
});

Deno.test("exportGraph() gives the same text when the same rows are read again", async () => {
  for (const format of exportFormats) {
    const [first, second] = [await modelsOf(familyRows), await modelsOf(familyRows)].map((models) =>
      exportGraph(toGraphology(models), { format })
    );
    assert.equal(first, second);
    assert.match(
      first,
      /all nodes in the graph (?:&quot;|")all(?:&quot;|") of the models of rows</,
    );
  }
});

Deno.test("exportGraph() refuses values that the formats cannot hold, and unknown formats", () => {
  const graph = new DirectedGraph();
  graph.addNode("a", { value: { deep: 1 } });
  assert.throws(() => exportGraph(graph, { format: "gexf" }), {
    name: "TypeError",
    message:
      'Cannot export the attribute "value" of node "a": found object, expected text, a number or a boolean',
  });
  graph.setNodeAttribute("a", "value", -Infinity);
  assert.throws(() => exportGraph(graph, { format: "graphml" }), {
    name: "RangeError",
    message: /found -Infinity/,
  });
  graph.setNodeAttribute("a", "value", 1);
  graph.addNode("b", { value: "text" });
  assert.throws(() => exportGraph(graph, { format: "gexf" }), {
    name: "TypeError",
    message:
      'Cannot export the attribute "value": it is string for node "b" but int before, expected one kind',
  });
  const format = "toString" as ExportFormat;
  assert.throws(() => exportGraph(new DirectedGraph(), { format }), {
    name: "RangeError",
    message: /"toString".*"gexf"/,
  });
  const undirected = new UndirectedGraph();
  assert.throws(() => exportGraph(undirected, { format: "gexf" }), {
    name: "TypeError",
    message: /is undirected/,
  });
  const multi = new MultiDirectedGraph();
  assert.throws(() => exportGraph(multi, { format: "gexf" }), {
    name: "TypeError",
    message: /is a multigraph/,
  });
});
