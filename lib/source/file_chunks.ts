/** How a file is read; see {@link fileChunks}. */
export interface FileChunksOptions {
  /**
   * Most bytes of a piece.
   * @default 1 MB
   */
  size?: number;
  /** Called after each piece with the number of bytes read so far. */
  onBytes?: (read: number) => void;
}

/**
 * The bytes of a file, in order, in pieces that own their memory.
 *
 * @throws {Deno.errors.NotFound} when there is no such file
 */
export async function* fileChunks(
  path: string,
  { size = 1 << 20, onBytes }: FileChunksOptions = {},
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  using file = await Deno.open(path);
  let read = 0;
  for (;;) {
    const buffer = new Uint8Array(size);
    const got = await file.read(buffer);
    if (got === null) return;
    read += got;
    onBytes?.(read);
    yield buffer.subarray(0, got);
  }
}
