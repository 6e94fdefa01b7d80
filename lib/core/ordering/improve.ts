import type { NetMatrix } from "./net_matrix.ts";

/** Moves single items to where they carry most net traffic forward until no move helps; the order given is not changed. */
export function improved({ n, net }: NetMatrix, order: readonly number[]): number[] {
  const found = [...order];
  for (let moved = true; moved;) {
    moved = false;
    for (let at = 0; at < n; at++) {
      const item = found[at];
      let most = 0;
      let target = -1;
      let gain = 0;
      for (let to = at - 1; to >= 0; to--) {
        gain += net[item * n + found[to]];
        if (gain > most) {
          most = gain;
          target = to;
        }
      }
      gain = 0;
      for (let to = at + 1; to < n; to++) {
        gain += net[found[to] * n + item];
        if (gain > most) {
          most = gain;
          target = to;
        }
      }
      if (target < 0) continue;
      found.splice(at, 1);
      found.splice(target, 0, item);
      moved = true;
    }
  }
  return found;
}
