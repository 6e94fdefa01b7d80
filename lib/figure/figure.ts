import type { AssetVariant } from "../graph/assets.ts";
import type { Tier } from "../snapshot/model_snapshot.ts";
import { element, normalise, serialise } from "./dom.ts";
import type { FetchedFrom } from "../source/raw_manifest.ts";
import { inputText, type NamedInput } from "./figure_input.ts";
import { textWidth, wrapText } from "./text.ts";
import { theme } from "./theme.ts";

/** The snapshot that a figure was drawn from. */
export interface FigureSource {
  /** Name of the snapshot. */
  snapshot: string;
  /** SHA-256 of its input, null where it has none. */
  sha256: string | null;
  /** True where the rows were simulated; the figure then says so. */
  simulated: boolean;
  /** Seed of the simulation or of a random choice, null or absent where there was none. @default null */
  seed?: number | null;
  /**
   * Tier of a snapshot of models: the note says it, and the name of a figure of the cleaned tier ends in `_cleaned`.
   * Absent where there are no tiers.
   */
  tier?: Tier;
  /** Where and when the snapshot was fetched, null or absent where it was not; the note says it. @default null */
  fetched?: FetchedFrom | null;
  /** The earlier snapshot that it is compared with, null or absent where there is none. @default null */
  before?: NamedInput | null;
}

/** The tiers in words, for the note under a figure. */
const tierWords: Readonly<Record<Tier, string>> = {
  raw: "raw tier, automatic uploads included",
  cleaned: "cleaned tier, automatic, course and test uploads left out",
};

/** The asset graphs in words, for the note under a figure. */
export const assetGraphs: Readonly<Record<AssetVariant, string>> = {
  documented: "documented assets only",
  stubs: "documented assets and undocumented names",
  aliased:
    "documented assets and undocumented names (one that differs from an asset's by case or white space only is that asset)",
};

/** What every figure function takes besides its data. */
export interface FigureOptions {
  /** Where the data come from, for the note under the figure. */
  source: FigureSource;
}

/** What figures of the asset graph take besides their data. */
export interface AssetFigureOptions extends FigureOptions {
  /** The graph that the data were counted in, for the note under the figure. */
  variant: AssetVariant;
}

/** One value of a plotted row or of a caption. */
export type Cell = string | number | boolean | null;

/** A drawn figure: plain data, the same on every run. */
export interface Figure {
  /** File name without extension, for example `"01_asset_hubs"` or, of the cleaned tier, `"04_top_tens_cleaned"`. */
  name: string;
  /** Name of the function that drew it. */
  function: string;
  /** A few words, without a number. */
  title: string;
  /** What is shown and how to read it; its numbers are in `values`. */
  caption: string;
  /** What the figure shows, for people who cannot see it. */
  alt: string;
  /** Where the data come from. */
  source: FigureSource;
  /** Which graph the edges belong to, in words. */
  graph: string;
  /** The line under the figure. */
  note: string;
  /** Every number that the caption uses, by name. */
  values: Record<string, Cell>;
  /** The plotted rows, all with the same keys. */
  rows: Record<string, Cell>[];
  /** A standalone SVG document; the font is named, not embedded. */
  svg: string;
  /** Width in pixels, 96 an inch. */
  width: number;
  /** Height in pixels. */
  height: number;
}

/** A piece of a figure and where its upper left corner lies. */
export interface Panel {
  x: number;
  y: number;
  node: Element;
}

/** What {@link figure} puts together. */
export interface FigureParts extends FigureOptions {
  name: string;
  function: string;
  title: string;
  caption: string;
  alt: string;
  graph: string;
  /** More for the note, full sentences. @default "" */
  remark?: string;
  /** Seed of the random numbers that went into it, said in the note. @default none, that of `source` stands */
  seed?: number;
  values: Record<string, Cell>;
  rows: Record<string, Cell>[];
  /** @default theme.width.full */
  width?: number;
  /** Height of the panels together. */
  height: number;
  panels: Panel[];
}

const lineHeight = 12;

/**
 * Puts panels and the source note into one SVG and gives it a title and a description.
 *
 * @throws {RangeError} when the name does not read `NN_slug`
 */
export function figure(parts: FigureParts): Figure {
  const { graph, remark = "", seed, alt, width = theme.width.full } = parts;
  const source = seed === undefined ? parts.source : { ...parts.source, seed };
  const cleaned = source.tier === "cleaned";
  const name = cleaned ? `${parts.name}_cleaned` : parts.name;
  const title = cleaned ? `${parts.title}, cleaned tier` : parts.title;
  if (!/^\d\d_[a-z0-9_]+$/.test(parts.name)) {
    throw new RangeError(
      `Cannot draw figure ${JSON.stringify(parts.name)}: expected a name like "01_slug"`,
    );
  }
  const from = inputText({ ...source, name: source.snapshot });
  const tier = source.tier === undefined ? "" : `; ${tierWords[source.tier]}`;
  const random = seed === undefined ? "" : `Random numbers from seed ${seed}.`;
  const note = [`Source: ${from}; ${graph}${tier}.`, remark, random]
    .filter((sentence) => sentence !== "").join(" ");
  const size = theme.size.small;
  // The mark stands before the note's first line, so that line has less room.
  const mark = "SIMULATED DATA";
  const indent = source.simulated ? textWidth(`${mark}  `, { size, weight: 600 }) : 0;
  const [first, ...others] = wrapAfter(note, { width, indent, size });
  const top = parts.height + lineHeight;
  const height = Math.ceil(top + others.length * lineHeight + 4);
  const lines = [first, ...others].map((line, i) =>
    element("text", {
      x: i === 0 ? indent : 0,
      y: top + i * lineHeight,
      "font-size": size,
      fill: theme.muted,
    }, [line])
  );
  if (source.simulated) {
    const style = { "font-size": size, "font-weight": 600, fill: theme.alert };
    lines.unshift(element("text", { x: 0, y: top, ...style }, [mark]));
  }
  const id = name.replaceAll("_", "-");
  const root = element("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    "xmlns:xlink": "http://www.w3.org/1999/xlink",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
    "aria-label": `${title}. ${alt}`,
    "font-family": theme.fontFamily,
    "font-size": theme.size.text,
    fill: theme.ink,
  }, [
    element("title", {}, [title]),
    element("desc", {}, [alt]),
    element("rect", { width, height, fill: theme.paper }),
    ...parts.panels.map(({ x, y, node }) =>
      element("g", { transform: `translate(${x},${y})` }, [node])
    ),
    element("g", { "aria-label": "source" }, lines),
  ]);
  normalise(root, id);
  return {
    name,
    function: parts.function,
    title: parts.title,
    caption: parts.caption,
    alt,
    source,
    graph,
    note: source.simulated ? `Simulated data. ${note}` : note,
    values: parts.values,
    rows: parts.rows,
    svg: serialise(root),
    width,
    height,
  };
}

/** Wraps a text whose first line starts `indent` pixels to the right. */
function wrapAfter(
  text: string,
  { width, indent, size }: { width: number; indent: number; size: number },
): string[] {
  const [first] = wrapText(text, { width: width - indent, size });
  const rest = text.slice(first.length).trim();
  return rest === "" ? [first] : [first, ...wrapText(rest, { width, size })];
}
