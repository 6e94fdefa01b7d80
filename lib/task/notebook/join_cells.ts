/** The code cells of a notebook, given as the text of its file, in their order. */
export function codeCells(notebook: string): string[] {
  return numberedCells(notebook).map(({ code }) => code);
}

/** Where a line of joined cells stands: cells and lines are counted from 1, cells of prose among them. */
export interface CellPlace {
  cell: number;
  line: number;
}

/** Cells joined to one module. */
export interface JoinedCells {
  code: string;
  /** Of each line of `code` its place; null for lines that no cell has. */
  places: (CellPlace | null)[];
}

/** A static import at the beginning of a line: its clause, if it has one, and all from the name of the module on. */
const importStatement =
  /^import\s+(?:(?<clause>[^"'();]+?)\s+from\s+)?(?<rest>(?<quote>["'])(?<module>[^"'\n]+)\k<quote>(?:\s+with\s*\{[^}]*\})?\s*;?)/gm;

/**
 * Joins the cells of a notebook to one module that means what the kernel, which checks no types, does with them. Each cell opens a block in which all later cells
 * lie, so that a cell may declare a name again; imports go to the top, where the same import of several cells stands once (one
 * name for two things stays an error); an `export` is left out.
 *
 * @param notebook Text of its file.
 */
export function joinCells(notebook: string): JoinedCells {
  const imports: [string, CellPlace | null][] = [];
  const body: [string, CellPlace | null][] = [];
  const seen = new Set<string>();
  let blocks = 0;
  for (const { cell, code } of numberedCells(notebook)) {
    const rest = code.replace(importStatement, (statement, ...found) => {
      const groups = found.at(-1) as Record<string, string | undefined>;
      const at = found.at(-3) as number;
      const once = importOnce(groups, seen);
      const line = code.slice(0, at).split("\n").length;
      if (once) imports.push([once, { cell, line }]);
      return "\n".repeat(statement.split("\n").length - 1);
    }).replace(
      /^export +(?=(?:abstract|async|class|const|enum|function|interface|let|type|var)\b)/gm,
      "",
    );
    if (rest.trim() === "") continue;
    blocks++;
    body.push([`{ // cell ${cell}`, null]);
    rest.split("\n").forEach((text, i) => body.push([text, { cell, line: i + 1 }]));
  }
  const lines = [...imports, ...body, ["}".repeat(blocks), null], ["export {};", null]] as const;
  return {
    code: lines.map(([text]) => `${text}\n`).join(""),
    places: lines.map(([, place]) => place),
  };
}

/** An import statement on one line without the names that were imported before; null when nothing is left of it. */
function importOnce(
  { clause, rest = "", module = "" }: Record<string, string | undefined>,
  seen: Set<string>,
): string | null {
  const fresh = (name: string) => {
    const key = JSON.stringify([module, name.replace(/^type\s+/, "")]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
  if (clause === undefined) return fresh("") ? `import ${rest}` : null;
  const flat = clause.replace(/\s+/g, " ").trim();
  const [type] = /^type (?!from$|,)/.exec(flat) ?? [""];
  const named = /\{(.*)\}/.exec(flat);
  const others = flat.slice(type.length).replace(/\{.*\}/, "").split(",").map((name) => name.trim())
    .filter((name) => name !== "" && fresh(name));
  const names = (named?.[1] ?? "").split(",").map((name) => name.trim())
    .filter((name) => name !== "" && fresh(`{${name}}`));
  const parts = [...others, ...(names.length > 0 ? [`{ ${names.join(", ")} }`] : [])];
  return parts.length > 0
    ? `import ${type}${parts.join(", ")} from ${rest.replace(/\s+/g, " ")}`
    : null;
}

/** Code cells with their numbers among all cells, from 1. */
function numberedCells(notebook: string): { cell: number; code: string }[] {
  const { cells } = JSON.parse(notebook) as {
    cells: { cell_type: string; source: string | string[] }[];
  };
  return cells.flatMap(({ cell_type, source }, i) =>
    cell_type === "code"
      ? [{ cell: i + 1, code: typeof source === "string" ? source : source.join("") }]
      : []
  );
}
