import type { Kinship, ModelReport, PairName, SiblingExcess } from "../measure/report.ts";
import { Estimate } from "./estimate.ts";
import type { Section } from "./sections.ts";
import { numberText } from "./text_table.ts";

/** The likeness of kin, two tables for each kind of text. */
export function kinshipSections(
  { metadata, cards }: NonNullable<ModelReport["kinship"]>,
): Section[] {
  return [
    ...kinshipOf("metadata, in the graph without merges and quantisations", metadata),
    ...cards === null ? [] : kinshipOf(
      `the first 512 characters of ${numberText(cards.cards)} cards, in the fine-tune graph`,
      cards,
    ),
  ];
}

function kinshipOf(
  of: string,
  { bagOfWords, tfidf, levenshtein, siblingExcess }: Kinship,
): Section[] {
  const { mean, interval, edges } = levenshtein.parentChild;
  const sections: Section[] = [{
    title: `Likeness of kin by ${of}`,
    words: [
      `Mean cosine over all instances of each pair. Edit similarity of parent and child: ${
        new Estimate(mean, interval).text(3)
      } over ${numberText(edges)} edges.`,
    ],
    rows: (Object.keys(bagOfWords) as PairName[]).map((pair) => ({
      pair,
      bagOfWords: new Estimate(bagOfWords[pair].mean, bagOfWords[pair].interval),
      tfidf: new Estimate(tfidf[pair].mean, tfidf[pair].interval),
      instances: pair === "random" ? null : bagOfWords[pair].instances,
    })),
    options: { headings: { tfidf: "TF-IDF" }, digits: { bagOfWords: 3, tfidf: 3 } },
  }];
  if (siblingExcess !== undefined) {
    sections.push({
      title: "Siblings less parent and child",
      words: [
        "p is the share of deals of the children, within relation and month, with a difference at least as large.",
      ],
      rows: [
        excessRow("bag of words", siblingExcess.bagOfWords),
        excessRow("TF-IDF", siblingExcess.tfidf),
      ],
      options: { digits: { difference: 3, p: 3 } },
    });
  }
  return sections;
}

function excessRow(weighting: string, { difference, interval, permutation }: SiblingExcess) {
  return {
    weighting,
    difference: new Estimate(difference, interval),
    p: permutation?.p ?? null,
    deals: permutation?.replicates ?? null,
  };
}
