import type { Fitted, VectorSums } from "../core/terms/encode_documents.ts";
import { inverseFrequencies } from "../core/terms/encode_documents.ts";
import type { Candidates } from "../core/terms/candidates.ts";
import { TermCounts } from "../core/terms/term_counts.ts";
import type { TermVectors } from "../core/term_vectors.ts";
import {
  chooseVocabulary,
  type Vocabulary,
  type VocabularyProof,
} from "../core/terms/vocabulary.ts";
import type { EncodedBatch, HubPool } from "../source/hub_pool.ts";
import { addText } from "../source/row_bytes.ts";
import { RowCodes, type TextCandidates, type TextKind } from "../source/row_codes.ts";
import { kinshipCard } from "../source/kinship_card.ts";
import { arenaOf, ArenaWriter, type TextArena } from "../source/text_arena.ts";
import { type Placement, TextShelf } from "../source/text_shelf.ts";
import type { ModelSnapshot } from "./model_snapshot.ts";
import type { ModelText } from "./model_texts.ts";
import { promote } from "./promote_tokens.ts";

/** Where the token codes of all rows are: in the threads that scanned them, or here. */
export type TextStreams =
  & { placements: Placement[]; candidates: TextCandidates }
  & ({ pool: HubPool } | { shelf: TextShelf; codes: RowCodes });

/** Which rows are documents, and which of them need vectors of their own. */
export interface DocumentMasks {
  /** 1 for the rows that count. */
  documents: Uint8Array;
  /** 1 for the rows whose vectors are asked for. */
  wanted: Uint8Array;
}

/** A vocabulary and what it was chosen from. */
interface Counted {
  vocabulary: Vocabulary;
  buckets: Uint32Array;
  counts: TermCounts;
}

/**
 * The text of a snapshot's rows, ready for term vectors: its tokens as streams of codes (about a byte a token) beside a way to
 * read the text itself again.
 */
export class TextIndex {
  /** The snapshot whose rows these are. */
  readonly snapshot: ModelSnapshot;
  #streams: Record<TextKind, TextStreams>;
  #pool: HubPool | null;
  #texts: () => AsyncIterable<ModelText[]>;
  /** The vocabulary of all rows, for which threads count while their caller builds graphs. */
  #begun: Promise<Counted> | null = null;

  /** @param options.texts Reads all texts again, in the order of the rows. */
  constructor(
    snapshot: ModelSnapshot,
    { streams, texts }: { streams: TextStreams; texts: () => AsyncIterable<ModelText[]> },
  ) {
    this.snapshot = snapshot;
    this.#streams = { rows: streams, cards: streams };
    this.#pool = "pool" in streams ? streams.pool : null;
    this.#texts = texts;
    if (this.#pool !== null) {
      this.#begun = this.#vocabulary("rows", share(new Uint8Array(snapshot.models).fill(1)));
      // Whoever asks for vectors hears of the failure.
      this.#begun.catch(() => {});
    }
  }

  /**
   * Term vectors of the wanted rows over the 512 most frequent terms of the documents. The vocabulary is exact: where the first look
   * at the text cannot prove that, the text is read again.
   */
  async vectors(
    kind: TextKind,
    { documents, wanted }: DocumentMasks,
  ): Promise<{ vectors: TermVectors; proof: VocabularyProof & { passes: number } }> {
    const shared = { documents: share(documents), wanted: share(wanted) };
    let passes = 1;
    for (;; passes++) {
      const { vocabulary, buckets, counts } = await this.#counted(kind, shared.documents);
      const { proof } = vocabulary;
      if (!proof.exact) {
        const found = await promote(this.#texts(), {
          kind,
          documents,
          candidates: this.#streams[kind].candidates[kind],
          counts,
          buckets,
          edge: proof.edge,
        });
        if (found.candidates !== null) {
          await this.#stream(kind, found.candidates);
          continue;
        }
        // The counters were full of collisions only.
        proof.exact = true;
        proof.bound = found.bound;
        passes++;
      }
      return {
        vectors: await this.#encode(kind, { vocabulary, ...shared }),
        proof: { ...proof, passes },
      };
    }
  }

  /**
   * The texts of wanted rows in memory that threads can share.
   *
   * @param options.reuse An arena of this index that is needed no more; its memory is written to again.
   */
  async gather(
    kind: TextKind,
    wanted: Uint8Array,
    { reuse }: { reuse?: TextArena } = {},
  ): Promise<TextArena> {
    const rows = this.snapshot.models;
    const spare = reuse?.pieces ?? [];
    if (this.#pool !== null) {
      const { placements } = this.#streams.rows;
      const task = { kind, wanted: share(wanted), placements, spare };
      return arenaOf(await this.#pool.gather(task), { rows, reuse });
    }
    const writer = new ArenaWriter({ spare });
    for await (const batch of this.#texts()) {
      for (const { row, text, card } of batch) {
        if (wanted[row] !== 1) continue;
        addText(writer, row, kind === "rows" ? text : card === null ? null : kinshipCard(card));
      }
    }
    return arenaOf(writer.take(), { rows, reuse });
  }

  /** Reads all texts again, in the order of the rows. */
  texts(): AsyncIterable<ModelText[]> {
    return this.#texts();
  }

  /** Ends the threads, if there are any. */
  close(): void {
    this.#pool?.close();
  }

  /** What has been begun where it answers the question, else a new count. */
  #counted(kind: TextKind, documents: Uint8Array): Promise<Counted> {
    const begun = this.#begun;
    this.#begun = null;
    return begun !== null && kind === "rows" && !documents.includes(0)
      ? begun
      : this.#vocabulary(kind, documents);
  }

  async #vocabulary(kind: TextKind, documents: Uint8Array): Promise<Counted> {
    const streams = this.#streams[kind];
    const candidates = streams.candidates[kind];
    const { placements } = streams;
    const counts = new TermCounts(candidates);
    let all: Uint32Array[];
    if ("pool" in streams) {
      const parts = await streams.pool.count({
        kind,
        codes: candidates.codes,
        documents,
        placements,
      });
      for (const part of parts) counts.merge(part);
      all = await streams.pool.buckets(kind);
    } else {
      counts.merge(
        streams.shelf.count(kind, { codes: candidates.codes, documents, placements }),
      );
      all = [streams.codes[kind].buckets];
    }
    const buckets = all[0].slice();
    for (const more of all.slice(1)) for (let i = 0; i < buckets.length; i++) buckets[i] += more[i];
    return { vocabulary: chooseVocabulary(counts, { candidates, buckets }), buckets, counts };
  }

  /** Makes the streams of one kind of text anew, for other candidates. */
  async #stream(kind: TextKind, candidates: Candidates): Promise<void> {
    const both = { ...this.#streams[kind].candidates, [kind]: candidates };
    this.#streams[kind] = await streamTexts(this.#texts(), both);
  }

  async #encode(
    kind: TextKind,
    { vocabulary, documents, wanted }: { vocabulary: Vocabulary } & DocumentMasks,
  ): Promise<TermVectors> {
    const streams = this.#streams[kind];
    const { placements } = streams;
    const { termOf, frequencies } = vocabulary;
    const fitted: Fitted = { termOf, frequencies, documents: vocabulary.documents };
    const parts: EncodedBatch[] = [];
    const sums = "pool" in streams
      ? await streams.pool.encode(
        { kind, fitted, documents, wanted, placements },
        (part) => parts.push(part),
      )
      : [
        streams.shelf.encode(kind, {
          fitted,
          documents,
          wanted,
          placements,
          onBatch: (batch, encoded) => parts.push({ batch, encoded }),
        }),
      ];
    const rows = this.snapshot.models;
    return {
      rows,
      terms: vocabulary.terms,
      documents: vocabulary.documents,
      idf: inverseFrequencies(fitted),
      present: documents,
      ...assemble(parts, { rows, placements }),
      all: joined(sums),
    };
  }
}

/** The same bytes in memory that threads share. */
function share(bytes: Uint8Array): Uint8Array {
  if (bytes.buffer instanceof SharedArrayBuffer) return bytes;
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

function joined([first, ...others]: VectorSums[]): VectorSums {
  for (const other of others) {
    for (const weighting of ["bagOfWords", "tfidf"] as const) {
      const { sum, nonzero } = other[weighting];
      for (let i = 0; i < sum.length; i++) first[weighting].sum[i] += sum[i];
      first[weighting].nonzero += nonzero;
    }
  }
  return first;
}

/** Batches as one matrix, in the order of the rows. */
function assemble(
  parts: EncodedBatch[],
  { rows, placements }: { rows: number; placements: Placement[] },
): Pick<TermVectors, "offsets" | "entries" | "scale"> {
  const byBatch = new Map(parts.map(({ batch, encoded }) => [batch, encoded]));
  let total = 0;
  for (const { encoded } of parts) total += encoded.entries.length;
  const entries = new Uint16Array(new SharedArrayBuffer(2 * total));
  const offsets = new Uint32Array(new SharedArrayBuffer(4 * (rows + 1)));
  const column = () => new Float64Array(new SharedArrayBuffer(8 * rows));
  const scale = { bagOfWords: column(), tfidf: column() };
  let length = 0;
  for (const { batch, first, kept } of placements) {
    const encoded = byBatch.get(batch);
    if (encoded === undefined) continue;
    entries.set(encoded.entries, length);
    for (let i = 0, row = first; i < encoded.rows; i++) {
      if (kept !== null && kept[i] === 0) continue;
      offsets[row + 1] = length + encoded.ends[i];
      if (encoded.scale.bagOfWords[i] > 0) {
        scale.bagOfWords[row] = encoded.scale.bagOfWords[i];
        scale.tfidf[row] = encoded.scale.tfidf[i];
      }
      row++;
    }
    length += encoded.entries.length;
    byBatch.delete(batch);
  }
  return { entries, offsets, scale };
}

/** Tokenises texts that come as strings. */
export async function streamTexts(
  texts: AsyncIterable<ModelText[]>,
  candidates: TextCandidates,
  { onRows }: { onRows?: (rows: number) => void } = {},
): Promise<TextStreams> {
  const codes = new RowCodes(candidates);
  const shelf = new TextShelf();
  const placements: Placement[] = [];
  for await (const batch of texts) {
    for (const { text, card } of batch) codes.texts(text, card);
    if (batch.length === 0) continue;
    const number = placements.length;
    shelf.put(number, batch.length, codes.take());
    placements.push({ batch: number, first: batch[0].row, kept: null });
    onRows?.(batch[0].row + batch.length);
  }
  return { placements, candidates, shelf, codes };
}
