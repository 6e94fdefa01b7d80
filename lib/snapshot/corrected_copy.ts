import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { AssetEdit } from "../source/asset_edit.ts";
import { assetFiles } from "../source/asset_files.ts";
import type { AssetRecord } from "../source/asset_record.ts";
import { detect } from "../source/detect.ts";
import { readAssets } from "../source/ecosystem_graphs.ts";
import { rawAssets } from "../source/raw_assets.ts";
import { readRawManifest } from "../source/raw_manifest.ts";
import { editAssetYaml } from "../source/edit_asset_yaml.ts";
import { formatAssetYaml } from "../source/format_asset_yaml.ts";
import type { AssetSnapshot } from "./asset_snapshot.ts";
import { folderEntries } from "./folder_entries.ts";

/** What {@link writeCorrectedCopy} must know beside the input. */
export interface CorrectedCopyOptions {
  /** What the input holds. */
  snapshot: AssetSnapshot;
  /** Repairs of its cells, as `assetRepairs` gives them. */
  edits: readonly AssetEdit[];
  /** Folder to make; an empty one may be there. */
  folder: string;
  /**
   * More files for the folder, by name; called with what is known of the copy by then.
   * @default none
   */
  extra?: (copy: CorrectedCopy) => ReadonlyMap<string, string>;
}

/** What {@link writeCorrectedCopy} wrote. */
export interface CorrectedCopy {
  /** Names of the YAML files. */
  files: string[];
  /** Edits that could not be made: their cells are written with an anchor, an alias or a tag. */
  leftOut: AssetEdit[];
  /** Whether the YAML was made anew from the records, without layout, comments and refused records. */
  anew: boolean;
}

/**
 * Writes a copy of an input of assets in which cells are repaired, as YAML that `readAssets` reads. A repaired cell is a map of the new
 * `value`, the `original` and the kind of `repair`; in YAML inputs every other byte stays as it is. Inputs of another form (a
 * CSV, a packed snapshot) are written anew. The folder is there whole or not at all: everything goes to `FOLDER.tmp`, is read again and
 * compared, and gets its name last.
 *
 * @param path File, folder or packed snapshot.
 * @throws {RangeError} when the folder, or `FOLDER.tmp`, is there and not empty, or is a file; when the folder lies in the input
 * @throws {Error} when the copy does not hold the same records; nothing is left behind then
 *
 * @example
 * ```ts
 * import { assetRepairs, readAssetSnapshot, writeCorrectedCopy } from "kindred";
 * const folder = await Deno.makeTempDir();
 * const path = `${folder}/t0.yaml`;
 * await Deno.writeTextFile(path, "- type: model\n  name: T0\n  access: Open\n");
 * const snapshot = await readAssetSnapshot(path);
 * const { edits } = assetRepairs(snapshot);
 * await writeCorrectedCopy(path, { snapshot, edits, folder: `${folder}/copy` });
 * await Deno.readTextFile(`${folder}/copy/t0.yaml`); // its access is {value: open, original: Open, repair: accessCase}
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function writeCorrectedCopy(
  path: string,
  { snapshot, edits, folder, extra = () => new Map() }: CorrectedCopyOptions,
): Promise<CorrectedCopy> {
  const target = folder.replace(/\/+$/, "");
  const fresh = `${target}.tmp`;
  refuseInside(target, path);
  const source = await sourceOf(path);
  const { format, compression } = await detect(source);
  refuseFull(target);
  refuseFull(fresh);
  const anew = format === "packed" || format.startsWith("assets-csv");
  const { texts, leftOut } = anew
    ? { texts: formatted(snapshot, edits), leftOut: [] }
    : await edited(assetFiles(source, { format, compression }), { snapshot, edits });
  const copy = { files: [...texts.keys()], leftOut, anew };
  await Deno.mkdir(fresh, { recursive: true });
  try {
    for (const [name, text] of [...texts, ...extra(copy)]) {
      await writeContent(join(fresh, name), text);
    }
    await compare(fresh, snapshot);
    await Deno.remove(target).catch(ignoreMissing);
    await Deno.rename(fresh, target);
  } catch (error) {
    await Deno.remove(fresh, { recursive: true });
    throw error;
  }
  return copy;
}

/** The input itself, or what a raw snapshot holds. */
async function sourceOf(path: string): Promise<string> {
  const source = path.replace(/\/+$/, "");
  const raw = (await detect(path)).format === "raw";
  return raw ? rawAssets(source, readRawManifest(source)) : source;
}

/** A file of another, to be copied as it is, or a new text. */
type Content = { path: string } | string;

async function writeContent(path: string, content: Content): Promise<void> {
  if (typeof content === "string") await Deno.writeTextFile(path, content);
  else await Deno.writeFile(path, await Deno.readFile(content.path));
}

async function edited(
  files: ReturnType<typeof assetFiles>,
  { snapshot, edits }: Pick<CorrectedCopyOptions, "snapshot" | "edits">,
): Promise<{ texts: Map<string, Content>; leftOut: AssetEdit[] }> {
  const records = Map.groupBy(snapshot.records, ({ file }) => file);
  const editsOf = Map.groupBy(edits, ({ file }) => file);
  const texts = new Map<string, Content>();
  const leftOut: AssetEdit[] = [];
  for await (const { name, path, text, marked } of files) {
    const own = editsOf.get(name) ?? [];
    const options = { records: records.get(name) ?? [], file: name };
    const changed = editAssetYaml(text, own, options);
    leftOut.push(...changed.leftOut);
    const same = changed.text === text && yamlName(name) === name;
    texts.set(yamlName(name), same ? { path } : `${marked ? "\ufeff" : ""}${changed.text}`);
  }
  return { texts, leftOut };
}

/** Name of the YAML file for a file of any form. */
function yamlName(name: string): string {
  return /\.ya?ml$/i.test(name)
    ? name
    : `${name.replace(/\.(gz|zst)$/i, "").replace(/\.(ya?ml|csv)$/i, "")}.yaml`;
}

function formatted(
  { records, faults }: AssetSnapshot,
  edits: readonly AssetEdit[],
): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [file, own] of Map.groupBy(records, ({ file }) => file)) {
    const named = faults.filter((fault) => fault.file === file);
    const lists = new Map(
      named.filter(({ kind }) => kind === "unreadableList").map((fault) => [fault.line, fault]),
    );
    const whole = own.map((record): AssetRecord => {
      const list = lists.get(record.line);
      if (list === undefined) return record;
      const repair = { kind: list.kind, original: list.found };
      const dependencies = { ...record.cells.dependencies, repair };
      return { ...record, cells: { ...record.cells, dependencies } };
    });
    const options = { edits: edits.filter((edit) => edit.file === file), faults: named };
    // A packed snapshot may come from anybody: its files get no path.
    texts.set(freeName(basename(yamlName(file)), texts), formatAssetYaml(whole, options));
  }
  return texts;
}

/** A name that is not taken yet, since a.csv and a.yaml would become one file. */
function freeName(name: string, taken: ReadonlyMap<string, unknown>): string {
  let free = name;
  for (let i = 2; taken.has(free); i++) free = name.replace(/(\.ya?ml)$/i, `-${i}$1`);
  return free;
}

/** Sees to it that a copy holds the records of the input, in whatever files. */
async function compare(folder: string, { records }: AssetSnapshot): Promise<void> {
  const names = (list: readonly AssetRecord[]) =>
    JSON.stringify(list.map(({ type, name, organization }) => [type, name, organization]).sort());
  const copy = await readAssets(folder);
  if (names(copy.records) !== names(records)) {
    throw new Error(
      `Cannot write the corrected copy "${
        basename(folder)
      }": read again it has ${copy.records.length} records, expected the ${records.length} of the input`,
    );
  }
}

const action = "Cannot write the corrected copy";

function refuseFull(folder: string): void {
  const entries = folderEntries(folder, { action })?.length ?? 0;
  if (entries === 0) return;
  throw new RangeError(
    `${action} to ${JSON.stringify(folder)}: the folder has ${entries} ${
      entries === 1 ? "entry" : "entries"
    }, expected an empty one or none`,
  );
}

/** Sees to it that the input stays as it is: nothing is written into its folder. */
function refuseInside(folder: string, input: string): void {
  if (!Deno.statSync(input).isDirectory) return;
  const below = relative(Deno.realPathSync(input), realPath(folder));
  const outside = below === ".." || below.startsWith(`..${sep}`) || isAbsolute(below);
  if (below === "" || outside) return;
  throw new RangeError(
    `${action} to ${JSON.stringify(folder)}: it lies in the input ${
      JSON.stringify(input)
    }, expected a folder beside it`,
  );
}

/** Where a path leads that may not be there yet, links in it followed. */
function realPath(path: string): string {
  const whole = resolve(path);
  try {
    return Deno.realPathSync(whole);
  } catch {
    const above = dirname(whole);
    return above === whole ? whole : join(realPath(above), basename(whole));
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
