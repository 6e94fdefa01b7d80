import type { Lineage, LineageGraph, LineageView } from "../../graph/lineage.ts";
import type { ModelSnapshot } from "../../snapshot/model_snapshot.ts";
import type { TextIndex } from "../../snapshot/text_index.ts";
import { cardPrefix } from "../../source/kinship_card.ts";
import type { TextKind } from "../../source/row_codes.ts";
import { type Families, families as familiesOf, familyRoots } from "../families.ts";
import type { Kinship, ModelReport } from "../report.ts";
import { allSimilarities, meanOf } from "./all_similarities.ts";
import { type DealPlaces, dealPlaces } from "./deal_places.ts";
import { type EdgeFamilies, edgeFamilies } from "./edge_families.ts";
import { type KinshipGraph, kinshipGraph } from "./graph.ts";
import { inIndex, memoryOf, selectVectors, withEdges } from "./index_rows.ts";
import { kinshipMeans, type VectorTotals } from "./kinship.ts";
import { KinshipPool } from "./kinship_pool.ts";
import { kinshipUncertainty, similarityInterval } from "./kinship_uncertainty.ts";
import type { PairSums } from "./pair_sums.ts";
import type { Deals } from "./permutation.ts";

/** Graphs that the paper compares kin in. */
const graphs: Record<TextKind, LineageGraph> = {
  rows: "no-merge, no-quantized",
  cards: "finetune",
};

/** Edges whose children are dealt again; a sample of that size tells a difference of a few hundredths. */
const mostPlaces = 10_000;

/** What {@link measureKinship} needs besides the graph. */
export interface MeasureKinshipOptions {
  /** The text of the rows. */
  text: TextIndex;
  /**
   * Row of each model in the text index, where the snapshot is a selection of its rows.
   * @default null
   */
  rows?: Uint32Array | null;
  /**
   * Threads; graphs of fewer than 20,000 edges use none.
   * @default 2
   */
  workers?: number;
  /**
   * Families of the models.
   * @default the weak components of the no-merge graph
   */
  families?: Families;
  /**
   * Resamples of the families behind each interval, and deals of the children behind the permutation null.
   * @default { replicates: 500, deals: 99 }
   */
  uncertainty?: { replicates: number; deals: number };
  /**
   * Seed of the resampling and of the deals.
   * @default 1
   */
  seed?: number;
  /**
   * Whether the text is not asked again for vectors, and may forget its tokens.
   * @default false
   */
  last?: boolean;
  /** Called when a step begins. */
  onStep?: (step: string) => void;
  /** Called once when other threads are busy with vectors for a while: work that the calling thread can do beside them. */
  meanwhile?: () => void;
}

/**
 * Likeness of kin: the exact mean over all instances of every pair of every sub-tree, and the Levenshtein similarity of every edge (Laufer,
 * Oderinwale and Kleinberg 2025, section 6), with intervals and tests that treat families as what is independent.
 *
 * @throws {RangeError} when there are fewer than 100 replicates, or the number of deals is not whole
 */
export async function measureKinship(
  snapshot: ModelSnapshot,
  lineage: Lineage,
  {
    text,
    families,
    rows = null,
    workers = 2,
    uncertainty = { replicates: 500, deals: 99 },
    seed = 1,
    last = false,
    onStep,
    meanwhile,
  }: MeasureKinshipOptions,
): Promise<NonNullable<ModelReport["kinship"]>> {
  const pool = new KinshipPool({ workers });
  try {
    const noMerge = lineage.view("no-merge");
    const components = families ?? familiesOf(noMerge);
    const inputs = {
      snapshot,
      noMerge,
      components,
      text,
      rows,
      pool,
      uncertainty,
      seed,
      last,
      onStep,
      meanwhile,
    };
    const metadata = await kinshipOf("rows", new Uint8Array(snapshot.models).fill(1), inputs);
    if (!snapshot.hasCards) return { metadata, cards: null };
    const eligible = new Uint8Array(snapshot.models);
    let cards = 0;
    for (let i = 0; i < snapshot.models; i++) {
      if (snapshot.cardCharacters[i] < cardPrefix || snapshot.cardAutomatic[i] === 1) continue;
      eligible[i] = 1;
      cards++;
    }
    return { metadata, cards: { cards, ...await kinshipOf("cards", eligible, inputs) } };
  } finally {
    pool.close();
  }
}

/** What both kinds of text are measured with. */
interface Inputs
  extends Required<Pick<MeasureKinshipOptions, "text" | "uncertainty" | "seed" | "last">> {
  snapshot: ModelSnapshot;
  noMerge: LineageView;
  components: Families;
  rows: Uint32Array | null;
  pool: KinshipPool;
  onStep?: (step: string) => void;
  meanwhile?: () => void;
}

async function kinshipOf(
  kind: TextKind,
  documents: Uint8Array,
  { snapshot, noMerge, components, text, rows, pool, uncertainty, seed, last, onStep, meanwhile }:
    Inputs,
): Promise<Kinship> {
  const what = kind === "rows" ? "metadata" : "cards";
  const view = noMerge.lineage.view(graphs[kind]);
  const graph = kinshipGraph(view);
  const families = edgeFamilies(graph, components.of, { seed });
  const { deals, sums, totals, vocabulary, spare } = await likenessOf(graph, {
    kind,
    documents,
    text,
    rows,
    pool,
    families,
    places: dealPlaces(view, { most: mostPlaces, seed }),
    deals: uncertainty.deals,
    seed,
    last,
    onStep: (step) => onStep?.(`${step} ${what}`),
    meanwhile: kind === "rows" ? meanwhile : undefined,
  });
  // The texts take the memory of the vectors, which nobody may see any more.
  pool.close();
  onStep?.(`Edit distances of ${what}`);
  const comparing = allSimilarities(graph, {
    kind,
    documents,
    text,
    rows,
    pool,
    spare,
  });
  const { replicates } = uncertainty;
  const { intervals, siblingExcess } = kinshipUncertainty(sums, {
    families,
    deals,
    replicates,
    seed,
    describe: (labels) =>
      [...familyRoots(noMerge, components, labels)].map((root, i) => ({
        root: snapshot.ids.at(root),
        models: components.sizes[labels[i]],
      })),
  });
  const similarity = await comparing;
  return {
    ...kinshipMeans(sums, totals, { intervals }),
    levenshtein: {
      parentChild: {
        ...meanOf(similarity),
        interval: similarityInterval(graph, similarity, { families, replicates, seed }),
      },
    },
    vocabulary,
    siblingExcess,
  };
}

/** What is computed from the vectors, which nothing refers to afterwards. */
async function likenessOf(
  graph: KinshipGraph,
  { kind, documents, text, rows, pool, families, places, deals, seed, last, onStep, meanwhile }: {
    kind: TextKind;
    documents: Uint8Array;
    text: TextIndex;
    rows: Uint32Array | null;
    pool: KinshipPool;
    families: EdgeFamilies;
    places: DealPlaces;
    deals: number;
    seed: number;
    last: boolean;
    onStep: (step: string) => void;
    meanwhile?: () => void;
  },
): Promise<{
  sums: PairSums;
  deals: Deals;
  totals: VectorTotals;
  spare: Uint8Array<SharedArrayBuffer>[];
  vocabulary: Kinship["vocabulary"];
}> {
  onStep("Counting the terms of");
  const found = await text.vectors(kind, {
    documents: inIndex(documents, rows, text.snapshot.models),
    wanted: inIndex(withEdges(graph, documents), rows, text.snapshot.models),
    meanwhile,
    last,
  });
  const vectors = rows === null ? found.vectors : selectVectors(found.vectors, rows);
  onStep("Comparing kin by");
  const sums = await pool.pairSums(graph, { vectors, families });
  onStep("Dealing the children again by");
  const { all, documents: counted, rows: models } = vectors;
  return {
    sums,
    deals: await pool.deals(places, { vectors, deals, seed }),
    totals: { all, documents: counted, rows: models },
    spare: memoryOf(found.vectors),
    vocabulary: found.proof,
  };
}
