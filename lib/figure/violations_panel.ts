import { interpolateRgb } from "d3";
import type { ViolationReport } from "../measure/persistence_report.ts";
import { label } from "./chart.ts";
import { element } from "./dom.ts";
import type { Cell } from "./figure.ts";
import { brief, count, percent } from "./format.ts";
import { theme } from "./theme.ts";

/** Most years that have a column. */
const mostYears = 6;
const nameWidth = 100;
const rowHeight = 27;
const top = 48;
const size = theme.size.small;

/** The drawn table and what the figure says of it. */
export interface ViolationsPanel {
  /** Drawn at 0, 0. */
  node: SVGElement;
  /** Height in pixels. */
  height: number;
  /** One row a license family and year, and one a family for all years. */
  rows: Record<string, Cell>[];
  /** A sentence with a space before it, or nothing. */
  remark: string;
}

/** Share of the judged edges that break the terms of the parent's license, by license family of the parent and year of the child. */
export function violationsPanel(
  { overall, byYear, byFamilyAndYear }: ViolationReport,
  { width }: { width: number },
): ViolationsPanel {
  const cells = [
    ...byFamilyAndYear,
    ...byYear.map((row) => ({ ...row, from: "all" as const })),
  ].filter(({ judged }) => judged > 0);
  const families = [...new Set(cells.map(({ from }) => from))];
  const totals = families.map((from) => {
    if (from === "all") return { from, ...overall };
    const own = cells.filter((cell) => cell.from === from);
    const sum = (key: "judged" | "broken") => own.reduce((total, cell) => total + cell[key], 0);
    return { from, judged: sum("judged"), broken: sum("broken") };
  });
  const known = [...new Set(cells.flatMap(({ year }) => year === null ? [] : [year]))].sort();
  const years = known.slice(-mostYears);
  const rows = [
    ...cells.map(({ from, year, judged, broken }) => row(from, year, judged, broken)),
    ...totals.map(({ from, judged, broken }) => row(from, "all", judged, broken)),
  ];
  const columns = years.length + 1;
  const wide = Math.min(60, (width - nameWidth) / columns);
  const most = Math.max(...cells.map(({ judged, broken }) => broken / judged), 0) || 1;
  const shade = interpolateRgb("#fdf3ee", "#e8743b");
  const nodes = [
    label("Edges that break the terms of the parent's license", { y: 10, weight: 600 }),
    label("broken / judged edges, by the parent's license family and the child's year", {
      y: 23,
      size,
      fill: theme.muted,
    }),
    ...[...years.map(String), "all years"].map((text, i) =>
      label(text, { x: nameWidth + (i + 0.5) * wide, y: top - 6, size, anchor: "middle" })
    ),
  ];
  families.forEach((from, f) => {
    const y = top + f * rowHeight;
    nodes.push(label(from, { y: y + 16, weight: from === "all" ? 600 : 400 }));
    for (let c = 0; c < columns; c++) {
      const cell = c < years.length
        ? cells.find((one) => one.from === from && one.year === years[c])
        : totals[f];
      if (cell === undefined || cell.judged === 0) continue;
      const share = cell.broken / cell.judged;
      const x = nameWidth + c * wide;
      const text = { x: x + wide / 2, size, anchor: "middle" as const };
      nodes.push(
        element("rect", {
          x: x + 1,
          y: y + 1,
          width: wide - 2,
          height: rowHeight - 2,
          fill: cell.broken === 0 ? theme.grid : shade(share / most),
        }),
        label(percent(share), { ...text, y: y + 11.5, weight: 600 }),
        label(`${brief(cell.broken)} / ${brief(cell.judged)}`, { ...text, y: y + 22.5 }),
      );
    }
  });
  if (families.length === 0) {
    nodes.push(label("no edge can be judged", { y: top + 10, size, fill: theme.muted }));
  }
  const outside = overall.judged -
    cells.filter(({ from, year }) => from === "all" && year !== null && years.includes(year))
      .reduce((total, { judged }) => total + judged, 0);
  return {
    node: element("g", { "aria-label": "violations" }, nodes),
    height: top + Math.max(1, families.length) * rowHeight + 4,
    rows,
    remark: outside > 0
      ? ` Judged edges of other or unknown years, ${count(outside)}, stand under all years only.`
      : "",
  };
}

function row(
  from: string,
  year: number | "all" | null,
  judged: number,
  broken: number,
): Record<string, Cell> {
  return {
    panel: `terms, ${from}`,
    generation: null,
    outcome: "broken",
    year,
    edges: judged,
    count: broken,
    share: judged > 0 ? broken / judged : null,
    low: null,
    high: null,
  };
}
