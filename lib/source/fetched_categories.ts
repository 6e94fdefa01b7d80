import { join } from "node:path";
import { byCodeUnits } from "../core/compare.ts";
import { arxivId, isArxivCategory } from "./arxiv.ts";
import { contentChunks } from "./content_chunks.ts";
import { foldersOf } from "./folders_of.ts";
import { readRawManifest } from "./raw_manifest.ts";
import { sha256File } from "./sha256.ts";

/** A line of what was fetched: where arXiv files a paper, or that it has none of that identifier. */
export type PaperLine =
  | { paper: string; primary: string; categories: string[] }
  | { paper: string; missing: true };

/** Papers of a raw snapshot, and what was fetched. */
export interface FetchedPapers {
  /** Name of its folder. */
  name: string;
  /** SHA-256 of its files, as its manifest says. */
  sha256: string;
  papers: PaperLine[];
}

/**
 * Names of the folders of raw snapshots of categories in a folder, oldest first: `arxiv-categories-2026-11-21`, then
 * `arxiv-categories-2026-11-21-2`. None where there is no such folder.
 */
export function fetchedCategoryFolders(raw: string): string[] {
  return foldersOf(raw)
    .flatMap((name) => {
      const parts = /^arxiv-categories-(\d{4}-\d\d-\d\d)(?:-(\d{1,6}))?$/.exec(name);
      return parts === null ? [] : [{ name, day: parts[1], number: Number(parts[2] ?? 1) }];
    })
    .sort((a, b) => byCodeUnits(a.day, b.day) || a.number - b.number)
    .map(({ name }) => name);
}

/**
 * Reads the papers of a raw snapshot of categories, its files checked.
 *
 * @throws {SyntaxError} when a file is not what the manifest says, or holds anything but papers and their categories
 */
export async function readFetchedPapers(raw: string, name: string): Promise<FetchedPapers> {
  const folder = join(raw, name);
  const { upstream, files, sha256 } = readRawManifest(folder);
  if (upstream !== "arxiv-categories") {
    throw new SyntaxError(
      `Cannot read "${folder}": it comes from ${
        JSON.stringify(upstream)
      }, expected "arxiv-categories"`,
    );
  }
  const papers: PaperLine[] = [];
  for (const file of files) {
    if (file.role !== "papers") continue;
    const path = join(folder, file.name);
    const found = await sha256File(path);
    if (found !== file.sha256) {
      throw new SyntaxError(
        `Cannot read "${path}": its sha256 is ${found.slice(0, 12)}…, expected ${
          file.sha256.slice(0, 12)
        }…; deno task verify ${name} says what else changed`,
      );
    }
    let text = "";
    const decoder = new TextDecoder("utf-8", { fatal: true });
    for await (const chunk of contentChunks(path, { compression: "zst" })) {
      text += decoder.decode(chunk, { stream: true });
    }
    for (const line of parsePaperLines(text + decoder.decode(), { source: path })) {
      papers.push(line);
    }
  }
  return { name, sha256, papers };
}

/** Parses JSON Lines of papers. @throws {SyntaxError} naming the line */
export function parsePaperLines(text: string, { source }: { source: string }): PaperLine[] {
  return text.split("\n").slice(0, -1).map((line, i) => {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      // Refused below, with its line.
    }
    if (isPaperLine(value)) return value;
    throw new SyntaxError(
      `Cannot read ${source}:${i + 1}: found ${
        JSON.stringify(line.slice(0, 80))
      }, expected a paper with its categories`,
    );
  });
}

function isPaperLine(value: unknown): value is PaperLine {
  if (typeof value !== "object" || value === null) return false;
  const { paper, missing, primary, categories } = value as Record<string, unknown>;
  if (typeof paper !== "string" || arxivId(paper) !== paper) return false;
  if (missing === true) return true;
  return Array.isArray(categories) && categories.length > 0 && categories[0] === primary &&
    categories.every((category) => typeof category === "string" && isArxivCategory(category));
}
