import type { MediatedPair } from "../../measure/assets/organizations/mediated_pairs.ts";
import type { Mediation } from "../../measure/assets/organizations/mediation.ts";
import { type AssetFigureOptions, assetGraphs, type Figure, figure } from "../figure.ts";
import { count, percent, plural } from "../format.ts";
import { fitText, printable } from "../text.ts";
import { theme } from "../theme.ts";
import { endOf, modelTable, routeNames, routesOf, routeStrip } from "./mediation_table.ts";
import { ownersInWords } from "./organization_flows.ts";

/** What {@link mediationFigure} draws. */
export interface MediationData {
  /** Ranked models. */
  mediation: Mediation;
  /** What each of them carries, in their order, as `mediatedPairs` lists it. */
  carried: readonly (readonly MediatedPair[])[];
}

/** Options of {@link mediationFigure}. */
export interface MediationFigureOptions extends AssetFigureOptions {
  /** Whether owners were read with a table of organizations. @default false */
  resolved?: boolean;
  /** How many models are drawn at most. @default 10 */
  top?: number;
}

/**
 * Models between data and products: how data reach the products of others, and for the models that carry most of that whose data go in,
 * whose products come out, and how many pairs of the two.
 *
 * @throws {RangeError} when there is no connection, or not a list of pairs for each model
 *
 * @example
 * ```ts
 * import { AssetGraph, mediatedPairs, mediation, mediationFigure, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * const pile = "- type: dataset\n  name: The Pile\n  organization: EleutherAI\n";
 * const opt = "- type: model\n  name: OPT\n  organization: Meta\n  dependencies: [The Pile]\n";
 * const bot = "- type: application\n  name: Bot\n  organization: Startup\n  dependencies: [OPT]\n";
 * await Deno.writeTextFile(path, pile + opt + bot);
 * const graph = new AssetGraph(await readAssetSnapshot(path));
 * const { values } = mediationFigure(
 *   { mediation: mediation(graph), carried: [mediatedPairs(graph, { model: "OPT" })] },
 *   { source: { snapshot: "three", sha256: null, simulated: false }, variant: "aliased" },
 * );
 * values.thirdParty; // 1
 * await Deno.remove(path);
 * ```
 */
export function mediationFigure(
  { mediation, carried }: MediationData,
  { source, variant, top = 10, resolved = false }: MediationFigureOptions,
): Figure {
  const { connections, routes } = mediation;
  if (connections === 0 || mediation.models.length === 0) {
    throw new RangeError(
      `Cannot draw the mediation: found ${connections} connections and ${mediation.models.length} models that carry them, expected at least 1`,
    );
  }
  if (carried.length !== mediation.models.length) {
    throw new RangeError(
      `Cannot draw the mediation: found pairs of ${carried.length} models, expected those of ${mediation.models.length}`,
    );
  }
  const rows = mediation.models.slice(0, top).map((model, i) => ({
    ...model,
    data: endOf(carried[i], {
      noun: "dataset",
      asset: ({ dataset }) => dataset,
      owners: ({ dataOwners }) => dataOwners,
    }),
    products: endOf(carried[i], {
      noun: "product",
      asset: ({ application }) => application,
      owners: ({ productOwners }) => productOwners,
    }),
  }));
  const strip = routeStrip(mediation);
  const table = modelTable(rows);
  const first = rows[0];
  const { thirdParty, ownData, ownProducts, joint, none } = routes;
  return figure({
    name: "23_mediation",
    function: "mediationFigure",
    title: "Models between data and products",
    caption:
      `A connection is a dataset and a product downstream of it that have no owner in common: ${
        count(connections)
      } pairs. A model carries it when it lies on a path between them. ${count(thirdParty)} (${
        percent(thirdParty / connections)
      }) are carried by a model whose owners own neither end, ${
        count(mediation.sole)
      } of them with such a model on every path; ${count(ownData)} (${
        percent(ownData / connections)
      }) only by models of who owns the data. Below: models by pairs of the first kind, then by all pairs; a pair counts for every model on its paths, in the colour of how that model's owners stand to it.`,
    alt: `Bar of ${count(connections)} connections: ${
      routesOf(mediation).map(({ route, connections }) =>
        `${routeNames[route]} ${count(connections)}`
      )
        .join(", ")
    }. Table of ${plural(rows.length, "model")}, first ${
      printable(first.name)
    }, between ${first.data.counts} and ${first.products.counts}.`,
    source,
    graph: `${assetGraphs[variant]}, ${ownersInWords(resolved)}`,
    remark: `${severalOf(mediation)}${leftOutOf(mediation)}`,
    values: {
      connections,
      thirdParty,
      ownData,
      ownProducts,
      joint,
      none,
      sole: mediation.sole,
      severalRecords: mediation.severalRecords.connections,
      thirdPartyWithout: mediation.severalRecords.thirdPartyWithout,
      thirdPartyShare: thirdParty / connections,
      ownDataShare: ownData / connections,
      first: first.name,
      firstPairs: first.pairs,
    },
    rows: rows.map((row) => ({
      model: row.name,
      owners: row.owners.join("; "),
      pairs: row.pairs,
      sole: row.sole,
      ownData: row.ownData,
      ownProducts: row.ownProducts,
      joint: row.joint,
      datasets: row.datasets,
      applications: row.applications,
      dataOrganizations: row.dataOrganizations,
      productOrganizations: row.productOrganizations,
    })),
    height: strip.height + table.height,
    panels: [{ x: 0, y: 0, node: strip.node }, { x: 0, y: strip.height, node: table.node }],
  });
}

/** What of the counts rests on names that may mean two things; nothing where there are none. */
function severalOf({ connections, severalRecords }: Mediation): string {
  const { assets, connections: through, thirdPartyWithout } = severalRecords;
  if (through === 0) return "";
  const named = assets.slice(0, 3).map((name) =>
    fitText(name, { width: 160, size: theme.size.small })
  ).join(", ");
  const more = assets.length > 3 ? ` and ${count(assets.length - 3)} more` : "";
  const [pass, them] = through === 1 ? ["passes", "it"] : ["pass", "them"];
  return `${count(through)} of the ${
    count(connections)
  } pairs ${pass} through a name of several records: ${named}${more}; without ${them}, ${
    count(thirdPartyWithout)
  } ${thirdPartyWithout === 1 ? "is" : "are"} carried by a third party's model. `;
}

function leftOutOf({ leftOut: { dataset, model, application, undocumented } }: Mediation): string {
  return `Left out, as their owner is not known: ${plural(dataset, "dataset")}, ${
    plural(model, "model")
  }, ${plural(application, "product")} and ${plural(undocumented, "undocumented name")}.`;
}
