import { paths } from "../../paths.ts";
import { joined } from "./canonical_outputs.ts";
import { notebookText, parseNotebook } from "./notebook_file.ts";

/**
 * The cells, counted from 1, whose code or prose has not the form that `deno fmt` gives it. Its own option `--check` finds every cell without
 * form that does not end in a line break, which would stand in every front end as an empty line.
 *
 * @param text Text of the notebook's file.
 * @param options.file For messages.
 * @throws {Error} when `deno fmt` refuses the notebook, for example for a syntax error
 */
export async function unformattedCells(
  text: string,
  { file }: { file: string },
): Promise<number[]> {
  const notebook = parseNotebook(text, { file });
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === "code" ? { ...cell, outputs: [] } : cell
  );
  const process = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--ext", "ipynb", "-"],
    cwd: paths.root,
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = process.stdin.getWriter();
  await writer.write(new TextEncoder().encode(notebookText({ ...notebook, cells })));
  await writer.close();
  const { success, stdout, stderr } = await process.output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(`Cannot format "${file}": ${decoder.decode(stderr).trim()}`);
  const formatted = parseNotebook(decoder.decode(stdout), { file }).cells;
  return cells.flatMap(({ source }, i) =>
    joined(source).trimEnd() === joined(formatted[i].source).trimEnd() ? [] : [i + 1]
  );
}
