import type { TermChange } from "../measure/cards/card_terms.ts";
import type { CardReport } from "../measure/cards/measure_cards.ts";
import { label } from "./chart.ts";
import { element } from "./dom.ts";
import { percent, plural } from "./format.ts";
import { languageTitle } from "./languages.ts";
import { fitText, textWidth } from "./text.ts";
import { theme } from "./theme.ts";

/** Widths of the panels and of the room between them, where their rows begin, and the height of a row. */
export const cardPanels = {
  terms: 216,
  side: 190,
  gap: 25,
  head: 52,
  lineHeight: 16,
} as const;
const { head, lineHeight } = cardPanels;
const languagesListed = 5;

function dot(
  x: number,
  y: number,
  { ink, open, r = 3.2 }: { ink: string; open: boolean; r?: number },
): SVGElement {
  return element("circle", {
    cx: x,
    cy: y,
    r,
    fill: open ? theme.paper : ink,
    stroke: ink,
    "stroke-width": 1.4,
  });
}

function line(d: string, stroke: string, strokeWidth = 1): SVGElement {
  return element("path", { d, stroke, "stroke-width": strokeWidth, fill: "none" });
}

/** The largest of some shares, rounded up to a twentieth. */
export function roundShare(values: readonly number[]): number {
  return Math.max(1, Math.ceil(20 * Math.max(0, ...values) - 1e-9)) / 20;
}

/** Two dots and what they stand for. */
function dotLegend(open: string, filled: string, { ink }: { ink: string }): SVGElement[] {
  const x = 4;
  const style = { y: 30, size: theme.size.small, fill: theme.muted };
  const second = x + textWidth(open, { size: theme.size.small }) + 22;
  return [
    dot(x, 26.5, { ink, open: true }),
    label(open, { x: x + 7, ...style }),
    dot(second, 26.5, { ink, open: false }),
    label(filled, { x: second + 7, ...style }),
  ];
}

/** Terms, the share of cards that have each on either side, and its score. */
export function termPanel(
  title: string,
  changes: readonly TermChange[],
  { most, ink }: { most: number; ink: string },
): SVGElement {
  const [left, right] = [82, cardPanels.terms - 36];
  const x = (share: number) => left + share / most * (right - left);
  const bottom = head + changes.length * lineHeight;
  const nodes = [
    label(title, { y: 11, size: theme.size.title, weight: 600 }),
    ...dotLegend("parents", "children", { ink }),
  ];
  if (changes.length === 0) {
    nodes.push(label("none", { y: head + 11, fill: theme.muted }));
    return element("g", { "aria-label": title }, nodes);
  }
  nodes.push(
    label("z", { x: cardPanels.terms, y: 30, anchor: "end", fill: theme.muted }),
    ...[0, most].flatMap((share) => [
      line(`M${x(share)},${head - 5}V${bottom}`, theme.grid),
      label(`${Math.round(100 * share)}%`, {
        x: x(share),
        y: head - 7,
        size: theme.size.small,
        anchor: share === 0 ? "start" : "end",
        fill: theme.muted,
      }),
    ]),
  );
  changes.forEach(({ term, z, parentShare, childShare }, i) => {
    const y = head + (i + 0.5) * lineHeight;
    nodes.push(
      label(fitText(term, { width: left - 10 }), { x: left - 8, y: y + 3.5, anchor: "end" }),
      line(`M${x(parentShare)},${y}H${x(childShare)}`, ink, 1.6),
      dot(x(parentShare), y, { ink, open: true }),
      dot(x(childShare), y, { ink, open: false }),
      label(z.toFixed(1).replace("-", "−"), { x: cardPanels.terms, y: y + 3.5, anchor: "end" }),
    );
  });
  return element("g", { "aria-label": title }, nodes);
}

/** How much of all cards, of parents' and of children's is template. */
export function templatePanel({ template }: CardReport): SVGElement {
  const title = "Sentences that are template";
  const groups = [["all", "all cards"], ["parents", "parents"], ["children", "children"]] as const;
  const [left, right] = [58, cardPanels.side - 42];
  const nodes = [
    label(title, { y: 11, size: theme.size.title, weight: 600 }),
    ...dotLegend("other owners", "any card", { ink: theme.bar }),
  ];
  const x = (share: number) => left + share * (right - left);
  groups.forEach(([group, name], i) => {
    const y = head - 10 + (i + 0.5) * lineHeight;
    const { any, otherOwners } = template[group];
    nodes.push(label(name, { x: left - 8, y: y + 3.5, anchor: "end" }));
    const right = { x: cardPanels.side, y: y + 3.5, anchor: "end" } as const;
    if (any === null || otherOwners === null) {
      nodes.push(label("none", { ...right, fill: theme.muted }));
      return;
    }
    nodes.push(
      line(`M${x(0)},${y}H${x(any)}`, theme.faint, 1.6),
      dot(x(otherOwners), y, { ink: theme.bar, open: true }),
      // Where the two are at one place, the filled one leaves the open one in sight.
      dot(x(any), y, {
        ink: theme.bar,
        open: false,
        ...(Math.abs(x(any) - x(otherOwners)) < 3 ? { r: 0.9 } : {}),
      }),
      label(percent(any), right),
    );
  });
  return element("g", { "aria-label": title }, nodes);
}

/** The languages that cards are written in. */
export function languagePanel({ languages }: CardReport): SVGElement {
  const title = "Language of cards";
  const shown = languages.languages.slice(0, languagesListed);
  const others = languages.languages.slice(languagesListed);
  const bars = shown.map(({ language, share }) => ({ name: languageTitle(language), share }));
  if (others.length > 0) {
    const share = others.reduce((sum, { share }) => sum + share, 0);
    bars.push({ name: plural(others.length, "other"), share });
  }
  const [left, right] = [66, cardPanels.side - 42];
  const nodes = [
    label(title, { y: 11, size: theme.size.title, weight: 600 }),
    label(`not told: ${plural(languages.undetermined, "short card")}`, {
      y: 26,
      size: theme.size.small,
      fill: theme.muted,
    }),
  ];
  bars.forEach(({ name, share }, i) => {
    const y = 34 + i * 14;
    nodes.push(
      label(fitText(name, { width: left - 8 }), { x: left - 8, y: y + 9.5, anchor: "end" }),
      element("rect", {
        x: left,
        y: y + 1,
        width: Math.max(0.5, share * (right - left)),
        height: 10,
        fill: theme.bar,
      }),
      label(percent(share), { x: cardPanels.side, y: y + 9.5, anchor: "end" }),
    );
  });
  return element("g", { "aria-label": title }, nodes);
}
