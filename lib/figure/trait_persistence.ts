import type { PersistenceReport } from "../measure/persistence_report.ts";
import type { Trait } from "../snapshot/traits.ts";
import { label, legend } from "./chart.ts";
import { type Figure, figure, type FigureOptions, type Panel } from "./figure.ts";
import { count, percent } from "./format.ts";
import {
  type CurveData,
  curvePanel,
  curveRows,
  deepest,
  fewest,
  outcomeInks,
  outcomeNames,
} from "./persistence_curve.ts";
import { relationNames, theme, traitTitles } from "./theme.ts";
import { violationsPanel } from "./violations_panel.ts";

const width = theme.width.full;
const gap = 14;
const panelHeight = 118;

/**
 * What becomes of a root's traits down the generations: the share of lineages in which a value of the root's is still declared, changed or lost,
 * by trait, for the license by the relation of the last step, and for any restriction that it sets; half-lives; and the edges that break the terms of the
 * parent's license, by license family of the parent and year of the child.
 *
 * @throws {RangeError} when there is nothing to draw: no persistence was measured, or no trait has a generation of 30 lineages
 *
 * @example
 * ```ts
 * import { traitPersistenceFigure } from "kindred";
 * const source = { snapshot: "sample", sha256: null, simulated: false };
 * try {
 *   traitPersistenceFigure(null, { source });
 * } catch (error) {
 *   (error as Error).message; // "Cannot draw trait persistence: it was not measured"
 * }
 * ```
 */
export function traitPersistenceFigure(
  data: PersistenceReport | null,
  { source }: FigureOptions,
): Figure {
  if (data === null) throw new RangeError("Cannot draw trait persistence: it was not measured");
  const { license } = data.traits;
  const byTrait = (Object.keys(traitTitles) as Trait[]).map((trait): CurveData => ({
    panel: trait,
    title: traitTitles[trait],
    ...data.traits[trait],
  }));
  const byRelation = (["finetune", "adapter", "quantized", "untyped"] as const).map((
    relation,
  ): CurveData => ({
    panel: `license, ${relation}`,
    title: `License, last step ${relationNames[relation]}`,
    ...license.byRelation[relation],
  }));
  const drawable = ({ generations }: CurveData) => generations[0]?.lineages >= fewest;
  const restriction: CurveData = {
    panel: "restriction",
    title: "Any license restriction",
    ...data.restriction,
  };
  const lines = [byTrait.filter(drawable), byRelation.filter(drawable)];
  const beside = [restriction].filter(drawable);
  const all = [...lines.flat(), ...beside];
  if (lines[0].length === 0) {
    throw new RangeError(
      `Cannot draw trait persistence: found 0 traits with a generation of ${fewest} lineages, expected some`,
    );
  }
  const most = deepest(all);
  const panels: Panel[] = [];
  const head = legend(
    (["kept", "changed", "lost"] as const).map((outcome) => ({
      label: outcomeNames[outcome],
      fill: outcomeInks[outcome],
    })),
    { symbol: "line" },
  );
  panels.push({ x: 0, y: 0, node: head.node });
  let y = head.height + 10;
  const panelWidth = (width - 3 * gap) / 4;
  for (const line of lines) {
    if (line.length === 0) continue;
    line.forEach((curve, i) =>
      panels.push({
        x: i * (panelWidth + gap),
        y,
        node: curvePanel(curve, { width: panelWidth, height: panelHeight, most }),
      })
    );
    y += panelHeight + 14;
  }
  panels.push({
    x: 0,
    y: y - 8,
    node: label("steps from the root; share of lineages", {
      y: 4,
      size: theme.size.small,
      fill: theme.muted,
    }),
  });
  y += 16;
  const { violations } = data;
  const terms = violationsPanel(violations, { width: 3 * (panelWidth + gap) - gap });
  panels.push({ x: 0, y, node: terms.node });
  for (const curve of beside) {
    panels.push({
      x: 3 * (panelWidth + gap),
      y,
      node: curvePanel(curve, { width: panelWidth, height: panelHeight, most }),
    });
  }
  const { judged, broken, edges } = violations.overall;
  const rows = [
    ...all.flatMap((curve) => curveRows(curve, { most })),
    ...terms.rows,
  ];
  const first = license.generations[0];
  return figure({
    name: "11_trait_persistence",
    function: "traitPersistenceFigure",
    title: "Trait persistence and license terms",
    caption:
      `A lineage is a root and a model below it, as far as its shortest path. Its share counts as still declared where the model declares a value of the root's, changed where it declares others only, lost where it declares none; bands are 95% intervals that take families as clusters, drawn where they can be said. Half-lives are those of the fit p^k. ${
        first === undefined
          ? ""
          : `One step from the root, ${percent(first.kept / first.lineages)} of ${
            count(first.lineages)
          } lineages still declare the license. `
      }Below: of ${count(edges)} edges, ${
        count(judged)
      } can be judged by what both ends declare and ${
        count(broken)
      } break the terms of the parent's license${
        violations.share === null ? "" : ` (${percent(violations.share)})`
      }.`,
    alt: `${
      all.map(({ title, generations: [one], halfLife }) =>
        `${title}: ${percent(one.kept / one.lineages)} still declared after one step${
          halfLife.fitted === null ? "" : `, half-life ${halfLife.fitted.toFixed(1)} steps`
        }`
      ).join("; ")
    }. ${count(broken)} of ${count(judged)} judged edges break license terms.`,
    source,
    graph: "curves: lineage without merges; terms: all relations",
    remark:
      `Generations of fewer than ${fewest} lineages are not drawn. A tag cannot show notices or the text of an agreement.${terms.remark}`,
    values: {
      ...Object.fromEntries(all.flatMap(({ panel, halfLife: { fitted, interval, crossing } }) => [
        [`half-life: ${panel}`, fitted],
        [`half-life: ${panel}: low`, interval?.[0] ?? null],
        [`half-life: ${panel}: high`, interval?.[1] ?? null],
        [`crossing: ${panel}`, crossing],
      ])),
      "license, one step: kept": first === undefined ? null : first.kept / first.lineages,
      "license, one step: lineages": first?.lineages ?? 0,
      edges,
      judged,
      broken,
      share: violations.share,
      "share: low": violations.interval?.[0] ?? null,
      "share: high": violations.interval?.[1] ?? null,
    },
    rows,
    height: y + Math.max(terms.height, beside.length * panelHeight),
    panels,
  });
}
