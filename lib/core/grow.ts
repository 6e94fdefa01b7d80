/** Typed arrays that {@link grown} can lengthen. */
export type Growable = Uint8Array | Uint16Array | Int32Array | Uint32Array | Float64Array;

/** The array itself when it has room for `length` entries, else a copy with at least half as much again. */
export function grown<T extends Growable>(array: T, length: number): T {
  if (length <= array.length) return array;
  const Kind = array.constructor as new (length: number) => T;
  const wider = new Kind(Math.max(length, Math.ceil(array.length * 1.5), 1024));
  wider.set(array);
  return wider;
}
