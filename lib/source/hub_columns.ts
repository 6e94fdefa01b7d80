import { ByteTable, endHash, hashBytes, hashSeed, hashWord, viewOf } from "../core/byte_table.ts";
import { grown } from "../core/grow.ts";
import type { BatchIssue, HubBatch, NewStrings } from "./hub_batch.ts";

/** A dictionary that remembers which of its strings have been handed on. */
class Dictionary {
  readonly table = new ByteTable();
  #handed = 0;

  /** Code of the bytes start..end of a view. */
  code(view: DataView, start: number, end: number): number {
    return this.table.intern(view, start, end, hashBytes(view, start, end));
  }

  takeNew(): NewStrings {
    const column = this.table.column();
    const from = this.#handed;
    const count = column.length - from;
    this.#handed = column.length;
    const start = count > 0 ? column.starts[from] : 0;
    const ends = new Uint32Array(count);
    for (let i = 0; i < count; i++) ends[i] = column.ends[from + i] - start;
    const end = count > 0 ? column.ends[column.length - 1] : 0;
    return { bytes: column.bytes.slice(start, end) as Uint8Array<ArrayBuffer>, ends };
  }
}

/**
 * Columns under construction: a scanner sets the fields of the current row and either commits or forgets it; `take` hands
 * over all rows since the last call. The dictionaries live on from batch to batch.
 */
export class HubColumns {
  readonly tags = new Dictionary();
  readonly tasks = new Dictionary();
  readonly libraries = new Dictionary();
  rows = 0;
  /** Fields of the row under way, until {@link HubColumns.commit}. */
  created = NaN;
  likes = NaN;
  downloads = NaN;
  trending = NaN;
  private = 255;
  task = -1;
  library = -1;
  cardCharacters = -1;
  cardAutomatic = 0;
  #tagCount = 0;
  #tagBase = 0;
  #idLength = 0;
  #idBytes = new Uint8Array(1 << 16);
  #idView = viewOf(this.#idBytes);
  #idEnds = new Uint32Array(4096);
  #idHashes = new Uint32Array(4096);
  #line = new Uint32Array(4096);
  #lineStart = new Uint32Array(4096);
  #lineEnd = new Uint32Array(4096);
  #created = new Float64Array(4096);
  #likes = new Float64Array(4096);
  #downloads = new Float64Array(4096);
  #trending = new Float64Array(4096);
  #private = new Uint8Array(4096);
  #task = new Int32Array(4096);
  #library = new Int32Array(4096);
  #tagEnds = new Uint32Array(4096);
  #tagCodes = new Uint32Array(1 << 15);
  #cardCharacters = new Int32Array(4096);
  #cardAutomatic = new Uint8Array(4096);

  /** Forgets the row under way. */
  reset(): void {
    this.created = NaN;
    this.likes = NaN;
    this.downloads = NaN;
    this.trending = NaN;
    this.private = 255;
    this.task = -1;
    this.library = -1;
    this.cardCharacters = -1;
    this.cardAutomatic = 0;
    this.#tagCount = this.#tagBase;
  }

  /** Adds a tag to the row under way. */
  addTag(code: number): void {
    if (this.#tagCount === this.#tagCodes.length) {
      this.#tagCodes = grown(this.#tagCodes, this.#tagCount + 1);
    }
    this.#tagCodes[this.#tagCount++] = code;
  }

  /** Ends the row under way: its id is the bytes start..end of `source`, its text block[lineStart..lineEnd], line number `line`. */
  commit(
    source: DataView,
    start: number,
    end: number,
    place: { line: number; lineStart: number; lineEnd: number },
  ): void {
    const i = this.rows++;
    if (i === this.#idEnds.length) this.#widen(i + 1);
    const at = this.#idLength;
    const length = end - start;
    if (at + length > this.#idBytes.length) {
      this.#idBytes = grown(this.#idBytes, at + length);
      this.#idView = viewOf(this.#idBytes);
    }
    const view = this.#idView;
    // Copied and hashed in one go, as `hashBytes` would.
    let hash = hashSeed;
    let p = start;
    let q = at;
    for (; p + 4 <= end; p += 4, q += 4) {
      const word = source.getInt32(p, true);
      view.setInt32(q, word, true);
      hash = hashWord(hash, word);
    }
    let last = 0;
    for (let shift = 0; p < end; p++, q++, shift += 8) {
      const byte = source.getUint8(p);
      view.setUint8(q, byte);
      last |= byte << shift;
    }
    this.#idHashes[i] = endHash(hashWord(hash, last), length);
    this.#idLength = at + length;
    this.#idEnds[i] = this.#idLength;
    this.#line[i] = place.line;
    this.#lineStart[i] = place.lineStart;
    this.#lineEnd[i] = place.lineEnd;
    this.#created[i] = this.created;
    this.#likes[i] = this.likes;
    this.#downloads[i] = this.downloads;
    this.#trending[i] = this.trending;
    this.#private[i] = this.private;
    this.#task[i] = this.task;
    this.#library[i] = this.library;
    this.#cardCharacters[i] = this.cardCharacters;
    this.#cardAutomatic[i] = this.cardAutomatic;
    this.#tagEnds[i] = this.#tagCount;
    this.#tagBase = this.#tagCount;
    this.reset();
  }

  /** All rows since the last call, as a batch with memory of its own. */
  take(lines: number, issues: BatchIssue[]): HubBatch {
    const n = this.rows;
    const batch: HubBatch = {
      rows: n,
      lines,
      idBytes: this.#idBytes.slice(0, this.#idLength),
      idEnds: this.#idEnds.slice(0, n),
      idHashes: this.#idHashes.slice(0, n),
      line: this.#line.slice(0, n),
      lineStart: this.#lineStart.slice(0, n),
      lineEnd: this.#lineEnd.slice(0, n),
      created: this.#created.slice(0, n),
      likes: this.#likes.slice(0, n),
      downloads: this.#downloads.slice(0, n),
      trending: this.#trending.slice(0, n),
      private: this.#private.slice(0, n),
      task: this.#task.slice(0, n),
      library: this.#library.slice(0, n),
      tagEnds: this.#tagEnds.slice(0, n),
      tagCodes: this.#tagCodes.slice(0, this.#tagBase),
      cardCharacters: this.#cardCharacters.slice(0, n),
      cardAutomatic: this.#cardAutomatic.slice(0, n),
      newTags: this.tags.takeNew(),
      newTasks: this.tasks.takeNew(),
      newLibraries: this.libraries.takeNew(),
      issues,
    };
    this.rows = 0;
    this.#idLength = 0;
    this.#tagBase = 0;
    this.reset();
    return batch;
  }

  #widen(rows: number): void {
    this.#idEnds = grown(this.#idEnds, rows);
    this.#idHashes = grown(this.#idHashes, rows);
    this.#line = grown(this.#line, rows);
    this.#lineStart = grown(this.#lineStart, rows);
    this.#lineEnd = grown(this.#lineEnd, rows);
    this.#created = grown(this.#created, rows);
    this.#likes = grown(this.#likes, rows);
    this.#downloads = grown(this.#downloads, rows);
    this.#trending = grown(this.#trending, rows);
    this.#private = grown(this.#private, rows);
    this.#task = grown(this.#task, rows);
    this.#library = grown(this.#library, rows);
    this.#tagEnds = grown(this.#tagEnds, rows);
    this.#cardCharacters = grown(this.#cardCharacters, rows);
    this.#cardAutomatic = grown(this.#cardAutomatic, rows);
  }
}
