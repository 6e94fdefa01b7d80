import { kernelName } from "../kernel/kernel_spec.ts";
import type { Notebook, NotebookCell } from "../kernel/run_notebook.ts";

/** A notebook that is hard on a kernel, and what its cells must show. */
export interface StressNotebook {
  notebook: Notebook;
  /** The marks of each cell, in their order. */
  expected: string[][];
}

/** Characters of a large output. */
const large = 5_000_000;

/** Gives marks of one cell: each is printed once in the whole notebook. */
type Mark = () => string;

/** Kinds of cells; each returns its code, in which every mark stands in the order in which it is shown. */
const kinds: ((mark: Mark) => { code: string; fails?: boolean })[] = [
  (mark) => ({ code: `"${mark()}"` }),
  (mark) => {
    const marks = Array.from({ length: 200 }, mark);
    return { code: `for (const mark of ${JSON.stringify(marks)}) console.log("line", mark);` };
  },
  (mark) => ({
    code: `await Deno.jupyter.display({ "text/plain": "${mark()}" }, { raw: true });
console.log("${mark()}");
await Deno.jupyter.display(Deno.jupyter.html\`<b>${mark()}</b>\`);
"${mark()}"`,
  }),
  (mark) => ({
    code: `console.log("${mark()}");
Deno.stdout.writeSync(new TextEncoder().encode("${mark()}\\n"));
await Deno.stdout.write(new TextEncoder().encode("${mark()}\\n"));
console.log("${mark()}");`,
  }),
  (mark) => ({
    code: `console.log("${mark()}");
await new Promise((resolve) => setTimeout(resolve, 3));
console.error("${mark()}");
await new Promise((resolve) => setTimeout(resolve, 1));
console.log("${mark()}");
await Promise.resolve("${mark()}")`,
  }),
  (mark) => ({ code: `console.log("${mark()}"); throw new Error("${mark()}");`, fails: true }),
  (mark) => {
    const marks = Array.from({ length: 60 }, mark);
    return {
      code: `${
        JSON.stringify(marks)
      }.forEach((mark, i) => i % 2 ? console.error(mark) : console.log(mark));
({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": "<i>${mark()}</i>" }) })`,
    };
  },
  (mark) => ({ code: `const shown = "${mark()}"; shown` }),
];

const largeKinds: typeof kinds = [
  (mark) => ({
    code: `console.log("${mark()}" + "x".repeat(${large}) + "${mark()}"); "${mark()}"`,
  }),
  (mark) => ({
    code:
      `await Deno.jupyter.display({ "text/plain": "${mark()}" + "y".repeat(${large}) + "${mark()}" }, { raw: true });`,
  }),
];

/**
 * Makes a notebook with last expressions, bursts of 200 lines, displays, stdout writes, awaits and errors, and a large output in one cell
 * of a hundred.
 *
 * @param cells How many cells it has.
 */
export function stressNotebook(cells: number): StressNotebook {
  const expected: string[][] = [];
  const made = Array.from({ length: cells }, (_, index): NotebookCell => {
    const marks: string[] = [];
    const mark = () => {
      const text = `@${index}.${marks.length}@`;
      marks.push(text);
      return text;
    };
    const of = index % 100 === 33
      ? largeKinds[((index - 33) / 100) % 2]
      : kinds[index % kinds.length];
    const { code, fails = false } = of(mark);
    expected.push(marks);
    return {
      cell_type: "code",
      source: code,
      metadata: fails ? { tags: ["raises-exception"] } : {},
      outputs: [],
      execution_count: null,
    };
  });
  return {
    notebook: {
      cells: made,
      metadata: {
        kernelspec: { name: kernelName, display_name: "Deno (Kindred)", language: "typescript" },
        language_info: { name: "typescript" },
      },
      nbformat: 4,
      nbformat_minor: 4,
    },
    expected,
  };
}
