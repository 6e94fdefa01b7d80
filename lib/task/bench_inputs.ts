import { zstdCompressSync } from "node:zlib";
import { LineBuffer, readLines } from "../source/hub_ranges.ts";
import { simulateHub } from "../source/simulate.ts";

const newline = 10;
/** Rows of a page of the Hub's API. */
const pageRows = 1000;
/** Bytes read at a time. */
const rangeBytes = 8 << 20;
/** Simulated models whose rows {@link writeCards} repeats. */
const simulatedModels = 20_000;

/** The lines of a file, some 8 MB at a time; each block is valid until the next. */
function* linesOf(path: string, end: number): Generator<Uint8Array> {
  const buffer = new LineBuffer();
  for (let start = 0; start < end; start += rangeBytes) {
    yield readLines(path, { start, end: Math.min(end, start + rangeBytes), buffer });
  }
}

function writeTo(file: Deno.FsFile, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
}

/** Copies the lines of the first half of a file. */
export function writeHalf(path: string, half: string): void {
  using file = Deno.openSync(half, { write: true, create: true });
  const { size } = Deno.statSync(path);
  for (const lines of linesOf(path, Math.floor(size / 2))) writeTo(file, lines);
}

/** Copies a file as a crawl writes it: a Zstandard frame for each thousand rows. */
export function writeFrames(path: string, framed: string): void {
  using file = Deno.openSync(framed, { write: true, create: true });
  for (const lines of linesOf(path, Deno.statSync(path).size)) {
    let start = 0;
    let rows = 0;
    for (let end = lines.indexOf(newline); end >= 0; end = lines.indexOf(newline, end + 1)) {
      if (++rows % pageRows !== 0 && end + 1 < lines.length) continue;
      writeTo(file, zstdCompressSync(lines.subarray(start, end + 1)));
      start = end + 1;
    }
  }
}

/** Writes at least so many bytes of rows with cards: simulated ones again and again, each time with other ids. */
export function writeCards(path: string, bytes: number): void {
  const id = '"id":"';
  const rows = [...simulateHub({ models: simulatedModels, cards: true })]
    .flatMap((block) => new TextDecoder().decode(block).trimEnd().split("\n"))
    .map((line) => {
      const cut = line.indexOf(id) + id.length;
      return [line.slice(0, cut), line.slice(cut)];
    });
  using file = Deno.openSync(path, { write: true, create: true });
  const encoder = new TextEncoder();
  for (let written = 0, round = 0; written < bytes; round++) {
    for (let from = 0; from < rows.length && written < bytes; from += pageRows) {
      const lines = encoder.encode(
        rows.slice(from, from + pageRows).map(([head, rest]) => `${head}${round}.${rest}\n`).join(
          "",
        ),
      );
      writeTo(file, lines);
      written += lines.length;
    }
  }
}
