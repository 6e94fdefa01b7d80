import { ByteTable } from "../../core/byte_table.ts";
import { grown } from "../../core/grow.ts";
import type { PageLog } from "../page_log.ts";
import { hubRow, type ServedRow } from "./hub_row.ts";

/** Rows that are held in memory at a time. */
const chunkRows = 32_768;

/** A row in the form of published dumps, and its id. */
export interface ChangedRow {
  id: string;
  row: Record<string, unknown>;
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
  #lines = 0;

  private constructor(log: PageLog<{ rows: number }>) {
    this.#log = log;
  }

  /** Reads the log through; of two rows with the same time of change the later one counts. */
  static async read(log: PageLog<{ rows: number }>): Promise<ChangedModels> {
    const models = new ChangedModels(log);
    for await (const row of rowsOf(log)) models.#add(row);
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

  /** The rows by time of creation, then by id; those without a time come last. */
  async *rows(): AsyncGenerator<ChangedRow> {
    const order = this.#order();
    const rankOfLine = new Int32Array(this.#lines).fill(-1);
    order.forEach((code, rank) => rankOfLine[this.#line[code]] = rank);
    for (let start = 0; start < order.length; start += chunkRows) {
      const chunk: ServedRow[] = new Array(Math.min(chunkRows, order.length - start));
      let line = 0;
      for await (const row of rowsOf(this.#log)) {
        const place = rankOfLine[line++] - start;
        if (place >= 0 && place < chunk.length) chunk[place] = row;
      }
      for (const row of chunk) yield { id: row.id, row: hubRow(row) };
    }
  }

  #add({ id, lastModified, createdAt }: ServedRow): void {
    const { size } = this.#ids;
    const code = this.#ids.internString(id);
    const changed = timeOf(lastModified, -Infinity);
    if (code === size) {
      if (size === this.#line.length) {
        this.#changed = grown(this.#changed, size + 1);
        this.#created = grown(this.#created, size + 1);
        this.#line = grown(this.#line, size + 1);
      }
    } else if (changed < this.#changed[code]) {
      this.#lines++;
      return;
    }
    this.#changed[code] = changed;
    this.#created[code] = timeOf(createdAt, Infinity);
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

function timeOf(value: unknown, otherwise: number): number {
  const time = typeof value === "string" ? Date.parse(value) : NaN;
  return Number.isNaN(time) ? otherwise : time;
}

async function* rowsOf(log: PageLog<{ rows: number }>): AsyncGenerator<ServedRow> {
  const decoder = new TextDecoder();
  for (const page of log.pages) {
    const lines = decoder.decode(await log.read(page)).split("\n");
    for (const line of lines.slice(0, -1)) yield JSON.parse(line);
  }
}
