import {
  type BootstrapInterval,
  type BootstrapOptions,
  ratioBootstrap,
  type RatioClusters,
  ratioDifferenceBootstrap,
} from "../../core/cluster_bootstrap.ts";
import { buildLineage } from "../../graph/build_lineage.ts";
import { forwardInterval, trafficByEdge } from "../../measure/direction.ts";
import { driftByEdge, driftInterval } from "../../measure/drift_interval.ts";
import { families as familiesOf } from "../../measure/families.ts";
import type { EdgeColumns } from "../../measure/family_interval.ts";
import { dealPlaces } from "../../measure/kinship/deal_places.ts";
import { edgeFamilies } from "../../measure/kinship/edge_families.ts";
import { kinshipGraph } from "../../measure/kinship/graph.ts";
import { pairColumn, type TreePair, treePairs } from "../../measure/kinship/pair_names.ts";
import {
  type FamilySums,
  type KinshipFamilies,
  pairSums,
} from "../../measure/kinship/pair_sums.ts";
import { dealChildren, permutationNull } from "../../measure/kinship/permutation.ts";
import { mutationByEdge, mutationInterval } from "../../measure/mutation.ts";
import { readModelBlocks } from "../../snapshot/read_models.ts";
import { traitColumn, traitNames } from "../../snapshot/traits.ts";
import { ecosystemRows } from "./ecosystem.ts";
import { kinEcosystem, type KinOptions } from "./kin.ts";
import { licenseOrder } from "./plan.ts";
import { truth } from "./truth.ts";

/** What one ecosystem says of a number whose true value is known. */
export interface Measured {
  /** Name of the number. */
  name: string;
  /** Its true value. */
  truth: number;
  /** The interval that the library gives, families resampled. */
  interval: BootstrapInterval;
  /** The same method when it is not told of families: edges, or the sub-trees of each parent, are resampled as if independent. */
  naive: BootstrapInterval;
}

/** How an ecosystem is drawn and measured. */
export interface MeasureOptions {
  /** Number of families. */
  families: number;
  /** Whole number that decides the ecosystem and the resampling. */
  seed: number;
  /** Resamples of the families. */
  replicates: number;
}

/** Resamples behind the intervals that are there for comparison only; their many clusters take time. */
const naiveReplicates = 250;

const pair = ["openrail", "apache-2.0"] as const;

/** Simulates an ecosystem of rows, reads it as any other, and measures mutation, direction and drift. */
export async function measureTraits(options: MeasureOptions): Promise<Measured[]> {
  const { seed, replicates } = options;
  const snapshot = await readModelBlocks(ecosystemRows(options), { name: "simulated" });
  const { lineage } = buildLineage(snapshot);
  const finetune = lineage.view("finetune");
  const resampling = { families: familiesOf(lineage.view("no-merge")), seed, replicates };
  const naive = (columns: EdgeColumns) =>
    ratioBootstrap(columns, { seed, replicates: naiveReplicates });
  const mutations = traitNames.map((trait): Measured => {
    const column = traitColumn(snapshot, trait);
    return {
      name: `mutation rate, ${trait}`,
      truth: truth.mutation[trait],
      interval: mutationInterval(finetune, column, resampling),
      naive: naive(mutationByEdge(finetune, column)),
    };
  });
  const license = traitColumn(snapshot, "license");
  const traffic = (order: readonly string[]) => ({
    interval: forwardInterval(finetune, license, { order, ...resampling }),
    naive: naive(trafficByEdge(finetune, license, { order })),
  });
  const language = traitColumn(snapshot, "language");
  const drifts = driftInterval(snapshot, lineage, { language, ...resampling });
  const columns = driftByEdge(snapshot, lineage, { language });
  const drift = (name: keyof typeof columns, title: string) =>
    (["child", "change"] as const).map((what): Measured => ({
      name: `drift of ${title}, ${what}`,
      truth: truth.drift[name][what],
      interval: drifts[name][what],
      naive: naive({ numerator: columns[name][what], denominator: columns[name].denominator }),
    }));
  return [
    ...mutations,
    { name: "direction, license, planted order", truth: truth.forward, ...traffic(licenseOrder) },
    { name: `direction, ${pair[0]} to ${pair[1]}`, truth: truth.pair(...pair), ...traffic(pair) },
    ...drift("languages", "languages"),
    ...drift("characters", "card characters"),
    ...drift("automatic", "automatic cards"),
  ];
}

/** Simulates an ecosystem of texts and measures the likeness of kin. */
export function measureKin(options: MeasureOptions): Measured[] {
  const { seed, replicates } = options;
  const { lineage, vectors } = kinEcosystem(options);
  const graph = kinshipGraph(lineage.view("no-merge, no-quantized"));
  const sums = (families: KinshipFamilies) => pairSums(graph, vectors, { families }).families!;
  const byFamily = sums(edgeFamilies(graph, familiesOf(lineage.view("no-merge")).of));
  const byParent = sums({
    count: graph.nodes,
    of: Int32Array.from({ length: graph.nodes }, (_, u) => u),
  });
  const likeness = (first: TreePair, minus?: TreePair) => {
    const range: [number, number] = [minus === undefined ? 0 : -1, 1];
    const interval = (sums: FamilySums) => meanOf(sums, { first, minus, seed, replicates, range });
    return { interval: interval(byFamily), naive: interval(byParent) };
  };
  const { parentChild, grandparent, siblings, excess } = truth.kin;
  return [
    { name: "kinship, parent and child", truth: parentChild, ...likeness("edge.parentChild") },
    { name: "kinship, grandparent", truth: grandparent, ...likeness("chain.grandparent") },
    { name: "kinship, siblings", truth: siblings, ...likeness("fork.siblings") },
    {
      name: "kinship, sibling excess",
      truth: excess,
      ...likeness("fork.siblings", "fork.parentChild"),
    },
  ];
}

/** Mean likeness of a pair, less that of another if there is one. */
function meanOf(
  { count, counted, bagOfWords }: FamilySums,
  { first, minus, ...options }: BootstrapOptions & { first: TreePair; minus?: TreePair },
): BootstrapInterval {
  const column = (values: Float64Array, pair: TreePair) =>
    Float64Array.from({ length: count }, (_, i) => values[i * treePairs.length + pairColumn(pair)]);
  const ratio = (pair: TreePair): RatioClusters => ({
    numerator: column(bagOfWords, pair),
    denominator: column(counted, pair),
  });
  return minus === undefined
    ? ratioBootstrap(ratio(first), options)
    : ratioDifferenceBootstrap({ first: ratio(first), second: ratio(minus) }, options);
}

/** Simulates an ecosystem of texts and tests whether siblings are more alike than if their month and relation decided alone. */
export function testSiblings({ deals, ...options }: KinOptions & { deals: number }): number {
  const { lineage, vectors } = kinEcosystem(options);
  const places = dealPlaces(lineage.view("no-merge, no-quantized"));
  const { bagOfWords } = dealChildren(places, vectors, { deals, seed: options.seed });
  return permutationNull(bagOfWords.observed, bagOfWords.dealt)!.p;
}
