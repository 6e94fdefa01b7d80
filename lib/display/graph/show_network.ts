import { columnsOf } from "../columns.ts";
import { cutRows } from "../cut_rows.ts";
import { rowsText } from "../rows_text.ts";
import type { Shown } from "../shown.ts";
import { printable } from "../text_table.ts";
import type { Network } from "./network.ts";
import { networkSvg } from "./network_svg.ts";
import { showDrawing } from "./show_drawing.ts";

/** A network as a drawing that can be moved and zoomed; as text a table of its nodes. */
export function showNetwork(network: Network): Shown {
  return showDrawing(() => networkSvg(network), () => networkText(network));
}

function networkText({ title, words, nodes, edges }: Network): string {
  const rows = nodes.map(({ name, type, steps }, i) => ({
    name,
    type,
    ...Number.isNaN(steps) ? {} : { steps },
    builtFrom: edges.filter(({ to }) => to === i).map(({ from }) => nodes[from].name),
  }));
  const table = rowsText(cutRows(rows, { first: 30, last: 0 }), columnsOf(rows, {}));
  return [printable(title), printable(words), table].join("\n");
}
