import type { FigureInputs } from "../figure/all_figures.ts";
import { AssetGraph } from "../graph/assets.ts";
import { buildLineage } from "../graph/build_lineage.ts";
import { assetGrowth } from "../measure/asset_growth.ts";
import { assetEgo, directHubs } from "../measure/asset_hubs.ts";
import { largestFamilies } from "../measure/families.ts";
import { familyTrees } from "../measure/family_trees.ts";
import { growth } from "../measure/growth.ts";
import { measureModels } from "../measure/model_report.ts";
import { organizationFlows } from "../measure/organizations.ts";
import { summary } from "../measure/summary.ts";
import { netTraffic } from "../measure/transitions.ts";
import type { AssetSnapshot } from "../snapshot/asset_snapshot.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";

/** The hubs that the field wrote about in 2023; shown where the data has them. */
const hubsOf2023 = ["The Pile", "P3", "PaLM", "ChatGPT API"];
/** Families that are drawn as trees. */
const drawn = 6;

/** What the figures of the asset graph are drawn from; the graph is the aliased one. */
export function assetInputs(snapshot: AssetSnapshot): FigureInputs["assets"] {
  const graph = new AssetGraph(snapshot);
  const known = new Set(graph.names);
  const hubs = hubsOf2023.every((name) => known.has(name))
    ? hubsOf2023
    : directHubs(graph, { n: hubsOf2023.length }).map(({ name }) => name);
  return {
    source: sourceOf(snapshot),
    variant: graph.variant,
    hubs: hubs.map((name) => assetEgo(graph, name)).sort((a, b) =>
      b.dependants.length - a.dependants.length
    ),
    growth: assetGrowth(snapshot),
    flows: organizationFlows(graph),
  };
}

/** What the figures of a model snapshot are drawn from. */
export function modelInputs(
  snapshot: ModelSnapshot,
  { seed = null }: { seed?: number | null } = {},
): FigureInputs["models"] {
  const { reading: { lineage }, traits, families, transitions, report } = measureModels(
    snapshot,
    buildLineage(snapshot),
  );
  const view = lineage.view("no-merge");
  const largest = largestFamilies(view, families);
  const { all, families: months } = growth(snapshot, families, { largest });
  const placeholder = snapshot.issues.find(({ kind }) => kind === "placeholderDate")?.count ?? 0;
  return {
    source: { ...sourceOf(snapshot), seed },
    topTens: { models: snapshot.models, panels: summary(snapshot, lineage, { traits }) },
    families: familyTrees(view, largest.slice(0, drawn), { ids: snapshot.ids }),
    growth: {
      families: largest.map(({ root, models }, i) => ({
        root: snapshot.ids.at(root),
        models,
        months: months[i].months,
      })),
      creations: all.months,
      undated: all.undated,
      placeholder,
    },
    mutation: report.mutation,
    transitions: (["license", "language", "task", "library"] as const).map((trait) => ({
      trait,
      ...netTraffic(transitions[trait], traits[trait]),
      total: transitions[trait].total,
    })),
    drift: report.drift,
  };
}

function sourceOf({ name, origin }: ModelSnapshot | AssetSnapshot) {
  return { snapshot: name, sha256: origin.sha256, simulated: origin.simulated };
}
