/**
 * The places of numbers from the largest to the smallest, ties in ascending order; without an object for any of them, as sorting
 * with a comparison would make.
 *
 * @param values None of them NaN.
 */
export function descending(values: Float64Array): Uint32Array {
  const distinct = values.slice().sort();
  const ahead = new Uint32Array(distinct.length);
  let count = 0;
  for (let i = 0; i < distinct.length; i++) {
    if (i === 0 || distinct[i] !== distinct[count - 1]) {
      distinct[count] = distinct[i];
      ahead[count++] = 0;
    }
    ahead[count - 1]++;
  }
  for (let k = count - 1, place = 0; k >= 0; k--) {
    const equal = ahead[k];
    ahead[k] = place;
    place += equal;
  }
  const order = new Uint32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    let low = 0;
    for (let high = count - 1; low < high;) {
      const middle = (low + high) >> 1;
      if (distinct[middle] < values[i]) low = middle + 1;
      else high = middle;
    }
    order[ahead[low]++] = i;
  }
  return order;
}
