import * as Plot from "@observablehq/plot";
import type { Count } from "../core/top.ts";
import type { Ranking, Summary } from "../measure/summary.ts";
import { chart, label, pixels } from "./chart.ts";
import { element } from "./dom.ts";
import { type Figure, figure, type FigureOptions, type Panel } from "./figure.ts";
import { count, percent } from "./format.ts";
import { languageTitle } from "./languages.ts";
import { aboutLinks, aboutTables, linkValues } from "./linked_papers.ts";
import { fitId, fitText, printable } from "./text.ts";
import { relationNames, theme } from "./theme.ts";

/** Counts behind {@link topTensFigure}. */
export interface TopTensData {
  /** Models in the snapshot. */
  models: number;
  /** The largest counts of each panel, and the denominator of their shares. */
  panels: Summary;
}

/** A panel: a ranking of the summary, or how many models report each. */
type PanelName = keyof Summary | "reporting";

/** Title of a panel, and what its denominator counts. */
const headings: Record<PanelName, [title: string, of: string]> = {
  license: ["License", "models with a license"],
  task: ["Task", "models with a task"],
  language: ["Language", "models with a language"],
  library: ["Library", "models with a library"],
  parents: ["Parents by children", "models with a parent"],
  datasets: ["Datasets", "models with a dataset"],
  categories: ["arXiv categories", "links to papers"],
  papers: ["Papers (arXiv)", "models with a paper"],
  relations: ["Relations", "edges"],
  reporting: ["What is reported", "models"],
};

/** What a model that counts in the denominator of a panel reports. */
const reported = {
  license: "license",
  task: "task",
  language: "language",
  library: "library",
  parents: "parent",
  datasets: "dataset",
  papers: "paper (arXiv)",
} as const;

const gap = 24;
const panelWidth = (theme.width.full - gap) / 2;
const lineHeight = 14;
const head = 30;

/**
 * Ten panels of bars: the ten most frequent licenses, tasks, languages, libraries, parents, datasets, papers and arXiv categories of papers
 * of a snapshot, its relations, and how many models report each.
 *
 * @throws {RangeError} when the snapshot has no models
 *
 * @example
 * ```ts
 * import { topTensFigure } from "kindred";
 * const none = { reporting: 0, rows: [] };
 * const categories = {
 *   ...none, links: 0, notFound: 0, template: 0, papers: 0, known: 0, tables: [],
 * };
 * const license = { reporting: 4, rows: [{ value: "mit", count: 3 }] };
 * const { values } = topTensFigure({
 *   models: 5,
 *   panels: {
 *     license, task: none, language: none, library: none,
 *     parents: none, datasets: none, categories, papers: none, relations: none,
 *   },
 * }, { source: { snapshot: "sample", sha256: null, simulated: false } });
 * values["license: mit"]; // 3
 * ```
 */
export function topTensFigure(
  { models, panels: summary }: TopTensData,
  { source }: FigureOptions,
): Figure {
  if (!(models > 0)) {
    throw new RangeError(`Cannot draw the top tens: found ${models} models, expected at least 1`);
  }
  const panels: Record<PanelName, Ranking> = { ...summary, reporting: reporting(models, summary) };
  const keys = Object.keys(headings) as PanelName[];
  const drawn: Panel[] = [];
  let y = 0;
  for (let i = 0; i < keys.length; i += 2) {
    const pair = keys.slice(i, i + 2);
    pair.forEach((key, k) =>
      drawn.push({ x: k * (panelWidth + gap), y, node: barPanel(key, panels[key], summary) })
    );
    const lines = Math.max(1, ...pair.map((key) => Math.min(10, panels[key].rows.length)));
    y += head + lines * lineHeight + 14;
  }
  const rows = keys.flatMap((key) =>
    panels[key].rows.slice(0, 10).map(({ value, count }) => ({
      panel: key,
      value,
      count,
      share: panels[key].reporting > 0 ? count / panels[key].reporting : null,
    }))
  );
  const firsts = keys.filter((key) => panels[key].rows.length > 0)
    .map((key) => ({ key, first: rows.find((row) => row.panel === key)! }));
  return figure({
    name: "04_top_tens",
    function: "topTensFigure",
    title: "What the models report",
    caption: `The most frequent values among ${
      count(models)
    } models. The share is of the models that report the trait (of all edges for relations, of links to papers of known categories for these; such a link counts in all categories of its paper); a model may report several languages, datasets and papers. ${
      aboutLinks(summary.categories)
    } ${
      firsts.map(({ key, first }) =>
        `${headings[key][0]}: ${shown(key, first.value)} first, ${count(first.count)}`
      ).join("; ")
    }.`,
    alt: `Ten panels of horizontal bars. ${
      firsts.map(({ key, first }) =>
        `${headings[key][0]}: ${shown(key, first.value)} leads with ${count(first.count)}`
      ).join(". ")
    }.`,
    source,
    graph: `${count(models)} models, edges of all relations`,
    remark: aboutTables(summary.categories),
    values: {
      models,
      ...Object.fromEntries(
        keys.filter((key) => key !== "reporting")
          .map((key) => [`${key}: reporting`, panels[key].reporting]),
      ),
      ...linkValues(summary.categories),
      ...Object.fromEntries(rows.map(({ panel, value, count }) => [`${panel}: ${value}`, count])),
    },
    rows,
    height: y - 8,
    panels: drawn,
  });
}

/** A value as the panels print it. */
function shown(key: PanelName, value: string): string {
  if (key === "language") return languageTitle(value);
  if (key === "relations" && Object.hasOwn(relationNames, value)) {
    return relationNames[value as keyof typeof relationNames];
  }
  return printable(value);
}

/** How many models report each of what the panels show, most first. */
function reporting(models: number, summary: Summary): Ranking {
  const rows: Count[] = (Object.keys(reported) as (keyof typeof reported)[])
    .map((key) => ({ value: reported[key], count: summary[key].reporting }))
    .filter(({ count }) => count > 0);
  return { reporting: models, rows: rows.sort((a, b) => b.count - a.count) };
}

function barPanel(
  key: PanelName,
  { reporting, rows }: Ranking,
  { categories: { links } }: Pick<Summary, "categories">,
) {
  const [title, of] = headings[key];
  const top = rows.slice(0, 10);
  const unknown = key === "categories" && reporting < links;
  const denominator = unknown
    ? `${count(reporting)} of ${count(links)} links`
    : `${count(reporting)} ${of}`;
  const heading = [
    label(title, { y: 11, size: theme.size.title, weight: 600 }),
    label(`${unknown && reporting === 0 ? "known for" : "share of"} ${denominator}`, {
      x: panelWidth,
      y: 11,
      size: theme.size.small,
      anchor: "end",
      fill: theme.muted,
    }),
  ];
  if (top.length === 0) {
    const none = unknown
      ? "not known here: deno task fetch arxiv-categories"
      : "none in this snapshot";
    return element("g", { "aria-label": title }, [
      ...heading,
      label(none, { y: head + 10, fill: theme.muted }),
    ]);
  }
  const nameWidth = 130;
  const most = top[0].count;
  const right = panelWidth - 42;
  const bars = right - 44 - nameWidth - 6;
  const y = (i: number) => i * lineHeight + lineHeight / 2;
  const end = (value: number) => nameWidth + 6 + bars * value / most;
  const color = (value: string) =>
    key === "relations" && Object.hasOwn(theme.relation, value)
      ? theme.relation[value as keyof typeof theme.relation]
      : theme.bar;
  const node = chart({
    width: panelWidth,
    height: top.length * lineHeight,
    ...pixels,
    marks: [
      Plot.rect(top, {
        x1: nameWidth + 6,
        x2: ({ count }) => Math.max(nameWidth + 6.75, end(count)),
        y1: (_, i) => y(i) - 5,
        y2: (_, i) => y(i) + 5,
        fill: ({ value }) => color(value),
      }),
      Plot.text(top, {
        x: nameWidth,
        y: (_, i) => y(i),
        text: ({ value }) =>
          key === "parents" || key === "datasets"
            ? fitId(value, { width: nameWidth })
            : fitText(shown(key, value), { width: nameWidth }),
        textAnchor: "end",
      }),
      Plot.text(top, {
        x: ({ count }) => end(count) + 4,
        y: (_, i) => y(i),
        text: ({ count: value }) => count(value),
        textAnchor: "start",
        fontSize: theme.size.small,
      }),
      Plot.text(top, {
        x: panelWidth,
        y: (_, i) => y(i),
        text: ({ count }) => reporting > 0 ? percent(count / reporting) : "",
        textAnchor: "end",
        fontSize: theme.size.small,
        fill: theme.muted,
      }),
    ],
  });
  return element("g", { "aria-label": title }, [
    ...heading,
    element("g", { transform: "translate(0,20)" }, [node]),
  ]);
}
