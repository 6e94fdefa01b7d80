/** The code cells of a notebook, given as the text of its file, in their order. */
export function codeCells(notebook: string): string[] {
  const { cells } = JSON.parse(notebook) as {
    cells: { cell_type: string; source: string | string[] }[];
  };
  return cells
    .filter(({ cell_type }) => cell_type === "code")
    .map(({ source }) => typeof source === "string" ? source : source.join(""));
}

/** The code of a notebook as one module, since the kernel checks no types. */
export function notebookModule(notebook: string): string {
  return `${codeCells(notebook).join("\n")}\nexport {};\n`;
}
