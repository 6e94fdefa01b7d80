/** A cell of prose. */
export interface Prose {
  prose: string;
}

/** The text of a notebook with such cells, the code as it is written before it was ever run. */
export function notebookOf(...cells: (string | Prose)[]): string {
  return JSON.stringify({
    cells: cells.map((cell, i) =>
      typeof cell === "string"
        ? { cell_type: "code", id: `c${i}`, source: cell, metadata: {}, outputs: [] }
        : { cell_type: "markdown", id: `c${i}`, source: cell.prose, metadata: {} }
    ),
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });
}
