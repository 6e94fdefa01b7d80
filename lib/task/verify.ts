import { basename, join } from "node:path";
import { byCodeUnits } from "../core/compare.ts";
import { withProgress } from "../display/with_progress.ts";
import { figuresManifestName } from "../figure/read_figures_manifest.ts";
import { verifyFigures } from "../figure/verify_figures.ts";
import { paths } from "../paths.ts";
import type { OnHashed, Verification } from "../snapshot/verification.ts";
import { verifyPackedFolder } from "../snapshot/verify_packed_folder.ts";
import { verifyRawFolder, verifyUnfinished } from "../snapshot/verify_raw_folder.ts";
import { exists } from "../source/exists.ts";
import { foldersOf } from "../source/folders_of.ts";
import { rawManifestName, unfinishedEnding } from "../source/raw_names.ts";
import { command } from "./cli.ts";
import { printVerification, printVerifications } from "./print_verification.ts";

const help = `
Hashes snapshots and figures again and says what changed since they were written: files that are missing, others, of another
size or content; of a crawl the page that is damaged; manifests that do not fit.

  deno task verify [NAME...] [--json]

NAME is the name of a snapshot, raw and packed; "figures" for figures/; or the folder of a raw or packed snapshot or
of a set of figures. Without one: all snapshots and figures/. Nothing is written. The exit code is 1 when anything
changed.

  --json  everything for programs

  deno task verify hub-2026-11-21
`;

/** A folder to look at. */
interface Target {
  name: string;
  verify(onHashed: OnHashed): Promise<Verification> | Verification;
}

function rawTarget(name: string, folder = join(paths.raw, name)): Target {
  if (!name.endsWith(unfinishedEnding)) {
    return { name, verify: (onHashed) => verifyRawFolder(folder, { onHashed }) };
  }
  return {
    name: name.slice(0, -unfinishedEnding.length),
    verify: () => verifyUnfinished(folder),
  };
}

function packedTarget(name: string, folder = join(paths.cache, name)): Target {
  return { name, verify: (onHashed) => verifyPackedFolder(folder, { onHashed }) };
}

function figuresTarget(folder: string): Target {
  return {
    name: basename(folder),
    verify: (onHashed) => verifyFigures(folder, { onHashed }),
  };
}

/** All that there is: what was fetched, what was packed, the figures. */
function allTargets(): Target[] {
  const snapshots = [
    ...foldersOf(paths.raw).map((name) => rawTarget(name)),
    ...foldersOf(paths.cache).map((name) => packedTarget(name)),
  ];
  return [
    ...snapshots.sort((a, b) => byCodeUnits(a.name, b.name)),
    ...(exists(join(paths.figures, figuresManifestName)) ? [figuresTarget(paths.figures)] : []),
  ];
}

/** @throws {RangeError} when there is nothing of that name */
function targetsOf(name: string): Target[] {
  const found: Target[] = [];
  if (/^\w[\w.-]*$/.test(name)) {
    for (const folder of [name, `${name}${unfinishedEnding}`]) {
      if (exists(join(paths.raw, folder))) found.push(rawTarget(folder));
    }
    if (exists(join(paths.cache, name))) found.push(packedTarget(name));
    if (found.length === 0 && name === "figures") found.push(figuresTarget(paths.figures));
  }
  if (found.length === 0 && exists(name)) found.push(folderTarget(name.replace(/(?<=.)\/+$/, "")));
  if (found.length > 0) return found;
  const known = [...new Set([...foldersOf(paths.raw), ...foldersOf(paths.cache)])].sort()
    .map((other) => JSON.stringify(other.replace(/\.part$/, "")));
  throw new RangeError(
    `Cannot verify ${JSON.stringify(name)}: no snapshot of that name and no folder of that path ` +
      (known.length > 0
        ? `(there are ${known.join(", ")})`
        : "(no snapshot was fetched or packed yet)"),
  );
}

/** A folder that a person named by its path. */
function folderTarget(folder: string): Target {
  const name = basename(folder);
  if (exists(join(folder, rawManifestName)) || name.endsWith(unfinishedEnding)) {
    return rawTarget(name, folder);
  }
  let schema: unknown;
  try {
    schema = JSON.parse(Deno.readTextFileSync(join(folder, figuresManifestName)))?.schema;
  } catch (error) {
    throw new RangeError(
      `Cannot verify ${
        JSON.stringify(folder)
      }: it has no ${rawManifestName}, and its ${figuresManifestName} cannot be read (${
        (error as Error).message
      }); expected a snapshot or a set of figures`,
      { cause: error },
    );
  }
  return schema === "kindred-figures-1" ? figuresTarget(folder) : packedTarget(name, folder);
}

await command({
  help,
  options: { json: { type: "boolean" } },
  positionals: [0, Infinity],
  async run({ json }, names) {
    const targets = names.length === 0 ? allTargets() : [...new Set(names)].flatMap(targetsOf);
    const width = Math.max(...targets.map(({ name }) => [...name].length), 0);
    const done: Verification[] = [];
    for (const { name, verify } of targets) {
      const verification = await withProgress(`Verifying ${name}`, verify);
      done.push(verification);
      if (!json) console.log(printVerification(verification, { width }));
    }
    const changed = done.some(({ differences }) => differences.length > 0);
    console.log(
      json
        ? JSON.stringify({ schema: "kindred-verify-1", changed, verified: done }, null, 2)
        : printVerifications(done),
    );
    if (changed) Deno.exit(1);
  },
});
