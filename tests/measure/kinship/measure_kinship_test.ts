import assert from "node:assert/strict";
import { join } from "node:path";
import type { Lineage } from "../../../lib/graph/lineage.ts";
import { buildLineage } from "../../../lib/graph/build_lineage.ts";
import { kinshipGraph } from "../../../lib/measure/kinship/graph.ts";
import { type KinshipMeans, kinshipMeans } from "../../../lib/measure/kinship/kinship.ts";
import { measureKinship } from "../../../lib/measure/kinship/measure_kinship.ts";
import { pairSums } from "../../../lib/measure/kinship/pair_sums.ts";
import type { Kinship } from "../../../lib/measure/report.ts";
import { readModelsAndText } from "../../../lib/snapshot/read_models.ts";
import { kinshipCard } from "../../../lib/source/kinship_card.ts";
import { rowText } from "../../../lib/source/row_text.ts";
import { simulateHub } from "../../../lib/source/simulate.ts";
import { slowLevenshtein } from "../../oracle/slow_levenshtein.ts";
import { slowVectors } from "../../oracle/slow_vectors.ts";

const decoder = new TextDecoder();

function simulated(options: { models: number; seed: number; cards?: boolean }): string[] {
  const lines: string[] = [];
  for (const block of simulateHub(options)) {
    lines.push(...decoder.decode(block).trimEnd().split("\n"));
  }
  return lines;
}

async function withFile(lines: string[], use: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "models.jsonl");
    Deno.writeTextFileSync(path, `${lines.join("\n")}\n`);
    await use(path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Means and Levenshtein similarity from strings, maps and the definition. */
function slowOf(
  lineage: Lineage,
  { texts, graph }: { texts: (string | null)[]; graph: "no-merge, no-quantized" | "finetune" },
): { means: KinshipMeans; mean: number; edges: number; documents: number } {
  const vectors = slowVectors(texts);
  const edgesOf = kinshipGraph(lineage.view(graph));
  let sum = 0;
  let edges = 0;
  for (let u = 0; u < edgesOf.nodes; u++) {
    for (let e = edgesOf.childOffsets[u]; e < edgesOf.childOffsets[u + 1]; e++) {
      const [a, b] = [texts[u], texts[edgesOf.children[e]]];
      if (a === null || b === null) continue;
      sum += 1 - slowLevenshtein(a, b) / Math.max([...a].length, [...b].length);
      edges++;
    }
  }
  return {
    means: kinshipMeans(pairSums(edgesOf, vectors), vectors),
    mean: sum / edges,
    edges,
    documents: vectors.documents,
  };
}

function same(found: Kinship, slow: ReturnType<typeof slowOf>): void {
  for (const weighting of ["bagOfWords", "tfidf"] as const) {
    for (const [name, wanted] of Object.entries(slow.means[weighting])) {
      const { mean, instances, pairsShare } = found[weighting][name as keyof KinshipMeans["tfidf"]];
      assert.deepEqual({ instances, pairsShare }, {
        instances: wanted.instances,
        pairsShare: wanted.pairsShare,
      });
      if (wanted.mean === null) assert.equal(mean, null);
      else assert.ok(Math.abs(mean! - wanted.mean) < 1e-11, `${name}: ${mean}, ${wanted.mean}`);
    }
  }
  const { parentChild } = found.levenshtein;
  assert.equal(parentChild.edges, slow.edges);
  assert.ok(Math.abs(parentChild.mean! - slow.mean) < 1e-12);
}

Deno.test("measureKinship() gives what strings and maps give, by rows and by cards", async () => {
  const lines = simulated({ models: 400, seed: 2, cards: true });
  // Text that is not ASCII, and cards that people wrote.
  for (let i = 0; i < lines.length; i += 3) {
    const row = JSON.parse(lines[i]);
    row.tags.push(`größe-${i % 5}`, "日本語 🦙");
    row.modelCard = `# Modell ${i % 7} – 🦙 für ${row.id}\n${"ein Text ".repeat(60)}`;
    lines[i] = JSON.stringify(row);
  }
  await withFile(lines, async (path) => {
    const { snapshot, text } = await readModelsAndText(path);
    const { lineage } = buildLineage(snapshot);
    const kinship = await measureKinship(snapshot, lineage, { text });
    const rows = lines.map((line) => rowText(JSON.parse(line)));
    same(
      kinship.metadata,
      slowOf(lineage, { texts: rows.map((row) => row.text), graph: "no-merge, no-quantized" }),
    );
    const cards = rows.map(({ card }) => card === null ? null : kinshipCard(card));
    const slow = slowOf(lineage, { texts: cards, graph: "finetune" });
    assert.ok(slow.edges > 5);
    same(kinship.cards!, slow);
    assert.equal(kinship.cards!.cards, slow.documents);
    text.close();
  });
});

Deno.test("measureKinship() has no cards when the snapshot has none", async () => {
  await withFile(simulated({ models: 100, seed: 2 }), async (path) => {
    const { snapshot, text } = await readModelsAndText(path);
    const kinship = await measureKinship(snapshot, buildLineage(snapshot).lineage, { text });
    assert.equal(kinship.cards, null);
    assert.equal(kinship.metadata.vocabulary.exact, true);
    text.close();
  });
});

Deno.test("measureKinship() gives with threads what it gives without when the graph is large", async () => {
  await withFile(simulated({ models: 100_000, seed: 4 }), async (path) => {
    const found: Kinship[] = [];
    for (const workers of [1, 2]) {
      const { snapshot, text } = await readModelsAndText(path, { workers });
      const { lineage } = buildLineage(snapshot);
      assert.ok(lineage.view("no-merge, no-quantized").edges >= 20_000);
      const steps: string[] = [];
      const { metadata } = await measureKinship(snapshot, lineage, {
        text,
        workers,
        onStep: (step) => steps.push(step),
      });
      assert.equal(steps[0], "Counting the terms of metadata");
      found.push(metadata);
      text.close();
    }
    const [one, two] = found;
    assert.deepEqual(two.levenshtein.parentChild.edges, one.levenshtein.parentChild.edges);
    const means = (k: Kinship) => [
      k.levenshtein.parentChild.mean,
      ...Object.values(k.bagOfWords).map(({ mean }) => mean),
      ...Object.values(k.tfidf).map(({ mean }) => mean),
    ];
    means(two).forEach((mean, i) => assert.ok(Math.abs(mean! - means(one)[i]!) < 1e-10));
  });
});
