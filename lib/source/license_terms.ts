import { paths } from "../paths.ts";
import { readCsv } from "./csv.ts";

/** Families of licenses by what they ask of a derivative, the most binding first. */
export const licenseFamilies = [
  "commercial-terms",
  "use-restricted",
  "non-commercial",
  "copyleft",
  "permissive",
  "unspecified",
] as const;

/** One of the six families of licenses. */
export type LicenseFamily = typeof licenseFamilies[number];

/** What the terms of a parent say of a child's: `same` permits the parent's own license and no other. */
export const moveVerdicts = ["permitted", "same", "broken", "unknown"] as const;

/** One of the four verdicts. */
export type MoveVerdict = typeof moveVerdicts[number];

/** A license of the Hub's list. */
export interface LicenseEntry {
  /** Identifier on the Hub, in lower case: `apache-2.0`. */
  license: string;
  /** Its family. */
  family: LicenseFamily;
  /** Its full name. */
  name: string;
  /** The clause or the list that puts it into its family. */
  basis: string;
  /** Where the text or the list can be read. */
  source: string;
}

/** A move from the license family of a parent to that of a child. */
export interface LicenseMove {
  /** Family of the parent's license. */
  from: LicenseFamily;
  /** Family of the child's license. */
  to: LicenseFamily;
  /** What the parent's terms say of it. */
  verdict: MoveVerdict;
  /** The clause that says so. */
  reason: string;
  /** Where its texts can be read, addresses with spaces between them. */
  source: string;
}

/** The two tables `data/license_families.csv` and `data/license_moves.csv`. */
export interface LicenseTerms {
  /** Licenses by their identifier. */
  readonly licenses: ReadonlyMap<string, LicenseEntry>;
  /** All 36 moves: that from family i to family j, by place in {@link licenseFamilies}, is entry 6 i + j. */
  readonly moves: readonly LicenseMove[];
}

/** The texts of the two tables. */
export interface LicenseTables {
  /** CSV with the columns license, family, name, basis, source. */
  families: string;
  /** CSV with the columns from, to, verdict, reason, source; one row for each of the 36 pairs. */
  moves: string;
}

/**
 * Reads the tables of license terms that come with the project.
 *
 * @throws {SyntaxError} when a table is not as {@link parseLicenseTerms} expects it
 *
 * @example
 * ```ts
 * import { readLicenseTerms } from "kindred";
 * (await readLicenseTerms()).licenses.get("gemma")?.family; // "commercial-terms"
 * ```
 */
export async function readLicenseTerms(): Promise<LicenseTerms> {
  const [families, moves] = await Promise.all(
    ["license_families.csv", "license_moves.csv"].map((name) =>
      Deno.readTextFile(`${paths.data}${name}`)
    ),
  );
  return await parseLicenseTerms({ families, moves });
}

/**
 * Parses the two tables of license terms. Nothing is guessed: every cell is filled, every license is in lower case and there once, every
 * pair of families has one verdict.
 *
 * @throws {SyntaxError} when a table is anything else; the message names the table and quotes the line
 *
 * @example
 * ```ts
 * import { licenseFamilies, parseLicenseTerms } from "kindred";
 * const moves = licenseFamilies.flatMap((from) =>
 *   licenseFamilies.map((to) => `${from},${to},unknown,why,where`)
 * );
 * const { licenses } = await parseLicenseTerms({
 *   families: "license,family,name,basis,source\nmit,permissive,MIT License,grant,where\n",
 *   moves: `from,to,verdict,reason,source\n${moves.join("\n")}\n`,
 * });
 * licenses.get("mit")?.family; // "permissive"
 * ```
 */
export async function parseLicenseTerms(tables: LicenseTables): Promise<LicenseTerms> {
  const licenses = new Map<string, LicenseEntry>();
  const families = { source: "license_families.csv", text: tables.families };
  const header = ["license", "family", "name", "basis", "source"];
  for (const { cells, refuse } of await termRows(families, header)) {
    const [license, family, name, basis, source] = cells;
    if (license !== license.trim().toLowerCase()) refuse("a license that is not in lower case");
    if (licenses.has(license)) refuse(`the license "${license}" a second time`);
    if (!isOneOf(licenseFamilies, family)) {
      return refuse(wantedOneOf("family", family, licenseFamilies));
    }
    licenses.set(license, Object.freeze({ license, family, name, basis, source }));
  }
  const moves = new Array<LicenseMove>(licenseFamilies.length ** 2);
  const table = { source: "license_moves.csv", text: tables.moves };
  for (
    const { cells, refuse } of await termRows(table, ["from", "to", "verdict", "reason", "source"])
  ) {
    const [from, to, verdict, reason, source] = cells;
    if (!isOneOf(licenseFamilies, from)) {
      return refuse(wantedOneOf("family", from, licenseFamilies));
    }
    if (!isOneOf(licenseFamilies, to)) return refuse(wantedOneOf("family", to, licenseFamilies));
    if (!isOneOf(moveVerdicts, verdict)) {
      return refuse(wantedOneOf("verdict", verdict, moveVerdicts));
    }
    const at = licenseFamilies.indexOf(from) * licenseFamilies.length +
      licenseFamilies.indexOf(to);
    if (moves[at] !== undefined) refuse(`the move from ${from} to ${to} a second time`);
    moves[at] = Object.freeze({ from, to, verdict, reason, source });
  }
  const missing = moves.findIndex((move) => move === undefined);
  if (missing >= 0) {
    const from = licenseFamilies[Math.floor(missing / licenseFamilies.length)];
    const to = licenseFamilies[missing % licenseFamilies.length];
    throw new SyntaxError(
      `Cannot read license_moves.csv: the move from ${from} to ${to} is missing`,
    );
  }
  return Object.freeze({ licenses, moves: Object.freeze(moves) });
}

/** A row of a table of the project. */
export interface TableRow {
  /** Its cells, as many as the header has. */
  cells: string[];
  /** Refuses the table for what was found in this row. */
  refuse(found: string): never;
}

/** The rows below the header, each with as many filled cells as that has. */
export async function termRows(
  { source, text }: { source: string; text: string },
  header: readonly string[],
): Promise<TableRow[]> {
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
  const refuseAt = (line: number) => (found: string): never => {
    throw new SyntaxError(
      `Cannot read ${source}: line ${line} has ${found}: ${JSON.stringify(lines[line - 1])}`,
    );
  };
  // The reader skips blank lines; refused here, so that row i is line i + 1.
  lines.forEach((line, i) => line.trim() === "" && refuseAt(i + 1)("nothing"));
  const rows: TableRow[] = [];
  let line = 0;
  for await (const cells of readCsv([text], { source })) {
    line++;
    const refuse = refuseAt(line);
    if (cells.some((cell) => /[\r\n]/.test(cell))) refuse("a line break in a cell");
    if (line === 1) {
      if (cells.join(",") === header.join(",")) continue;
      refuse(`another header than "${header.join(",")}"`);
    }
    if (cells.length !== header.length) {
      refuse(`${cells.length} cells, expected ${header.length}`);
    }
    cells.forEach((cell, i) => cell.trim() === "" && refuse(`no ${header[i]}`));
    rows.push({ cells, refuse });
  }
  if (rows.length === 0) throw new SyntaxError(`Cannot read ${source}: it has no rows`);
  return rows;
}

/** Whether the value is one of those. */
export function isOneOf<T extends string>(all: readonly T[], value: string): value is T {
  return (all as readonly string[]).includes(value);
}

/** What is wrong with a cell that should hold one of a few words. */
export function wantedOneOf(what: string, found: string, all: readonly string[]): string {
  return `the ${what} ${JSON.stringify(found)}, expected one of ${
    all.map((one) => `"${one}"`).join(", ")
  }`;
}
