import type {
  Kinship,
  KinshipPair,
  ModelReport,
  PairName,
  SiblingExcess,
} from "../measure/report.ts";
import { numberText, percent, printable, table } from "../display/text_table.ts";

/** The likeness of kin as text for a terminal: a table for each kind of text. */
export function printKinship({ metadata, cards }: NonNullable<ModelReport["kinship"]>): string {
  const parts = [
    section("metadata, in the graph without merges and quantisations", metadata),
  ];
  if (cards !== null) {
    parts.push(
      section(
        `the first 512 characters of ${numberText(cards.cards)} cards, in the finetune graph`,
        cards,
      ),
    );
  }
  return parts.join("\n");
}

function section(of: string, kinship: Kinship): string {
  const { bagOfWords, tfidf, levenshtein, siblingExcess } = kinship;
  const names = Object.keys(bagOfWords) as PairName[];
  const { mean, edges, interval } = levenshtein.parentChild;
  // Metadata compare all instances; cards those whose two models have one.
  const partly = names.some((name) => name !== "random" && bagOfWords[name].pairsShare < 1);
  const lines = [
    `\nLikeness of kin by ${of} (95% intervals: families resampled)`,
    table([
      ["pair", "bag of words", "95%", "TF-IDF", "95%", "instances", ...partly ? ["compared"] : []],
      ...names.map((name) => [
        name,
        numberText(bagOfWords[name].mean, { digits: 4 }),
        ends(bagOfWords[name].interval),
        numberText(tfidf[name].mean, { digits: 4 }),
        ends(tfidf[name].interval),
        name === "random" ? "all pairs" : numberText(bagOfWords[name].instances),
        ...partly
          ? [bagOfWords[name].instances === 0 ? "–" : percent(bagOfWords[name].pairsShare, 1)]
          : [],
      ]),
    ]),
    `Levenshtein similarity of parent and child: ${numberText(mean, { digits: 4 })}${
      interval ? ` (95% ${ends(interval)})` : ""
    } over ${numberText(edges)} edges`,
    vocabularyLine(kinship.vocabulary),
  ];
  if (siblingExcess !== undefined) {
    for (
      const [weighting, label] of [["bagOfWords", "bag of words"], ["tfidf", "TF-IDF"]] as const
    ) {
      lines.push(...excessLines(siblingExcess[weighting], label));
    }
  }
  return lines.join("\n");
}

/** Why a vocabulary holds the most frequent terms, in a sentence. */
export function vocabularyLine(
  { edge, ties, bound, candidates, passes }: Kinship["vocabulary"],
): string {
  if (edge === 0) return "Vocabulary: all terms";
  return `Vocabulary: the 512 most frequent terms, proved in ${
    passes === 1 ? "one pass" : `${numberText(passes)} passes`
  }; the rarest occurs ${numberText(edge)} times${
    ties > 0 ? `, as do ${numberText(ties)} left out` : ""
  }; besides ${numberText(candidates)} counted tokens none occurs more than ${
    numberText(bound)
  } times`;
}

/** The ends of an interval; nothing where there is none. */
export function ends(interval: KinshipPair["interval"]): string {
  return interval ? `${interval.map((end) => numberText(end, { digits: 3 })).join(" … ")}` : "";
}

function excessLines(excess: SiblingExcess, label: string): string[] {
  const { difference, interval, influence, permutation } = excess;
  const digits = (x: number | null) => numberText(x, { digits: 4 });
  const lines = [
    `Siblings less parent and child, ${label}: ${digits(difference)}` +
    (interval === null ? "" : `, 95% ${interval.map(digits).join(" … ")}`),
  ];
  if (permutation !== null) {
    lines.push(
      `  children dealt again within relation and month: ${digits(permutation.low)} … ${
        digits(permutation.high)
      }, p = ${numberText(permutation.p, { digits: 3 })} (${
        numberText(permutation.replicates)
      } deals)`,
    );
  }
  for (const { root, models, without } of influence.slice(0, 3)) {
    lines.push(
      `  without the family of ${printable(root)} (${numberText(models)} models): ${
        digits(without)
      }`,
    );
  }
  return lines;
}
