import type { EncodedRows, Fitted, VectorSums } from "../core/terms/encode_documents.ts";
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
import { assemble, joined, share } from "./assemble_vectors.ts";
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

/** What {@link TextIndex.vectors} takes. */
export interface VectorOptions extends DocumentMasks {
  /** Called once when threads have begun to make the vectors: work for the calling one. */
  meanwhile?: () => void;
  /**
   * Whether these are the last vectors of this kind of text: its tokens, tens of bytes a row, are then forgotten; who asks for more has
   * the text read again.
   * @default false
   */
  last?: boolean;
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
  /** Made when they are first asked for, where the text has not been read. */
  #streams!: Record<TextKind, TextStreams>;
  #make?: () => Promise<TextStreams>;
  #made?: Promise<void>;
  #pool: HubPool | null = null;
  /** Where the pool has the rows, whatever streams are made later. */
  #placements: Placement[] = [];
  #texts: () => AsyncIterable<ModelText[]>;
  /** Kinds of text whose tokens have been forgotten. */
  #released = new Set<TextKind>();
  /** The vocabulary of all rows, for which threads count while their caller builds graphs. */
  #begun: Promise<Counted> | null = null;

  /**
   * What `readModelsAndText` and its like make.
   *
   * @param options.streams The tokens, or what makes them.
   * @param options.texts Reads all texts again, in the order of the rows.
   */
  constructor(
    snapshot: ModelSnapshot,
    { streams, texts }: {
      streams: TextStreams | (() => Promise<TextStreams>);
      texts: () => AsyncIterable<ModelText[]>;
    },
  ) {
    this.snapshot = snapshot;
    this.#texts = texts;
    if (typeof streams === "function") {
      this.#make = streams;
      return;
    }
    this.#streams = { rows: streams, cards: streams };
    this.#placements = streams.placements;
    if ("pool" in streams) {
      this.#pool = streams.pool;
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
    { documents, wanted, ...options }: VectorOptions,
  ): Promise<{ vectors: TermVectors; proof: VocabularyProof & { passes: number } }> {
    await (this.#made ??= this.#make?.().then((streams) => {
      this.#streams = { rows: streams, cards: streams };
    }));
    const shared = { documents: share(documents), wanted: share(wanted) };
    if (this.#released.delete(kind)) await this.#stream(kind, this.#streams[kind].candidates[kind]);
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
        vectors: await this.#encode(kind, { vocabulary, ...shared, ...options }),
        proof: { ...proof, passes },
      };
    }
  }

  /**
   * The texts of wanted rows in memory that threads can share.
   *
   * @param options.reuse An arena of this index that is needed no more; its memory is written to again.
   * @param options.spare Other memory that may be written to; no byte of it twice.
   */
  async gather(
    kind: TextKind,
    wanted: Uint8Array,
    { reuse, spare = [] }: {
      reuse?: TextArena;
      spare?: readonly Uint8Array<SharedArrayBuffer>[];
    } = {},
  ): Promise<TextArena> {
    const rows = this.snapshot.models;
    const memory = [...reuse?.pieces ?? [], ...spare];
    if (this.#pool !== null) {
      const placements = this.#placements;
      const task = { kind, wanted: share(wanted), placements, spare: memory };
      return arenaOf(await this.#pool.gather(task), { rows, reuse });
    }
    const writer = new ArenaWriter({ spare: memory });
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
    { vocabulary, documents, wanted, meanwhile, last = false }:
      & { vocabulary: Vocabulary }
      & VectorOptions,
  ): Promise<TermVectors> {
    const streams = this.#streams[kind];
    const { placements } = streams;
    const { termOf, frequencies } = vocabulary;
    const fitted: Fitted = { termOf, frequencies, documents: vocabulary.documents };
    const parts: EncodedBatch[] = [];
    let sums: VectorSums[];
    if ("pool" in streams) {
      const task = { kind, fitted, release: last, documents, wanted, placements };
      const encoding = streams.pool.encode(task, (part) => parts.push(part));
      // The threads have heard of it after a turn of the event loop.
      await new Promise((resolve) => setTimeout(resolve));
      meanwhile?.();
      sums = await encoding;
    } else {
      meanwhile?.();
      const onBatch = (batch: number, encoded: EncodedRows) => parts.push({ batch, encoded });
      sums = [
        streams.shelf.encode(kind, {
          fitted,
          release: last,
          documents,
          wanted,
          placements,
          onBatch,
        }),
      ];
    }
    if (last) this.#released.add(kind);
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
    shelf.put(number, { count: batch.length, ...codes.take() });
    placements.push({ batch: number, first: batch[0].row, kept: null });
    onRows?.(batch[0].row + batch.length);
  }
  return { placements, candidates, shelf, codes };
}
