/**
 * The order into which NumPy's `argsort` of its default kind puts whole numbers where no vector instructions are used: an unstable
 * quicksort (median of three, insertion sort of at most 16, the smaller part first). scikit-learn breaks ties between equally
 * frequent terms by it; with vector instructions the order of ties is another.
 */
export function numpyArgsort(values: readonly number[]): number[] {
  const order = values.map((_, i) => i);
  const swap = (a: number, b: number) => [order[a], order[b]] = [order[b], order[a]];
  const less = (a: number, b: number) => values[order[a]] < values[order[b]];
  const parts: [number, number][] = [[0, values.length - 1]];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    let [left, right] = part;
    while (right - left > 16) {
      const middle = left + ((right - left) >> 1);
      if (less(middle, left)) swap(middle, left);
      if (less(right, middle)) swap(right, middle);
      if (less(middle, left)) swap(middle, left);
      const pivot = values[order[middle]];
      let i = left;
      let j = right - 1;
      swap(middle, j);
      for (;;) {
        do i++; while (values[order[i]] < pivot);
        do j--; while (pivot < values[order[j]]);
        if (i >= j) break;
        swap(i, j);
      }
      swap(i, right - 1);
      if (i - left < right - i) {
        parts.push([i + 1, right]);
        right = i - 1;
      } else {
        parts.push([left, i - 1]);
        left = i + 1;
      }
    }
    for (let i = left + 1; i <= right; i++) {
      for (let j = i; j > left && less(j, j - 1); j--) swap(j, j - 1);
    }
  }
  return order;
}
