import * as Plot from "@observablehq/plot";
import type {
  ModalityLicenses,
  PermissiveAssets,
} from "../../measure/assets/fields/permissive_assets.ts";
import { chart, label, legend, pixels } from "../chart.ts";
import { type Figure, figure, type FigureOptions } from "../figure.ts";
import { brief, count, percent } from "../format.ts";
import { fitText, printable, textWidth } from "../text.ts";
import { theme } from "../theme.ts";
import { assetLicenseGroups } from "../trait_groups.ts";

/** Fewest records of a modality that is drawn, and most modalities of a type. */
const least = 3;
const most = 8;
const types = ["model", "dataset"] as const;
const titles = { model: "Models", dataset: "Datasets" };
const gap = 32;
const panelWidth = (theme.width.full - gap) / 2;
const bar = { left: 96, right: 30, height: 15, line: 22 };

/**
 * Families of licenses by modality, models and datasets apart: how much of what works with text, images or video may be used, changed
 * and passed on.
 *
 * @throws {RangeError} when no modality of models or datasets has three records
 *
 * @example
 * ```ts
 * import { permissiveModalitiesFigure } from "kindred";
 * const families = {
 *   ...{ "commercial-terms": 0, "use-restricted": 0, "non-commercial": 0, copyleft: 0 },
 *   ...{ permissive: 3, unspecified: 0, none: 0, unknown: 1, absent: 0 },
 * };
 * const leftOut = { known: 0, unsplit: 0, unread: 0, none: 0, unknown: 0, absent: 0 };
 * const { values } = permissiveModalitiesFigure({
 *   assets: [],
 *   records: 4,
 *   side: null,
 *   counts: [{ type: "model", modality: "video", records: 4, families }],
 *   leftOut,
 * }, { source: { snapshot: "sample", sha256: null, simulated: false } });
 * values["model: video: permissive"]; // 3
 * ```
 */
export function permissiveModalitiesFigure(
  { side, counts }: PermissiveAssets,
  { source }: FigureOptions,
): Figure {
  const drawn = types.flatMap((type) =>
    counts.filter((row) => row.type === type && row.records >= least).slice(0, most)
  );
  if (drawn.length === 0) {
    throw new RangeError(
      `Cannot draw licenses by modality: found no modality with ${least} models or datasets`,
    );
  }
  const key = legend(assetLicenseGroups.map(({ name, fill }) => ({ label: name, fill })));
  const top = key.height + 10;
  const shown = types.filter((type) => drawn.some((row) => row.type === type));
  const panels: { x: number; y: number; node: Element }[] = [{ x: 0, y: 0, node: key.node }];
  let height = 0;
  shown.forEach((type, i) => {
    const rows = drawn.filter((row) => row.type === type);
    height = Math.max(height, 22 + rows.length * bar.line);
    for (const node of barPanel(titles[type], rows)) {
      panels.push({ x: i * (panelWidth + gap), y: top, node });
    }
  });
  const permissive = shown.map((type) =>
    `of ${titles[type].toLowerCase()} ${
      drawn.filter((row) => row.type === type).slice(0, 4).map((row) =>
        `${printable(row.modality)} ${percent(row.families.permissive / row.records)}`
      ).join(", ")
    }`
  ).join("; ");
  const hidden = counts.filter(({ type }) => type !== "application").length - drawn.length;
  return figure({
    name: "17_permissive_modalities",
    function: "permissiveModalitiesFigure",
    title: "Licenses by modality",
    caption:
      `Shares of the families of licenses among the records with each modality, models and datasets apart; right of each bar the number of records. A record counts in each of its modalities, ${
        side === null ? "on whichever side it stands" : `where it stands as ${side}`
      }. Of several licenses the most binding counts. Permissive are ${permissive}.`,
    alt: `Stacked bars of license families by modality. Permissive are ${permissive}.`,
    source,
    graph: "records of models and datasets with a known modality",
    remark: hidden > 0
      ? `${count(hidden)} rarer ${hidden === 1 ? "modality is" : "modalities are"} not drawn.`
      : "",
    values: {
      hidden,
      ...Object.fromEntries(drawn.flatMap(({ type, modality, records, families }) => [
        [`${type}: ${modality}`, records],
        [`${type}: ${modality}: permissive`, families.permissive],
        [`${type}: ${modality}: permissive share`, families.permissive / records],
      ])),
    },
    rows: counts.map(({ type, modality, records, families }) => ({
      type,
      modality,
      records,
      ...families,
    })),
    height: top + height,
    panels,
  });
}

/** Bars of one type with its heading. */
function barPanel(title: string, rows: readonly ModalityLicenses[]): SVGElement[] {
  const width = panelWidth - bar.left - bar.right;
  const y = (i: number) => 22 + i * bar.line;
  const stacks = rows.flatMap(({ records, families }, i) => {
    let from = 0;
    return assetLicenseGroups.flatMap(({ family, fill }) => {
      const own = families[family];
      const stack = {
        i,
        fill,
        own,
        x1: bar.left + width * from / records,
        x2: bar.left + width * (from + own) / records,
        permissive: family === "permissive",
      };
      from += own;
      return own > 0 ? [stack] : [];
    });
  });
  const node = chart({
    width: panelWidth,
    height: y(rows.length),
    ...pixels,
    marks: [
      Plot.rect(stacks, {
        x1: "x1",
        x2: "x2",
        y1: ({ i }) => y(i),
        y2: ({ i }) => y(i) + bar.height,
        fill: "fill",
        stroke: theme.paper,
        strokeWidth: 0.6,
      }),
    ],
  });
  const texts = rows.flatMap(({ modality, records }, i) => [
    label(fitText(modality, { width: bar.left - 8 }), {
      x: bar.left - 6,
      y: y(i) + 11,
      anchor: "end",
    }),
    label(brief(records), {
      x: bar.left + width + 5,
      y: y(i) + 11,
      size: theme.size.small,
      fill: theme.muted,
    }),
  ]);
  const shares = stacks.filter(({ permissive }) => permissive).flatMap(({ i, own, x1, x2 }) => {
    const text = `${Math.round(100 * own / rows[i].records)}%`;
    const style = { size: theme.size.small, weight: 600 } as const;
    if (textWidth(text, style) > x2 - x1 - 6) return [];
    return [label(text, { x: x1 + 4, y: y(i) + 11, fill: theme.paper, ...style })];
  });
  return [
    label(title, { x: 0, y: 11, size: theme.size.title, weight: 600 }),
    node,
    ...texts,
    ...shares,
  ];
}
