import { Buffer } from "node:buffer";
import { constants, zstdCompressSync } from "node:zlib";
import { ByteWriter } from "hyparquet-writer";
import { writePageHeader } from "hyparquet-writer/src/datapage.js";
import { viewOf } from "../core/byte_table.ts";
import { grown } from "../core/grow.ts";
import { writeLevels } from "./parquet_values.ts";

/** Pages of one column of some rows, one after the other as they stand in the file. */
export interface PackedPages {
  bytes: Uint8Array<ArrayBuffer>;
  /** What they would take without compression. */
  plain: number;
}

/** Bytes at which a page ends; four make a block of rows without cards. */
const pageBytes = 1_100_000;
/** Text compressed at level 3 takes a twentieth less, and a third more time; a page comes in one piece, not in dozens. */
const options = { chunkSize: 1 << 18, params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Texts under construction as pages of a Parquet column of strings, compressed with Zstandard. */
export class ColumnPages {
  /** Bytes of the page under way; valid until {@link ColumnPages.end} or the next {@link ColumnPages.begin}. */
  body: Uint8Array<ArrayBuffer> = new Uint8Array(pageBytes + (1 << 16));
  #view = viewOf(this.body);
  #optional: boolean;
  #length = 0;
  #values = 0;
  #nulls = 0;
  #present = new Uint8Array(4096);
  #parts: Uint8Array[] = [];
  #plain = 0;

  /** @param options.optional Whether a value may be missing. */
  constructor({ optional }: { optional: boolean }) {
    this.#optional = optional;
  }

  /** Makes room for a value of at most `most` bytes; returns where in the body it begins. */
  begin(most: number): number {
    const needed = this.#length + 4 + most;
    if (needed > this.body.length) {
      this.body = grown(this.body, needed);
      this.#view = viewOf(this.body);
    }
    return this.#length + 4;
  }

  /** Ends the value that began last, one past its last byte. */
  end(to: number): void {
    this.#view.setUint32(this.#length, to - this.#length - 4, true);
    this.#length = to;
    this.#add(1);
  }

  /** Adds a value that is missing. */
  addNull(): void {
    this.#nulls++;
    this.#add(0);
  }

  /** All pages since the last call. */
  take(): PackedPages {
    if (this.#values > 0) this.#cut();
    const joined = Buffer.concat(this.#parts);
    const pages = { bytes: new Uint8Array(joined), plain: this.#plain };
    this.#parts = [];
    this.#plain = 0;
    return pages;
  }

  #add(present: 0 | 1): void {
    if (this.#optional) {
      this.#present = grown(this.#present, this.#values + 1);
      this.#present[this.#values] = present;
    }
    this.#values++;
    if (this.#length >= pageBytes) this.#cut();
  }

  #cut(): void {
    const levels = new ByteWriter();
    if (this.#optional) {
      writeLevels(levels, this.#present.subarray(0, this.#values), this.#values - this.#nulls);
    }
    const whole = this.body.subarray(0, this.#length);
    const isCompressed = whole.length > 0;
    const body = isCompressed ? zstdCompressSync(whole, options) : whole;
    const header = new ByteWriter();
    writePageHeader(header, {
      type: "DATA_PAGE_V2",
      uncompressed_page_size: levels.offset + whole.length,
      compressed_page_size: levels.offset + body.length,
      data_page_header_v2: {
        num_values: this.#values,
        num_nulls: this.#nulls,
        num_rows: this.#values,
        encoding: "PLAIN",
        definition_levels_byte_length: levels.offset,
        repetition_levels_byte_length: 0,
        is_compressed: isCompressed,
      },
    });
    this.#parts.push(header.getBytes(), levels.getBytes(), body);
    this.#plain += header.offset + levels.offset + whole.length;
    this.#length = this.#values = this.#nulls = 0;
    if (this.body.length > 4 * pageBytes) this.#renew();
  }

  /** Gives back what a huge value took. */
  #renew(): void {
    this.body = new Uint8Array(pageBytes + (1 << 16));
    this.#view = viewOf(this.body);
  }
}
