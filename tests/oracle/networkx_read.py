"""Reads GEXF and GraphML files with networkx and prints them as one JSON object: file name -> graph."""

import json
import sys

import networkx

graphs = {}
for path in sys.argv[1:]:
    read = networkx.read_gexf if path.endswith(".gexf") else networkx.read_graphml
    graph = read(path)
    graphs[path.rsplit("/", 1)[-1]] = {
        "directed": graph.is_directed() and not graph.is_multigraph(),
        "nodes": [[node, data] for node, data in graph.nodes(data=True)],
        "edges": [[source, target, data] for source, target, data in graph.edges(data=True)],
    }
json.dump(graphs, sys.stdout)
