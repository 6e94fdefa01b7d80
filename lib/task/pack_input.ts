import { join } from "node:path";
import { withProgress } from "../display/with_progress.ts";
import { numberText } from "../display/text_table.ts";
import { buildLineage } from "../graph/build_lineage.ts";
import { paths } from "../paths.ts";
import type { Located } from "../snapshot/locate.ts";
import type { Manifest } from "../snapshot/manifest.ts";
import { packAssets } from "../snapshot/pack_assets.ts";
import { packModels } from "../snapshot/pack_models.ts";
import { showIssues } from "./cli.ts";
import { removeOnInterrupt } from "./interrupt.ts";

/**
 * Packs an input to `data/cache/NAME` with a progress bar, and says what was packed. A snapshot of that name is replaced.
 *
 * @param options.label What the person called the input.
 * @throws {SyntaxError} when the input is damaged, or a raw snapshot that was changed
 */
export async function packInput(
  { path, kind }: Pick<Located, "path" | "kind">,
  { name, label }: { name: string; label: string },
): Promise<Manifest> {
  const folder = join(paths.cache, name);
  const unwatch = removeOnInterrupt(`${folder}.tmp`);
  const manifest = await withProgress(
    `Packing ${label}`,
    (onProgress) =>
      kind === "assets"
        ? packAssets(path, { name, folder })
        : packModels(path, { name, folder, onProgress, describe }),
  ).finally(unwatch);
  showIssues(manifest.issues);
  console.log(`Packed ${label} as "${name}" in ${folder}`);
  for (const [what, count] of Object.entries(manifest.counts)) {
    console.log(`  ${what}: ${numberText(count)}`);
  }
  for (const file of manifest.files) {
    console.log(
      `  ${file.name}: ${numberText(file.bytes)} bytes, sha256 ${file.sha256.slice(0, 12)}…`,
    );
  }
  return manifest;
}

const describe: Parameters<typeof packModels>[1]["describe"] = (snapshot) => {
  const { lineage, selfLoops, missingParentReferences, missingParents, issues } = buildLineage(
    snapshot,
  );
  return {
    counts: { edges: lineage.edges, selfLoops, missingParentReferences, missingParents },
    issues,
  };
};
