/**
 * Flags of V8 with which the tasks of the same names run. Of `measure` and `fetch:hub` little is ever an object, and young generations that
 * grow would take tens of MB a thread. Of `pack` memory outside the heap, where blocks of text come and go, may double before V8 looks for garbage.
 */
export const v8Flags = {
  "fetch:hub": "--max-semi-space-size=2",
  measure: "--max-semi-space-size=2",
  pack: "--external-memory-max-growing-factor=2",
} as const;
