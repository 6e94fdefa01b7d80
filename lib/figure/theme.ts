import type { EgoType } from "../measure/assets/asset_hubs.ts";
import type { Relation } from "../graph/lineage.ts";
import type { Trait } from "../snapshot/traits.ts";

/** Lengths and colours of all figures; lengths are CSS pixels, 96 an inch. */
export interface Theme {
  /** The embedded typeface. */
  font: string;
  /** Family list written into the files; the first one is embedded. */
  fontFamily: string;
  /** Widths of a figure: half a page and a page. */
  width: { column: number; full: number };
  /** Font sizes. */
  size: { small: number; text: number; title: number };
  /** Text. */
  ink: string;
  /** Text that stands back. */
  muted: string;
  /** Lines that stand back. */
  faint: string;
  /** Lines of a grid. */
  grid: string;
  /** Background. */
  paper: string;
  /** The mark of simulated data, and what is wrong. */
  alert: string;
  /** Edges by relation. */
  relation: Record<Relation, string>;
  /** Assets by type. */
  assetType: Record<EgoType, string>;
  /** Traits of models. */
  trait: Record<Trait, string>;
  /** Ten lines in one chart, each labelled at its end (after Tol's muted scheme, dark enough for text). */
  lines: readonly string[];
  /** Single-hue bars. */
  bar: string;
  /** Shades of a count, light to dark. */
  sequential: readonly [string, string];
  /** Against, nothing, for: orange to blue through white. */
  diverging: readonly [string, string, string];
}

/**
 * The one look of all figures. Lengths are CSS pixels, 96 an inch: a figure of width `column` is 3.5 inches wide in
 * print and one of width `full` 7 inches, and no text is smaller than 7 points (9.34 pixels).
 * Colours of categories are Okabe and Ito's, which people with any colour vision can tell apart.
 */
export const theme: Readonly<Theme> = {
  font: "Inter",
  fontFamily: "Inter, 'DejaVu Sans', Helvetica, Arial, sans-serif",
  width: { column: 336, full: 672 },
  size: { small: 9.4, text: 10, title: 11.5 },
  ink: "#1b1f24",
  muted: "#5b636d",
  faint: "#c3c9d0",
  grid: "#e6e9ed",
  paper: "#ffffff",
  alert: "#b3261e",
  relation: {
    finetune: "#0072b2",
    quantized: "#e69f00",
    adapter: "#009e73",
    merge: "#cc79a7",
    untyped: "#8a929c",
  },
  assetType: {
    dataset: "#0072b2",
    model: "#d55e00",
    application: "#009e73",
    undocumented: "#9aa2ab",
  },
  trait: {
    language: "#0072b2",
    license: "#d55e00",
    task: "#009e73",
    library: "#aa4499",
  },
  lines: [
    "#332288",
    "#b8475b",
    "#117733",
    "#2b8c7e",
    "#882255",
    "#8a7420",
    "#2f7fb5",
    "#aa4499",
    "#5f6b12",
    "#6b7178",
  ],
  bar: "#3f6f9f",
  sequential: ["#eef3f8", "#08306b"],
  diverging: ["#b35806", "#f7f7f7", "#2166ac"],
};

/** How the relations are named in figures, in the order they are drawn. */
export const relationNames: Readonly<Record<Relation, string>> = {
  finetune: "fine-tune",
  adapter: "adapter",
  quantized: "quantised",
  merge: "merge",
  untyped: "not said",
};

/** How the traits are named in figures, in the order they are drawn. */
export const traitTitles: Readonly<Record<Trait, string>> = {
  license: "License",
  language: "Language",
  task: "Task",
  library: "Library",
};

/** How the types of assets are named in figures. */
export const assetTypeNames: Readonly<Record<EgoType, string>> = {
  model: "model",
  dataset: "dataset",
  application: "application",
  undocumented: "named, not documented",
};

/** The types of assets in the order of a legend. */
export const assetTypeOrder: readonly EgoType[] = [
  "model",
  "dataset",
  "application",
  "undocumented",
];
