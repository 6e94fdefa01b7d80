/** Reads the whole numbers in JSON. */
export class WholeNumber {
  /** The number that was read last. */
  value = 0;

  /** Reads a whole number of at most 15 digits; returns the place after it, or -1. */
  read(b: Uint8Array, p: number): number {
    const negative = b[p] === 45;
    if (negative) p++;
    const from = p;
    let value = 0;
    while (b[p] >= 48 && b[p] <= 57) value = value * 10 + b[p++] - 48;
    const digits = p - from;
    if (negative && value === 0) return -1;
    if (digits === 0 || digits > 15 || (digits > 1 && b[from] === 48)) return -1;
    if (b[p] === 46 || b[p] === 101 || b[p] === 69) return -1;
    this.value = negative ? -value : value;
    return p;
  }
}
