import {
  type Chain,
  chains,
  choices,
  fewestEdges,
  hubShare,
  kinds,
  type KinPlan,
  kinPlans,
  licenseOrder,
  mostEdges,
  sizeWeight,
} from "./plan.ts";

/** Chance of each number of edges of a family; entry m is that of m edges. */
export const sizeChances: Float64Array = normalized(
  Float64Array.from({ length: mostEdges + 1 }, (_, m) => m < fewestEdges ? 0 : sizeWeight(m)),
);

/** Chance of each kind in a family of m edges. */
export function kindChances(m: number): Float64Array {
  return normalized(Float64Array.from(kinds, ({ weight }) => weight(m)));
}

function normalized(weights: Float64Array): Float64Array {
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / sum);
}

/**
 * Expected number of edges of one family by its kind and the depth of the parent (0 for the root). Model i's parent is the root
 * with chance h + (1 - h) / i and each of the i - 1 others before it with (1 - h) / i, so the chances of its depth follow
 * from theirs; the family has a model i when it has at least i edges.
 */
function edgesByDepth(): Float64Array[] {
  const reach = kinds.map((_, kind) => {
    const chance = new Float64Array(mostEdges + 2);
    for (let m = mostEdges; m >= fewestEdges; m--) {
      chance[m] = chance[m + 1] + sizeChances[m] * kindChances(m)[kind];
    }
    return chance;
  });
  const edges = kinds.map(() => new Float64Array(mostEdges));
  // How many of the models so far are expected at each depth.
  const models = new Float64Array(mostEdges + 1);
  models[0] = 1;
  for (let i = 1; i <= mostEdges; i++) {
    const parent = Float64Array.from(
      edges[0],
      (_, depth) => (depth === 0 ? hubShare : 0) + (1 - hubShare) * models[depth] / i,
    );
    for (let depth = 0; depth < mostEdges; depth++) {
      edges.forEach((ofKind, kind) => ofKind[depth] += parent[depth] * reach[kind][i]);
      models[depth + 1] += parent[depth];
    }
  }
  return edges;
}

const edges = edgesByDepth();

/**
 * Expected number of pairs of siblings of one family by its kind: models i < j have the same parent where both have the root, chances
 * h + (1 - h) / i and h + (1 - h) / j, or one of the i - 1 others before i.
 */
function siblingPairs(): Float64Array {
  const pairs = new Float64Array(kinds.length);
  const root = (i: number) => hubShare + (1 - hubShare) / i;
  let expected = 0;
  for (let m = fewestEdges; m <= mostEdges; m++) {
    for (let i = 1; i < m; i++) {
      expected += root(i) * root(m) + (i - 1) * (1 - hubShare) ** 2 / (i * m);
    }
    kindChances(m).forEach((chance, kind) => pairs[kind] += sizeChances[m] * chance * expected);
  }
  return pairs;
}

/** Expected sum over the edges of a family whose ends both report, of what `value` says of parent's and child's state. */
function expected<State>(
  { states, root, step }: Chain<State>,
  value: (parent: State, child: State) => number,
): number {
  let sum = 0;
  kinds.forEach(({ report }, kind) => {
    let chances: readonly number[] = root;
    for (const count of edges[kind]) {
      const before = chances;
      states.forEach((parent, s) =>
        states.forEach((child, t) =>
          sum += report ** 2 * count * before[s] * step[kind][s][t] * value(parent, child)
        )
      );
      chances = states.map((_, t) => before.reduce((p, q, s) => p + q * step[kind][s][t], 0));
    }
  });
  return sum;
}

/** Ratio of the expectations of two sums over edges: what an estimate from endlessly many families comes to. */
function ratio<State>(
  chain: Chain<State>,
  value: (parent: State, child: State) => number,
  weight: (parent: State, child: State) => number = () => 1,
): number {
  return expected(chain, value) / expected(chain, weight);
}

type Values = readonly string[];

/** Share of the values of either that only one of them has. */
function distance(parent: Values, child: Values): number {
  const all = new Set([...parent, ...child]);
  return [...all].filter((value) => !parent.includes(value) || !child.includes(value)).length /
    all.size;
}

/** How often a gives way to b, in the words of the definition: each value gained, and each one lost, counts with all others. */
function traffic(a: string, b: string) {
  return (parent: Values, child: Values): number => {
    if (!parent.includes(a) || !child.includes(b)) return 0;
    return Number(!parent.includes(b)) + Number(!child.includes(a));
  };
}

const order: Values = licenseOrder;
const pairs = order.flatMap((a) => order.map((b): [string, string] => [a, b]))
  .filter(([a, b]) => a !== b);
/** Traffic of several pairs. */
function trafficOf(chosen: readonly [string, string][]) {
  const counts = chosen.map(([a, b]) => traffic(a, b));
  return (parent: Values, child: Values) =>
    counts.reduce((sum, count) => sum + count(parent, child), 0);
}

function drift<State>(chain: Chain<State>, of: (state: State) => number) {
  return {
    child: ratio(chain, (_, child) => of(child)),
    change: ratio(chain, (parent, child) => of(child) - of(parent)),
  };
}

/** Mean over kinds of families, by how many instances those have. */
function kinMean(instances: Float64Array, likeness: (plan: KinPlan) => number): number {
  const sum = instances.reduce((a, b) => a + b);
  return kinPlans.reduce((mean, plan, kind) => mean + likeness(plan) * instances[kind] / sum, 0);
}

/** Expected cosine of two texts whose slots agree for a reason with some chance and by accident else. */
function likeness(reason: number): number {
  return reason + (1 - reason) / choices;
}

/** Chance that a slot of a child is a copy of its parent's. */
function copied({ house, copy }: KinPlan): number {
  return (1 - house) * copy;
}

const pairsOfSiblings = siblingPairs();
const allEdges = edges.map((counts) => counts.reduce((a, b) => a + b));
const edgesBelow = edges.map((counts) => counts.subarray(1).reduce((a, b) => a + b, 0));
const siblings = kinMean(
  pairsOfSiblings,
  (plan) => likeness(plan.house ** 2 + copied(plan) ** 2),
);

/** Exact values of what the planted parameters imply, none simulated. */
export const truth = {
  mutation: {
    license: ratio(chains.license, distance),
    task: ratio(chains.task, distance),
    library: ratio(chains.library, distance),
    language: ratio(chains.language, distance),
  },
  /** Share of license traffic that goes forward in the planted order. */
  forward: ratio(
    chains.license,
    trafficOf(pairs.filter(([a, b]) => order.indexOf(a) < order.indexOf(b))),
    trafficOf(pairs),
  ),
  /** Share of the traffic between two licenses that goes from the first to the second. */
  pair: (a: string, b: string): number =>
    ratio(chains.license, traffic(a, b), trafficOf([[a, b], [b, a]])),
  /** Means over the edges whose ends both report, of the child and of the change from parent to child. */
  drift: {
    languages: drift(chains.language, (values) => values.length),
    characters: drift(chains.card, (card) => card.characters),
    automatic: drift(chains.card, (card) => Number(card.automatic)),
  },
  kin: {
    /** Mean of edge.parentChild. */
    parentChild: kinMean(Float64Array.from(allEdges), (plan) => likeness(copied(plan))),
    /** Mean of chain.grandparent. */
    grandparent: kinMean(Float64Array.from(edgesBelow), (plan) => likeness(copied(plan) ** 2)),
    /** Mean of fork.siblings. */
    siblings,
    /** Mean of fork.siblings less mean of fork.parentChild. */
    excess: siblings - kinMean(pairsOfSiblings, (plan) => likeness(copied(plan))),
  },
};
