import { treePairs } from "../../lib/measure/kinship/pair_names.ts";
import type {
  Kinship,
  KinshipPair,
  ModelReport,
  PairName,
  SiblingExcess,
} from "../../lib/measure/report.ts";

/** Means fall with the generations between the two; the longest chain is too rare for intervals. */
function pairs(
  { most, counted }: { most: number; counted: number },
): Record<PairName, KinshipPair> {
  const found = treePairs.map((pair, i): [PairName, KinshipPair] => {
    const far = /great/i.test(pair) ? 0.4 : /grand|aunt/i.test(pair) ? 0.7 : 0.9;
    const mean = most * (/siblings/.test(pair) ? 1 : far) - i / 200;
    const rare = pair.startsWith("longChain");
    return [pair, {
      mean: rare && counted < 1 && i % 2 === 0 ? null : mean,
      instances: rare ? 11 : 1234567 / (i + 1),
      pairsShare: counted,
      interval: rare ? null : [mean - 0.09, Math.min(1, mean + 0.05 + i / 90)],
    }];
  });
  const random = { mean: most / 6, instances: 1, pairsShare: counted };
  return Object.fromEntries([["random", random], ...found]) as Record<PairName, KinshipPair>;
}

function excess(
  n: (plain: string) => string,
  difference: number,
  permutation: SiblingExcess["permutation"],
): SiblingExcess {
  return {
    difference,
    interval: permutation === null ? null : [difference - 0.07, difference + 0.11],
    replicates: permutation === null ? 0 : 500,
    influence: [
      { root: n("lab/base"), models: 1056, without: difference / 3, change: -2 * difference / 3 },
      { root: n("other/seed"), models: 12, without: null, change: -difference },
    ],
    permutation,
  };
}

/** Likeness of kin by metadata with everything that can be said of it, and by cards with little. */
export function kinshipInput(n: (plain: string) => string): NonNullable<ModelReport["kinship"]> {
  const vocabulary = { exact: true, edge: 3, ties: 0, bound: 2, candidates: 900, passes: 1 };
  const metadata: Kinship = {
    bagOfWords: pairs({ most: 0.9, counted: 1 }),
    tfidf: pairs({ most: 0.8, counted: 1 }),
    vocabulary,
    levenshtein: { parentChild: { mean: 0.5133, edges: 1733, interval: [0.48, 0.56] } },
    siblingExcess: {
      bagOfWords: excess(n, 0.088, { replicates: 99, mean: -0.01, low: -0.013, high: 0, p: 0.01 }),
      tfidf: excess(n, 0.068, { replicates: 99, mean: -0.04, low: -0.05, high: -0.03, p: 0.07 }),
    },
  };
  return {
    metadata,
    cards: {
      ...metadata,
      cards: 257,
      bagOfWords: pairs({ most: 0.7, counted: 0.25 }),
      tfidf: pairs({ most: 0.6, counted: 0.25 }),
      levenshtein: { parentChild: { mean: null, edges: 0 } },
      siblingExcess: { bagOfWords: excess(n, -0.26, null), tfidf: excess(n, 0.03, null) },
    },
  };
}
