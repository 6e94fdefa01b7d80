import type { ColumnChunk, RowGroup, SchemaElement } from "hyparquet";
import type { PackedPages } from "./column_pages.ts";
import { ParquetFile } from "./parquet_file.ts";
import type { PackedText } from "./text_packer.ts";

/** A row group ends with the block that gives it so many rows, or so many bytes of text and cards before compression. */
const groupRows = 32_768;
const groupBytes = 64 << 20;

const text = {
  type: "BYTE_ARRAY",
  converted_type: "UTF8",
  logical_type: { type: "STRING" },
} as const;
const schema: SchemaElement[] = [
  { name: "schema", num_children: 2 },
  { name: "row", repetition_type: "REQUIRED", ...text },
  { name: "card", repetition_type: "OPTIONAL", ...text },
];

/** Writes packed texts as `text.parquet`; memory holds the compressed pages of one row group. */
export class TextWriter implements Disposable {
  #file: ParquetFile;
  #createdBy: string;
  #groups: RowGroup[] = [];
  #waiting: PackedText[] = [];
  #rows = 0;
  #plain = 0;

  constructor(path: string, { createdBy }: { createdBy: string }) {
    this.#file = new ParquetFile(path);
    this.#createdBy = createdBy;
  }

  /**
   * Adds the texts of the next rows.
   *
   * @throws {Error} when they cannot be written
   */
  async add(packed: PackedText): Promise<void> {
    if (packed.rows === 0) return;
    this.#waiting.push(packed);
    this.#rows += packed.rows;
    this.#plain += packed.row.plain + packed.card.plain;
    if (this.#rows >= groupRows || this.#plain >= groupBytes) await this.#flush();
  }

  /**
   * Writes the rest and the footer; returns the SHA-256 of the file.
   *
   * @throws {Error} as {@link TextWriter.add}
   */
  async finish(): Promise<string> {
    if (this.#rows > 0) await this.#flush();
    return this.#file.finish({ createdBy: this.#createdBy, schema, groups: this.#groups });
  }

  [Symbol.dispose](): void {
    this.#file[Symbol.dispose]();
  }

  async #flush(): Promise<void> {
    const columns = [
      await this.#chunk("row", this.#waiting.map(({ row }) => row)),
      await this.#chunk("card", this.#waiting.map(({ card }) => card)),
    ];
    this.#groups.push({
      columns,
      num_rows: BigInt(this.#rows),
      total_byte_size: BigInt(this.#plain),
      total_compressed_size: columns.reduce(
        (sum, { meta_data }) => sum + meta_data!.total_compressed_size,
        0n,
      ),
    });
    this.#waiting = [];
    this.#rows = this.#plain = 0;
  }

  async #chunk(name: string, pages: PackedPages[]): Promise<ColumnChunk> {
    const start = this.#file.offset;
    for (const { bytes } of pages) await this.#file.write(bytes);
    return {
      file_offset: BigInt(start),
      meta_data: {
        type: "BYTE_ARRAY",
        encodings: ["PLAIN", "RLE"],
        path_in_schema: [name],
        codec: "ZSTD",
        num_values: BigInt(this.#rows),
        total_uncompressed_size: BigInt(pages.reduce((sum, { plain }) => sum + plain, 0)),
        total_compressed_size: BigInt(this.#file.offset - start),
        data_page_offset: BigInt(start),
      },
    };
  }
}
