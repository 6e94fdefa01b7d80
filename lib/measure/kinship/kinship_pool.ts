import type { TermVectors } from "../../core/term_vectors.ts";
import type { DealPlaces } from "./deal_places.ts";
import { edgeSimilarities, type EdgeTexts } from "./edge_similarities.ts";
import { type KinshipGraph, splitParents } from "./graph.ts";
import { dealChildren, type Deals, joinDeals } from "./permutation.ts";
import { addPairSums, type KinshipFamilies, type PairSums, pairSums } from "./pair_sums.ts";

/** What a thread is asked. */
export type KinshipTask =
  | {
    do: "pairs";
    graph: KinshipGraph;
    vectors: TermVectors;
    families: KinshipFamilies | null;
    from: number;
    to: number;
  }
  | {
    do: "deals";
    places: DealPlaces;
    vectors: TermVectors;
    deals: number;
    first: number;
    seed: number;
  }
  | { do: "levenshtein"; graph: Pick<KinshipGraph, "childOffsets" | "children"> } & EdgeTexts;

/** Edges below which threads cost more than they save. */
const worthThreads = 20_000;
/** Places below which dealing them takes less time than starting threads. */
const worthDealing = 2_000;

/** Threads that share the parents of a graph between them; small graphs are done without. */
export class KinshipPool {
  #workers: number;
  #threads: Worker[] = [];

  /** @param options.workers Threads; 1 does all work in the caller's. */
  constructor({ workers = 2 }: { workers?: number } = {}) {
    this.#workers = workers;
  }

  /** Sums over the pairs of all sub-trees: see `pairSums`. */
  async pairSums(
    graph: KinshipGraph,
    { vectors, families }: { vectors: TermVectors; families: KinshipFamilies | null },
  ): Promise<PairSums> {
    if (!this.#worth(graph)) return pairSums(graph, vectors, { families });
    const bounds = splitParents(graph, { parts: this.#workers });
    return addPairSums(
      await this.#share<PairSums>(bounds, (from, to) => ({
        do: "pairs",
        graph,
        vectors,
        families,
        from,
        to,
      })),
    );
  }

  /** Deals the children among their parents: see `dealChildren`. */
  async deals(
    places: DealPlaces,
    { vectors, deals, seed }: { vectors: TermVectors; deals: number; seed: number },
  ): Promise<Deals> {
    if (this.#workers < 2 || places.parent.length < worthDealing) {
      return dealChildren(places, vectors, { deals, seed });
    }
    const bounds = Array.from(
      { length: this.#workers + 1 },
      (_, i) => Math.round(i * deals / this.#workers),
    );
    return joinDeals(
      await this.#share<Deals>(bounds, (first, end) => ({
        do: "deals",
        places,
        vectors,
        deals: end - first,
        first,
        seed,
      })),
    );
  }

  /** Levenshtein similarities of the edges of a range of parents: see `edgeSimilarities`. */
  async levenshtein(graph: KinshipGraph, texts: EdgeTexts): Promise<void> {
    if (!this.#worth(graph)) return edgeSimilarities(graph, texts);
    const { childOffsets, children } = graph;
    const first = childOffsets[texts.from];
    const edges = childOffsets[texts.to] - first;
    const bounds = [texts.from];
    for (let u = texts.from; u < texts.to && bounds.length < this.#workers; u++) {
      if ((childOffsets[u] - first) * this.#workers >= bounds.length * edges && u > texts.from) {
        bounds.push(u);
      }
    }
    bounds.push(texts.to);
    await this.#share<null>(bounds, (from, to) => ({
      do: "levenshtein",
      graph: { childOffsets, children },
      ...texts,
      from,
      to,
    }));
  }

  /** Ends the threads. */
  close(): void {
    for (const thread of this.#threads) thread.terminate();
    this.#threads = [];
  }

  #worth({ children }: KinshipGraph): boolean {
    return this.#workers > 1 && children.length >= worthThreads;
  }

  #share<T>(
    bounds: number[],
    task: (from: number, to: number) => KinshipTask,
  ): Promise<T[]> {
    return Promise.all(
      bounds.slice(1).map((to, i) => this.#ask<T>(i, task(bounds[i], to))),
    );
  }

  #ask<T>(number: number, task: KinshipTask): Promise<T> {
    const thread = this.#threads[number] ??= new Worker(new URL("./worker.ts", import.meta.url), {
      type: "module",
    });
    return new Promise<T>((resolve, reject) => {
      const fail = (message: string) => reject(new Error(`Cannot compute kinship: ${message}`));
      thread.onmessage = ({ data }: MessageEvent<{ done?: T; error?: string }>) => {
        if (data.error !== undefined) fail(data.error);
        else resolve(data.done!);
      };
      thread.onerror = (event) => {
        event.preventDefault();
        fail(event.message);
      };
      thread.postMessage(task);
    });
  }
}
