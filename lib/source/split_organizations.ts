import type { OrganizationAlias, OrganizationAliases } from "./organization_aliases.ts";

/** What became of a text that names organizations. */
export interface OrganizationReading {
  /** As the data writes it. */
  text: string;
  /** The organizations that it names, each once, in their order; none for an empty text. */
  bodies: readonly string[];
  /**
   * `split` into several organizations; `renamed`, one that goes by another name; `whole`, one although it holds a comma or semicolon;
   * `left` as it is.
   */
  reading: "split" | "renamed" | "whole" | "left";
  /** Rows of the table that had a say, in the order of the text. */
  rows: readonly OrganizationAlias[];
}

/** Commas and semicolons, those of Chinese too; a pair of parentheses comes first, so that what is inside it is passed over. */
const cut = /\([^()]*\)|[,;，；、]/gu;

/** Where a name begins and ends in a text, and where it ends without its legal form. */
interface Span {
  start: number;
  end: number;
  bare: number;
}

/** A name without the differences that do not count: case, white space and how accents are encoded. */
export function organizationKey(name: string): string {
  return name.normalize("NFC").toLowerCase().replace(/\s+/gu, "");
}

/**
 * Cuts a text at commas and semicolons outside parentheses; the "and" that may follow one goes with it, an "and" elsewhere may be part
 * of a name ("Science and Technology") and stays. A legal form (keys in `forms`) goes to the name before it.
 */
export function organizationSpans(text: string, forms: ReadonlySet<string>): Span[] {
  const spans: Span[] = [];
  let from = 0;
  const take = (to: number) => {
    const part = text.slice(from, to);
    const and = from === 0 ? "" : /^\s*(?:and|&)\s+(?=\S)/iu.exec(part)?.[0] ?? "";
    const name = part.slice(and.length);
    const start = from + and.length + name.length - name.trimStart().length;
    const end = start + name.trim().length;
    if (end === start) return;
    const last = spans.at(-1);
    if (last !== undefined && forms.has(organizationKey(name))) last.end = end;
    else spans.push({ start, end, bare: end });
  };
  for (const { 0: found, index } of text.matchAll(cut)) {
    if (found.length > 1) continue;
    take(index);
    from = index + 1;
  }
  take(text.length);
  return spans;
}

/**
 * Reads a text that names organizations: cuts it at commas and semicolons outside parentheses, except inside the names that the table
 * protects, and gives each organization the name that the table has for it. Spellings are compared blind to case and white space; one
 * that is not in the table stays as it is.
 *
 * @example
 * ```ts
 * import { readOrganizationAliases, readOrganizationText } from "kindred";
 * const table = await readOrganizationAliases();
 * readOrganizationText("UC Berkeley, Google Deepmind", table).bodies;
 * // ["University of California, Berkeley", "Google DeepMind"]
 * ```
 */
export function readOrganizationText(
  text: string,
  table: OrganizationAliases,
): OrganizationReading {
  const spans = organizationSpans(text, table.forms);
  const bodies = new Set<string>();
  const rows: OrganizationAlias[] = [];
  for (let i = 0; i < spans.length;) {
    // The longest run of parts that the table knows, else the part alone.
    let last = Math.min(spans.length, i + table.longest) - 1;
    let known = find(text, { from: spans[i], to: spans[last] }, table);
    while (known === undefined && last > i) {
      last--;
      known = find(text, { from: spans[i], to: spans[last] }, table);
    }
    if (known?.row) rows.push(known.row);
    for (const body of known?.bodies ?? [text.slice(spans[i].start, spans[i].end)]) {
      bodies.add(body);
    }
    i = last + 1;
  }
  const [first] = bodies;
  const reading = bodies.size > 1
    ? "split"
    : bodies.size === 1 && first !== text
    ? "renamed"
    : /[,;，；、]/u.test(text)
    ? "whole"
    : "left";
  return Object.freeze({ text, bodies: Object.freeze([...bodies]), reading, rows });
}

/** What the table says of a part of a text, tried with and without a legal form at its end. */
function find(
  text: string,
  { from, to }: { from: Span; to: Span },
  { spellings, names }: OrganizationAliases,
): { bodies: readonly string[]; row: OrganizationAlias | null } | undefined {
  for (const end of new Set([to.end, to.bare])) {
    const key = organizationKey(text.slice(from.start, end));
    const row = spellings.get(key);
    if (row !== undefined) return { bodies: row.bodies, row };
    const name = names.get(key);
    if (name !== undefined) return { bodies: [name], row: null };
  }
}
