/** How much of a graph lies downstream of its k largest hubs, each node counted once. */
export interface Coverage {
  /** How many hubs. */
  k: number;
  /** Nodes downstream of any of them, another of the k included. */
  covered: number;
  /** Those over all nodes, null where there are none. */
  ofAll: number | null;
  /** Those over the nodes that are built on another one, null where there are none. */
  ofDependent: number | null;
}

/** Options of {@link coverage}. */
export interface CoverageOptions {
  /** Numbers of hubs. */
  k: readonly number[];
  /** How many nodes there are. */
  all: number;
  /** How many of them are built on another one. */
  dependent: number;
}

/**
 * The union of what lies downstream of the first k hubs, for each k.
 *
 * @param below What lies downstream of each hub, the largest first.
 * @param size Upper bound of the node numbers.
 */
export function coverage(
  below: readonly Uint32Array[],
  size: number,
  { k, all, dependent }: CoverageOptions,
): Coverage[] {
  const seen = new Uint8Array(size);
  let covered = 0;
  const after = [
    0,
    ...below.map((nodes) => {
      for (const node of nodes) {
        covered += 1 - seen[node];
        seen[node] = 1;
      }
      return covered;
    }),
  ];
  return k.map((hubs) => {
    const count = after[Math.min(hubs, below.length)];
    return {
      k: hubs,
      covered: count,
      ofAll: all === 0 ? null : count / all,
      ofDependent: dependent === 0 ? null : count / dependent,
    };
  });
}
