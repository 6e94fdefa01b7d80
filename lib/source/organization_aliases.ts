import { readFile } from "node:fs/promises";
import { paths } from "../paths.ts";
import { readCsv } from "./csv.ts";
import { organizationKey, organizationSpans } from "./split_organizations.ts";

/** What a row of the table of organizations says. */
export const organizationAliasKinds = ["alias", "name", "split", "form"] as const;

/** What a row of the table of organizations says; see {@link OrganizationAlias.kind}. */
export type OrganizationAliasKind = typeof organizationAliasKinds[number];

/** A row of the table of organizations. */
export interface OrganizationAlias {
  /**
   * `alias`: another spelling of one organization; `name`: a name with a comma or semicolon that is one organization; `split`: a text of
   * several organizations that the rule cannot cut; `form`: a legal form, which belongs to the name before its comma.
   */
  kind: OrganizationAliasKind;
  /** The text that the row is about. */
  spelling: string;
  /** The organizations that it stands for: one, several of a `split`, none of a `form`. */
  bodies: readonly string[];
  /** Why. */
  reason: string;
  /** Line of the table, counted from 1. */
  line: number;
}

/** The table of organizations, checked: no spelling twice, no chains, every row with its reason. */
export interface OrganizationAliases {
  /** The table's file, or what stands for it in errors. */
  readonly source: string;
  /** All rows, in their order. */
  readonly rows: readonly OrganizationAlias[];
  /** Rows that are no legal forms, by spelling without case and white space. */
  readonly spellings: ReadonlyMap<string, OrganizationAlias>;
  /** Names that rows lead to, by the same without case and white space. */
  readonly names: ReadonlyMap<string, string>;
  /** Legal forms without case and white space. */
  readonly forms: ReadonlySet<string>;
  /** Most parts that a spelling or name has by the rule. */
  readonly longest: number;
}

const header = "kind,spelling,bodies,reason";

/**
 * Reads the table of organizations, `data/organization_aliases.csv`: which spellings are one organization, which commas do not separate two,
 * which texts name several; each row with its reason.
 *
 * @param path The table. @default paths.organizationAliases
 * @throws {SyntaxError} naming file and line when a row is not as {@link parseOrganizationAliases} expects it
 *
 * @example
 * ```ts
 * import { readOrganizationAliases } from "kindred";
 * const { rows } = await readOrganizationAliases();
 * rows.find(({ spelling }) => spelling === "CMU")?.bodies; // ["Carnegie Mellon University"]
 * ```
 */
export async function readOrganizationAliases(
  path: string = paths.organizationAliases,
): Promise<OrganizationAliases> {
  return await parseOrganizationAliases(await readFile(path, "utf8"), { source: path });
}

/**
 * Parses the table of organizations: CSV with the columns kind, spelling, bodies (with `|` between several) and reason, one row a line.
 *
 * @throws {SyntaxError} naming file and line: an unknown kind, an empty cell, a spelling that comes twice (blind to case and white space), a
 *   body that another row gives another name, one body in two spellings, an alias that the rule cuts, a name that it does not cut
 *
 * @example
 * ```ts
 * import { parseOrganizationAliases } from "kindred";
 * const table = await parseOrganizationAliases(
 *   "kind,spelling,bodies,reason\nalias,Tsinghua,Tsinghua University,short form\n",
 * );
 * table.rows.length; // 1
 * ```
 */
export async function parseOrganizationAliases(
  text: string,
  { source = "the table of organizations" }: {
    /** @default "the table of organizations" */ source?: string;
  } = {},
): Promise<OrganizationAliases> {
  const rows: OrganizationAlias[] = [];
  const lines = text.replace(/^\ufeff/u, "").split(/\r\n|[\n\r]/u);
  for (const [i, content] of lines.entries()) {
    const at = { source, line: i + 1 };
    // A row is one line, so that a message can name it.
    for await (const cells of readCsv([content], { source: `${source}:${at.line}` })) {
      if (i > 0) rows.push(rowOf(cells, at));
      else if (cells.join(",") !== header) {
        refuse(at, `found ${JSON.stringify(content)}, expected the header "${header}"`);
      }
    }
  }
  if (lines[0] === "") {
    refuse({ source, line: 1 }, `found nothing, expected the header "${header}"`);
  }
  return checked(rows, source);
}

function refuse({ source, line }: { source: string; line: number }, why: string): never {
  throw new SyntaxError(`Cannot read ${source}:${line}: ${why}`);
}

function rowOf(cells: readonly string[], at: { source: string; line: number }): OrganizationAlias {
  if (cells.length !== 4) refuse(at, `found ${cells.length} cells, expected 4`);
  const [kind, spelling, list, reason] = cells.map((cell) => cell.trim());
  if (!(organizationAliasKinds as readonly string[]).includes(kind)) {
    const kinds = organizationAliasKinds.map((name) => `"${name}"`).join(", ");
    refuse(at, `kind is ${JSON.stringify(kind)}, expected one of ${kinds}`);
  }
  if (spelling === "") refuse(at, "the spelling is empty");
  if (reason === "") refuse(at, `${JSON.stringify(spelling)} has no reason`);
  const bodies = list === "" ? [] : list.split("|").map((body) => body.trim());
  if (bodies.includes("")) refuse(at, `${JSON.stringify(spelling)} stands for an empty name`);
  const wanted = kind === "form" ? "none" : kind === "split" ? "two or more" : "one";
  const right = wanted === "none"
    ? bodies.length === 0
    : wanted === "one"
    ? bodies.length === 1
    : bodies.length > 1;
  if (!right) {
    refuse(at, `${JSON.stringify(spelling)} stands for ${bodies.length} names, expected ${wanted}`);
  }
  return Object.freeze({
    kind: kind as OrganizationAliasKind,
    spelling,
    bodies: Object.freeze(bodies),
    reason,
    line: at.line,
  });
}

/** Looks at the rows together. */
function checked(rows: readonly OrganizationAlias[], source: string): OrganizationAliases {
  const spellings = new Map<string, OrganizationAlias>();
  const forms = new Map<string, OrganizationAlias>();
  for (const row of rows) {
    const key = organizationKey(row.spelling);
    const other = spellings.get(key) ?? forms.get(key);
    if (other !== undefined) {
      refuse(
        { source, line: row.line },
        `the spelling ${JSON.stringify(row.spelling)} a second time, first at line ${other.line}`,
      );
    }
    (row.kind === "form" ? forms : spellings).set(key, row);
  }
  const keys = new Set(forms.keys());
  const parts = (name: string) => organizationSpans(name, keys).length;
  const names = new Map<string, string>();
  let longest = 1;
  for (const row of rows) {
    const at = { source, line: row.line };
    const quoted = JSON.stringify(row.spelling);
    if (row.kind === "alias" && row.bodies[0] === row.spelling) {
      refuse(at, `${quoted} is an alias of itself`);
    }
    if (row.kind === "alias" && parts(row.spelling) !== 1) {
      refuse(at, `the alias ${quoted} has ${parts(row.spelling)} parts: make it a "name"`);
    }
    if (row.kind === "name" && parts(row.spelling) < 2) {
      refuse(at, `the name ${quoted} needs no protection: make it an "alias"`);
    }
    if (row.kind === "form" && parts(row.spelling) !== 1) {
      refuse(at, `the legal form ${quoted} has ${parts(row.spelling)} parts, expected 1`);
    }
    longest = Math.max(longest, parts(row.spelling));
    for (const body of row.bodies) {
      const key = organizationKey(body);
      const next = spellings.get(key);
      if (next !== undefined && (next.bodies.length > 1 || next.bodies[0] !== body)) {
        refuse(
          at,
          `${quoted} leads to ${JSON.stringify(body)}, which line ${next.line} leads on to ${
            next.bodies.map((name) => JSON.stringify(name)).join(", ")
          }`,
        );
      }
      const known = names.get(key);
      if (known !== undefined && known !== body) {
        refuse(at, `${JSON.stringify(body)} is spelt ${JSON.stringify(known)} in a row before`);
      }
      names.set(key, body);
      longest = Math.max(longest, parts(body));
    }
  }
  return Object.freeze({
    source,
    rows: Object.freeze([...rows]),
    spellings,
    names,
    forms: keys,
    longest,
  });
}
