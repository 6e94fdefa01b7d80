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

  constructor(path: string) {
    this.#path = path;
    this.#file = Deno.openSync(path, { write: true, create: true, truncate: true });
    this.write(magic);
  }

  /**
   * Adds bytes.
   *
   * @throws {Error} when they cannot be written, as when the disk is full
   */
  write(bytes: Uint8Array): void {
    try {
      for (let at = 0; at < bytes.length;) at += this.#file.writeSync(bytes.subarray(at));
    } catch (cause) {
      throw new Error(`Cannot write "${this.#path}": ${(cause as Error).message}`, { cause });
    }
    this.#hash.update(bytes);
    this.offset += bytes.length;
  }

  /** Adds the footer; returns the SHA-256 of the file. */
  finish(
    { createdBy, schema, groups }: {
      createdBy: string;
      schema: SchemaElement[];
      groups: RowGroup[];
    },
  ): string {
    const footer = new ByteWriter();
    writeMetadata(footer, {
      version: 2,
      created_by: createdBy,
      schema,
      num_rows: groups.reduce((rows, group) => rows + group.num_rows, 0n),
      row_groups: groups,
      metadata_length: 0,
    });
    this.write(footer.getBytes());
    this.write(magic);
    return this.#hash.digest("hex");
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }
}
