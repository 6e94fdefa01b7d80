import type { TermVectors } from "../../core/term_vectors.ts";
import type { DealPlaces } from "./deal_places.ts";
import { edgeSimilarities, type EdgeTexts } from "./edge_similarities.ts";
import { type KinshipGraph, splitParents } from "./graph.ts";
import { type KinshipTask, runKinshipTask } from "./kinship_task.ts";
import { addPairSums, type KinshipFamilies, type PairSums } from "./pair_sums.ts";
import { type Deals, joinDeals } from "./permutation.ts";

/** Edges below which threads cost more than they save. */
const worthThreads = 20_000;
/** Places below which dealing them takes less time than starting threads. */
const worthDealing = 2_000;
/** Edges whose texts the calling thread compares before it lets others have a turn: some hundredths of a second. */
const edgesAtOnce = 5_000;

/** Threads that share the work on a graph with the calling one; small graphs are done by that alone. */
export class KinshipPool {
  #workers: number;
  #threads: Worker[] = [];

  /** @param options.workers Threads, the calling one among them. */
  constructor({ workers = 2 }: { workers?: number } = {}) {
    this.#workers = workers;
  }

  /** Sums over the pairs of all sub-trees: see `pairSums`. */
  async pairSums(
    graph: KinshipGraph,
    { vectors, families }: { vectors: TermVectors; families: KinshipFamilies | null },
  ): Promise<PairSums> {
    const bounds = splitParents(graph, { parts: this.#parts(graph) });
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
    const parts = places.parent.length < worthDealing ? 1 : this.#workers;
    const bounds = Array.from({ length: parts + 1 }, (_, i) => Math.round(i * deals / parts));
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
    const { childOffsets, children } = graph;
    const edges = { childOffsets, children };
    const [own, ...others] = splitEdges(graph, texts, this.#parts(graph));
    const asked = others.map(({ from, to }, i) =>
      this.#ask<null>(i, { do: "levenshtein", graph: edges, ...texts, from, to })
    );
    const mine = async () => {
      const count = childOffsets[own.to] - childOffsets[own.from];
      for (const range of splitEdges(graph, own, Math.ceil(count / edgesAtOnce) || 1)) {
        edgeSimilarities(edges, { ...texts, ...range });
        await new Promise((resolve) => setTimeout(resolve));
      }
    };
    await Promise.all([mine(), ...asked]);
  }

  /** Ends the threads. */
  close(): void {
    for (const thread of this.#threads) thread.terminate();
    this.#threads = [];
  }

  #parts({ children }: KinshipGraph): number {
    return children.length >= worthThreads ? this.#workers : 1;
  }

  /** Does the first part of some work while threads do the others. */
  #share<T extends PairSums | Deals>(
    bounds: number[],
    task: (from: number, to: number) => KinshipTask,
  ): Promise<T[]> {
    const others = bounds.slice(2).map((to, i) => this.#ask<T>(i, task(bounds[i + 1], to)));
    const own = async () => await runKinshipTask(task(bounds[0], bounds[1])) as T;
    return Promise.all([own(), ...others]);
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

/** Cuts a range of parents into as many with about as many edges each. */
function splitEdges(
  { childOffsets }: KinshipGraph,
  { from, to }: { from: number; to: number },
  parts: number,
): { from: number; to: number }[] {
  const first = childOffsets[from];
  const edges = childOffsets[to] - first;
  const ranges: { from: number; to: number }[] = [];
  let start = from;
  for (let u = from + 1; u < to && ranges.length < parts - 1; u++) {
    if ((childOffsets[u] - first) * parts < (ranges.length + 1) * edges) continue;
    ranges.push({ from: start, to: u });
    start = u;
  }
  ranges.push({ from: start, to });
  return ranges;
}
