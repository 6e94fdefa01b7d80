import { createHash } from "node:crypto";
import type { RowGroup, SchemaElement } from "hyparquet";
import { ByteWriter } from "hyparquet-writer";
import { writeMetadata } from "hyparquet-writer/src/metadata.js";

/** First and last bytes of a Parquet file. */
export const magic = Uint8Array.of(80, 65, 82, 49);

/** A new Parquet file, written from its beginning to its end. */
export class ParquetFile implements Disposable {
  /** Bytes written so far. */
  offset = 0;
  #path: string;
  #file: Deno.FsFile;
  #hash = createHash("sha256");
  /** Done when all that was added is written. */
  #written: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
    this.#file = Deno.openSync(path, { write: true, create: true, truncate: true });
    this.#add(magic);
  }

  /**
   * Adds bytes, which must stay as they are: they are written while the next ones are made. Waits for those that were added before.
   *
   * @throws {Error} when those cannot be written, as when the disk is full
   */
  async write(bytes: Uint8Array): Promise<void> {
    await this.#written;
    this.#add(bytes);
  }

  #add(bytes: Uint8Array): void {
    this.#written = this.#put(bytes);
    // A failure is met when the next bytes come.
    this.#written.catch(() => {});
    this.#hash.update(bytes);
    this.offset += bytes.length;
  }

  async #put(bytes: Uint8Array): Promise<void> {
    try {
      for (let at = 0; at < bytes.length;) at += await this.#file.write(bytes.subarray(at));
    } catch (cause) {
      throw new Error(`Cannot write "${this.#path}": ${(cause as Error).message}`, { cause });
    }
  }

  /**
   * Adds the footer; returns the SHA-256 of the file.
   *
   * @throws {Error} as {@link ParquetFile.write}
   */
  async finish(
    { createdBy, schema, groups }: {
      createdBy: string;
      schema: SchemaElement[];
      groups: RowGroup[];
    },
  ): Promise<string> {
    const footer = new ByteWriter();
    writeMetadata(footer, {
      version: 2,
      created_by: createdBy,
      schema,
      num_rows: groups.reduce((rows, group) => rows + group.num_rows, 0n),
      row_groups: groups,
      metadata_length: 0,
    });
    await this.write(footer.getBytes());
    await this.write(magic);
    await this.#written;
    return this.#hash.digest("hex");
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }
}
