import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ByteTable, hashBytes, viewOf } from "../core/byte_table.ts";
import type { IssueCount } from "../core/issues.ts";
import { version } from "../version.ts";
import { fetchedOf, type Manifest } from "./manifest.ts";
import type { ModelSnapshot } from "./model_snapshot.ts";
import { ColumnsWriter } from "./model_columns.ts";
import { textName } from "./model_texts.ts";
import { packBlocks } from "./pack_blocks.ts";
import { readManifest, replaceFolder, verifiedFile } from "./packed_folder.ts";
import { readParquetColumns } from "./parquet_read.ts";
import { readModelsBy } from "./read_models.ts";
import { TextWriter } from "./text_writer.ts";

const columnsName = "models.parquet";
const createdBy = `kindred ${version}`;
/** Share of the work that is done when the rows have been read, by its time. */
const shareOfReading = 0.8;
/** Share of the reading after which the writing of the columns is made ready. */
const nearlyRead = 0.9;

/** Options of {@link packModels}. */
export interface PackModelsOptions {
  /** Name of the snapshot. */
  name: string;
  /** Folder to make; a packed snapshot that is there is replaced. */
  folder: string;
  /** Called now and then with the share of the work that is done and with 1, which is all of it. */
  onProgress?: (done: number, total: number) => void;
  /** Counts and issues that later stages find, for the manifest. */
  describe?: (snapshot: ModelSnapshot) => { counts: Record<string, number>; issues: IssueCount[] };
}

/**
 * Packs a Hub dump: `models.parquet` holds the columns of the snapshot, `text.parquet` each model's row as `JSON.stringify` writes it
 * (without its card) and its card, `manifest.json` says where they come from.
 *
 * @throws {SyntaxError} as `readModels`; nothing is left behind then
 * @throws {RangeError} when there is a folder that is no packed snapshot
 *
 * @example
 * ```ts
 * import { openModels, packModels } from "kindred";
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/rows.jsonl`, '{"id":"a/b","tags":["en"]}\n');
 * await packModels(`${folder}/rows.jsonl`, { name: "tiny", folder: `${folder}/tiny` });
 * openModels(`${folder}/tiny`).tags.at(0); // "en"
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function packModels(
  path: string,
  { name, folder, onProgress, describe }: PackModelsOptions,
): Promise<Manifest> {
  const tell = (share: number) => onProgress?.(share, 1);
  const manifest = await replaceFolder(folder, async (fresh, sums) => {
    using text = new TextWriter(join(fresh, textName), { createdBy });
    using columns = new ColumnsWriter(join(fresh, columnsName), { createdBy });
    let rows = () => 0;
    const snapshot = await readModelsBy(path, {
      name,
      onProgress(done, total) {
        if (done > nearlyRead * total) columns.expect(rows());
        tell(shareOfReading * (done / total));
      },
      scan(blocks, builder) {
        rows = () => builder.rows;
        return packBlocks(blocks, { builder, text });
      },
    });
    const describing = async () => {
      tell(shareOfReading);
      await pause(0);
      return describe?.(snapshot) ?? { counts: {}, issues: [] };
    };
    const [textSum, columnsSum, { counts, issues }] = await allEnded([
      text.finish(),
      columns.write(snapshot),
      describing(),
    ]);
    sums.set(textName, textSum).set(columnsName, columnsSum);
    return {
      schema: "kindred-snapshot-1",
      kind: "models",
      name,
      tool: createdBy,
      origin: snapshot.origin,
      ...fetchedOf(path, snapshot.origin),
      counts: { models: snapshot.models, ...counts },
      issues: [...snapshot.issues, ...issues],
    };
  });
  tell(1);
  return manifest;
}

/** As `Promise.all`, but when one fails the others have come to an end too: nobody writes any more. */
async function allEnded<T extends [unknown, ...unknown[]]>(promises: T) {
  await Promise.allSettled(promises);
  return await Promise.all(promises);
}

/**
 * Opens a packed snapshot of models. The columns are read at once; the table of ids is made when `find` is first called.
 *
 * @throws {SyntaxError} when the folder holds no packed snapshot of models
 * @throws {Error} when a file is missing or is not the one that was packed
 *
 * @example
 * ```ts
 * import { openModels, packModels } from "kindred";
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/rows.jsonl`, '{"id":"a/b"}\n');
 * await packModels(`${folder}/rows.jsonl`, { name: "tiny", folder: `${folder}/tiny` });
 * openModels(`${folder}/tiny`).find("a/b"); // 0
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export function openModels(folder: string): ModelSnapshot {
  const manifest = readManifest(folder);
  if (manifest.kind !== "models") {
    throw new SyntaxError(
      `Cannot open snapshot "${manifest.name}" as models: it holds ${manifest.kind}`,
    );
  }
  const source = join(folder, columnsName);
  const columns = readParquetColumns(verifiedFile(folder, manifest, columnsName), { source });
  const ids = columns.string("id");
  const task = columns.codes("pipeline_tag");
  const library = columns.codes("library_name");
  const tags = columns.list("tags");
  const cardCharacters = columns.int32("cardCharacters");
  let table: ByteTable | undefined;
  function idTable(): ByteTable {
    if (table !== undefined) return table;
    table = new ByteTable({ expected: ids.length });
    const view = viewOf(ids.bytes);
    for (let i = 0; i < ids.length; i++) {
      table.intern(view, ids.starts[i], ids.ends[i], hashBytes(view, ids.starts[i], ids.ends[i]));
    }
    return table;
  }
  return Object.freeze<ModelSnapshot>({
    kind: "models",
    name: manifest.name,
    origin: manifest.origin,
    issues: manifest.issues,
    models: columns.rows,
    ids,
    created: columns.int64("createdAt"),
    likes: columns.int64("likes"),
    downloads: columns.int64("downloads"),
    trending: columns.double("trendingScore"),
    private: columns.boolean("private"),
    task: task.values,
    tasks: task.dictionary,
    library: library.values,
    libraries: library.dictionary,
    tagOffsets: tags.offsets,
    tagCodes: tags.values,
    tags: tags.dictionary,
    cardCharacters,
    cardAutomatic: columns.boolean("cardAutomatic"),
    hasCards: cardCharacters.some((characters) => characters >= 0),
    find: (id) => idTable().findString(id),
    findCaseTwin: (id) => idTable().findCaseTwinOf(id),
  });
}
