import * as Plot from "@observablehq/plot";
import type { ModalityPair } from "../../measure/assets/fields/modality_trends.ts";
import { chart, label, pixels } from "../chart.ts";
import { count } from "../format.ts";
import { fitText, textWidth } from "../text.ts";
import { theme } from "../theme.ts";

const lineHeight = 31;
const most = 11;

/** Bars of the most frequent pairs of what goes in and what comes out, as texts and marks at their places. */
export function pairsPanel(
  pairs: readonly ModalityPair[],
  { left, width, bottom }: { left: number; width: number; bottom: number },
): SVGElement[] {
  const head = [
    label("In to out", { x: left, y: 11, size: theme.size.title, weight: 600 }),
    label("Models of all years", { x: left, y: 24, size: theme.size.small, fill: theme.muted }),
  ];
  const shown = pairs.slice(0, Math.min(most, Math.floor((bottom - 34) / lineHeight)));
  if (shown.length === 0) return head;
  const room = width - textWidth(count(shown[0].records), { size: theme.size.small }) - 6;
  const length = ({ records }: ModalityPair) => room * records / shown[0].records;
  const y = (i: number) => 40 + i * lineHeight;
  const node = chart({
    width: left + width,
    height: bottom,
    ...pixels,
    marks: [
      Plot.rect(shown, {
        x1: left,
        x2: (pair) => left + length(pair),
        y1: (_, i) => y(i) + 5,
        y2: (_, i) => y(i) + 13,
        fill: theme.bar,
      }),
    ],
  });
  return [
    ...head,
    node,
    ...shown.flatMap((pair, i) => {
      const arrow = " → ";
      const half = (width - textWidth(arrow)) / 2;
      const from = fitText(pair.input, { width: half });
      const to = fitText(pair.output, { width: width - textWidth(from + arrow) });
      return [
        label(`${from}${arrow}${to}`, { x: left, y: y(i) }),
        label(count(pair.records), {
          x: left + length(pair) + 4,
          y: y(i) + 12.5,
          size: theme.size.small,
          fill: theme.muted,
        }),
      ];
    }),
  ];
}
