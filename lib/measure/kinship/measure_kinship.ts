import type { TermVectors } from "../../core/term_vectors.ts";
import type { Lineage, LineageGraph, LineageView } from "../../graph/lineage.ts";
import type { ModelSnapshot } from "../../snapshot/model_snapshot.ts";
import type { TextIndex } from "../../snapshot/text_index.ts";
import { cardPrefix } from "../../source/kinship_card.ts";
import type { TextKind } from "../../source/row_codes.ts";
import type { TextArena } from "../../source/text_arena.ts";
import { families as familiesOf, familyRoots } from "../families.ts";
import type { Kinship, ModelReport } from "../report.ts";
import { dealPlaces } from "./deal_places.ts";
import { edgeFamilies } from "./edge_families.ts";
import { type KinshipGraph, kinshipGraph, splitParents } from "./graph.ts";
import { kinshipMeans } from "./kinship.ts";
import { KinshipPool } from "./kinship_pool.ts";
import { kinshipUncertainty, similarityInterval } from "./kinship_uncertainty.ts";

/** Graphs that the paper compares kin in. */
const graphs: Record<TextKind, LineageGraph> = {
  rows: "no-merge, no-quantized",
  cards: "finetune",
};
/** Edges whose texts are in memory at a time. */
const edgesAtOnce = 220_000;

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
   * Resamples of the families behind each interval, and deals of the children behind the permutation null.
   * @default { replicates: 500, deals: 99 }
   */
  uncertainty?: { replicates: number; deals: number };
  /**
   * Seed of the resampling and of the deals.
   * @default 1
   */
  seed?: number;
  /** Called when a step begins. */
  onStep?: (step: string) => void;
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
    rows = null,
    workers = 2,
    uncertainty = { replicates: 500, deals: 99 },
    seed = 1,
    onStep,
  }: MeasureKinshipOptions,
): Promise<NonNullable<ModelReport["kinship"]>> {
  const pool = new KinshipPool({ workers });
  try {
    const noMerge = lineage.view("no-merge");
    const inputs = { snapshot, noMerge, text, rows, pool, uncertainty, seed, onStep };
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
interface Inputs extends Required<Pick<MeasureKinshipOptions, "text" | "uncertainty" | "seed">> {
  snapshot: ModelSnapshot;
  noMerge: LineageView;
  rows: Uint32Array | null;
  pool: KinshipPool;
  onStep?: (step: string) => void;
}

async function kinshipOf(
  kind: TextKind,
  documents: Uint8Array,
  { snapshot, noMerge, text, rows, pool, uncertainty, seed, onStep }: Inputs,
): Promise<Kinship> {
  const what = kind === "rows" ? "metadata" : "cards";
  const view = noMerge.lineage.view(graphs[kind]);
  const graph = kinshipGraph(view);
  onStep?.(`Counting the terms of ${what}`);
  const counting = text.vectors(kind, {
    documents: inIndex(documents, rows, text.snapshot.models),
    wanted: inIndex(withEdges(graph, documents), rows, text.snapshot.models),
  });
  // This thread is free while others count.
  const components = familiesOf(noMerge);
  const families = edgeFamilies(graph, components.of, { seed });
  const places = dealPlaces(view, { most: mostPlaces, seed });
  const found = await counting;
  const vectors = rows === null ? found.vectors : selectVectors(found.vectors, rows);
  onStep?.(`Comparing kin by ${what}`);
  const sums = await pool.pairSums(graph, { vectors, families });
  onStep?.(`Dealing the children again by ${what}`);
  const deals = await pool.deals(places, { vectors, deals: uncertainty.deals, seed });
  onStep?.(`Resampling families by ${what}`);
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
  onStep?.(`Edit distances of ${what}`);
  const similarity = await similarities(graph, { kind, documents, text, rows, pool });
  return {
    ...kinshipMeans(sums, vectors, { intervals }),
    levenshtein: {
      parentChild: {
        ...meanOf(similarity),
        interval: similarityInterval(graph, similarity, { families, replicates, seed }),
      },
    },
    vocabulary: found.proof,
    siblingExcess,
  };
}

/** A mask of models as a mask of the rows of a text index. */
function inIndex(mask: Uint8Array, rows: Uint32Array | null, models: number): Uint8Array {
  if (rows === null) return mask;
  const out = new Uint8Array(models);
  for (let i = 0; i < rows.length; i++) out[rows[i]] = mask[i];
  return out;
}

/** The documents that have an edge. */
function withEdges(
  { nodes, childOffsets, parentOffsets }: KinshipGraph,
  documents: Uint8Array,
): Uint8Array {
  const out = new Uint8Array(nodes);
  for (let u = 0; u < nodes; u++) {
    if (childOffsets[u + 1] > childOffsets[u] || parentOffsets[u + 1] > parentOffsets[u]) {
      out[u] = documents[u];
    }
  }
  return out;
}

/** The vectors of some rows, which ascend; other rows must have no entries. */
function selectVectors(vectors: TermVectors, rows: Uint32Array): TermVectors {
  const n = rows.length;
  const offsets = new Uint32Array(new SharedArrayBuffer(4 * (n + 1)));
  const present = new Uint8Array(new SharedArrayBuffer(n));
  const column = () => new Float64Array(new SharedArrayBuffer(8 * n));
  const scale = { bagOfWords: column(), tfidf: column() };
  for (let i = 0; i < n; i++) {
    const row = rows[i];
    offsets[i + 1] = vectors.offsets[row + 1];
    present[i] = vectors.present[row];
    scale.bagOfWords[i] = vectors.scale.bagOfWords[row];
    scale.tfidf[i] = vectors.scale.tfidf[row];
  }
  return { ...vectors, rows: n, offsets, present, scale };
}

/** Levenshtein similarity of every edge, the texts of some parents and their children in memory at a time. */
async function similarities(
  graph: KinshipGraph,
  { kind, documents, text, rows, pool }: {
    kind: TextKind;
    documents: Uint8Array;
    text: TextIndex;
    rows: Uint32Array | null;
    pool: KinshipPool;
  },
): Promise<Float64Array> {
  const { childOffsets, children } = graph;
  const similarity = new Float64Array(new SharedArrayBuffer(8 * children.length));
  const bounds = splitParents(graph, { parts: Math.ceil(children.length / edgesAtOnce) || 1 });
  const present = new Uint8Array(new SharedArrayBuffer(documents.length));
  present.set(documents);
  let arena: TextArena | undefined;
  for (let part = 1; part < bounds.length; part++) {
    const wanted = new Uint8Array(text.snapshot.models);
    const [from, to] = [bounds[part - 1], bounds[part]];
    for (let u = from; u < to; u++) {
      if (childOffsets[u] === childOffsets[u + 1]) continue;
      wanted[rows === null ? u : rows[u]] = documents[u];
      for (let e = childOffsets[u]; e < childOffsets[u + 1]; e++) {
        const v = children[e];
        wanted[rows === null ? v : rows[v]] = documents[v];
      }
    }
    arena = await text.gather(kind, wanted, { reuse: arena });
    await pool.levenshtein(graph, { arena, present, rows, similarity, from, to });
  }
  return similarity;
}

function meanOf(similarity: Float64Array): { mean: number | null; edges: number } {
  let sum = 0;
  let edges = 0;
  for (const value of similarity) {
    if (Number.isNaN(value)) continue;
    sum += value;
    edges++;
  }
  return { mean: edges > 0 ? sum / edges : null, edges };
}
