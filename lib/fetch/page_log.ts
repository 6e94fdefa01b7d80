import { createHash } from "node:crypto";
import { join } from "node:path";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { fileName, fileNumber, indexName, readIndex } from "./page_index.ts";
import { syncFolder } from "./write_whole.ts";

export { fileNumber, indexName } from "./page_index.ts";

/** Where a page lies in a log. */
export interface LoggedPage {
  /** Name of the file. */
  file: string;
  /** First byte of its frame in the file. */
  at: number;
  /** Bytes of its frame. */
  bytes: number;
  /** SHA-256 of its frame, hexadecimal. */
  sha256: string;
}

/** Options of {@link PageLog.open}. */
export interface PageLogOptions {
  /** Files are `NAME-0001.jsonl.zst` and so on; the index is `NAME.index.jsonl`. */
  name: string;
  /**
   * A file that has this many bytes gets no further page.
   * @default 256 MB
   */
  fileBytes?: number;
}

/**
 * Pages of text, each appended as a Zstandard frame, and an index with a line a page. A page counts when its line is on disk, which
 * comes after the frame: whenever the program or the machine stops, opening the log again gives the pages that were appended, whole, and cuts
 * off what was being written.
 *
 * @typeParam T What the index keeps of a page besides its place.
 */
export class PageLog<T extends object> {
  #folder: string;
  #name: string;
  #fileBytes: number;
  #pages: (LoggedPage & T)[];
  #index: Deno.FsFile;
  #indexBytes: number;
  #file: Deno.FsFile | null = null;
  #busy = false;

  private constructor(
    folder: string,
    { name, fileBytes, pages, index, indexBytes }: Required<PageLogOptions> & {
      pages: (LoggedPage & T)[];
      index: Deno.FsFile;
      indexBytes: number;
    },
  ) {
    this.#folder = folder;
    this.#name = name;
    this.#fileBytes = fileBytes;
    this.#pages = pages;
    this.#index = index;
    this.#indexBytes = indexBytes;
  }

  /**
   * Opens the log of a folder, or begins one.
   *
   * @throws {SyntaxError} when the index was changed, a file is shorter than it says, or the last page is not on disk as it was written; `read`
   * compares the others
   */
  static async open<T extends object>(
    folder: string,
    { name, fileBytes = 256 << 20 }: PageLogOptions,
  ): Promise<PageLog<T>> {
    const index = await Deno.open(join(folder, indexName(name)), {
      read: true,
      write: true,
      create: true,
    });
    try {
      const path = join(folder, indexName(name));
      const { pages, bytes } = readIndex<T>(await Deno.readFile(path), { name, path });
      await index.truncate(bytes);
      await index.seek(bytes, Deno.SeekMode.Start);
      await cutFiles(folder, { name, pages });
      const last = pages.at(-1);
      if (last !== undefined) await readFrame(folder, last);
      syncFolder(folder);
      return new PageLog(folder, { name, fileBytes, pages, index, indexBytes: bytes });
    } catch (error) {
      index.close();
      throw error;
    }
  }

  /** The pages in their order. */
  get pages(): readonly (LoggedPage & T)[] {
    return this.#pages;
  }

  /**
   * Appends a page; it is on disk when this resolves. When it throws (a full disk), the page is not in the log, which can go on when there is room.
   *
   * @param text Complete lines. A page without any begins no file, which would be one that nothing can be read from.
   * @param note What the index shall keep of it, as JSON can hold it.
   * @param options.file Number of the file that it goes to, the last one or the next; default: by the size of the last one.
   */
  async append(
    text: Uint8Array,
    note: T,
    { file: number }: { file?: number } = {},
  ): Promise<LoggedPage & T> {
    if (this.#busy) {
      throw new Error(`Cannot append to "${this.#name}": await the page before it first`);
    }
    this.#busy = true;
    try {
      return await this.#append(text, note, number);
    } finally {
      this.#busy = false;
    }
  }

  async #append(text: Uint8Array, note: T, number: number | undefined): Promise<LoggedPage & T> {
    const frame = new Uint8Array(zstdCompressSync(text));
    const last = this.#pages.at(-1);
    let file = last?.file ?? fileName(this.#name, 1);
    let at = last === undefined ? 0 : last.at + last.bytes;
    const full = number === undefined ? at >= this.#fileBytes : number > fileNumber(file);
    if (full && text.length > 0) {
      this.#file?.close();
      this.#file = null;
      file = fileName(this.#name, fileNumber(file) + 1);
      at = 0;
    }
    if (this.#file === null) {
      this.#file = await Deno.open(join(this.#folder, file), { write: true, create: true });
      if (at === 0) syncFolder(this.#folder);
    }
    await writeAt(this.#file, { at, bytes: frame });
    const page = {
      file,
      at,
      bytes: frame.length,
      sha256: createHash("sha256").update(frame).digest("hex"),
      ...note,
    };
    const line = new TextEncoder().encode(`${JSON.stringify(page)}\n`);
    await writeAt(this.#index, { at: this.#indexBytes, bytes: line });
    this.#indexBytes += line.length;
    this.#pages.push(page);
    return page;
  }

  /**
   * The text of a page.
   *
   * @throws {SyntaxError} when it is not on disk as it was written
   */
  async read(page: LoggedPage): Promise<Uint8Array> {
    return zstdDecompressSync(await readFrame(this.#folder, page));
  }

  /** Ends writing. */
  close(): void {
    this.#file?.close();
    this.#file = null;
    this.#index.close();
  }
}

/** Writes bytes at a place and waits until they are on disk; cuts them off again when that fails. */
async function writeAt(
  file: Deno.FsFile,
  { at, bytes }: { at: number; bytes: Uint8Array },
): Promise<void> {
  try {
    // What an attempt before it could not cut off.
    await file.truncate(at);
    await file.seek(at, Deno.SeekMode.Start);
    for (let written = 0; written < bytes.length;) {
      written += await file.write(bytes.subarray(written));
    }
    await file.syncData();
  } catch (error) {
    await file.truncate(at).catch(() => {});
    throw new Error(
      `Cannot write a page: ${(error as Error).message}; what was written before it is kept`,
      { cause: error },
    );
  }
}

/** Cuts each file after its last page, and removes files without one. */
async function cutFiles(
  folder: string,
  { name, pages }: { name: string; pages: readonly LoggedPage[] },
): Promise<void> {
  const ends = new Map(pages.map(({ file, at, bytes }) => [file, at + bytes]));
  for (const [file, end] of ends) {
    const path = join(folder, file);
    const size = await Deno.stat(path).then(({ size }) => size, () => 0);
    if (size < end) {
      throw new SyntaxError(
        `Cannot go on with "${path}": it has ${size} bytes, its index ${end}; remove the folder and begin again`,
      );
    }
    if (size > end) await Deno.truncate(path, end);
  }
  const mine = new RegExp(`^${RegExp.escape(name)}-\\d+\\.jsonl\\.zst$`);
  for await (const entry of Deno.readDir(folder)) {
    if (mine.test(entry.name) && !ends.has(entry.name)) await Deno.remove(join(folder, entry.name));
  }
}

async function readFrame(
  folder: string,
  { file, at, bytes, sha256 }: LoggedPage,
): Promise<Uint8Array<ArrayBuffer>> {
  const path = join(folder, file);
  using opened = await Deno.open(path);
  await opened.seek(at, Deno.SeekMode.Start);
  const frame = new Uint8Array(bytes);
  for (let read = 0; read < bytes;) read += await opened.read(frame.subarray(read)) ?? bytes;
  const found = createHash("sha256").update(frame).digest("hex");
  if (found === sha256) return frame;
  throw new SyntaxError(
    `Cannot go on with "${path}": sha256 of its page at ${at} is ${found.slice(0, 12)}…, expected ${
      sha256.slice(0, 12)
    }…; remove the folder and begin again`,
  );
}
