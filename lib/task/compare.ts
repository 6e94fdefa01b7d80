import { buildLineage } from "../graph/build_lineage.ts";
import { modelRow } from "../graph/find_model.ts";
import { type Lineage, relations } from "../graph/lineage.ts";
import { compareModels } from "../measure/compare/compare_models.ts";
import { metricName, metricNames } from "../measure/compare/metrics.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";
import { command, UsageError } from "./cli.ts";
import { loadWithText } from "./load.ts";
import { type Kinship, printComparison } from "./print_comparison.ts";

const help = `
Compares two models of a snapshot: how alike their texts are, and what their rows share, lose and gain.

  deno task compare SNAPSHOT A B [--metric METRIC] [--texts TEXTS] [--weighting WEIGHTING] [--json]

SNAPSHOT is the name of a packed snapshot or a file of Hub rows in any accepted format; A and B are ids of
models in it, such as a parent and its child.

  --metric METRIC        how the term vectors are compared; default: cosine
                         ${metricNames.slice(0, 6).join(", ")},
                         ${metricNames.slice(6, 12).join(", ")},
                         ${metricNames.slice(12).join(", ")}
  --texts TEXTS          rows, which are read without their cards, or cards, of which the first 512 characters
                         are read; default: rows
  --weighting WEIGHTING  bagOfWords or tfidf; default: bagOfWords
  --json                 print the comparison as one JSON object

  deno task compare models.jsonl.gz microsoft/phi-2 lab/phi-2-tuned --metric euclidean
`;

await command({
  help,
  options: {
    metric: { type: "string" },
    texts: { type: "string" },
    weighting: { type: "string" },
    json: { type: "boolean" },
  },
  positionals: [3, 3],
  async run(values, [input, a, b]) {
    if (a === b) throw new UsageError(`A and B are the same model, "${a}": expected two`);
    const metric = metricName(String(values.metric ?? "cosine"));
    const texts = oneOf(values.texts ?? "rows", { name: "texts", of: ["rows", "cards"] });
    const weighting = oneOf(values.weighting ?? "bagOfWords", {
      name: "weighting",
      of: ["bagOfWords", "tfidf"],
    });
    const loaded = await loadWithText(input);
    if (!("text" in loaded)) {
      throw new UsageError(`"${input}" holds assets, expected models`);
    }
    const { snapshot, text } = loaded;
    try {
      const comparison = await compareModels(a, b, { text, metric, texts, weighting });
      const kinship = kinshipOf(snapshot, buildLineage(snapshot).lineage, [a, b]);
      console.log(
        values.json
          ? JSON.stringify({ snapshot: snapshot.name, kinship, ...comparison }, null, 2)
          : printComparison(comparison, { name: snapshot.name, kinship }),
      );
    } finally {
      text.close();
    }
  },
});

function oneOf<T extends string>(
  value: unknown,
  { name, of }: { name: string; of: readonly T[] },
): T {
  const found = of.find((one) => one === value);
  if (found === undefined) {
    throw new UsageError(`--${name} is "${value}", expected ${of.join(" or ")}`);
  }
  return found;
}

/** The edge between two models, whichever is the parent. */
function kinshipOf(
  snapshot: ModelSnapshot,
  { children, relation }: Lineage,
  ids: [string, string],
): Kinship | null {
  for (const [parent, child] of [ids, [ids[1], ids[0]]]) {
    const [row, wanted] = [modelRow(snapshot, parent), modelRow(snapshot, child)];
    for (let e = children.offsets[row]; e < children.offsets[row + 1]; e++) {
      if (children.targets[e] === wanted) {
        return { parent, child, relation: relations[relation[e]] };
      }
    }
  }
  return null;
}
