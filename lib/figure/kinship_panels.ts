import type { Weighting } from "../core/term_vectors.ts";
import type { Kinship, KinshipPair, ModelReport } from "../measure/report.ts";
import { element } from "./dom.ts";
import { type Cell, type Figure, figure, type FigureOptions } from "./figure.ts";
import { count, plural } from "./format.ts";
import { excessPanel } from "./kinship_excess.ts";
import { kinshipBars, kinshipColumns, kinshipHeads, kinshipLegend } from "./kinship_bars.ts";
import { generationsApart, treeGlyph, treeShapes } from "./kinship_glyph.ts";

/** Tops of the two charts and of what lies below, and the height of a chart's axis. */
const charts: readonly { weighting: Weighting; title: string; top: number }[] = [
  { weighting: "tfidf", title: "tf-idf", top: 46 },
  { weighting: "bagOfWords", title: "bag of words", top: 180 },
];
const glyphTop = 298;
const legendTop = 338;
const lowerTop = 372;

/**
 * How alike kin are by their metadata: exact mean cosine of every pair of every sub-tree of two, three and four models, with intervals that
 * respect families, and the sibling excess with its permutation null (Laufer, Oderinwale and Kleinberg 2025, figures 5 and 6).
 *
 * @param data Likeness of kin, null where it was not measured.
 * @throws {RangeError} when there is none, or no model has a parent
 *
 * @example
 * ```ts
 * import { buildLineage, kinshipMetadataFigure, measureKinship, readModelsAndText } from "kindred";
 * const file = await Deno.makeTempFile({ suffix: ".jsonl" });
 * await Deno.writeTextFile(file, '{"id":"a"}\n{"id":"b","tags":["base_model:finetune:a"]}\n');
 * const { snapshot, text } = await readModelsAndText(file);
 * const kinship = await measureKinship(snapshot, buildLineage(snapshot).lineage, { text });
 * const figure = kinshipMetadataFigure(kinship, {
 *   source: { snapshot: "two", sha256: null, simulated: false },
 * });
 * figure.values["edge.parentChild: instances"]; // 1
 * text.close();
 * await Deno.remove(file);
 * ```
 */
export function kinshipMetadataFigure(
  data: ModelReport["kinship"],
  { source }: FigureOptions,
): Figure {
  if (data === null) throw new RangeError("Cannot draw kinship by metadata: it was not measured");
  return draw(data.metadata, {
    source,
    name: "12_kinship_metadata",
    function: "kinshipMetadataFigure",
    text: "metadata",
    graph: "edges that are no merge and no quantisation",
    remark: "",
  });
}

/**
 * The same by the first 512 characters of model cards, over the pairs both of whose cards were written by people and are that long.
 *
 * @param data Likeness of kin, null where it was not measured.
 * @throws {RangeError} when there is none, or no model has a parent
 *
 * @example
 * ```ts
 * import { kinshipCardsFigure } from "kindred";
 * const options = { source: { snapshot: "none", sha256: null, simulated: false } };
 * let reason = "";
 * try {
 *   kinshipCardsFigure(null, options);
 * } catch (error) {
 *   reason = (error as Error).message;
 * }
 * reason; // "Cannot draw kinship by cards: it was not measured"
 * ```
 */
export function kinshipCardsFigure(
  data: ModelReport["kinship"],
  { source }: FigureOptions,
): Figure {
  const cards = data?.cards ?? null;
  if (cards === null) throw new RangeError("Cannot draw kinship by cards: it was not measured");
  return draw(cards, {
    source,
    name: "13_kinship_cards",
    function: "kinshipCardsFigure",
    text: "model cards",
    graph: "fine-tune edges",
    remark: `${plural(cards.cards, "card")} of at least 512 characters, written by people; ${
      count(cards.levenshtein.parentChild.edges)
    } of ${plural(cards.tfidf["edge.parentChild"].instances, "edge")} with two such cards.`,
  });
}

interface DrawOptions extends FigureOptions {
  name: string;
  function: string;
  text: string;
  graph: string;
  remark: string;
}

const noInterval = "No interval where too few families count or one dominates.";

function draw(data: Kinship, { source, text, remark, ...names }: DrawOptions): Figure {
  if (data.tfidf["edge.parentChild"].instances === 0) {
    throw new RangeError(`Cannot draw kinship by ${text}: found 0 edges, expected some`);
  }
  const at = kinshipColumns();
  const lower = excessPanel(data, { y: lowerTop });
  const [siblings, parentChild] = [data.tfidf["fork.siblings"], data.tfidf["fork.parentChild"]];
  const values: Record<string, Cell> = { "interval: percent": 95, ...lower.values };
  for (const { pair } of at) {
    values[`${pair}: instances`] = data.tfidf[pair].instances;
    for (const { weighting } of charts) {
      values[`${pair}: ${weighting}`] = data[weighting][pair].mean;
    }
  }
  const unsaid = charts.some(({ weighting }) =>
    at.some(({ pair }) => pair !== "random" && data[weighting][pair].interval === null)
  );
  const means = `siblings ${spoken(siblings)}, parent and child ${
    spoken(parentChild)
  }, a random pair ${spoken(data.tfidf.random)}`;
  return figure({
    ...names,
    title: `How alike kin are by ${text}`,
    caption:
      `Mean cosine of ${text} over all instances of each pair: the two filled models of the small tree below, the darker the fewer generations apart. Lines are 95% intervals with whole families resampled, absent where families are too few or one dominates; dashed is a random pair. Above, the number of such sub-trees. In forks by tf-idf: ${means}. Below: edit similarity of parent and child, siblings less parent and child with the null of children dealt again within relation and month, and families whose removal would change that difference most.${lower.caption}`,
    alt:
      `Bars of mean cosine for ${at.length} pairs in ${treeShapes.length} groups, by tf-idf and by bag of words. In forks by tf-idf: ${means}.`,
    source,
    remark: [remark, unsaid ? noInterval : ""].filter(Boolean).join(" "),
    values,
    rows: at.flatMap(({ pair, shape, nodes }) =>
      charts.map(({ weighting }) => {
        const { mean, instances, pairsShare, interval } = data[weighting][pair];
        return {
          pair,
          weighting,
          generations: generationsApart(shape, nodes),
          mean,
          low: interval?.[0] ?? null,
          high: interval?.[1] ?? null,
          instances,
          share: pairsShare,
        };
      })
    ),
    height: lowerTop + lower.height,
    panels: [
      { x: 0, y: 0, node: element("g", {}, kinshipHeads(data, at)) },
      ...charts.map(({ weighting, title, top }) => ({
        x: 0,
        y: top,
        node: element("g", { "aria-label": title }, kinshipBars(data[weighting], { at, title })),
      })),
      {
        x: 0,
        y: glyphTop,
        node: element(
          "g",
          { "aria-label": "sub-trees" },
          at.map(({ shape, nodes, x }) => treeGlyph(shape, nodes, { x, y: 0 })),
        ),
      },
      { x: 0, y: legendTop, node: kinshipLegend() },
      { x: 0, y: 0, node: lower.node },
    ],
  });
}

function spoken({ mean }: KinshipPair): string {
  return mean === null ? "unknown" : mean.toFixed(2);
}
