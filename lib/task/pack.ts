import { locate } from "../snapshot/locate.ts";
import { exists } from "../source/exists.ts";
import { rawManifestName, readRawManifest } from "../source/raw_manifest.ts";
import { command, UsageError } from "./cli.ts";
import { packInput } from "./pack_input.ts";

const help = `
Packs an input as Parquet, so that every task opens it in a moment by its name.

  deno task pack INPUT --name NAME
  deno task pack SNAPSHOT [--name NAME]

INPUT is a file or folder in any accepted format; NAME is what other tasks call the snapshot
(letters, digits, ".", "_", "-"). The snapshot is written to data/cache/NAME with a manifest.json that says where the
data comes from, its sha256, and what was found wrong in it. A snapshot of that name is replaced.

SNAPSHOT is the name of a raw snapshot that deno task fetch wrote to data/raw, or the path of its folder. It keeps its name
unless another is given; its files are compared with their sha256, and nothing is packed where one was changed.

  deno task pack models.jsonl.gz --name hub-2026-08
  deno task pack hub-stats-2026-11-20
`;

await command({
  help,
  options: { name: { type: "string" } },
  positionals: [1, 1],
  async run({ name }, [input]) {
    if (typeof name === "string") checkName(name);
    const located = await locate(input, { raw: true });
    if (located.packed) throw new UsageError(`"${input}" is a packed snapshot already`);
    const given = typeof name === "string" ? name : rawName(located.path);
    if (given === null) {
      throw new UsageError("--name is missing: how shall the snapshot be called?");
    }
    checkName(given);
    await packInput(located, { name: given, label: input });
  },
});

/** @throws {UsageError} when a snapshot cannot be called so */
function checkName(name: string): void {
  if (/^\w[\w.-]*$/.test(name) && !name.endsWith(".tmp")) return;
  throw new UsageError(
    `--name is "${name}", expected letters, digits, ".", "_", "-", not beginning with "." or "-"`,
  );
}

/** Name of a raw snapshot, null where the path is none. */
function rawName(path: string): string | null {
  return exists(`${path}/${rawManifestName}`) ? readRawManifest(path).name : null;
}
