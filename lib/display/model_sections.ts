import { plural } from "../figure/format.ts";
import type { Interval, ModelReport } from "../measure/report.ts";
import { traitNames } from "../snapshot/traits.ts";
import { Estimate } from "./estimate.ts";
import { kinshipSections } from "./kinship_sections.ts";
import { persistenceSections } from "./persistence_sections.ts";
import { type Section, showSections } from "./sections.ts";
import { shareOf, shaWords } from "./shares.ts";
import type { Shown } from "./shown.ts";
import { modelsWithoutSection } from "./without_sections.ts";

/** A report on models as headings and tables. */
export function showModelReport(report: ModelReport): Shown {
  const { snapshot, counts, persistence, kinship, without } = report;
  return showSections(`Models of ${snapshot.name}`, {
    words: [
      `${plural(snapshot.models, "model")}, ${plural(counts.edges, "edge")}, ${snapshot.tier} tier${
        shaWords(snapshot.sha256)
      }.`,
    ],
    sections: [
      ...shapeSections(report),
      ...traitSections(report),
      driftSection(report),
      ...changeSections(report),
      ...persistence === null ? [] : persistenceSections(persistence),
      ...kinship === null ? [] : kinshipSections(kinship),
      ...without === undefined ? [] : [modelsWithoutSection(without)],
    ],
  });
}

function shapeSections({ counts, fertility, families, ...report }: ModelReport): Section[] {
  const relations = Object.keys(counts.edgesByRelation) as (keyof typeof counts.edgesByRelation)[];
  return [
    {
      title: "Edges by relation",
      words: ["A child is fertile when it has a child of its own in the graph without merges."],
      rows: relations.map((relation) => {
        const edges = counts.edgesByRelation[relation];
        const fertile = relation in fertility
          ? fertility[relation as keyof typeof fertility].fertile
          : null;
        return {
          relation,
          edges,
          share: shareOf(edges, counts.edges),
          fertile,
          fertileShare: fertile === null ? null : shareOf(fertile, edges),
        };
      }),
      options: {
        headings: { share: "of all", fertile: "fertile children", fertileShare: "of them" },
        units: { share: "%", fertileShare: "%" },
        digits: { share: 1, fertileShare: 1 },
      },
    },
    {
      title: "Shape",
      rows: [
        ["longest path, in edges", report.longestPath],
        ["families (weak components without merges)", families.components],
        ["families of two or more models", families.withEdges],
        ["models in the largest family", families.topSizes[0] ?? null],
        ["references to parents outside the snapshot", counts.missingParentReferences],
        ["such parents", counts.missingParents],
        ["references to oneself", counts.selfLoops],
      ].map(([what, value]) => ({ what, value })),
      words: report.acyclic ? [] : ["Some models descend from themselves."],
    },
    {
      title: "Models with most children",
      rows: report.hubs,
      options: { headings: { id: "model" } },
    },
  ];
}

function traitSections({ mutation, transitions, top, counts }: ModelReport): Section[] {
  return [
    ...traitNames.map((trait): Section => ({
      title: `Most frequent values: ${trait}`,
      rows: top[trait].map(({ value, count }) => ({
        value,
        models: count,
        share: shareOf(count, counts.models),
      })),
      options: {
        headings: { share: "of all models" },
        units: { share: "%" },
        digits: { share: 1 },
      },
    })),
    {
      title: "Mutation on fine-tune edges",
      words: ["Of the edges whose two ends report the trait, those whose child has another value."],
      rows: traitNames.map((trait) => {
        const { rate, interval, mutations, edges } = mutation[trait];
        return { trait, rate: new Estimate(rate, interval), mutations, edges };
      }),
      options: { digits: { rate: 3, mutations: 1 } },
    },
    {
      title: "Most frequent transitions on fine-tune edges",
      rows: traitNames.flatMap((trait) =>
        transitions[trait].top.slice(0, 3).map(({ from, to, count }) => ({
          trait,
          from,
          to,
          count,
          share: shareOf(count, transitions[trait].total),
        }))
      ),
      options: {
        headings: { share: "of the trait's" },
        units: { share: "%" },
        digits: { share: 1 },
      },
    },
    {
      title: "Order that most net traffic follows",
      words: ["Of the ten most frequent values of a trait; proved optimal where it says so."],
      rows: traitNames.map((trait) => {
        const { forward, netTraffic, traits, optimal } = transitions[trait].ordering;
        return { trait, forward, netTraffic, optimal, order: traits.join(" > ") };
      }),
      options: { headings: { netTraffic: "of net traffic" } },
    },
  ];
}

function driftSection({ drift }: ModelReport): Section {
  return {
    title: "Drift from parent to child",
    words: ["Means over the edges whose two ends report languages, or both have a card."],
    rows: Object.entries(drift).map(([relation, { edges, languages, cards }]) => ({
      relation,
      edges,
      parentLanguages: languages.parent,
      childLanguages: languages.child,
      parentCharacters: cards.parentCharacters,
      childCharacters: cards.childCharacters,
      parentAutomatic: percentage(cards.parentAutomatic),
      childAutomatic: percentage(cards.childAutomatic),
    })),
    options: {
      headings: {
        parentLanguages: "languages, parent",
        childLanguages: "child",
        parentCharacters: "card, parent",
        childCharacters: "child",
        parentAutomatic: "automatic cards, parent",
        childAutomatic: "child",
      },
      units: {
        parentCharacters: "characters",
        childCharacters: "characters",
        parentAutomatic: "%",
        childAutomatic: "%",
      },
      digits: {
        parentLanguages: 2,
        childLanguages: 2,
        parentCharacters: 0,
        childCharacters: 0,
        parentAutomatic: 1,
        childAutomatic: 1,
      },
    },
  };
}

/** What drift comes to, with its intervals; nothing where they were not asked for. */
function changeSections({ drift }: ModelReport): Section[] {
  const rows = Object.entries(drift).flatMap(([relation, { languages, cards, change }]) =>
    change === undefined ? [] : [{
      relation,
      languages: difference(languages.parent, languages.child, change.languages),
      card: difference(cards.parentCharacters, cards.childCharacters, change.characters),
      automaticCards: difference(
        percentage(cards.parentAutomatic),
        percentage(cards.childAutomatic),
        change.automatic && [100 * change.automatic[0], 100 * change.automatic[1]],
      ),
    }]
  );
  return rows.length === 0 ? [] : [{
    title: "Change from parent to child",
    words: ["Mean of the child less mean of the parent, over the same edges."],
    rows,
    options: {
      units: { card: "characters", automaticCards: "percentage points" },
      digits: { languages: 2, card: 0, automaticCards: 1 },
    },
  }];
}

function difference(parent: number | null, child: number | null, interval: Interval): Estimate {
  return new Estimate(parent === null || child === null ? null : child - parent, interval);
}

function percentage(share: number | null): number | null {
  return share === null ? null : 100 * share;
}
