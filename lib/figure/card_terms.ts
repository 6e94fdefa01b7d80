import type { CardReport } from "../measure/cards/measure_cards.ts";
import type { TermChange } from "../measure/cards/card_terms.ts";
import { cardPanels, languagePanel, roundShare, templatePanel, termPanel } from "./card_panels.ts";
import { type Figure, figure, type FigureOptions } from "./figure.ts";
import { count, percent, plural } from "./format.ts";
import { printable } from "./text.ts";
import { theme } from "./theme.ts";

/** Terms in each list. */
const listed = 12;
const inks = { gained: theme.diverging[2], lost: theme.diverging[0] };

/**
 * What whole cards say: the terms that children gain and lose against their parents (share of cards that have the term, with the
 * z-score of the log-odds), how much of a card is template, and what language cards are written in.
 *
 * @param data What cards say, null where none were read.
 * @throws {RangeError} when no card was read
 *
 * @example
 * ```ts
 * import { cardTermsFigure } from "kindred";
 * const share = { cards: 2, any: 0.5, otherOwners: 0.25 };
 * const english = { cards: 2, english: 1 };
 * const { values } = cardTermsFigure({
 *   usable: 2, read: 2, limit: null, automatic: true, edges: { usable: 1, read: 1 }, cut: 0,
 *   terms: {
 *     weighed: "parents", edges: 1, parents: 1, children: 1, terms: 1, undercount: 0, lost: [],
 *     gained: [{ term: "gguf", z: 0.9, logOdds: 2, parentShare: 0, childShare: 1, cards: 1 }],
 *   },
 *   template: {
 *     least: 10, sentences: { total: 4, distinct: 3 },
 *     all: share, parents: share, children: share, examples: [],
 *   },
 *   languages: {
 *     cards: 2, undetermined: 0, languages: [{ language: "en", cards: 2, share: 1 }],
 *     all: english, parents: english, children: english, declaringOthers: english, silent: english,
 *     declaring: { ...english, agree: 1 },
 *   },
 * }, { source: { snapshot: "sample", sha256: null, simulated: false } });
 * values["gained: gguf: z"]; // 0.9
 * ```
 */
export function cardTermsFigure(data: CardReport | null, { source }: FigureOptions): Figure {
  if (data === null || data.read === 0) {
    throw new RangeError("Cannot draw what cards say: the snapshot has no cards that were read");
  }
  const { terms, template, languages, read, usable, edges } = data;
  const lost = terms.lost.slice(0, listed);
  const gained = terms.gained.slice(0, listed);
  const most = roundShare([...lost, ...gained].flatMap((t) => [t.parentShare, t.childShare]));
  const bodyLines = Math.max(lost.length, gained.length, 11);
  const height = cardPanels.head + bodyLines * cardPanels.lineHeight + 6;
  const second = cardPanels.terms + cardPanels.gap;
  const third = 2 * second;
  const rows = [
    ...[...gained, ...lost].map((t) =>
      row("term", t.term, {
        z: t.z,
        parents: t.parentShare,
        children: t.childShare,
        cards: t.cards,
      })
    ),
    ...(["all", "parents", "children"] as const).flatMap((group) => [
      row("template: any card", group, {
        share: template[group].any,
        cards: template[group].cards,
      }),
      row("template: other owners", group, {
        share: template[group].otherOwners,
        cards: template[group].cards,
      }),
    ]),
    ...languages.languages.map(({ language, cards, share }) =>
      row("language", language, { share, cards })
    ),
  ];
  const best = (changes: readonly TermChange[]) =>
    changes.slice(0, 3).map(({ term, z }) => `"${printable(term)}" (z ${z.toFixed(1)})`).join(
      ", ",
    ) || "none";
  const { all, parents, children } = template;
  const shareText = (value: number | null) => value === null ? "unknown" : percent(value);
  const sampled = read < usable;
  return figure({
    name: "15_card_terms",
    function: "cardTermsFigure",
    title: "What children's cards gain and lose",
    caption:
      `Left and middle: share of cards that have a term, parents (open) to children (filled), with the z-score of its weighted log-odds ratio with an informative Dirichlet prior; each parent has one vote, its children together as much. Over ${
        plural(edges.read, "fine-tune edge")
      } children lose most ${best(lost)} and gain most ${
        best(gained)
      }. Right: share of a card's sentences that at least ${template.least} other cards have word by word (${
        shareText(all.any)
      } of any owner, ${shareText(all.otherOwners)} of other owners; parents ${
        shareText(parents.any)
      }, children ${
        shareText(children.any)
      } of any), and the language that cards are written in (English: ${
        shareText(languages.all.english)
      } of ${plural(languages.all.cards, "card")} whose language could be told). ${
        sampled ? "A sample of the cards" : "All cards"
      }: ${count(read)} of ${count(usable)} read.`,
    alt: `Two lists of terms with dots for the share of parents' and children's cards: lost ${
      best(lost)
    }; gained ${best(gained)}. Template: ${shareText(all.any)} of sentences. English: ${
      shareText(languages.all.english)
    } of cards.`,
    source,
    graph: `fine-tune edges between two cards${
      data.automatic ? ", automatic ones included" : ", automatic ones left out"
    }`,
    remark: `${count(read)} of ${plural(usable, "card")} read${
      sampled ? `, drawn at random; in a sample fewer cards share a sentence` : ""
    }. z orders terms and is no test: cards of one family are alike.`,
    values: {
      "cards: usable": usable,
      "cards: read": read,
      "edges: usable": edges.usable,
      "edges: read": edges.read,
      ...termValues("gained", gained),
      ...termValues("lost", lost),
      "template: least": template.least,
      "template: all: any": all.any,
      "template: all: other owners": all.otherOwners,
      "template: parents: any": parents.any,
      "template: children: any": children.any,
      "language: cards": languages.all.cards,
      "language: English": languages.all.english,
    },
    rows,
    height,
    panels: [
      { x: 0, y: 0, node: termPanel("Terms lost", lost, { most, ink: inks.lost }) },
      { x: second, y: 0, node: termPanel("Terms gained", gained, { most, ink: inks.gained }) },
      { x: third, y: 0, node: templatePanel(data) },
      { x: third, y: 112, node: languagePanel(data) },
    ],
  });
}

/** A row of the CSV: all of them have the same keys. */
function row(panel: string, value: string, numbers: {
  z?: number;
  parents?: number;
  children?: number;
  share?: number | null;
  cards: number;
}) {
  const { z = null, parents = null, children = null, share = null, cards } = numbers;
  return { panel, value, z, parents, children, share, cards };
}

function termValues(change: string, changes: readonly TermChange[]): Record<string, number> {
  return Object.fromEntries(changes.map(({ term, z }) => [`${change}: ${term}: z`, z]));
}
