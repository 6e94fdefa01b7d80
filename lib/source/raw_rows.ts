import { join } from "node:path";
import type { Issues } from "../core/issues.ts";
import { detect } from "./detect.ts";
import { hubBlocks, type HubBlocksOptions } from "./hub_blocks.ts";
import { joinCards } from "./join_cards.ts";
import type { RawFile, RawManifest } from "./raw_manifest.ts";

/** A file of rows, and the one of their cards. */
interface RowsFile {
  rows: RawFile;
  cards: RawFile | null;
}

/**
 * The files of a raw snapshot's rows in the order of its manifest, each with that of its cards: `cards-0001.jsonl.zst` belongs to
 * `rows-0001.jsonl.zst`.
 *
 * @throws {SyntaxError} when there are no rows, or cards without rows
 */
export function rowsFiles({ name, files }: RawManifest): RowsFile[] {
  const cards = new Map(
    files.filter(({ role }) => role === "cards").map((file) => [file.name, file]),
  );
  const pairs = files.filter(({ role }) => role === "rows").map((rows): RowsFile => {
    const cardsName = rows.name.replace(/(^|\/)rows-(?=[^/]*$)/, "$1cards-");
    const own = cards.get(cardsName) ?? null;
    cards.delete(cardsName);
    return { rows, cards: own };
  });
  const [lone] = cards.keys();
  if (pairs.length > 0 && lone === undefined) return pairs;
  throw new SyntaxError(
    `Cannot read the rows of "${name}": its manifest lists ` +
      (pairs.length === 0 ? "no file of rows" : `"${lone}" without the rows that it belongs to`),
  );
}

/** Bytes of the files that hold rows and cards. */
export function rowsBytes(manifest: RawManifest): number {
  return rowsFiles(manifest)
    .reduce((sum, { rows, cards }) => sum + rows.bytes + (cards?.bytes ?? 0), 0);
}

/** The rows of a raw snapshot, file after file, with their cards, as blocks of complete JSON Lines. */
export async function* rawBlocks(
  folder: string,
  { manifest, issues, onBytes = () => {} }:
    & { manifest: RawManifest; issues: Issues }
    & HubBlocksOptions,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let before = 0;
  for (const { rows, cards } of rowsFiles(manifest)) {
    const read = { rows: 0, cards: 0 };
    const open = async (file: RawFile, what: keyof typeof read) => {
      const path = join(folder, file.name);
      const found = await detect(path);
      if (found.kind !== "models") {
        throw new TypeError(
          `Cannot read "${path}" as Hub rows: found ${found.kind} in the format ${found.format}`,
        );
      }
      const told = (bytes: number) => {
        read[what] = bytes;
        onBytes(before + read.rows + read.cards);
      };
      return hubBlocks(path, { found, issues, onBytes: told });
    };
    const blocks = await open(rows, "rows");
    yield* cards === null
      ? blocks
      : joinCards(blocks, await open(cards, "cards"), { rows: rows.name, cards: cards.name });
    before += rows.bytes + (cards?.bytes ?? 0);
  }
}
