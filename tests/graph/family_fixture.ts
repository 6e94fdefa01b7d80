import { buildLineage } from "../../lib/graph/build_lineage.ts";
import type { Lineage } from "../../lib/graph/lineage.ts";
import type { ModelSnapshot } from "../../lib/snapshot/model_snapshot.ts";
import { readModelBlocks } from "../../lib/snapshot/read_models.ts";
import type { Row } from "../oracle/model_rows.ts";

/** A snapshot and its lineage, as `toGraphology` takes them. */
export interface Models {
  snapshot: ModelSnapshot;
  lineage: Lineage;
}

/** The snapshot and lineage of some rows. */
export async function modelsOf(
  rows: readonly (Row & { likes?: number; downloads?: number })[],
): Promise<Models> {
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  const snapshot = await readModelBlocks([new TextEncoder().encode(text)], { name: "rows" });
  return { snapshot, lineage: buildLineage(snapshot).lineage };
}

/**
 *   a/base --finetune--> b/tuned --quantized--> c/quant
 *      |                    |
 *   adapter               merge
 *      v                    v
 *   d/lora ----merge----> e/mix <--merge-- f/other --finetune--> g/child      h/alone
 */
export const familyRows = [
  {
    id: "a/base",
    tags: ["license:mit", "license:other", "license:mit"],
    pipeline_tag: "text-generation",
    library_name: "transformers",
    createdAt: "2022-03-02T23:29:04.000Z",
    likes: 3_000_000_000,
    downloads: 7,
  },
  {
    id: "b/tuned",
    tags: ["base_model:finetune:a/base"],
    createdAt: "2023-01-01T00:00:00.000Z",
    likes: 0,
  },
  { id: "c/quant", tags: ["base_model:quantized:b/tuned"] },
  { id: "d/lora", tags: ["base_model:adapter:a/base"] },
  {
    id: "e/mix",
    tags: ["base_model:merge:b/tuned", "base_model:merge:d/lora", "base_model:merge:f/other"],
  },
  { id: "f/other", tags: [] },
  { id: "g/child", tags: ["base_model:finetune:f/other"] },
  { id: "h/alone", tags: [] },
];

/** Ids that a careless object, page or file takes for something else. */
export const hostileIds = [
  "__proto__",
  "constructor",
  "toString",
  "~constructor",
  "~~constructor",
  "hasOwnProperty",
  "<script>alert(1)</script>",
  `"quoted" & 'single'`,
  "=cmd()",
  "emoji/\u{1F600}",
  "]]>",
  "tab\tnew\nline\r.",
  "\ufffd",
  "nul\u0000",
  "nul\u0001",
  "nul\ufffd",
  "nonchar\uffff",
];

/** Each hostile id a child of the one before and of the first. */
export const hostileRows = hostileIds.map((id, i) => ({
  id,
  tags: i === 0 ? [`license:${id}`] : [
    `base_model:finetune:${hostileIds[i - 1]}`,
    `base_model:adapter:${hostileIds[0]}`,
    `license:${id}`,
  ],
}));
