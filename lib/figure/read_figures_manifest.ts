import { join } from "node:path";
import type { FiguresManifest } from "./figures_manifest.ts";

/** File beside the figures that says what they were made from. */
export const figuresManifestName = "manifest.json";

/**
 * Reads the manifest of a set of figures.
 *
 * @throws {SyntaxError} when the folder has none, or it cannot be read
 */
export function readFiguresManifest(folder: string): FiguresManifest {
  const fail = (what: string, cause?: unknown): never => {
    throw new SyntaxError(`Cannot open ${JSON.stringify(folder)}: its ${what}`, { cause });
  };
  let manifest: Partial<FiguresManifest> | null = null;
  try {
    manifest = JSON.parse(Deno.readTextFileSync(join(folder, figuresManifestName)));
  } catch (error) {
    return fail(`${figuresManifestName} cannot be read (${(error as Error).message})`, error);
  }
  const { schema, figures } = manifest ?? {};
  if (schema !== "kindred-figures-1" || !Array.isArray(figures)) {
    return fail(
      `${figuresManifestName} has schema ${
        JSON.stringify(schema ?? null)
      }, expected "kindred-figures-1"`,
    );
  }
  if (!figures.every((entry) => Array.isArray(entry?.files))) {
    return fail(`${figuresManifestName} has a figure without files`);
  }
  // Sets drawn before the inputs were written down have neither.
  const { inputs, files } = manifest as Partial<FiguresManifest>;
  return {
    ...(manifest as FiguresManifest),
    inputs: Array.isArray(inputs) ? inputs : [],
    files: Array.isArray(files) ? files : [],
  };
}
