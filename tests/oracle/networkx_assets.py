"""Measures asset graphs with networkx. Reads a file with a JSON list of {nodes, edges, owners}, prints a JSON list.

Nodes are numbers below `nodes`, edges pairs of them, owners one text a node, empty where there is none.
"""

import json
import sys

import networkx


def measure(graph):
    nodes, owners = graph["nodes"], graph["owners"]
    directed = networkx.DiGraph()
    directed.add_nodes_from(range(nodes))
    directed.add_edges_from(map(tuple, graph["edges"]))
    weak = [len(part) for part in networkx.weakly_connected_components(directed)]
    strong = list(networkx.strongly_connected_components(directed))
    below = [networkx.descendants(directed, node) - {node} for node in range(nodes)]
    impact = {}
    for owner in sorted(set(owners) - {""}):
        own = [node for node in range(nodes) if owners[node] == owner]
        others = {v for u in own for v in below[u] if owners[v] not in ("", owner)}
        impact[owner] = [len(own), len(others), len({owners[v] for v in others})]
    return {
        "shape": {
            "nodes": directed.number_of_nodes(),
            "edges": directed.number_of_edges(),
            "components": len(weak),
            "largestComponent": max(weak, default=0),
            "isolated": weak.count(1),
            "selfLoops": networkx.number_of_selfloops(directed),
            "cycles": sum(len(part) > 1 for part in strong),
            "longestPath": networkx.dag_longest_path_length(networkx.condensation(directed)) if nodes else 0,
        },
        "direct": [len(set(directed.successors(node)) - {node}) for node in range(nodes)],
        "transitive": [len(found) for found in below],
        "impact": impact,
    }


with open(sys.argv[1], encoding="utf-8") as file:
    json.dump([measure(graph) for graph in json.load(file)], sys.stdout)
