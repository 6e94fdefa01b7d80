import { createHash } from "node:crypto";
import { join } from "node:path";
import { zstdCompressSync } from "node:zlib";

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
   * @throws {SyntaxError} when a page that the index has is not on disk as it was written
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
      const { pages, bytes } = readIndex<T>(await Deno.readFile(join(folder, indexName(name))));
      await index.truncate(bytes);
      await index.seek(bytes, Deno.SeekMode.Start);
      await cutFiles(folder, { name, pages });
      const last = pages.at(-1);
      if (last !== undefined) await checkPage(folder, last);
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
   * Appends a page; it is on disk when this resolves. When it throws (a full disk), the page is not in the log.
   *
   * @param text Complete lines.
   * @param note What the index shall keep of it, as JSON can hold it.
   */
  async append(text: Uint8Array, note: T): Promise<LoggedPage & T> {
    const frame = new Uint8Array(zstdCompressSync(text));
    const last = this.#pages.at(-1);
    let file = last?.file ?? fileName(this.#name, 1);
    let at = last === undefined ? 0 : last.at + last.bytes;
    if (at >= this.#fileBytes) {
      this.#file?.close();
      this.#file = null;
      file = fileName(this.#name, Number(/-(\d+)\./.exec(file)![1]) + 1);
      at = 0;
    }
    this.#file ??= await Deno.open(join(this.#folder, file), { write: true, create: true });
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

  /** Ends writing. */
  close(): void {
    this.#file?.close();
    this.#file = null;
    this.#index.close();
  }
}

/** Name of the index of a log. */
export function indexName(name: string): string {
  return `${name}.index.jsonl`;
}

function fileName(name: string, number: number): string {
  return `${name}-${String(number).padStart(4, "0")}.jsonl.zst`;
}

/** Writes bytes at a place and waits until they are on disk; cuts them off again when that fails. */
async function writeAt(
  file: Deno.FsFile,
  { at, bytes }: { at: number; bytes: Uint8Array },
): Promise<void> {
  try {
    await file.seek(at, Deno.SeekMode.Start);
    for (let written = 0; written < bytes.length;) {
      written += await file.write(bytes.subarray(written));
    }
    await file.syncData();
  } catch (error) {
    await file.truncate(at).catch(() => {});
    throw error;
  }
}

/** The complete lines of an index, and how many bytes they take. */
function readIndex<T>(bytes: Uint8Array): { pages: (LoggedPage & T)[]; bytes: number } {
  const end = bytes.lastIndexOf(10) + 1;
  const lines = new TextDecoder().decode(bytes.subarray(0, end)).split("\n").slice(0, -1);
  return { pages: lines.map((line) => JSON.parse(line)), bytes: end };
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

async function checkPage(folder: string, { file, at, bytes, sha256 }: LoggedPage): Promise<void> {
  const path = join(folder, file);
  using opened = await Deno.open(path);
  await opened.seek(at, Deno.SeekMode.Start);
  const frame = new Uint8Array(bytes);
  for (let read = 0; read < bytes;) read += await opened.read(frame.subarray(read)) ?? bytes;
  const found = createHash("sha256").update(frame).digest("hex");
  if (found === sha256) return;
  throw new SyntaxError(
    `Cannot go on with "${path}": sha256 of its last page is ${found.slice(0, 12)}…, expected ${
      sha256.slice(0, 12)
    }…; remove the folder and begin again`,
  );
}
