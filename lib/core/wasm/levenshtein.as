/**
 * Edit distance of texts of one byte a character in AssemblyScript: `editDistance` of ../levenshtein.ts with two blocks of 64 rows
 * in the two lanes of a vector, lane 0 in the upper half of the rows, lane 1 in the lower half two columns behind, so that what the
 * lower half needs from the upper is there. Two columns are done at a time: what is loaded and stored serves both, and their chains
 * of dependent instructions overlap. `deno task build-wasm` compiles it.
 */

/** Columns that lane 1 is behind lane 0. */
const DELAY: i32 = 2;

/** Whether all bytes from start to end are below 128. */
export function isAscii(start: usize, end: usize): bool {
  let p = start;
  let all = i8x16.splat(0);
  for (; p + 16 <= end; p += 16) all = v128.or(all, v128.load(p));
  if (i8x16.bitmask(all) != 0) return false;
  for (; p < end; p++) if (load<u8>(p) > 127) return false;
  return true;
}

/** The equality bits of the character in column j; the row of zeros outside of the text. */
@inline
function equalIn(j: i32, text: usize, columns: i32, table: usize, stride: usize, none: usize): usize {
  return <u32>j < <u32>columns ? table + <usize>load<u8>(text + j) * stride : none;
}

/**
 * Edit distance.
 *
 * @param work Free memory from there on, 16 * (3 + kinds) bytes for every 128 characters, or part of them, of the longer text.
 * @param kinds All bytes of the texts are below it.
 */
export function distance(a: usize, aLength: i32, b: usize, bLength: i32, work: usize, kinds: i32): i32 {
  while (aLength > 0 && bLength > 0 && load<u8>(a) == load<u8>(b)) {
    a++;
    b++;
    aLength--;
    bLength--;
  }
  while (aLength > 0 && bLength > 0 && load<u8>(a + aLength - 1) == load<u8>(b + bLength - 1)) {
    aLength--;
    bLength--;
  }
  if (aLength == 0 || bLength == 0) return aLength + bLength;

  // Rows come in 128s: the text that wastes less of them becomes the rows.
  if (<i64>((aLength + 127) >> 7) * bLength > <i64>((bLength + 127) >> 7) * aLength) {
    const start = a;
    a = b;
    b = start;
    const length = aLength;
    aLength = bLength;
    bLength = length;
  }
  const rows = aLength;
  const columns = bLength;
  const half = ((rows + 127) >> 7) << 6;
  // Of a vector of equality bits for each 64 rows of both halves.
  const stride = <usize>half >> 2;
  const state = work;
  const stateEnd = state + 2 * stride;
  const none = stateEnd;
  const table = none + stride;
  memory.fill(work, 0, (3 + <usize>kinds) * stride);
  for (let lane = 0, i = 0; lane < 2; lane++) {
    for (let block: usize = 0; block < stride && i < rows; block += 16) {
      const blockEnd = min(i + 64, rows);
      const equal = table + block + (lane << 3);
      for (let bit: i64 = 1; i < blockEnd; i++, bit <<= 1) {
        const at = equal + <usize>load<u8>(a + i) * stride;
        store<i64>(at, load<i64>(at) | bit);
      }
    }
  }

  const zero = i64x2.splat(0);
  const one = i64x2(1, 0);
  // An odd number of columns has one of no effect before it: no row is equal, and row 0 does not grow.
  let j = -(columns & 1);
  let top0 = j < 0 ? zero : one;
  let behind0 = none;
  let behind1 = none;
  let more0 = zero;
  let more1 = zero;
  let less0 = zero;
  let less1 = zero;
  let sum = columns;
  for (let lane = 0; lane < 2; lane++) {
    const stop = columns + lane * DELAY;
    for (; j < stop; j += 2) {
      const equal0 = equalIn(j, b, columns, table, stride, none);
      const equal1 = equalIn(j + 1, b, columns, table, stride, none);
      // Whether the row above each lane's block is one more, or one less, than in the column before.
      more0 = v128.shuffle<u64>(top0, more0, 0, 2);
      more1 = v128.shuffle<u64>(one, more1, 0, 2);
      less0 = v128.shuffle<u64>(zero, less0, 0, 2);
      less1 = v128.shuffle<u64>(zero, less1, 0, 2);
      let offset: usize = 0;
      for (let p = state; p < stateEnd; p += 32) {
        // Rows that are not one more than the row above, and those that are one less. The complement of "more" spares negations,
        // and adding a vector to itself is cheaper than shifting it.
        const flat0 = v128.load(p);
        const down0 = v128.load(p, 16);
        const bits0 = v128.load_lane<u64>(behind0 + offset, v128.load_zero<u64>(equal0 + offset), 1, 8);
        const same0 = v128.or(bits0, less0);
        const carry0 = v128.xor(i64x2.sub(flat0, v128.andnot(same0, flat0)), flat0);
        const diagonal0 = v128.or(carry0, v128.or(same0, down0));
        const right0 = v128.or(down0, v128.andnot(flat0, diagonal0));
        const left0 = v128.andnot(diagonal0, flat0);
        const rightIn0 = v128.or(i64x2.add(right0, right0), more0);
        const leftIn0 = v128.or(i64x2.add(left0, left0), less0);
        const flat1 = v128.andnot(v128.or(diagonal0, rightIn0), leftIn0);
        const down1 = v128.and(rightIn0, diagonal0);
        more0 = i64x2.shr_u(right0, 63);
        less0 = i64x2.shr_u(left0, 63);

        const bits1 = v128.load_lane<u64>(behind1 + offset, v128.load_zero<u64>(equal1 + offset), 1, 8);
        const same1 = v128.or(bits1, less1);
        const carry1 = v128.xor(i64x2.sub(flat1, v128.andnot(same1, flat1)), flat1);
        const diagonal1 = v128.or(carry1, v128.or(same1, down1));
        const right1 = v128.or(down1, v128.andnot(flat1, diagonal1));
        const left1 = v128.andnot(diagonal1, flat1);
        const rightIn1 = v128.or(i64x2.add(right1, right1), more1);
        const leftIn1 = v128.or(i64x2.add(left1, left1), less1);
        v128.store(p, v128.andnot(v128.or(diagonal1, rightIn1), leftIn1));
        v128.store(p, v128.and(rightIn1, diagonal1), 16);
        more1 = i64x2.shr_u(right1, 63);
        less1 = i64x2.shr_u(left1, 63);
        offset += 16;
      }
      top0 = one;
      behind0 = equal0;
      behind1 = equal1;
    }
    // Lane by lane as each ends the last column: the distance is that of row 0 and the steps down from there.
    let left = rows - lane * half;
    for (let p = state + (lane << 3); p < stateEnd && left > 0; p += 32, left -= 64) {
      const mask: i64 = left >= 64 ? -1 : ((<i64>1) << left) - 1;
      sum += <i32>popcnt(~load<i64>(p) & mask) - <i32>popcnt(load<i64>(p, 16) & mask);
    }
  }
  return sum;
}
