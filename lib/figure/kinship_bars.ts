import type { Kinship, KinshipPair, PairName } from "../measure/report.ts";
import { label } from "./chart.ts";
import { element } from "./dom.ts";
import { brief } from "./format.ts";
import { generationShades, pairShade, type TreeShape, treeShapes } from "./kinship_glyph.ts";
import { textWidth } from "./text.ts";
import { theme } from "./theme.ts";

/** Left of the columns stands the axis; sub-trees are set apart by gaps. */
const left = 34;
const gap = 11;
const columns = treeShapes.reduce((sum, { pairs }) => sum + pairs.length, 0);
const step = (theme.width.full - left - (treeShapes.length - 1) * gap) / columns;
const barWidth = 15;

const plotHeight = 108;

/** A pair, the sub-tree it is in, and the middle of its column. */
export interface KinshipColumn {
  shape: TreeShape;
  pair: PairName;
  nodes: string;
  x: number;
}

/** The columns of all pairs from left to right. */
export function kinshipColumns(): KinshipColumn[] {
  let next = left;
  return treeShapes.flatMap((shape) => {
    const first = next;
    next += shape.pairs.length * step + gap;
    return shape.pairs.map(([pair, nodes], i) => ({
      shape,
      pair,
      nodes,
      x: first + (i + 0.5) * step,
    }));
  });
}

/** Names of the sub-trees with how many there are, above a line as wide as their columns. */
export function kinshipHeads(data: Kinship, at: readonly KinshipColumn[]): SVGElement[] {
  const size = theme.size.small;
  return treeShapes.flatMap((shape) => {
    const own = at.filter((column) => column.shape === shape);
    const [first, last] = [own[0].x - step / 2, own[own.length - 1].x + step / 2];
    const x = (first + last) / 2;
    const { instances } = data.tfidf[own[0].pair];
    const number = brief(Math.round(instances));
    const nodes = [
      label(shape.title, { x, y: 10, anchor: "middle", size, weight: 600 }),
      element("path", {
        d: `M${first + 2},27.5H${last - 2}`,
        stroke: theme.faint,
        "stroke-width": 1,
        fill: "none",
      }),
    ];
    // A random pair is one expectation over all pairs.
    if (shape.edges.length > 0) {
      nodes.push(label(number, { x, y: 22, anchor: "middle", size, fill: theme.muted }));
    }
    return nodes;
  });
}

/** Bars from 0 to 1 with intervals, their values above, and the random pair as a line across. */
export function kinshipBars(
  pairs: Record<PairName, KinshipPair>,
  { at, title }: { at: readonly KinshipColumn[]; title: string },
): SVGElement[] {
  const y = (value: number) => plotHeight * (1 - value);
  const size = theme.size.small;
  const nodes: SVGElement[] = [];
  for (const tick of [0, 0.25, 0.5, 0.75, 1]) {
    nodes.push(element("path", {
      d: `M${left},${y(tick)}H${theme.width.full}`,
      stroke: tick === 0 ? theme.faint : theme.grid,
      "stroke-width": 1,
    }));
    if (tick === 0 || tick === 0.5 || tick === 1) {
      nodes.push(
        label(String(tick), {
          x: left - 5,
          y: y(tick) + 3.3,
          anchor: "end",
          size,
          fill: theme.muted,
        }),
      );
    }
  }
  nodes.push(element("g", { transform: `translate(9,${plotHeight / 2}) rotate(-90)` }, [
    label(`Cosine, ${title}`, { y: 0, anchor: "middle", size }),
  ]));
  for (const { shape, nodes: compared, pair, x } of at) {
    const { mean, interval } = pairs[pair];
    nodes.push(
      label(mean === null ? "–" : mean.toFixed(2), { x, y: -5, anchor: "middle", size }),
    );
    if (mean === null) continue;
    nodes.push(element("rect", {
      x: x - barWidth / 2,
      y: y(mean),
      width: barWidth,
      height: plotHeight - y(mean),
      fill: pairShade(shape, compared),
    }));
    if (interval) nodes.push(...whisker(x, y(interval[0]), y(interval[1])));
  }
  const { mean } = pairs.random;
  if (mean !== null) {
    nodes.push(element("path", {
      d: `M${left},${y(mean)}H${theme.width.full}`,
      stroke: theme.alert,
      "stroke-width": 1,
      "stroke-dasharray": "4 3",
      fill: "none",
    }));
  }
  return nodes;
}

/** An interval that shows on light and dark bars alike. */
function whisker(x: number, low: number, high: number): SVGElement[] {
  const d = `M${x},${low}V${high}M${x - 2.5},${low}h5M${x - 2.5},${high}h5`;
  return [[theme.paper, 3.2], [theme.ink, 1.1]].map(([stroke, width]) =>
    element("path", { d, stroke, "stroke-width": width, fill: "none" })
  );
}

/** What shades and lines mean. */
export function kinshipLegend(): SVGElement {
  const size = theme.size.small;
  const nodes: SVGElement[] = [];
  let x = left;
  const put = (text: string, mark: (x: number) => SVGElement) => {
    nodes.push(mark(x), label(text, { x: x + 20, y: 10, size }));
    x += 20 + textWidth(text, { size }) + 16;
  };
  const words = ["siblings", "one generation apart", "two", "three"];
  generationShades.forEach((fill, i) =>
    put(words[i], (x) => element("rect", { x, y: 2, width: barWidth, height: 9, fill }))
  );
  put("95% interval", (x) => element("g", {}, whisker(x + 7, 12, 1)));
  put("random pair", (x) =>
    element("path", {
      d: `M${x},6.5h15`,
      stroke: theme.alert,
      "stroke-width": 1,
      "stroke-dasharray": "4 3",
      fill: "none",
    }));
  return element("g", { "aria-label": "legend" }, nodes);
}
