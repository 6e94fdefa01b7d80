import { type AsyncBuffer, parquetMetadataAsync } from "hyparquet";

/** A file as hyparquet reads it. */
export function openBuffer(file: Deno.FsFile, byteLength: number): AsyncBuffer {
  return {
    byteLength,
    slice(start, end = byteLength) {
      const from = start < 0 ? Math.max(0, byteLength + start) : start;
      const bytes = new Uint8Array(Math.max(0, Math.min(end, byteLength) - from));
      // Synchronous, because reads of several columns share the file's position.
      file.seekSync(from, Deno.SeekMode.Start);
      let length = 0;
      while (length < bytes.length) {
        const got = file.readSync(bytes.subarray(length));
        if (got === null) throw new SyntaxError("the file ends too early");
        length += got;
      }
      return Promise.resolve(bytes.buffer);
    },
  };
}

/**
 * Number of rows of a Parquet file, from its footer.
 *
 * @throws {SyntaxError} when it is no Parquet, or cut
 */
export async function parquetRows(path: string): Promise<number> {
  using file = await Deno.open(path);
  try {
    const buffer = openBuffer(file, (await file.stat()).size);
    return Number((await parquetMetadataAsync(buffer)).num_rows);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new SyntaxError(`Cannot read "${path}" as Parquet: ${message}`, { cause });
  }
}
