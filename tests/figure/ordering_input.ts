import type { TransitionGraph } from "../../lib/figure/transition_arcs.ts";

/**
 * Licenses with one arc against their order, tasks whose order is not the only one, no languages.
 *
 *     gemma --9--> apache-2.0 --40--> mit --12--> gpl-3.0,  gemma --3--> gpl-3.0,  mit --2--> gemma
 */
export function orderingInput(n: (plain: string) => string): TransitionGraph[] {
  const known = { bound: 64, optimal: true, undecided: [] };
  const edge = (from: string, to: string, net: number, forward = true) => ({
    from: n(from),
    to: n(to),
    net,
    forward,
  });
  return [{
    trait: "license",
    groups: ["commercial-terms", "permissive", "permissive", "copyleft"],
    ordering: {
      ...known,
      traits: ["gemma", "apache-2.0", "mit", "gpl-3.0"].map(n),
      frequency: [90, 900, 600, 4],
      netTraffic: 66,
      forward: 64,
      unique: true,
      orders: 1,
      free: [],
      edges: [
        edge("apache-2.0", "mit", 40),
        edge("mit", "gpl-3.0", 12),
        edge("gemma", "apache-2.0", 9),
        edge("gemma", "gpl-3.0", 3),
        edge("mit", "gemma", 2, false),
      ],
      moves: 90,
      movesForward: 77,
    },
  }, {
    trait: "task",
    groups: ["language", "language", "vision"],
    ordering: {
      ...known,
      traits: ["fill-mask", "text-generation", "text-to-image"].map(n),
      frequency: [30, 700, 80],
      netTraffic: 5,
      forward: 5,
      bound: 5,
      unique: false,
      orders: 3,
      free: [[n("fill-mask"), n("text-to-image")], [n("text-generation"), n("text-to-image")]],
      edges: [edge("fill-mask", "text-generation", 5)],
      moves: 7,
      movesForward: 6,
    },
  }, {
    trait: "language",
    groups: null,
    ordering: {
      ...known,
      traits: [],
      frequency: [],
      netTraffic: 0,
      forward: 0,
      bound: 0,
      unique: true,
      orders: 1,
      free: [],
      edges: [],
      moves: 0,
      movesForward: 0,
    },
  }];
}

/** As much as the figure can show: twenty values, every pair with an arc, every third of them against the order, nothing proven. */
export function crowdedOrdering(names: readonly string[]): TransitionGraph["ordering"] {
  const traits = names.slice(0, 20);
  const edges = traits.flatMap((from, a) =>
    traits.slice(a + 1).map((to, k) =>
      (a + k) % 3 === 0
        ? { from: to, to: from, net: 1 + k, forward: false }
        : { from, to, net: 10 ** (1 + k % 7), forward: true }
    )
  );
  const sum = (some: typeof edges) => some.reduce((total, { net }) => total + net, 0);
  return {
    traits,
    frequency: traits.map((_, i) => 3_000_000 - i),
    netTraffic: sum(edges),
    forward: sum(edges.filter(({ forward }) => forward)),
    bound: sum(edges),
    optimal: false,
    unique: null,
    orders: null,
    free: [],
    undecided: [],
    edges,
    moves: 2 * sum(edges),
    movesForward: sum(edges),
  };
}
