/** Typed arrays that {@link grown} can lengthen. */
export type Growable = Uint8Array | Uint16Array | Int32Array | Uint32Array | Float64Array;

/** Zeros that other threads can look at where they are shared. */
export function zeros(bytes: number, { shared }: { shared: boolean }): ArrayBufferLike {
  return shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
}

/** The array itself when it has room for `length` entries, else a copy with at least half as much again, shared as the array is. */
export function grown<T extends Growable>(array: T, length: number): T {
  if (length <= array.length) return array;
  const Kind = array.constructor as new (memory: ArrayBufferLike) => T;
  const room = Math.max(length, Math.ceil(array.length * 1.5), 1024);
  const shared = array.buffer instanceof SharedArrayBuffer;
  const wider = new Kind(zeros(room * array.BYTES_PER_ELEMENT, { shared }));
  wider.set(array);
  return wider;
}
