import { StringColumn } from "../core/string_column.ts";
import { arxivId } from "../source/arxiv.ts";
import type { PaperCategories } from "../source/paper_categories.ts";
import type { ModelSnapshot } from "./model_snapshot.ts";
import { prefixColumn, type TraitColumn } from "./traits.ts";

/**
 * The arXiv categories of the papers that each model links (`arxiv:` tags): all categories of each paper, repeats included; of a
 * paper that the table does not have, none.
 *
 * @param categories See `readPaperCategories`.
 *
 * @example
 * ```ts
 * import { categoryColumn, readModelBlocks, readPaperCategories } from "kindred";
 * const rows = new TextEncoder().encode('{"id":"a","tags":["arxiv:1910.09700"]}\n');
 * const snapshot = await readModelBlocks([rows], { name: "one" });
 * const { codes, values } = categoryColumn(snapshot, await readPaperCategories());
 * Array.from(codes, (code) => values.at(code)); // ["cs.CY", "cs.LG"]
 * ```
 */
export function categoryColumn(
  snapshot: ModelSnapshot,
  { papers }: PaperCategories,
): TraitColumn {
  const links = prefixColumn(snapshot, "arxiv:");
  const codes = new Map<string, number>();
  const filed: number[][] = [];
  for (let value = 0; value < links.values.length; value++) {
    const paper = papers.get(arxivId(links.values.at(value)) ?? "");
    filed.push((paper?.categories ?? []).map((category) => {
      const code = codes.get(category) ?? codes.size;
      codes.set(category, code);
      return code;
    }));
  }
  const offsets = new Uint32Array(links.offsets.length);
  let length = 0;
  for (const link of links.codes) length += filed[link].length;
  const found = new Uint32Array(length);
  length = 0;
  for (let row = 0; row + 1 < links.offsets.length; row++) {
    for (let i = links.offsets[row]; i < links.offsets[row + 1]; i++) {
      for (const code of filed[links.codes[i]]) found[length++] = code;
    }
    offsets[row + 1] = length;
  }
  return { offsets, codes: found, values: StringColumn.from([...codes.keys()]) };
}
