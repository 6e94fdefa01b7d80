import assert from "node:assert/strict";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { byCodeUnits } from "../../lib/core/compare.ts";
import { mostTerms } from "../../lib/core/term_vectors.ts";
import { buildLineage } from "../../lib/graph/build_lineage.ts";
import { kinshipGraph } from "../../lib/measure/kinship/graph.ts";
import { kinshipMeans } from "../../lib/measure/kinship/kinship.ts";
import { pairSums } from "../../lib/measure/kinship/pair_sums.ts";
import { measureModels, measureModelsAndText } from "../../lib/measure/model_report.ts";
import type { ModelReport } from "../../lib/measure/report.ts";
import { paths } from "../../lib/paths.ts";
import type { ModelSnapshot } from "../../lib/snapshot/model_snapshot.ts";
import { modelTexts } from "../../lib/snapshot/model_texts.ts";
import { openModelsAndText } from "../../lib/snapshot/open_text.ts";
import { packModels } from "../../lib/snapshot/pack_models.ts";
import { readModels, readModelsAndText } from "../../lib/snapshot/read_models.ts";
import type { TextIndex } from "../../lib/snapshot/text_index.ts";
import { kinshipCard } from "../../lib/source/kinship_card.ts";
import { type HubRow, writeFormats } from "../fixtures/write_formats.ts";
import { needsShared } from "../support.ts";
import { numpyArgsort } from "../oracle/numpy_argsort.ts";
import { slowTerms, slowVectors } from "../oracle/slow_vectors.ts";
import { assertKinshipEqualsTruth, compareMeans } from "./kinship_truth.ts";
import { assertEqualsTruth } from "./truth.ts";

function reportOf(snapshot: ModelSnapshot): ModelReport {
  return measureModels(snapshot, buildLineage(snapshot)).report;
}

async function wholeReport(
  { snapshot, text }: { snapshot: ModelSnapshot; text: TextIndex },
): Promise<ModelReport> {
  try {
    return (await measureModelsAndText(snapshot, buildLineage(snapshot), { text })).report;
  } finally {
    text.close();
  }
}

/** A report without what depends on the file's name and bytes, and on the order in which text was sampled. */
function numbers({ snapshot, kinship, ...rest }: ModelReport) {
  const likeness = kinship &&
    [kinship.metadata, kinship.cards].map((k) => k && { ...k, vocabulary: k.vocabulary.edge });
  return { models: snapshot.models, ...rest, likeness };
}

for (const name of ["radar-2026-08-22", "families-2025-04"]) {
  Deno.test({
    name:
      `measureModels() equals the reference of ${name}, raw, packed and in every format (skipped where the shared data is absent)`,
    ignore: needsShared(`truth/${name}.json`),
    async fn() {
      const folder = await Deno.makeTempDir();
      try {
        const path = `${paths.shared}data/huggingface/${name}.jsonl.gz`;
        const truth = JSON.parse(Deno.readTextFileSync(`${paths.shared}truth/${name}.json`));
        const raw = await wholeReport(await readModelsAndText(path));
        assert.ok(assertEqualsTruth(raw, truth).largest <= 1e-9);
        const { similarity, levenshtein } = assertKinshipEqualsTruth(raw.kinship, truth);
        console.log(
          `largest difference from the reference: similarity ${
            similarity.largest.toExponential(1)
          }, ` +
            `Levenshtein ${levenshtein.largest.toExponential(1)}`,
        );
        await packModels(path, { name, folder: join(folder, "packed") });
        const packed = await wholeReport(await openModelsAndText(join(folder, "packed")));
        assert.deepEqual(numbers(packed), numbers(raw));
        const text = new TextDecoder().decode(gunzipSync(Deno.readFileSync(path)));
        const rows: HubRow[] = text.trimEnd().split("\n").map((line) => JSON.parse(line));
        const formats = await writeFormats(rows, folder);
        assert.ok(formats.length >= 12);
        for (const { format, path } of formats) {
          assert.deepEqual(
            numbers(reportOf(await readModels(path))),
            numbers({ ...raw, kinship: null }),
            format,
          );
        }
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

for (
  const [name, kind] of [
    ["radar-2026-08-22", "metadata"],
    ["families-2025-04", "metadata"],
    ["families-2025-04", "cards"],
  ] as const
) {
  Deno.test({
    name:
      `kinshipMeans() equals the reference of ${name}, ${kind}, to 1e-9 when ties at the vocabulary's edge are broken as there (skipped where the shared data is absent)`,
    ignore: needsShared(`truth/${name}.json`),
    async fn() {
      const path = `${paths.shared}data/huggingface/${name}.jsonl.gz`;
      const truth = JSON.parse(Deno.readTextFileSync(`${paths.shared}truth/${name}.json`));
      const snapshot = await readModels(path);
      const texts: (string | null)[] = [];
      for await (const batch of modelTexts(path, { snapshot })) {
        for (const { text, card } of batch) {
          texts.push(kind === "metadata" ? text : card === null ? null : kinshipCard(card));
        }
      }
      const counts = new Map<string, number>();
      for (const text of texts) {
        for (const term of text === null ? [] : slowTerms(text)) {
          counts.set(term, (counts.get(term) ?? 0) + 1);
        }
      }
      const terms = [...counts].sort(([a], [b]) => byCodeUnits(a, b));
      const order = numpyArgsort(terms.map(([, count]) => -count));
      const vectors = slowVectors(texts, {
        favoured: order.slice(0, mostTerms).map((i) => terms[i][0]),
      });
      const graph = kind === "metadata" ? "no-merge, no-quantized" : "finetune";
      const sums = pairSums(kinshipGraph(buildLineage(snapshot).lineage.view(graph)), vectors);
      const { largest } = compareMeans(kinshipMeans(sums, vectors), truth[`kinship_${kind}`], {
        what: kind,
        within: 1e-9,
      });
      console.log(`largest difference from the reference: ${largest.toExponential(1)}`);
    },
  });
}
