/**
 * Which items reach which: n * n entries, 1 where a path of `edge` leads from the row to the column (Warshall 1962). The answer is a
 * new array; O(n^3), for a few dozen items.
 */
export function closure(n: number, edge: (from: number, to: number) => boolean): Uint8Array {
  const reach = new Uint8Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) if (edge(i, j)) reach[i * n + j] = 1;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) {
      if (reach[i * n + k] === 0) continue;
      for (let j = 0; j < n; j++) reach[i * n + j] |= reach[k * n + j];
    }
  }
  return reach;
}

/** Adds from -> to to a transitive relation in place and keeps it transitive; O(n^2). */
export function addToClosure(n: number, reach: Uint8Array, [from, to]: [number, number]): void {
  for (let i = 0; i < n; i++) {
    if (i !== from && reach[i * n + from] === 0) continue;
    reach[i * n + to] = 1;
    for (let j = 0; j < n; j++) reach[i * n + j] |= reach[to * n + j];
  }
}

/** Sets of items that reach each other, each in ascending order, the sets by their lowest item. */
export function circles(n: number, reach: Uint8Array): number[][] {
  const found: number[][] = [];
  const seen = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    if (seen[i] === 1) continue;
    const circle = [i];
    for (let j = i + 1; j < n; j++) {
      if (reach[i * n + j] === 1 && reach[j * n + i] === 1) circle.push(j);
    }
    for (const j of circle) seen[j] = 1;
    found.push(circle);
  }
  return found;
}

/** The first order, item numbers compared one by one, in which every item stands after all that reach it. */
export function firstExtension(n: number, reach: Uint8Array): number[] {
  const order: number[] = [];
  const placed = new Uint8Array(n);
  while (order.length < n) {
    let next = 0;
    const waits = (j: number) => {
      for (let i = 0; i < n; i++) if (placed[i] === 0 && reach[i * n + j] === 1) return true;
      return false;
    };
    while (placed[next] === 1 || waits(next)) next++;
    placed[next] = 1;
    order.push(next);
  }
  return order;
}
