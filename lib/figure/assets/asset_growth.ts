import * as Plot from "@observablehq/plot";
import { chart, label } from "../chart.ts";
import { type Figure, figure, type FigureOptions } from "../figure.ts";
import { count, plural } from "../format.ts";
import { everyMonth, monthDate, monthEnd } from "../months.ts";
import { dodge, textWidth } from "../text.ts";
import { theme } from "../theme.ts";

/** Assets by month of their creation. */
export interface AssetGrowthData {
  /** New assets of a type in a month ("2022-07"); any order, months without any may be missing. */
  months: { month: string; type: "dataset" | "model" | "application"; added: number }[];
  /** Assets without a usable date, which are not drawn. */
  undated: number;
}

const types = ["model", "dataset", "application"] as const;
const names = { model: "Models", dataset: "Datasets", application: "Applications" };

/**
 * Running total of documented datasets, models and applications by date of creation.
 *
 * @throws {SyntaxError} when a month is not written "YYYY-MM"
 * @throws {RangeError} when there is no month
 *
 * @example
 * ```ts
 * import { assetGrowthFigure } from "kindred";
 * const { title } = assetGrowthFigure(
 *   { months: [{ month: "2021-03", type: "model", added: 2 }], undated: 0 },
 *   { source: { snapshot: "sample", sha256: null, simulated: false } },
 * );
 * title; // "Assets by type over time"
 * ```
 */
export function assetGrowthFigure(
  { months, undated }: AssetGrowthData,
  { source }: FigureOptions,
): Figure {
  const axis = everyMonth(months.map(({ month }) => month));
  if (axis.length === 0) {
    throw new RangeError("Cannot draw the growth of assets: found 0 months, expected at least 1");
  }
  const rows = types.flatMap((type) => {
    const added = new Map<string, number>();
    for (const row of months) {
      if (row.type === type) added.set(row.month, (added.get(row.month) ?? 0) + row.added);
    }
    let total = 0;
    return axis.map((month) => {
      total += added.get(month) ?? 0;
      return { month, type, added: added.get(month) ?? 0, total };
    });
  });
  const ends = types.map((type) => rows.findLast((row) => row.type === type)!.total);
  const dated = ends.reduce((a, b) => a + b, 0);

  const width = theme.width.column;
  const height = 210;
  const margin = { top: 22, right: 92, bottom: 26, left: 34 };
  const most = Math.max(...ends, 1);
  // A few old assets would squeeze the rest: the axis starts with the year in which 1% is passed.
  const startYear = axis.find((month) => total(rows, month) >= dated / 100)!.slice(0, 4);
  const drawn = rows.filter(({ month }) => month >= `${startYear}-01`);
  const before = total(rows, axis.findLast((month) => month < `${startYear}-01`));
  const x: [Date, Date] = [monthDate(drawn[0].month), monthEnd(axis.at(-1)!)];
  const place = (value: number) =>
    height - margin.bottom - (value / most) * (height - margin.bottom - margin.top);
  const moved = dodge(ends.map(place), {
    gap: 12.5,
    least: margin.top,
    most: height - margin.bottom,
  });
  const ink = (type: typeof types[number]) => theme.assetType[type];
  const node = chart({
    width,
    height,
    margins: margin,
    x: { type: "utc", domain: x, label: null },
    y: { domain: [0, most], label: null },
    marks: [
      Plot.gridY({ stroke: theme.grid, strokeOpacity: 1, ticks: 5 }),
      Plot.axisY({ ticks: 5, tickSize: 0, fill: theme.muted }),
      Plot.axisX({ ticks: 6, tickSize: 4, stroke: theme.faint, fill: theme.muted }),
      Plot.lineY(drawn, {
        x: (row) => monthEnd(row.month),
        y: "total",
        z: "type",
        stroke: (row) => ink(row.type),
        strokeWidth: 1.8,
        curve: "step-before",
      }),
      Plot.ruleY([0], { stroke: theme.faint }),
    ],
  });
  const ends_ = types.map((type, i) =>
    label(names[type], {
      x: width - margin.right + 6,
      y: moved[i] + 3.5,
      weight: 600,
      fill: ink(type),
    })
  );
  const totals = types.map((type, i) =>
    label(count(ends[i]), {
      x: width - margin.right + 10 + textWidth(names[type], { weight: 600 }),
      y: moved[i] + 3.5,
      fill: theme.muted,
    })
  );
  return figure({
    name: "02_asset_growth",
    function: "assetGrowthFigure",
    title: "Assets by type over time",
    caption: `Running total of the ${
      count(dated)
    } documented assets with a date of creation, by month: ${
      types.map((type, i) => plural(ends[i], type)).join(", ")
    }. ${plural(undated, "record")} without a usable date ${
      undated === 1 ? "is" : "are"
    } left out.`,
    alt: `Three rising lines from ${axis[0]} to ${axis.at(-1)}: ${
      types.map((type, i) => `${names[type].toLowerCase()} reach ${count(ends[i])}`).join(", ")
    }.`,
    source,
    graph: "documented assets with a date",
    remark: before > 0
      ? `${plural(before, "asset")} from before ${startYear} counted, not drawn.`
      : "",
    values: {
      dated,
      undated,
      before,
      ...Object.fromEntries(types.map((type, i) => [`${type}s`, ends[i]])),
      first: axis[0],
      last: axis.at(-1)!,
    },
    rows,
    width,
    height,
    panels: [
      { x: 0, y: 0, node },
      { x: 0, y: 10, node: label("Assets so far", { y: 0, fill: theme.muted }) },
      ...[...ends_, ...totals].map((text) => ({ x: 0, y: 0, node: text })),
    ],
  });
}

/** Assets of all types at the end of a month; 0 where there is no month. */
function total(
  rows: readonly { month: string; total: number }[],
  month: string | undefined,
): number {
  let sum = 0;
  for (const row of rows) if (row.month === month) sum += row.total;
  return sum;
}
