import type { Notebook } from "../kernel/run_notebook.ts";

/** How many marks did not come as they should. */
export interface StressResult {
  /** Marks that should have come. */
  marks: number;
  /** Came nowhere. */
  lost: number;
  /** Came more than once, counted each further time. */
  duplicated: number;
  /** Came in another cell. */
  misplaced: number;
  /** Came in their cell, behind a later mark of it. */
  disordered: number;
  /** Outputs that say that something was left out, or that hold no mark and no filling. */
  strange: number;
}

/** The texts of an output in which marks stand; an error has its message more than once. */
function texts(output: Record<string, unknown>): string {
  const flat = (text: unknown) => Array.isArray(text) ? text.join("") : String(text ?? "");
  if (output.output_type === "stream") return flat(output.text);
  if (output.output_type === "error") return flat(output.evalue);
  const data = (output.data ?? {}) as Record<string, unknown>;
  return flat(data["text/html"] ?? data["text/plain"]);
}

/** Compares the outputs of an executed notebook with what was to be shown, cell by cell. */
export function compareStress(notebook: Notebook, expected: readonly string[][]): StressResult {
  const owner = new Map(expected.flatMap((marks, cell) => marks.map((mark) => [mark, cell])));
  const seen = new Map<string, number>();
  const result = {
    marks: owner.size,
    lost: 0,
    duplicated: 0,
    misplaced: 0,
    disordered: 0,
    strange: 0,
  };
  for (const [index, { outputs = [] }] of notebook.cells.entries()) {
    let last = -1;
    for (const output of outputs) {
      const found = texts(output).match(/@\d+\.\d+@/g) ?? [];
      if (found.length === 0) result.strange++;
      for (const mark of found) {
        const times = seen.get(mark) ?? 0;
        seen.set(mark, times + 1);
        if (times > 0) result.duplicated++;
        else if (owner.get(mark) !== index) result.misplaced++;
        else {
          const place = expected[index].indexOf(mark);
          if (place < last) result.disordered++;
          last = place;
        }
      }
    }
  }
  for (const mark of owner.keys()) if (!seen.has(mark)) result.lost++;
  return result;
}
