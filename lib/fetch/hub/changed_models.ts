import { ByteTable } from "../../core/byte_table.ts";
import { grown } from "../../core/grow.ts";
import type { PageLog } from "../page_log.ts";
import { hubRow, type ServedRow, timeOf } from "./hub_row.ts";

/** A row in the form of published dumps, and its id. */
export interface ChangedRow {
  id: string;
  row: Record<string, unknown>;
}

/** Options of reading the log. */
interface ReadOptions {
  /** Ends it between two pages. */
  signal?: AbortSignal;
  /** Called when a page was read. */
  onPage?: () => void;
}

/** Options of {@link ChangedModels.rows}. */
export interface RowsOptions extends ReadOptions {
  /**
   * Bytes of the rows that are held in memory at a time.
   * @default 64 MB
   */
  mostBytes?: number;
}

/**
 * The models of a log of changes, each once: the row of its latest change. Memory holds their ids and times, the rows stay on disk.
 */
export class ChangedModels {
  #log: PageLog<{ rows: number }>;
  #ids = new ByteTable();
  /** Time of the latest change in milliseconds, -Infinity where none is told. */
  #changed = new Float64Array(1024);
  /** Time of creation, Infinity where none is told. */
  #created = new Float64Array(1024);
  /** Line of the log that holds the row. */
  #line = new Uint32Array(1024);
  /** Bytes of that line. */
  #bytes = new Uint32Array(1024);
  #lines = 0;

  private constructor(log: PageLog<{ rows: number }>) {
    this.#log = log;
  }

  /** Reads the log through; of two rows with the same time of change the later one counts. */
  static async read(
    log: PageLog<{ rows: number }>,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<ChangedModels> {
    const models = new ChangedModels(log);
    const decoder = new TextDecoder();
    for await (const line of linesOf(log, { signal })) {
      models.#add(JSON.parse(decoder.decode(line)), line.length);
    }
    return models;
  }

  /** Number of models. */
  get size(): number {
    return this.#ids.size;
  }

  /** Number of a model, -1 where it is not among them. */
  find(id: string): number {
    return this.#ids.findString(id);
  }

  /** The rows by time of creation, then by id; those without a time come last. The log is read once for each `mostBytes` of them. */
  async *rows(
    { signal, onPage, mostBytes = 64 << 20 }: RowsOptions = {},
  ): AsyncGenerator<ChangedRow> {
    const order = this.#order();
    const rankOfLine = new Int32Array(this.#lines).fill(-1);
    order.forEach((code, rank) => rankOfLine[this.#line[code]] = rank);
    const decoder = new TextDecoder();
    for (let start = 0; start < order.length;) {
      const starts = this.#chunk(order.subarray(start), mostBytes);
      const ranks = starts.length - 1;
      const bytes = new Uint8Array(starts[ranks]);
      let line = 0;
      for await (const row of linesOf(this.#log, { signal, onPage })) {
        const place = rankOfLine[line++] - start;
        if (place >= 0 && place < ranks) bytes.set(row, starts[place]);
      }
      for (let place = 0; place < ranks; place++) {
        const row = JSON.parse(decoder.decode(bytes.subarray(starts[place], starts[place + 1])));
        yield { id: row.id, row: hubRow(row) };
      }
      start += ranks;
    }
  }

  /** Where each of the first rows begins that are held at a time, and where the last one ends. */
  #chunk(order: Uint32Array, mostBytes: number): number[] {
    const starts = [0];
    let end = 0;
    for (const code of order) {
      if (end > 0 && end + this.#bytes[code] > mostBytes) break;
      end += this.#bytes[code];
      starts.push(end);
    }
    return starts;
  }

  #add({ id, lastModified, createdAt }: ServedRow, bytes: number): void {
    const { size } = this.#ids;
    const code = this.#ids.internString(id);
    const changed = timeOr(lastModified, -Infinity);
    if (code === size) {
      if (size === this.#line.length) {
        this.#changed = grown(this.#changed, size + 1);
        this.#created = grown(this.#created, size + 1);
        this.#line = grown(this.#line, size + 1);
        this.#bytes = grown(this.#bytes, size + 1);
      }
    } else if (changed < this.#changed[code]) {
      this.#lines++;
      return;
    }
    this.#changed[code] = changed;
    this.#created[code] = timeOr(createdAt, Infinity);
    this.#bytes[code] = bytes;
    this.#line[code] = this.#lines++;
  }

  #order(): Uint32Array {
    const ids = this.#ids.column();
    const created = this.#created;
    return Uint32Array.from({ length: this.size }, (_, code) => code).sort((a, b) =>
      created[a] === created[b]
        ? (ids.at(a) < ids.at(b) ? -1 : 1)
        : created[a] < created[b]
        ? -1
        : 1
    );
  }
}

function timeOr(value: unknown, otherwise: number): number {
  const time = timeOf(value);
  return Number.isNaN(time) ? otherwise : time;
}

/** The lines of a log, without the newline. */
async function* linesOf(
  log: PageLog<{ rows: number }>,
  { signal, onPage }: ReadOptions,
): AsyncGenerator<Uint8Array> {
  for (const page of log.pages) {
    signal?.throwIfAborted();
    const text = await log.read(page);
    for (let start = 0; start < text.length;) {
      const end = text.indexOf(10, start);
      yield text.subarray(start, end);
      start = end + 1;
    }
    onPage?.();
  }
}
