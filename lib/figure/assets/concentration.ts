import type { Concentration } from "../../core/concentration.ts";
import type {
  AssetConcentration,
  ConcentrationYear,
} from "../../measure/assets/organizations/concentration.ts";
import type { Coverage } from "../../measure/coverage.ts";
import { label, legend } from "../chart.ts";
import { type AssetFigureOptions, assetGraphs, type Cell, type Figure, figure } from "../figure.ts";
import { count, percent, plural } from "../format.ts";
import { theme } from "../theme.ts";
import { ownersInWords } from "./organization_flows.ts";
import { yearBars, type YearLine, yearLines } from "./year_panels.ts";

/** Options of {@link concentrationFigure}. */
export interface ConcentrationFigureOptions extends AssetFigureOptions {
  /** Whether owners were read with a table of organizations. @default false */
  resolved?: boolean;
  /** Years with fewer assets are not drawn, and nothing is said of what was made in a year in which fewer were. @default 10 */
  least?: number;
}

/** What is spread over assets or organisations. */
interface Spread {
  name: string;
  ink: string;
  of: (row: ConcentrationYear) => Concentration;
  /** Whether it is about the assets of one year and not about all so far. */
  yearly?: boolean;
}

/** A row of panels. */
interface Row {
  title: string;
  hubs: string;
  spreads: Spread[];
  coverage: (row: ConcentrationYear) => Coverage[];
}

const rowsOfPanels: Row[] = [{
  title: "Assets",
  hubs: "assets",
  spreads: [
    { name: "direct dependants", ink: "#0072b2", of: (row) => row.dependants },
    { name: "all descendants", ink: "#d55e00", of: (row) => row.descendants },
  ],
  coverage: (row) => row.coverage,
}, {
  title: "Organisations",
  hubs: "organisations",
  spreads: [
    { name: "assets made in the year", ink: "#009e73", of: (row) => row.made, yearly: true },
    { name: "assets owned so far", ink: "#882255", of: (row) => row.organizations.owned },
    { name: "external dependants", ink: "#2f7fb5", of: (row) => row.organizations.external },
  ],
  coverage: (row) => row.organizations.coverage,
}];

/** Shades of the lines of coverage, for more and more hubs. */
const shades = ["#6b8fb3", "#3f6f9f", "#08306b"];

/**
 * How concentrated the asset graph is by the end of each year: over assets and over organisations the Gini coefficient, the effective number
 * (inverse Herfindahl index) and the share of the largest, and what lies downstream of the largest hubs together.
 *
 * @throws {RangeError} when no year has assets enough
 *
 * @example
 * ```ts
 * import { assetConcentration, AssetGraph, concentrationFigure, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * const pile = "- type: dataset\n  name: The Pile\n  created_date: 2020-12-31\n";
 * const opt = "- type: model\n  name: OPT\n  created_date: 2022-05-02\n  dependencies: [The Pile]\n";
 * await Deno.writeTextFile(path, pile + opt);
 * const { values } = concentrationFigure(
 *   assetConcentration(new AssetGraph(await readAssetSnapshot(path))),
 *   { source: { snapshot: "two", sha256: null, simulated: false }, variant: "aliased", least: 1 },
 * );
 * values.assets; // 2
 * await Deno.remove(path);
 * ```
 */
export function concentrationFigure(
  data: AssetConcentration,
  { source, variant, least = 10, resolved = false }: ConcentrationFigureOptions,
): Figure {
  const drawn = data.years.filter(({ assets }) => assets >= least);
  const last = drawn.at(-1);
  if (last === undefined) {
    throw new RangeError(
      `Cannot draw the concentration of assets: found 0 years with at least ${least} assets by their end, expected at least 1`,
    );
  }
  const years = drawn.map(({ year }) => year);
  const before = data.years.length - drawn.length;
  const few = drawn.filter(({ added }) => added < least).length;
  const largest = last.dependants.top.length - 1;
  const k = last.dependants.top.map((top) => top.k);
  const said = (spread: Spread, row: ConcentrationYear) =>
    spread.yearly === true && row.added < least ? null : spread.of(row);

  const widths = [154, 160, 160, 198];
  const heights = { head: 92, title: 34, panel: 124 };
  const tops = rowsOfPanels.map((_, i) => heights.head + i * (heights.title + heights.panel + 8));
  const height = tops.at(-1)! + heights.title + heights.panel;
  const panels = rowsOfPanels.flatMap(({ title, hubs, spreads, coverage }, i) => {
    const linesOf = (value: (of: Concentration) => number | null) =>
      spreads.map((spread): YearLine => ({
        ink: spread.ink,
        values: drawn.map((row) => {
          const of = said(spread, row);
          return of === null ? null : value(of);
        }),
      }));
    const covered = k.map((size, j): YearLine => ({
      ink: shades[Math.min(j, shades.length - 1)],
      name: `top ${count(size)}`,
      values: drawn.map((row) => coverage(row)[j].ofAll),
    }));
    const panel = [
      {
        title: "Gini coefficient",
        lines: linesOf((of) => of.gini),
        most: 1,
        format: (value: number) => value.toFixed(2),
      },
      { title: "Effective number", lines: linesOf((of) => of.effective), format: effective },
      {
        title: `Share of the largest ${count(k[largest])}`,
        lines: linesOf((of) => of.top[largest].share),
        most: 1,
        format: whole,
      },
      { title: `Downstream of top ${hubs}`, lines: covered, most: 1, format: whole },
    ];
    return [
      {
        x: 0,
        y: tops[i],
        node: label(title, { y: 10, size: theme.size.title, weight: 600 }),
      },
      {
        x: 96,
        y: tops[i],
        node: legend(spreads.map(({ name, ink }) => ({ label: name, fill: ink })), {
          symbol: "line",
          width: theme.width.full - 96,
        }).node,
      },
      ...panel.map((options, j) => ({
        x: widths.slice(0, j).reduce((a, b) => a + b, 0),
        y: tops[i] + heights.title - 10,
        node: yearLines(years, {
          ...options,
          width: widths[j],
          height: heights.panel + 10,
        }),
      })),
    ];
  });
  const top = last.coverage[largest];
  const topOrganizations = last.organizations.coverage[largest];
  const { year, assets } = last;
  const gini = last.descendants.gini;
  return figure({
    name: "24_concentration",
    function: "concentrationFigure",
    title: "How concentrated the ecosystem is",
    caption:
      `By the end of each year, over the assets created until then and the edges between them. Gini coefficient: 0 where all are equal; assets without dependants count. Effective number: inverse of the Herfindahl index, so many equal members would be as concentrated. Last column: what lies downstream of the largest, each asset counted once, over all assets; of organisations only what others own. In ${year}, ${
        plural(assets, "asset")
      } of ${plural(last.organizations.owned.population, "organisation")}${
        gini === null ? "" : `: Gini coefficient of descendants ${gini.toFixed(2)}`
      }. The ${count(k[largest])} largest assets have ${
        percent(top.ofAll ?? 0)
      } of all downstream, the ${count(k[largest])} largest organisations ${
        percent(topOrganizations.ofAll ?? 0)
      } that others own. The last year goes as far as the snapshot.`,
    alt: `Lines from ${years[0]} to ${year}. ${
      rowsOfPanels.flatMap(({ title, spreads }) =>
        spreads.map((spread) => {
          const row = drawn.findLast((row) => (said(spread, row)?.gini ?? null) !== null);
          const of = row === undefined ? null : spread.of(row);
          return of === null
            ? `${title}, ${spread.name}: nothing to show`
            : `${title}, ${spread.name}: Gini ${of.gini!.toFixed(2)}, effective number ${
              effective(of.effective!)
            } in ${row!.year}`;
        })
      ).join("; ")
    }.`,
    source,
    graph: `${assetGraphs[variant]}, those with a date; ${ownersInWords(resolved)}`,
    remark: [
      `A catalogue, not a sample: no intervals. ${plural(data.undated, "undated asset")} and ${
        plural(data.undocumented, "undocumented name")
      } left out.`,
      before > 0 ? `${plural(before, "year")} with fewer than ${least} assets not drawn.` : "",
      few > 0
        ? `Assets made in the year: ${plural(few, "year")} with fewer than ${least} left out.`
        : "",
    ].filter((sentence) => sentence !== "").join(" "),
    values: {
      year,
      assets,
      organizations: last.organizations.owned.population,
      descendantsGini: gini,
      largest: k[largest],
      belowAssets: top.ofAll,
      belowOrganizations: topOrganizations.ofAll,
      undated: data.undated,
      undocumented: data.undocumented,
      yearsNotDrawn: before,
    },
    rows: drawn.flatMap((row) =>
      rowsOfPanels.flatMap(({ title, spreads, coverage }) =>
        spreads.map((spread): Record<string, Cell> => {
          const of = said(spread, row);
          return {
            year: row.year,
            assets: row.assets,
            added: row.added,
            over: title,
            spread: spread.name,
            population: of?.population ?? null,
            total: of?.total ?? null,
            gini: of?.gini ?? null,
            herfindahl: of?.herfindahl ?? null,
            effective: of?.effective ?? null,
            ...Object.fromEntries(k.map((size, j) => [`top${size}`, of?.top[j].share ?? null])),
            ...Object.fromEntries(
              k.map((size, j) => [`belowTop${size}`, coverage(row)[j].ofAll]),
            ),
          };
        })
      )
    ),
    height,
    panels: [
      {
        x: 0,
        y: 0,
        node: yearBars(
          drawn.map(({ year, assets, added }) => ({ year, total: assets, added })),
          {
            title: "Assets by the end of the year (new in it)",
            width: theme.width.full,
            height: 78,
          },
        ),
      },
      ...panels,
    ],
  });
}

function effective(value: number): string {
  return value > 0 && value < 9.95 ? value.toFixed(1) : count(Math.round(value));
}

function whole(value: number): string {
  return `${Math.round(value * 100)}%`;
}
