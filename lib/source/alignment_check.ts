import { readFile } from "node:fs/promises";
import { paths } from "../paths.ts";
import { readCsv } from "./csv.ts";

/** A pair that was looked at by hand. */
export interface CheckedPair {
  /** Name of the asset. */
  asset: string;
  /** Id of the repository. */
  repository: string;
  /** Whether the repository holds the asset itself, in any size or format. */
  same: boolean;
  /** Why. */
  reason: string;
}

const header = "asset,repository,same,reason";

/**
 * Reads the pairs that were looked at by hand, `data/alignment_check.csv`: assets of the embedded sample and repositories of the Hub.
 *
 * @param path The table. @default paths.alignmentCheck
 * @throws {SyntaxError} naming file and line: another header, an empty cell, a pair that comes twice, neither `yes` nor `no`
 *
 * @example
 * ```ts
 * import { readAlignmentCheck } from "kindred";
 * (await readAlignmentCheck()).find(({ repository }) => repository === "EleutherAI/gpt-j-6b")?.same; // true
 * ```
 */
export async function readAlignmentCheck(
  path: string = paths.alignmentCheck,
): Promise<CheckedPair[]> {
  const pairs: CheckedPair[] = [];
  const seen = new Set<string>();
  let line = 0;
  const refuse = (why: string): never => {
    throw new SyntaxError(`Cannot read ${path}:${line}: ${why}`);
  };
  for await (const cells of readCsv([await readFile(path, "utf8")], { source: path })) {
    line++;
    if (line === 1) {
      if (cells.join(",") !== header) {
        refuse(`found ${JSON.stringify(cells.join(","))}, expected the header "${header}"`);
      }
      continue;
    }
    const [asset, repository, same, reason] = cells.map((cell) => cell.trim());
    if (cells.length !== 4 || [asset, repository, reason].includes("")) {
      refuse(`found ${JSON.stringify(cells)}, expected four cells, none of them empty`);
    }
    if (same !== "yes" && same !== "no") refuse(`same is "${same}", expected "yes" or "no"`);
    const key = JSON.stringify([asset, repository.toLowerCase()]);
    if (seen.has(key)) refuse(`${JSON.stringify(asset)} and ${JSON.stringify(repository)} again`);
    seen.add(key);
    pairs.push({ asset, repository, same: same === "yes", reason });
  }
  if (line === 0) refuse(`found nothing, expected the header "${header}"`);
  return pairs;
}
