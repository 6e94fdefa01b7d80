import { join } from "node:path";
import { buildLineage } from "../graph/build_lineage.ts";
import { paths } from "../paths.ts";
import { packAssets } from "../snapshot/pack_assets.ts";
import { packModels } from "../snapshot/pack_models.ts";
import { command, showIssues, UsageError } from "./cli.ts";
import { removeOnInterrupt } from "./interrupt.ts";
import { locate } from "../snapshot/locate.ts";
import { progress } from "../display/progress.ts";
import { numberText } from "../display/text_table.ts";

const help = `
Packs an input as Parquet, so that every task opens it in a moment by its name.

  deno task pack INPUT --name NAME

INPUT is a file or folder in any accepted format; NAME is what other tasks call the snapshot
(letters, digits, ".", "_", "-"). The snapshot is written to data/cache/NAME with a manifest.json that says where the
data comes from, its sha256, and what was found wrong in it. A snapshot of that name is replaced.

  deno task pack models.jsonl.gz --name hub-2026-08
`;

await command({
  help,
  options: { name: { type: "string" } },
  positionals: [1, 1],
  async run({ name }, [input]) {
    if (typeof name !== "string") {
      throw new UsageError("--name is missing: how shall the snapshot be called?");
    }
    if (!/^\w[\w.-]*$/.test(name) || name.endsWith(".tmp")) {
      throw new UsageError(
        `--name is "${name}", expected letters, digits, ".", "_", "-", not beginning with "." or "-"`,
      );
    }
    const { path, kind, packed } = await locate(input);
    if (packed) throw new UsageError(`"${input}" is a packed snapshot already`);
    const folder = join(paths.cache, name);
    const bar = progress(`Packing ${input}`, {
      total: kind === "models" ? Deno.statSync(path).size : 0,
    });
    const unwatch = removeOnInterrupt(`${folder}.tmp`);
    const manifest = kind === "assets"
      ? await packAssets(path, { name, folder })
      : await packModels(path, {
        name,
        folder,
        onProgress: (done) => bar.update(done),
        describe(snapshot) {
          const { lineage, selfLoops, missingParentReferences, missingParents, issues } =
            buildLineage(snapshot);
          return {
            counts: { edges: lineage.edges, selfLoops, missingParentReferences, missingParents },
            issues,
          };
        },
      }).finally(() => bar.end());
    unwatch();
    showIssues(manifest.issues);
    console.log(`Packed ${input} as "${name}" in ${folder}`);
    for (const [what, count] of Object.entries(manifest.counts)) {
      console.log(`  ${what}: ${numberText(count)}`);
    }
    for (const file of manifest.files) {
      console.log(
        `  ${file.name}: ${numberText(file.bytes)} bytes, sha256 ${file.sha256.slice(0, 12)}…`,
      );
    }
  },
});
