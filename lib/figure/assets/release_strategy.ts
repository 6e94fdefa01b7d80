import {
  assetLicenseFamilies,
  type AssetLicenseFamily,
} from "../../measure/assets/fields/asset_license.ts";
import {
  accessOrder,
  type LicenseTrends,
  type ReleaseTrends,
} from "../../measure/assets/fields/release_trends.ts";
import type { Access } from "../../source/asset_record.ts";
import { label, legend } from "../chart.ts";
import { type Figure, figure, type FigureOptions } from "../figure.ts";
import { count, percent, plural } from "../format.ts";
import { theme } from "../theme.ts";
import { assetLicenseGroups } from "../trait_groups.ts";
import { yearBars } from "./year_bars.ts";

/** What {@link releaseStrategyFigure} draws. */
export interface ReleaseStrategyData {
  /** Access by year: a panel for each type. */
  releases: readonly ReleaseTrends[];
  /** License families by year. */
  licenses: LicenseTrends;
}

const accessInks: Record<Access, string> = {
  open: "#0072b2",
  limited: "#e69f00",
  closed: "#a3392b",
  unknown: theme.faint,
};

const familyOrder = assetLicenseGroups.map(({ family }) => family);
const familyInks = Object.fromEntries(
  assetLicenseGroups.map(({ family, fill }) => [family, fill]),
) as Record<AssetLicenseFamily, string>;

const titles = { model: "Models", dataset: "Datasets", application: "Applications" };
const gap = 18;
const barHeight = 150;
const licenseHeight = 175;
/** Most years of a panel; what is before them is counted and not drawn. */
const mostYears = 9;

/**
 * How assets are released (open, limited, closed), a panel for each type, and the families of their licenses, by year of creation.
 *
 * @throws {RangeError} when no record has a date
 *
 * @example
 * ```ts
 * import { licenseTrends, readAssetLicenseTerms, readAssetSnapshot, releaseStrategyFigure, releaseTrends } from "kindred";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "- type: model\n  name: A\n  created_date: 2022-05-01\n  access: open\n");
 * const snapshot = await readAssetSnapshot(path);
 * const releases = [releaseTrends(snapshot, { type: "model" })];
 * const licenses = licenseTrends(snapshot, await readAssetLicenseTerms());
 * const source = { snapshot: "sample", sha256: null, simulated: false };
 * releaseStrategyFigure({ releases, licenses }, { source }).values["model: open"]; // 1
 * await Deno.remove(path);
 * ```
 */
export function releaseStrategyFigure(
  { releases, licenses }: ReleaseStrategyData,
  { source }: FigureOptions,
): Figure {
  const years = licenses.years.map(({ year }) => year);
  if (years.length === 0) {
    throw new RangeError(
      "Cannot draw the release strategy: found 0 records with a date, expected at least 1",
    );
  }
  const last = years.at(-1)!;
  const dated = sum(licenses.years.map(({ records }) => records));
  // A few old assets would squeeze the rest: the axis starts with the year in which 1% is passed.
  const passed = years.find((year) => until(licenses, year) >= dated / 100)!;
  const from = Math.max(passed, last - mostYears + 1);
  const before = until(licenses, from - 1);
  const axis = Array.from({ length: last - from + 1 }, (_, i) => from + i);
  const width = (theme.width.full - gap * (releases.length - 1)) / releases.length;
  const panels = releases.map((release, i) => ({
    x: i * (width + gap),
    y: 22,
    node: yearBars(
      release.years.filter(({ year }) => year >= from).map(({ year, records, access, open }) => ({
        year,
        records,
        counts: access,
        interval: open === null
          ? null
          : [open.low, open.high].map((end) => end * (records - access.unknown) / records),
      })),
      {
        title: release.type === null ? "All assets" : titles[release.type],
        keys: accessOrder,
        inks: accessInks,
        axis,
        width,
        height: barHeight,
        labelled: i === 0,
      },
    ),
  }));
  const accessKeys = legend(
    accessOrder.filter((key) =>
      releases.some(({ years }) => years.some(({ access }) => access[key] > 0))
    )
      .map((key) => ({ label: key, fill: accessInks[key] })),
  );
  const familyKeys = legend(
    assetLicenseGroups.filter(({ family }) =>
      licenses.years.some(({ families }) => families[family] > 0)
    ).map(({ name, fill }) => ({ label: name, fill })),
  );
  const licenseTop = 22 + barHeight + 14;
  panels.push({
    x: 0,
    y: licenseTop + 14 + familyKeys.height,
    node: yearBars(
      licenses.years.filter(({ year }) => year >= from).map(({ year, records, families }) => ({
        year,
        records,
        counts: families,
        interval: null,
      })),
      {
        title: "",
        keys: familyOrder,
        inks: familyInks,
        axis,
        width: theme.width.full,
        height: licenseHeight,
        labelled: true,
      },
    ),
  });
  const open = releases.map(({ type, years }) => {
    const shown = years.filter(({ open }) => open !== null);
    const known = sum(shown.map(({ records, access }) => records - access.unknown));
    return { type: type ?? "all", known, open: sum(shown.map(({ access }) => access.open)) };
  });
  const undated = sum(assetLicenseFamilies.map((family) => licenses.undated[family]));
  const permissive = sum(licenses.years.map(({ families }) => families.permissive));
  return figure({
    name: "19_release_strategy",
    function: "releaseStrategyFigure",
    title: "How assets are released and licensed",
    caption:
      `Above: records of each type by year of creation and access; the whisker is the 95% Wilson interval of the share of open ones among those whose access is known. Open in all years: ${
        open.map(({ type, open, known }) => `${type} ${count(open)} of ${count(known)}`).join(", ")
      }. Below: families of licenses, the most binding one of each record; ${
        count(permissive)
      } of ${count(dated)} dated records are permissive, and ${
        plural(licenses.unresolved.length, "text")
      } could not be resolved to a license. Numbers above bars are records. Left out: ${
        plural(undated, "record")
      } without a date. The catalogue is a selection, not a sample.`,
    alt: `Stacked bars by year from ${from} to ${last}. Open: ${
      open.map(({ type, open, known }) =>
        `${type} ${known === 0 ? "none known" : percent(open / known)}`
      ).join(", ")
    }. Permissive licenses: ${percent(permissive / dated)} of all.`,
    source,
    graph: "records with a date",
    remark: before > 0 ? `${plural(before, "record")} from before ${from} counted, not drawn.` : "",
    values: {
      ...Object.fromEntries(
        open.flatMap(({ type, open, known }) => [[`${type}: open`, open], [
          `${type}: known`,
          known,
        ]]),
      ),
      permissive,
      dated,
      undated,
      unresolved: licenses.unresolved.length,
      before,
      from,
      last,
    },
    rows: [
      ...releases.flatMap(({ type, years }) =>
        years.flatMap(({ year, records, access, open }) =>
          accessOrder.map((key) => ({
            panel: type ?? "all",
            year,
            value: key as string,
            count: access[key],
            records,
            low: key === "open" ? open?.low ?? null : null,
            high: key === "open" ? open?.high ?? null : null,
          }))
        )
      ),
      ...licenses.years.flatMap(({ year, records, families }) =>
        familyOrder.map((key) => ({
          panel: "license family",
          year,
          value: key as string,
          count: families[key],
          records,
          low: null,
          high: null,
        }))
      ),
    ],
    height: licenseTop + 14 + familyKeys.height + licenseHeight,
    panels: [
      { x: 0, y: 0, node: accessKeys.node },
      {
        x: 0,
        y: licenseTop,
        node: label("License families, assets of all types", { y: 10, weight: 600 }),
      },
      { x: 0, y: licenseTop + 16, node: familyKeys.node },
      ...panels,
    ],
  });
}

function until({ years }: LicenseTrends, last: number): number {
  return sum(years.filter(({ year }) => year <= last).map(({ records }) => records));
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
