import { createHash } from "node:crypto";
import type { CleaningReport } from "../graph/clean_models.ts";
import { formatCsv } from "../source/csv.ts";
import { version } from "../version.ts";
import type { LeftOut } from "./all_figures.ts";
import { embedFont } from "./embed_font.ts";
import type { Figure } from "./figure.ts";
import { checkFigureFolder, isFigureFile } from "./figure_folder.ts";
import { type FigureInput, inputsOf } from "./figure_input.ts";
import type { FigureEntry, FiguresManifest } from "./figures_manifest.ts";
import { fontOrigin } from "./fonts.ts";
import { galleryPage } from "./gallery.ts";
import { compareTiers } from "./tier_pairs.ts";
import { renderPdf, renderPng } from "./render.ts";

/** Options of {@link saveFigures}. */
export interface SaveFiguresOptions {
  /** Figures that could not be drawn, for the manifest and the gallery. @default [] */
  leftOut?: readonly LeftOut[];
  /** What the cleaned tier leaves out, for the manifest and the gallery. @default null */
  cleaning?: CleaningReport | null;
  /** All that the figures were made from, for the manifest. @default the snapshots that the figures name */
  inputs?: readonly FigureInput[];
  /** Called after each figure with the number done. @default nothing */
  onFigure?: (done: number) => void;
}

const encoder = new TextEncoder();

function json(value: unknown): Uint8Array {
  return encoder.encode(`${JSON.stringify(value, null, 2)}\n`);
}

/** The four files of a figure by their endings, as bytes. */
async function figureFiles(figure: Figure): Promise<Map<string, Uint8Array>> {
  return new Map([
    ["svg", encoder.encode(await embedFont(figure.svg))],
    ["png", await renderPng(figure)],
    ["pdf", await renderPdf(figure)],
    ["csv", encoder.encode(formatCsv(figure.rows))],
  ]);
}

/**
 * Writes figures into a folder: SVG, PNG, PDF and CSV of each, `manifest.json`, `values.json` and the gallery
 * `index.html`. Everything is first written to `FOLDER.partial` and then moved, the manifest last; files of the last
 * set that have no successor are removed. The same figures give the same bytes.
 *
 * Needs `--allow-read`, `--allow-write`, `--allow-env`, `--allow-ffi` and `--allow-sys`.
 *
 * @throws {RangeError} when two figures have the same name or there is none; when the folder is a file, or `FOLDER.partial` is there
 * and holds anything but figures
 *
 * @example
 * ```ts
 * import { assetGrowthFigure, saveFigures } from "kindred";
 * const figure = assetGrowthFigure(
 *   { months: [{ month: "2021-03", type: "model", added: 2 }], undated: 0 },
 *   { source: { snapshot: "sample", sha256: null, simulated: false } },
 * );
 * const folder = await Deno.makeTempDir();
 * const manifest = await saveFigures([figure], folder);
 * manifest.figures[0].files.length; // 4
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function saveFigures(
  figures: readonly Figure[],
  folder: string,
  { leftOut = [], cleaning = null, inputs, onFigure = () => {} }: SaveFiguresOptions = {},
): Promise<FiguresManifest> {
  const names = figures.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (figures.length === 0 || twice !== undefined) {
    throw new RangeError(
      `Cannot save the figures: found ${
        twice === undefined ? "none" : `"${twice}" twice`
      }, expected at least one, each with its own name`,
    );
  }
  const { target, partial } = checkFigureFolder(folder);
  await Deno.mkdir(target, { recursive: true });
  await Deno.remove(partial, { recursive: true }).catch(ignoreMissing);
  await Deno.mkdir(partial);
  try {
    const written: string[] = [];
    const write = async (name: string, bytes: Uint8Array) => {
      await Deno.writeFile(`${partial}/${name}`, bytes);
      written.push(name);
      return {
        name,
        bytes: bytes.length,
        sha256: createHash("sha256").update(bytes).digest("hex"),
      };
    };
    const manifest: FiguresManifest = {
      schema: "kindred-figures-1",
      tool: `kindred ${version}`,
      font: fontOrigin,
      inputs: [...inputs ?? inputsOf(figures)],
      figures: [],
      cleaning,
      leftOut: [...leftOut],
      files: [],
    };
    const compared = compareTiers(figures);
    for (const figure of figures) {
      const entry = { ...entryOf(figure), againstRaw: compared.get(figure.name) ?? null };
      for (const [format, bytes] of await figureFiles(figure)) {
        entry.files.push(await write(`${figure.name}.${format}`, bytes));
      }
      manifest.figures.push(entry);
      onFigure(manifest.figures.length);
    }
    const values = Object.fromEntries(
      figures.map(({ name, source: { tier }, values }) => [
        name,
        tier === undefined ? values : { tier, ...values },
      ]),
    );
    manifest.files.push(await write("values.json", json(values)));
    const page = encoder.encode(await galleryPage(figures, { manifest }));
    manifest.files.push(await write("index.html", page));
    await write("manifest.json", json(manifest));
    const old = await filesOfLastSet(target);
    for (const name of written) await Deno.rename(`${partial}/${name}`, `${target}/${name}`);
    for (const name of old) {
      if (!written.includes(name)) await Deno.remove(`${target}/${name}`).catch(ignoreMissing);
    }
    return manifest;
  } finally {
    await Deno.remove(partial, { recursive: true }).catch(ignoreMissing);
  }
}

function entryOf(
  { name, title, function: drawer, source, graph }: Figure,
): Omit<FigureEntry, "againstRaw"> {
  return {
    name,
    title,
    function: drawer,
    snapshot: source.snapshot,
    sha256: source.sha256,
    fetched: source.fetched ?? null,
    before: source.before ?? null,
    simulated: source.simulated,
    tier: source.tier ?? null,
    graph,
    seed: source.seed ?? null,
    version,
    files: [],
  };
}

/** Names in the manifest of the folder that are plain names of figure files; none where there is no readable manifest. */
async function filesOfLastSet(folder: string): Promise<string[]> {
  try {
    const manifest = JSON.parse(
      await Deno.readTextFile(`${folder}/manifest.json`),
    ) as FiguresManifest;
    return manifest.figures.flatMap(({ files }) => files.map(({ name }) => name))
      .filter(isFigureFile);
  } catch {
    return [];
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
