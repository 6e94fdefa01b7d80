import { scaleLog } from "d3";
import type { PatternRow } from "../../measure/assets/patterns/pattern_census.ts";
import { label } from "../chart.ts";
import { element } from "../dom.ts";
import { theme } from "../theme.ts";

/** Marks of the axis. */
const marks = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100];

/** An axis of ratios: where a ratio is drawn, and the marks on it. */
export interface RatioAxis {
  /** Position of a ratio; what lies beyond the ends is drawn at them. */
  at: (ratio: number) => number;
  /** First and last position. */
  ends: [number, number];
  /** Ratios with a line and a name. */
  ticks: number[];
}

/** An axis on which all ratios and all intervals of the rows have a place, from 0.01 to 100 at most. */
export function ratioAxis(
  rows: readonly PatternRow[],
  { x, width }: { x: number; width: number },
): RatioAxis {
  const found = rows.filter(({ fixed }) => !fixed).flatMap(({ ratio, interval, nullMean }) =>
    [ratio ?? 1, interval[0] / nullMean, interval[1] / nullMean].filter((value) =>
      Number.isFinite(value) && value > 0
    )
  );
  const low = Math.max(0.01, Math.min(0.3, ...found) / 1.3);
  const high = Math.min(100, Math.max(3, ...found) * 1.3);
  const scale = scaleLog([low, high], [x, x + width]).clamp(true);
  const ticks = marks.filter((mark) => mark >= low && mark <= high);
  return { at: (ratio) => scale(Math.max(ratio, low)), ends: [x, x + width], ticks };
}

/** Lines and names of the marks, the names above `top`. */
export function ratioGrid(
  { at, ticks }: RatioAxis,
  { top, bottom }: { top: number; bottom: number },
): SVGElement {
  // Every second name where all would touch.
  const close = ticks.length > 1 && at(ticks[1]) - at(ticks[0]) < 26;
  const middle = ticks.indexOf(1);
  return element(
    "g",
    {},
    ticks.flatMap((tick, i) => [
      element("path", {
        d: `M${at(tick)},${top}V${bottom}`,
        stroke: tick === 1 ? theme.faint : theme.grid,
        "stroke-width": tick === 1 ? 1.2 : 1,
      }),
      ...(close && (i - middle) % 2 !== 0 ? [] : [
        label(`${tick}×`, { x: at(tick), y: top - 5, anchor: "middle", fill: theme.muted }),
      ]),
    ]),
  );
}

/** Whether a count lies beyond the ends of the axis, as none does, or at one. */
export function isOutside({ ratio, fixed }: PatternRow, { at, ends }: RatioAxis): boolean {
  return !fixed && ratio !== null && ends.includes(at(ratio));
}

/** Whether a count is drawn filled: Holm's p is at most 0.05. */
export function isUnlikely({ holm }: PatternRow): boolean {
  return holm !== null && holm <= 0.05;
}

/** The interval of the random graphs by their mean, and the graph itself, filled where it is unlikely by chance. */
export function ratioMark(
  row: PatternRow,
  { axis, y, fill }: { axis: RatioAxis; y: number; fill: string },
): SVGElement {
  const { ratio, interval, nullMean } = row;
  const { at, ends } = axis;
  if (ratio === null) {
    return label("none in random graphs", { x: at(1) + 6, y: y + 3.4, size: theme.size.small });
  }
  const [left, right] = interval.map((bound) => at(bound / nullMean));
  const x = at(ratio);
  const style = {
    fill: isUnlikely(row) ? fill : theme.paper,
    stroke: fill,
    "stroke-width": 1.4,
  };
  return element("g", {}, [
    element("rect", {
      x: left,
      y: y - 4,
      width: Math.max(1, right - left),
      height: 8,
      fill,
      "fill-opacity": 0.3,
    }),
    !isOutside(row, axis)
      ? element("circle", { cx: x, cy: y, r: 3.6, ...style })
      // A wedge that points to where the graph lies.
      : element("path", {
        d: `M${x},${y}L${x + (x === ends[0] ? 7 : -7)},${y - 4}V${y + 4}Z`,
        ...style,
      }),
  ]);
}
