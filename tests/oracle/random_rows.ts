import { random } from "../../lib/core/random.ts";
import type { Row } from "./model_rows.ts";

const tagPool = [
  "en",
  "zh",
  "de",
  "EN",
  "eng",
  "license:mit",
  "license:gemma",
  "license:",
  "dataset:imdb",
  "region:us",
];
const relationPool = ["", "finetune:", "quantized:", "adapter:", "merge:", "other:"];

/** A few rows with every oddity of lineage tags: several parents, several relations, itself, unknown and case-twin parents. */
export function randomRows({ seed, models }: { seed: number; models: number }): Row[] {
  const rng = random({ seed });
  const pick = <T>(items: readonly T[]) => items[rng.below(items.length)];
  const ids = Array.from({ length: models }, (_, i) => `user/m${i}`);
  return ids.map((id) => {
    const row: Row = { id };
    const tags: string[] = [];
    for (let i = rng.below(5); i > 0; i--) tags.push(pick(tagPool));
    for (let i = rng.below(4); i > 0; i--) {
      const parent = rng.chance(0.1)
        ? "gone/parent"
        : rng.chance(0.05)
        ? pick(ids).toUpperCase()
        : pick(ids);
      tags.push(`base_model:${pick(relationPool)}${parent}`);
    }
    if (!rng.chance(0.1)) row.tags = tags;
    if (rng.chance(0.7)) row.pipeline_tag = pick(["text-generation", "fill-mask", ""]);
    if (rng.chance(0.7)) row.library_name = pick(["transformers", "peft", "mlx"]);
    if (rng.chance(0.8)) {
      row.createdAt = `2024-0${1 + rng.below(9)}-1${rng.below(10)}T00:00:00.000Z`;
    }
    return row;
  });
}
