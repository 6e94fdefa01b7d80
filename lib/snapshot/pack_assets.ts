import { join } from "node:path";
import { ByteTable } from "../core/byte_table.ts";
import { StringColumn } from "../core/string_column.ts";
import type { AssetFault } from "../source/asset_fault.ts";
import {
  type Access,
  type AssetRecord,
  type AssetType,
  assetTypes,
} from "../source/asset_record.ts";
import { readAssets } from "../source/ecosystem_graphs.ts";
import { version } from "../version.ts";
import { type AssetSnapshot, buildAssetSnapshot } from "./asset_snapshot.ts";
import { fetchedOf, type Manifest } from "./manifest.ts";
import { readManifest, replaceFolder, verifiedFile } from "./packed_folder.ts";
import { readParquetColumns } from "./parquet_read.ts";
import { writeParquetColumns } from "./parquet_write.ts";

const recordsName = "records.parquet";
const faultsName = "faults.parquet";
const createdBy = `kindred ${version}`;

/**
 * Packs Ecosystem Graphs: `records.parquet` holds one row a record, with all its fields (value, explanation and state) as JSON in
 * `fields` and their lines in `lines`; `faults.parquet` one row a fault; `manifest.json` says where they come from.
 *
 * @param options.name Name of the snapshot.
 * @param options.folder Folder to make; a packed snapshot that is there is replaced.
 * @throws {SyntaxError} as `readAssets`; nothing is left behind then
 * @throws {RangeError} when there is a folder that is no packed snapshot
 *
 * @example
 * ```ts
 * import { openAssets, packAssets } from "kindred";
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/pile.yaml`, "- type: dataset\n  name: The Pile\n  dependencies: []\n");
 * await packAssets(`${folder}/pile.yaml`, { name: "pile", folder: `${folder}/packed` });
 * openAssets(`${folder}/packed`).assets[0].name; // "The Pile"
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export function packAssets(
  path: string,
  { name, folder }: { name: string; folder: string },
): Promise<Manifest> {
  return replaceFolder(folder, async (fresh) => {
    const { records, issues, faults, origin } = await readAssets(path);
    const snapshot = buildAssetSnapshot(records, { name, origin, issues: [] });
    await writeRecords(join(fresh, recordsName), records);
    await writeFaults(join(fresh, faultsName), faults);
    return {
      schema: "kindred-snapshot-1",
      kind: "assets",
      name,
      tool: createdBy,
      origin: snapshot.origin,
      ...fetchedOf(path, snapshot.origin),
      counts: { records: records.length, assets: snapshot.assets.length },
      issues,
    };
  });
}

async function writeRecords(path: string, records: readonly AssetRecord[]): Promise<void> {
  const text = (read: (record: AssetRecord) => string) => StringColumn.from(records.map(read));
  const names = new ByteTable();
  const offsets = new Uint32Array(records.length + 1);
  const values: number[] = [];
  records.forEach(({ dependencies }, i) => {
    for (const dependency of dependencies) values.push(names.internString(dependency));
    offsets[i + 1] = values.length;
  });
  await writeParquetColumns(path, [
    { name: "type", kind: "string", values: text(({ type }) => type) },
    { name: "name", kind: "string", values: text(({ name }) => name) },
    { name: "organization", kind: "string", values: text(({ organization }) => organization) },
    {
      name: "created",
      kind: "timestamp",
      values: Float64Array.from(records, ({ created }) => created),
    },
    { name: "access", kind: "string", values: text(({ access }) => access) },
    {
      name: "dependencies",
      kind: "list",
      offsets,
      values: Uint32Array.from(values),
      dictionary: names.column(),
    },
    { name: "fields", kind: "string", values: text(({ cells }) => JSON.stringify(cells)) },
    { name: "file", kind: "string", values: text(({ file }) => file) },
    { name: "line", kind: "int32", values: Int32Array.from(records, ({ line }) => line) },
    { name: "lines", kind: "string", values: text(packedLines) },
  ], { rows: records.length, createdBy });
}

/** Lines of a record; without what is said of its cells in YAML, since a copy of a packed snapshot is written anew. */
function packedLines({ lines }: AssetRecord): string {
  return JSON.stringify(lines === undefined ? null : { ...lines, shared: undefined });
}

const faultTexts = ["kind", "rule", "file", "asset", "field", "found"] as const;

async function writeFaults(path: string, faults: readonly AssetFault[]): Promise<void> {
  await writeParquetColumns(path, [
    ...faultTexts.map((name) => ({
      name,
      kind: "string" as const,
      values: StringColumn.from(faults.map((fault) => fault[name])),
    })),
    { name: "line", kind: "int32", values: Int32Array.from(faults, ({ line }) => line) },
  ], { rows: faults.length, createdBy });
}

/** The faults of a packed snapshot; none where it was packed before they were kept. */
function openFaults(folder: string, manifest: Manifest): AssetFault[] {
  if (!manifest.files.some(({ name }) => name === faultsName)) return [];
  const bytes = verifiedFile(folder, manifest, faultsName);
  const columns = readParquetColumns(bytes, { source: join(folder, faultsName) });
  const texts = faultTexts.map((name) => columns.string(name));
  const line = columns.int32("line");
  return Array.from({ length: columns.rows }, (_, i) => {
    const [kind, rule, file, asset, field, found] = texts.map((column) => column.at(i));
    return { kind, rule, file, line: line[i], asset, field, found };
  });
}

/**
 * Opens a packed snapshot of assets.
 *
 * @throws {SyntaxError} when the folder holds no packed snapshot of assets
 * @throws {Error} when a file is missing or is not the one that was packed
 *
 * @example
 * ```ts
 * import { openAssets, packAssets } from "kindred";
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/pile.yaml`, "- type: dataset\n  name: The Pile\n");
 * await packAssets(`${folder}/pile.yaml`, { name: "pile", folder: `${folder}/packed` });
 * openAssets(`${folder}/packed`).origin.format; // "assets-yaml"
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export function openAssets(folder: string): AssetSnapshot {
  const manifest = readManifest(folder);
  if (manifest.kind !== "assets") {
    throw new SyntaxError(
      `Cannot open snapshot "${manifest.name}" as assets: it holds ${manifest.kind}`,
    );
  }
  const source = join(folder, recordsName);
  const columns = readParquetColumns(verifiedFile(folder, manifest, recordsName), { source });
  const [type, name, organization, access, fields, file] = [
    "type",
    "name",
    "organization",
    "access",
    "fields",
    "file",
  ]
    .map((column) => columns.string(column));
  const created = columns.int64("created");
  const line = columns.int32("line");
  const lines = columns.has("lines") ? columns.string("lines") : null;
  const { offsets, values, dictionary } = columns.list("dependencies");
  const records = Array.from({ length: columns.rows }, (_, i): AssetRecord => {
    if (!assetTypes.includes(type.at(i) as AssetType)) {
      throw new SyntaxError(
        `Cannot open snapshot "${manifest.name}": record ${i} has type "${type.at(i)}"`,
      );
    }
    const parts = JSON.parse(lines?.at(i) ?? "null");
    return {
      type: type.at(i) as AssetType,
      name: name.at(i),
      organization: organization.at(i),
      created: created[i],
      access: access.at(i) as Access,
      dependencies: Array.from(
        values.subarray(offsets[i], offsets[i + 1]),
        (code) => dictionary.at(code),
      ),
      cells: JSON.parse(fields.at(i)),
      file: file.at(i),
      line: line[i],
      ...(parts === null ? {} : { lines: parts }),
    };
  });
  return buildAssetSnapshot(records, {
    name: manifest.name,
    origin: manifest.origin,
    issues: manifest.issues,
    faults: openFaults(folder, manifest),
  });
}
