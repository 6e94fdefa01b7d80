import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { paths } from "../paths.ts";
import { arxivId, isArxivCategory } from "./arxiv.ts";
import { fetchedCategoryFolders, readFetchedPapers } from "./fetched_categories.ts";
import { termRows } from "./license_terms.ts";

/** Where arXiv files a paper. */
export interface FiledPaper {
  /** Its primary category; null where arXiv was asked and has no such paper. */
  readonly primary: string | null;
  /** All its categories, the primary one first; none where arXiv has no such paper. */
  readonly categories: readonly string[];
  /** Place in {@link PaperCategories.tables} of the table that says so. */
  readonly table: number;
}

/** Categories of papers, and the tables that say so. */
export interface PaperCategories {
  /** By canonical identifier, see {@link arxivId}. */
  readonly papers: ReadonlyMap<string, FiledPaper>;
  /** The tables in the order that they were read; of a paper in several the last one counts. */
  readonly tables: readonly {
    /** File, or folder of what was fetched. */
    readonly name: string;
    /** SHA-256 of it. */
    readonly sha256: string;
  }[];
}

/** No categories at all. */
export const noPaperCategories: PaperCategories = Object.freeze({
  papers: new Map<string, FiledPaper>(),
  tables: Object.freeze([]),
});

/** Options of {@link readPaperCategories}. */
export interface ReadPaperCategoriesOptions {
  /**
   * Folder of raw snapshots, null for the embedded table alone.
   * @default paths.raw
   */
  raw?: string | null;
}

/**
 * Reads the embedded table of arXiv categories, `data/arxiv_categories.csv`, which has the papers that simulated models link, and
 * whatever `deno task fetch arxiv-categories` has fetched since; the later one counts.
 *
 * @throws {SyntaxError} as {@link parsePaperCategories}, or when what was fetched is not what its manifest says
 *
 * @example
 * ```ts
 * import { readPaperCategories } from "kindred";
 * const { papers } = await readPaperCategories();
 * papers.get("1910.09700")?.categories; // ["cs.CY", "cs.LG"]
 * ```
 */
export async function readPaperCategories(
  { raw = paths.raw }: ReadPaperCategoriesOptions = {},
): Promise<PaperCategories> {
  const name = "arxiv_categories.csv";
  const text = await readFile(`${paths.data}${name}`, "utf8");
  const papers = new Map(await parsePaperCategories(text, { source: name }));
  const tables = [{ name, sha256: createHash("sha256").update(text).digest("hex") }];
  for (const folder of raw === null ? [] : fetchedCategoryFolders(raw)) {
    const fetched = await readFetchedPapers(raw!, folder);
    const table = tables.push({ name: fetched.name, sha256: fetched.sha256 }) - 1;
    for (const line of fetched.papers) {
      const { primary, categories } = "missing" in line ? notThere : line;
      papers.set(line.paper, Object.freeze({ primary, categories, table }));
    }
  }
  return { papers, tables };
}

const notThere = { primary: null, categories: Object.freeze([]) };

/**
 * Parses a table of arXiv categories: CSV with the columns paper, primary and categories, the last with spaces between, the primary one
 * first.
 *
 * @throws {SyntaxError} naming the line: an identifier that is not canonical or comes twice, a category that arXiv cannot have or that comes
 *   twice, a primary category that is not the first
 *
 * @example
 * ```ts
 * import { parsePaperCategories } from "kindred";
 * const papers = await parsePaperCategories("paper,primary,categories\n1910.09700,cs.CY,cs.CY cs.LG\n");
 * papers.get("1910.09700")?.primary; // "cs.CY"
 * ```
 */
export async function parsePaperCategories(
  text: string,
  { source = "the table of arXiv categories" }: {
    /** @default "the table of arXiv categories" */ source?: string;
  } = {},
): Promise<ReadonlyMap<string, FiledPaper>> {
  const papers = new Map<string, FiledPaper>();
  for (
    const { cells, refuse } of await termRows({ source, text }, ["paper", "primary", "categories"])
  ) {
    const [paper, primary, list] = cells;
    if (arxivId(paper) !== paper) {
      refuse(`${JSON.stringify(paper)}, expected an identifier like 2305.12345`);
    }
    if (papers.has(paper)) refuse(`the paper ${paper} a second time`);
    const categories = list.split(" ");
    const wrong = categories.find((category) => !isArxivCategory(category));
    if (wrong !== undefined) refuse(`no category of arXiv, ${JSON.stringify(wrong)}`);
    if (new Set(categories).size < categories.length) refuse("a category twice");
    if (categories[0] !== primary) {
      refuse(`the primary category ${primary}, but ${categories[0]} first`);
    }
    papers.set(paper, Object.freeze({ primary, categories: Object.freeze(categories), table: 0 }));
  }
  return papers;
}
