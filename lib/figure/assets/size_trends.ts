import { symbol } from "d3";
import type { SizeEstimate, SizeTrends } from "../../measure/assets/fields/size_trends.ts";
import { sizeClasses } from "../../measure/assets/fields/size_trends.ts";
import { label } from "../chart.ts";
import { element } from "../dom.ts";
import { type Figure, figure, type FigureOptions } from "../figure.ts";
import { count, plural } from "../format.ts";
import { textWidth } from "../text.ts";
import { theme } from "../theme.ts";
import { sizeInks, sizePanel, sizeRows, sizeSymbols, sizeText } from "./size_panel.ts";

const gap = 20;
const legendHeight = 20;
const modelWidth = 400;
const modelHeight = 320;

/**
 * Sizes of models and datasets by date of creation, on a logarithmic scale, with the line through their geometric mean and its interval.
 *
 * @throws {RangeError} when no size has a date
 *
 * @example
 * ```ts
 * import { readAssetSnapshot, sizeTrends, sizeTrendsFigure } from "kindred";
 * const path = await Deno.makeTempFile();
 * const model = "- type: model\n  name: A\n  created_date: 2022-05-01\n  size: 7B parameters (dense)\n";
 * await Deno.writeTextFile(path, model);
 * const source = { snapshot: "sample", sha256: null, simulated: false };
 * sizeTrendsFigure(sizeTrends(await readAssetSnapshot(path)), { source }).values["models"]; // 1
 * await Deno.remove(path);
 * ```
 */
export function sizeTrendsFigure(data: SizeTrends, { source }: FigureOptions): Figure {
  const all = data.models.find(({ of }) => of === "all")!;
  const [tokens, bytes] = data.datasets;
  const dates = [all, tokens, bytes].flatMap(({ rows }) => rows.map(({ created }) => created));
  if (dates.length === 0) {
    throw new RangeError("Cannot draw sizes: found 0 sizes with a date, expected at least 1");
  }
  const [first, last] = [Math.min(...dates), Math.max(...dates)].map((date) =>
    new Date(date).getUTCFullYear()
  );
  const x: [Date, Date] = [new Date(Date.UTC(first, 0)), new Date(Date.UTC(last + 1, 0))];
  const right = theme.width.full - modelWidth - gap;
  const half = (modelHeight - 8) / 2;
  const ofKind = Object.fromEntries(
    sizeClasses.map((kind) => [kind, data.models.find(({ of }) => of === kind)!.rows.length]),
  );
  const { model, dataset } = data.coverage;
  const unread = data.unread.length;
  const drawn = all.rows.length + tokens.rows.length + bytes.rows.length;
  const notDrawn = model.known + dataset.known - unread - drawn;
  const height = legendHeight + modelHeight;
  const growth = growthText(all.typical.doublingsPerYear);
  return figure({
    name: "18_size_trends",
    function: "sizeTrendsFigure",
    title: "Size of models and datasets over time",
    caption: `Size by date of creation: parameters of ${plural(all.rows.length, "model")} (${
      sizeClasses.map((kind) => `${kind} ${count(ofKind[kind])}`).join(", ")
    }, as the catalogue says), and of datasets ${count(tokens.rows.length)} in tokens and ${
      count(bytes.rows.length)
    } in bytes. Line: least squares through the logarithms; band: 95% interval, organizations resampled; neither where there are too few. Typical model: ${growth} doublings a year. Named: the largest of a year, where there is room. Not drawn: ${
      plural(notDrawn, "size")
    } in other units or without a date. Could not be read: ${plural(unread, "text")} of ${
      count(model.known + dataset.known)
    }. Not known: ${plural(model.records - model.known, "model")}, ${
      plural(dataset.records - dataset.known, "dataset")
    }. The catalogue is a selection, not a sample.`,
    alt: `Dots on a logarithmic scale from ${first} to ${last}: ${
      [all, tokens, bytes].filter(({ rows }) => rows.length > 0).map(({ unit, rows, years }) => {
        const top = years.reduce((a, b) => b.largest.size > a.largest.size ? b : a).largest.size;
        return `${count(rows.length)} sizes in ${unit}, the largest ${sizeText(top, unit)}`;
      }).join("; ")
    }. Typical models: ${growth} doublings a year.`,
    source,
    graph: "records with a date and a size",
    seed: data.seed,
    values: {
      models: all.rows.length,
      ...ofKind,
      tokens: tokens.rows.length,
      bytes: bytes.rows.length,
      ...slopeValues("models", all.typical.doublingsPerYear),
      ...slopeValues("tokens", tokens.typical.doublingsPerYear),
      ...slopeValues("bytes", bytes.typical.doublingsPerYear),
      unread,
      notDrawn,
      known: model.known + dataset.known,
      "models not known": model.records - model.known,
      "datasets not known": dataset.records - dataset.known,
      seed: data.seed,
      first,
      last,
    },
    rows: [all, tokens, bytes].flatMap(sizeRows),
    height,
    panels: [
      { x: 0, y: 0, node: kindLegend() },
      {
        x: 0,
        y: legendHeight,
        node: sizePanel(all, {
          title: "Models, parameters",
          width: modelWidth,
          height: modelHeight,
          x,
          names: 10,
        }),
      },
      ...[tokens, bytes].map((series, i) => ({
        x: modelWidth + gap,
        y: legendHeight + i * (half + 8),
        node: sizePanel(series, {
          title: `Datasets, ${series.unit}`,
          width: right,
          height: half,
          x,
          ink: theme.lines[0],
          names: 4,
        }),
      })),
    ],
  });
}

function growthText({ estimate, low, high }: SizeEstimate): string {
  if (estimate === null) return "no number of";
  return `${estimate.toFixed(2)}${low === null ? "" : ` [${low.toFixed(2)}, ${high!.toFixed(2)}]`}`;
}

function slopeValues(name: string, { estimate, low, high }: SizeEstimate) {
  return {
    [`${name}: doublings a year`]: estimate,
    [`${name}: low`]: low,
    [`${name}: high`]: high,
  };
}

function kindLegend(): SVGElement {
  let x = 0;
  return element(
    "g",
    { "aria-label": "legend" },
    sizeClasses.flatMap((kind) => {
      const name = kind === "not said" ? "dense or sparse not said" : `${kind} model`;
      const mark = element("path", {
        d: symbol(sizeSymbols[kind], 44)()!,
        transform: `translate(${x + 5},6.5)`,
        fill: sizeInks[kind],
      });
      const text = label(name, { x: x + 13, y: 10 });
      x += 13 + textWidth(name) + 16;
      return [mark, text];
    }),
  );
}
