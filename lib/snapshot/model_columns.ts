import type { ModelSnapshot } from "./model_snapshot.ts";
import { type ParquetColumn, writeParquetColumns } from "./parquet_write.ts";

/** Fewer rows are written sooner than a thread starts. */
const worthThread = 1 << 18;

/** What the thread is asked: the columns are looked at where they are, or copied where their memory is not shared. */
export interface ColumnsTask {
  path: string;
  columns: ParquetColumn[];
  rows: number;
  createdBy: string;
}

/** Writes `models.parquet`, in a thread where there are many rows, so that something else can be done meanwhile. */
export class ColumnsWriter implements Disposable {
  #path: string;
  #createdBy: string;
  #worker: Worker | null = null;
  /** What the thread answers. */
  #sum = Promise.withResolvers<string>();

  constructor(path: string, { createdBy }: { createdBy: string }) {
    this.#path = path;
    this.#createdBy = createdBy;
  }

  /** Says how many rows there are already: a thread that will be needed is started ahead of time, because that takes a while. */
  expect(rows: number): void {
    if (rows >= worthThread) this.#thread();
  }

  /**
   * Writes the columns of a snapshot; returns the SHA-256 of the file.
   *
   * @throws {Error} when they cannot be written
   */
  write(snapshot: ModelSnapshot): Promise<string> {
    const rows = snapshot.models;
    const createdBy = this.#createdBy;
    const path = this.#path;
    const task: ColumnsTask = { path, columns: columnsOf(snapshot), rows, createdBy };
    return rows < worthThread ? writeParquetColumns(path, task.columns, task) : this.#ask(task);
  }

  /** Ends the thread. */
  [Symbol.dispose](): void {
    this.#worker?.terminate();
  }

  #thread(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(new URL("./columns_worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<{ done: string } | { error: string }>) => {
      if ("error" in data) this.#sum.reject(new Error(data.error));
      else this.#sum.resolve(data.done);
    };
    // It may end before it is asked anything.
    worker.onerror = (event) => {
      event.preventDefault();
      this.#sum.reject(
        new Error(`Cannot write "${this.#path}": a thread has ended (${event.message})`),
      );
    };
    this.#sum.promise.catch(() => {});
    return this.#worker = worker;
  }

  #ask(task: ColumnsTask): Promise<string> {
    this.#thread().postMessage(task);
    return this.#sum.promise;
  }
}

function columnsOf(s: ModelSnapshot): ParquetColumn[] {
  return [
    { name: "id", kind: "string", values: s.ids },
    { name: "createdAt", kind: "timestamp", values: s.created },
    { name: "likes", kind: "int64", values: s.likes },
    { name: "downloads", kind: "int64", values: s.downloads },
    { name: "trendingScore", kind: "double", values: s.trending },
    { name: "private", kind: "boolean", values: s.private },
    { name: "pipeline_tag", kind: "codes", values: s.task, dictionary: s.tasks },
    { name: "library_name", kind: "codes", values: s.library, dictionary: s.libraries },
    { name: "tags", kind: "list", offsets: s.tagOffsets, values: s.tagCodes, dictionary: s.tags },
    { name: "cardCharacters", kind: "int32", values: s.cardCharacters },
    { name: "cardAutomatic", kind: "boolean", values: s.cardAutomatic },
  ];
}
