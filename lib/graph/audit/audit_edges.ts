import type { AssetSnapshot } from "../../snapshot/asset_snapshot.ts";
import type { AssetPlace } from "../../source/asset_fault.ts";
import { graphRules } from "../asset_issues.ts";
import { AssetGraph } from "../assets.ts";
import { cyclesAmong } from "./cycles_among.ts";
import { strongComponents } from "../components.ts";
import { assetAdvice } from "./advice.ts";
import { EdgePlaces, type FoundFault, referencesOf } from "./audit_fault.ts";

const day = 86_400_000;

/** Faults of the edges of the documented graph: self-loops, dependencies newer than their dependants, cycles. */
export function edgeFaults(snapshot: AssetSnapshot): FoundFault[] {
  const graph = new AssetGraph(snapshot, { variant: "documented" });
  const places = new EdgePlaces(referencesOf(snapshot));
  const loops: FoundFault[] = [];
  const newer: FoundFault[] = [];
  for (let e = 0; e < graph.edges; e++) {
    const from = graph.assets[graph.dependency[e]];
    const to = graph.assets[graph.dependant[e]];
    const [place, ...also] = places.of(from.name, to.name);
    if (from === to) {
      const kind = "selfLoop";
      loops.push({
        ...{ kind, rule: graphRules[kind], ...place, found: from.name, also },
        ...{ detail: "", suggestion: assetAdvice[kind] },
      });
    }
    if (from.created > to.created) {
      const kind = "newerDependency";
      newer.push({
        ...{ kind, rule: graphRules[kind], ...place, found: from.name, also },
        detail: `${days(from.created - to.created)} newer: ${isoDay(from.created)} against ${
          isoDay(to.created)
        }`,
        suggestion: assetAdvice[kind],
      });
    }
  }
  return [...loops, ...newer, ...cycleFaults(graph, places)];
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function days(time: number): string {
  const whole = Math.round(time / day);
  return whole === 1 ? "1 day" : `${whole} days`;
}

/** One fault for each group of assets that depend on each other: a cycle in it, and the others. */
function cycleFaults(graph: AssetGraph, places: EdgePlaces): FoundFault[] {
  const { labels, sizes } = strongComponents(graph.dependants);
  const groups = new Map<number, number[]>();
  for (let node = 0; node < graph.nodes; node++) {
    if (sizes[labels[node]] < 2) continue;
    const group = groups.get(labels[node]) ?? [];
    group.push(node);
    groups.set(labels[node], group);
  }
  return [...groups.values()].map((nodes): FoundFault => {
    const [cycle, ...others] = cyclesAmong(nodes, graph.dependants);
    const text = (path: readonly number[]) => path.map((node) => graph.names[node]).join(" -> ");
    const edges = new Map<string, { place: AssetPlace; later: string }>();
    for (const path of [cycle, ...others]) {
      path.slice(1).forEach((to, i) => {
        const [from, next] = [graph.assets[path[i]], graph.assets[to]];
        const later = from.created - next.created;
        edges.set(`${path[i]} ${to}`, {
          place: places.of(from.name, next.name)[0],
          later: later > 0 ? `"${from.name}" is ${days(later)} newer than "${next.name}"` : "",
        });
      });
    }
    const [{ place }, ...also] = edges.values();
    const details = [
      `${nodes.length} assets`,
      ...others.map((path) => `also ${text(path)}`),
      ...[...edges.values()].flatMap(({ later }) => later === "" ? [] : [later]),
    ];
    return {
      kind: "cycle",
      rule: graphRules.cycle,
      ...place,
      found: text(cycle),
      detail: details.join("; "),
      suggestion: assetAdvice.cycle,
      also: also.map(({ place }) => place),
    };
  });
}
