import { join } from "node:path";
import { zstdCompressSync } from "node:zlib";
import { fileWriter, ParquetWriter } from "hyparquet-writer";
import { ByteTable, hashBytes, viewOf } from "../core/byte_table.ts";
import type { IssueCount } from "../core/issues.ts";
import type { HubBatch } from "../source/hub_batch.ts";
import { rowText } from "../source/row_text.ts";
import { version } from "../version.ts";
import type { Manifest } from "./manifest.ts";
import type { ModelSnapshot } from "./model_snapshot.ts";
import { textName } from "./model_texts.ts";
import { readManifest, replaceFolder, verifiedFile } from "./packed_folder.ts";
import { readParquetColumns } from "./parquet_read.ts";
import { writeParquetColumns } from "./parquet_write.ts";
import { readModelsAndBlocks } from "./read_models.ts";

const columnsName = "models.parquet";
/** Rows of text in a row group: some 20 MB before compression. */
const textRows = 32_768;
const createdBy = `kindred ${version}`;

/** Options of {@link packModels}. */
export interface PackModelsOptions {
  /** Name of the snapshot. */
  name: string;
  /** Folder to make; a packed snapshot that is there is replaced. */
  folder: string;
  /** Called now and then with the bytes of the input read so far and in all. */
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
export function packModels(
  path: string,
  { name, folder, onProgress, describe }: PackModelsOptions,
): Promise<Manifest> {
  return replaceFolder(folder, async (fresh) => {
    const text = new TextWriter(join(fresh, textName));
    const snapshot = await readModelsAndBlocks(path, {
      name,
      onProgress,
      onBlock: (...block) => text.add(...block),
    });
    text.finish();
    writeModelColumns(join(fresh, columnsName), snapshot);
    const { counts, issues } = describe?.(snapshot) ?? { counts: {}, issues: [] };
    return {
      schema: "kindred-snapshot-1",
      kind: "models",
      name,
      tool: createdBy,
      origin: snapshot.origin,
      counts: { models: snapshot.models, ...counts },
      issues: [...snapshot.issues, ...issues],
    };
  });
}

const decoder = new TextDecoder();

/** Writes the text of kept rows, a row group at a time. */
class TextWriter {
  #rows: string[] = [];
  #cards: (string | null)[] = [];
  #writer: ParquetWriter;

  constructor(path: string) {
    this.#writer = new ParquetWriter({
      writer: fileWriter(path),
      schema: [
        { name: "schema", num_children: 2 },
        { name: "row", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "REQUIRED" },
        { name: "card", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" },
      ],
      codec: "ZSTD",
      compressors: { ZSTD: (bytes: Uint8Array) => new Uint8Array(zstdCompressSync(bytes)) },
      statistics: false,
      createdBy,
    });
  }

  add(block: Uint8Array, { rows, lineStart, lineEnd }: HubBatch, kept: Uint8Array): void {
    for (let i = 0; i < rows; i++) {
      if (kept[i] === 0) continue;
      const row = JSON.parse(decoder.decode(block.subarray(lineStart[i], lineEnd[i])));
      const { text, card } = rowText(row);
      this.#rows.push(text);
      this.#cards.push(card);
      if (this.#rows.length === textRows) this.#flush();
    }
  }

  finish(): void {
    this.#flush();
    this.#writer.finish();
  }

  #flush(): void {
    if (this.#rows.length === 0) return;
    this.#writer.write({
      columnData: [
        { name: "row", data: this.#rows, encoding: "PLAIN" },
        { name: "card", data: this.#cards, encoding: "PLAIN" },
      ],
      rowGroupSize: textRows,
    });
    this.#rows = [];
    this.#cards = [];
  }
}

function writeModelColumns(path: string, s: ModelSnapshot): void {
  writeParquetColumns(path, [
    { name: "id", kind: "string", values: s.ids },
    { name: "createdAt", kind: "timestamp", values: s.created },
    { name: "likes", kind: "int64", values: s.likes },
    { name: "downloads", kind: "int64", values: s.downloads },
    { name: "trendingScore", kind: "double", values: s.trending },
    { name: "private", kind: "boolean", values: s.private },
    { name: "pipeline_tag", kind: "codes", values: s.task, dictionary: s.tasks },
    { name: "library_name", kind: "codes", values: s.library, dictionary: s.libraries },
    { name: "tags", kind: "list", offsets: s.tagOffsets, values: s.tagCodes, dictionary: s.tags },
    { name: "cardCharacters", kind: "int32", values: s.cardCharacters },
    { name: "cardAutomatic", kind: "boolean", values: s.cardAutomatic },
  ], { rows: s.models, createdBy });
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
