import type { Random } from "../../core/random.ts";

/** An index with the given chances, which sum to 1. */
export function pick(rng: Random, chances: ArrayLike<number>): number {
  let rest = rng.uniform();
  for (let i = 0; i < chances.length - 1; i++) {
    rest -= chances[i];
    if (rest < 0) return i;
  }
  return chances.length - 1;
}
