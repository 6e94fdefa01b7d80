import type { Notebook } from "../../kernel/run_notebook.ts";
import { type CanonicalOutput, canonicalOutputs } from "./canonical_outputs.ts";
import type { Complaint } from "./complaints.ts";

/** Differences that are shown of one cell. */
const most = 3;

/**
 * The first differences between the outputs that a notebook has and those that running it gave, cell by cell, in canonical form.
 *
 * @param committed As it lies in its file.
 * @param executed The same notebook after a run.
 */
export function outputDifferences(committed: Notebook, executed: Notebook): Complaint[] {
  const code = committed.cells.filter(({ cell_type }) => cell_type === "code");
  const ran = executed.cells.some(({ execution_count }) => execution_count);
  if (ran && code.every(({ execution_count }) => !execution_count)) {
    return [{ cell: null, message: "was never executed" }];
  }
  return committed.cells.flatMap((cell, i) => {
    if (cell.cell_type !== "code") return [];
    const expected = canonicalOutputs(cell.outputs);
    const found = canonicalOutputs(executed.cells[i].outputs);
    return cellDifferences(expected, found).map((message) => ({ cell: i + 1, message }));
  });
}

function cellDifferences(
  expected: readonly CanonicalOutput[],
  found: readonly CanonicalOutput[],
): string[] {
  const differences: string[] = [];
  for (let i = 0; i < Math.max(expected.length, found.length); i++) {
    const [wanted, got] = [expected[i], found[i]];
    const place = Math.max(expected.length, found.length) > 1 ? ` (output ${i + 1})` : "";
    if (!wanted || !got || wanted.kind !== got.kind) {
      differences.push(
        `${(wanted ?? got).kind}${place} differs${pair(described(wanted), described(got))}`,
      );
      // What follows is moved.
      break;
    }
    for (const part of new Set([...wanted.parts.keys(), ...got.parts.keys()])) {
      const [a, b] = [wanted.parts.get(part), got.parts.get(part)];
      if (a === b) continue;
      const what = part === "text" ? wanted.kind : `${part} of the ${wanted.kind}`;
      differences.push(`${what}${place} differs${firstDifference(a, b)}`);
    }
  }
  const more = differences.length - most;
  return more > 0 ? [...differences.slice(0, most), `${more} more differences`] : differences;
}

function described(output: CanonicalOutput | undefined): string {
  if (!output) return "nothing";
  const part = output.parts.get("text/plain") ?? [...output.parts.values()][0] ?? "";
  return `${output.kind}: ${around(part.split("\n").find((line) => line.trim()) ?? "", 0)}`;
}

function firstDifference(expected: string | undefined, found: string | undefined): string {
  if (expected === undefined || found === undefined) {
    return pair(
      expected === undefined ? "nothing" : around(expected, 0),
      found === undefined ? "nothing" : around(found, 0),
    );
  }
  const [a, b] = [expected.split("\n"), found.split("\n")];
  let line = 0;
  while (a[line] === b[line]) line++;
  let column = 0;
  while (a[line]?.[column] === b[line]?.[column] && column < (a[line]?.length ?? 0)) column++;
  const where = Math.max(a.length, b.length) > 1 ? ` at line ${line + 1}` : "";
  // Blanks at the ends of a line cannot be seen.
  const quoted = a[line]?.trim() === b[line]?.trim();
  const show = (text: string | undefined) => {
    if (text === undefined) return "the end";
    return quoted ? JSON.stringify(around(text, column)) : around(text, column);
  };
  return where + pair(show(a[line]), show(b[line]));
}

function pair(expected: string, found: string): string {
  return `\n    expected  ${expected}\n    found     ${found}`;
}

/** The part of a line around a column that fits beside it. */
function around(line: string, column: number): string {
  const width = 100;
  if (line.length <= width) return line;
  const start = Math.max(0, Math.min(column - 40, line.length - width));
  const end = Math.min(line.length, start + width);
  return `${start > 0 ? "…" : ""}${line.slice(start, end)}${end < line.length ? "…" : ""}`;
}
