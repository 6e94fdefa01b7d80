import assert from "node:assert/strict";
import { ByteWriter } from "hyparquet-writer";
import { random } from "../../lib/core/random.ts";
import { listLevels, packBits, packedCodes } from "../../lib/snapshot/parquet_values.ts";

/** Bits of numbers, lowest first, as bytes. */
function bitsOf(numbers: ArrayLike<number>, width: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(numbers.length / 8) * width);
  for (let i = 0; i < numbers.length; i++) {
    for (let bit = 0; bit < width; bit++) {
      const at = i * width + bit;
      if (Math.floor(numbers[i] / 2 ** bit) % 2 === 1) bytes[at >> 3] |= 1 << (at & 7);
    }
  }
  return bytes;
}

Deno.test("packedCodes() packs bit by bit whatever the width and the number of codes", () => {
  const rng = random({ seed: 3 });
  for (let width = 1; width <= 24; width++) {
    for (const count of [0, 1, 7, 8, 9, 100, 1003]) {
      const size = 2 ** width;
      const codes = Uint32Array.from(
        { length: count },
        (_, i) => i === 0 ? size - 1 : rng.below(size),
      );
      const expected = new ByteWriter();
      expected.appendUint8(width);
      if (count > 0) expected.appendVarInt(2 * Math.ceil(count / 8) + 1);
      expected.appendBytes(bitsOf(codes, width));
      assert.deepEqual(
        Array.from(packedCodes(codes, size)),
        Array.from(expected.getBytes()),
        `${count} codes of ${width} bits`,
      );
    }
  }
});

Deno.test("packBits() packs bit by bit when the last byte is not full", () => {
  const rng = random({ seed: 4 });
  for (let count = 0; count < 40; count++) {
    const levels = Uint8Array.from({ length: count }, () => rng.below(2));
    const packed = new Uint8Array(Math.ceil(count / 8));
    packBits(levels, packed);
    assert.deepEqual(packed, bitsOf(levels, 1));
  }
});

Deno.test("listLevels() marks the first value of a list and the lists without any", () => {
  // [], [a b c], [], [d], [] of which the first is left out.
  assert.deepEqual(listLevels(Uint32Array.of(0, 0, 3, 3, 4, 4), 1, 5), {
    repeated: Uint8Array.of(0, 1, 1, 0, 0, 0),
    defined: Uint8Array.of(1, 1, 1, 0, 1, 0),
    empty: 2,
  });
});
