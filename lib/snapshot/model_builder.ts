import { ByteTable, hashBytes, viewOf } from "../core/byte_table.ts";
import { grown, zeros } from "../core/grow.ts";
import { Issues } from "../core/issues.ts";
import type { HubBatch, NewStrings } from "../source/hub_batch.ts";
import type { Origin } from "./manifest.ts";
import type { ModelSnapshot } from "./model_snapshot.ts";

/** Tag that every row of a simulated snapshot carries. */
const simulatedTag = "region:simulated";
/** `createdAt` that the Hub gave every model older than the field itself: 2 March 2022. */
const placeholderDay = Date.UTC(2022, 2, 2);

/** Whether a time of creation, in milliseconds since 1970, is the stand-in. */
export function isPlaceholder(created: number): boolean {
  return created >= placeholderDay && created < placeholderDay + 86_400_000;
}

/** One scanner's dictionary as the builder knows it, and what its codes are in the snapshot. */
class Translation {
  readonly strings = new ByteTable();
  codes = new Int32Array(1024).fill(-1);

  learn({ bytes, ends }: NewStrings): void {
    const view = viewOf(bytes);
    for (let i = 0, start = 0; i < ends.length; start = ends[i++]) {
      this.strings.intern(view, start, ends[i], hashBytes(view, start, ends[i]));
    }
    const known = this.codes.length;
    if (this.strings.size > known) {
      this.codes = grown(this.codes, this.strings.size);
      this.codes.fill(-1, known);
    }
  }

  /** Replaces codes of the scanner (negative: none) by those of `table`, which gives them in the order of first use. */
  replace(codes: Int32Array | Uint32Array, table: ByteTable): void {
    const known = this.codes;
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i];
      if (code >= 0) codes[i] = known[code] >= 0 ? known[code] : this.#translate(code, table);
    }
  }

  #translate(code: number, table: ByteTable): number {
    const { bytes, starts, ends } = this.strings.column();
    const start = starts[code];
    const end = ends[code];
    const view = viewOf(bytes);
    const translated = table.intern(view, start, end, hashBytes(view, start, end));
    this.codes[code] = translated;
    return translated;
  }
}

/** No fewer tags than most rows have; memory that is not used costs nothing, growing does. */
const usualTags = 16;

/** A column of numbers. */
type Column = Float64Array | Int32Array | Uint8Array;

/**
 * Joins batches, in the order of the input, to a snapshot. Codes are given in the order of first use, so the result is the
 * same however many scanners read the input. The first row of an id is kept.
 */
export class ModelBuilder {
  readonly issues = new Issues();
  rows = 0;
  #lines = 0;
  #unit: string;
  #ids: ByteTable;
  #tags: ByteTable;
  #tasks: ByteTable;
  #libraries: ByteTable;
  #scanners: { tags: Translation; tasks: Translation; libraries: Translation }[] = [];
  #placeholders = 0;
  #hasCards = false;
  #tagTotal = 0;
  #created: Float64Array;
  #likes: Float64Array;
  #downloads: Float64Array;
  #trending: Float64Array;
  #private: Uint8Array;
  #task: Int32Array;
  #library: Int32Array;
  #tagOffsets: Uint32Array;
  #tagCodes: Uint32Array;
  #cardCharacters: Int32Array;
  #cardAutomatic: Uint8Array;

  /**
   * @param options.expected About how many rows will come; only saves growing.
   * @param options.unit What a line of the stream is to the person: "line" or "row".
   * @param options.shared Whether other threads may look at the columns.
   */
  constructor({ expected = 1024, unit = "line", shared = false }: {
    expected?: number;
    unit?: string;
    shared?: boolean;
  } = {}) {
    const n = Math.max(1024, Math.ceil(expected));
    const memory = (bytes: number) => zeros(bytes, { shared });
    this.#unit = unit;
    this.#ids = new ByteTable({ expected: n, shared });
    this.#tags = new ByteTable({ shared });
    this.#tasks = new ByteTable({ shared });
    this.#libraries = new ByteTable({ shared });
    this.#created = new Float64Array(memory(8 * n));
    this.#likes = new Float64Array(memory(8 * n));
    this.#downloads = new Float64Array(memory(8 * n));
    this.#trending = new Float64Array(memory(8 * n));
    this.#private = new Uint8Array(memory(n));
    this.#task = new Int32Array(memory(4 * n));
    this.#library = new Int32Array(memory(4 * n));
    this.#tagOffsets = new Uint32Array(memory(4 * (n + 1)));
    this.#tagCodes = new Uint32Array(memory(4 * usualTags * n));
    this.#cardCharacters = new Int32Array(memory(4 * n));
    this.#cardAutomatic = new Uint8Array(memory(n));
  }

  /**
   * Adds the rows of one batch, which scanner number `scanner` read.
   *
   * @returns for each row of the batch 1 where it was kept, 0 where its id was there before
   */
  append(batch: HubBatch, { scanner = 0 }: { scanner?: number } = {}): Uint8Array<ArrayBuffer> {
    const { tags, tasks, libraries } = this.#scanners[scanner] ??= {
      tags: new Translation(),
      tasks: new Translation(),
      libraries: new Translation(),
    };
    tags.learn(batch.newTags);
    tasks.learn(batch.newTasks);
    libraries.learn(batch.newLibraries);
    this.#reserve(this.rows + batch.rows, this.#tagTotal + batch.tagCodes.length);
    for (const { kind, rule, count, examples } of batch.issues) {
      this.issues.add(kind, rule, undefined, count);
      for (const { line, text } of examples) this.issues.add(kind, rule, this.#at(line, text), 0);
    }
    const first = this.rows;
    const kept = this.#keep(batch);
    const all = this.rows - first === batch.rows;
    const place = (target: Column, source: Column) => {
      if (all) return target.set(source.subarray(0, batch.rows), first);
      for (let i = 0, row = first; i < batch.rows; i++) if (kept[i]) target[row++] = source[i];
    };
    place(this.#created, batch.created);
    place(this.#likes, batch.likes);
    place(this.#downloads, batch.downloads);
    place(this.#trending, batch.trending);
    place(this.#private, batch.private);
    place(this.#cardCharacters, batch.cardCharacters);
    place(this.#cardAutomatic, batch.cardAutomatic);
    place(this.#task, batch.task);
    tasks.replace(this.#task.subarray(first, this.rows), this.#tasks);
    place(this.#library, batch.library);
    libraries.replace(this.#library.subarray(first, this.rows), this.#libraries);
    this.#addTags(batch, { first, kept });
    tags.replace(this.#tagCodes.subarray(this.#tagOffsets[first], this.#tagTotal), this.#tags);
    for (let row = first; row < this.rows; row++) {
      if (isPlaceholder(this.#created[row])) this.#placeholders++;
      if (this.#cardCharacters[row] >= 0) this.#hasCards = true;
    }
    this.#lines += batch.lines;
    return kept;
  }

  /** Gives the rows of a batch with new ids the next numbers; 1 for each of them, 0 for the others. */
  #keep(batch: HubBatch): Uint8Array<ArrayBuffer> {
    const kept = new Uint8Array(batch.rows);
    const ids = this.#ids;
    const { codes, twins } = ids.internAll({
      bytes: batch.idBytes,
      ends: batch.idEnds,
      hashes: batch.idHashes,
    });
    for (let i = 0; i < codes.length; i++) {
      if (codes[i] !== this.rows) {
        this.issues.add(
          "duplicateId",
          "a later row with the same id; the first is kept",
          this.#at(batch.line[i], ids.column().at(codes[i])),
        );
        continue;
      }
      kept[i] = 1;
      this.rows++;
      const twin = twins.size === 0 ? undefined : twins.get(i);
      if (twin === undefined) continue;
      const known = ids.column();
      this.issues.add(
        "idsDifferByCase",
        "ids that differ only by case are different models",
        `${known.at(twin)} / ${known.at(codes[i])}`,
      );
    }
    return kept;
  }

  /** Adds the tags of the kept rows, in the codes of their scanner. */
  #addTags(
    { rows, tagEnds, tagCodes }: HubBatch,
    { first, kept }: { first: number; kept: Uint8Array },
  ): void {
    let total = this.#tagTotal;
    for (let i = 0, row = first, start = 0; i < rows; i++) {
      const end = tagEnds[i];
      if (kept[i]) {
        for (let t = start; t < end; t++) this.#tagCodes[total++] = tagCodes[t];
        this.#tagOffsets[++row] = total;
      }
      start = end;
    }
    this.#tagTotal = total;
  }

  /**
   * The snapshot; the builder must not be used afterwards.
   *
   * @throws {SyntaxError} when no row was kept
   */
  finish({ name, origin }: { name: string; origin: Omit<Origin, "simulated"> }): ModelSnapshot {
    const n = this.rows;
    if (n === 0) {
      const found = this.issues.list().map((i) =>
        `${i.count} x ${i.kind}, e.g. ${JSON.stringify(i.examples[0] ?? "")}`
      );
      if (/^json(\.|$)/.test(origin.format) && this.#lines === 0 && found.length === 0) {
        // JSON and YAML write an empty list alike.
        throw new SyntaxError(
          `Cannot read "${origin.name}": it is an empty list, expected at least one model or asset`,
        );
      }
      throw new SyntaxError(
        `Cannot read "${origin.name}" as Hub models: no usable row in ${this.#lines} ${this.#unit}s` +
          (found.length > 0 ? ` (${found.join("; ")})` : "") +
          `; expected one JSON object with an "id" a row`,
      );
    }
    if (this.#placeholders > 0) {
      this.issues.add(
        "placeholderDate",
        "created on 2022-03-02, the Hub's stand-in for older models; kept",
        undefined,
        this.#placeholders,
      );
    }
    const table = this.#ids;
    const simulated = this.#tags.findString(simulatedTag) >= 0;
    return Object.freeze<ModelSnapshot>({
      kind: "models",
      name,
      origin: { ...origin, simulated },
      issues: this.issues.list(),
      models: n,
      ids: table.column(),
      created: this.#created.subarray(0, n),
      likes: this.#likes.subarray(0, n),
      downloads: this.#downloads.subarray(0, n),
      trending: this.#trending.subarray(0, n),
      private: this.#private.subarray(0, n),
      task: this.#task.subarray(0, n),
      tasks: this.#tasks.column(),
      library: this.#library.subarray(0, n),
      libraries: this.#libraries.column(),
      tagOffsets: this.#tagOffsets.subarray(0, n + 1),
      tagCodes: this.#tagCodes.subarray(0, this.#tagTotal),
      tags: this.#tags.column(),
      cardCharacters: this.#cardCharacters.subarray(0, n),
      cardAutomatic: this.#cardAutomatic.subarray(0, n),
      hasCards: this.#hasCards,
      find: (id) => table.findString(id),
      findCaseTwin: (id) => table.findCaseTwinOf(id),
    });
  }

  #at(line: number, text: string): string {
    return `${this.#unit} ${this.#lines + line + 1}: ${text}`;
  }

  #reserve(rows: number, tags: number): void {
    this.#created = grown(this.#created, rows);
    this.#likes = grown(this.#likes, rows);
    this.#downloads = grown(this.#downloads, rows);
    this.#trending = grown(this.#trending, rows);
    this.#private = grown(this.#private, rows);
    this.#task = grown(this.#task, rows);
    this.#library = grown(this.#library, rows);
    this.#tagOffsets = grown(this.#tagOffsets, rows + 1);
    this.#tagCodes = grown(this.#tagCodes, tags);
    this.#cardCharacters = grown(this.#cardCharacters, rows);
    this.#cardAutomatic = grown(this.#cardAutomatic, rows);
  }
}
