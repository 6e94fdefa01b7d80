import assert from "node:assert/strict";
import { buildLineage } from "../../../lib/graph/build_lineage.ts";
import {
  measureCards,
  type MeasureCardsOptions,
} from "../../../lib/measure/cards/measure_cards.ts";
import { modelTexts } from "../../../lib/snapshot/model_texts.ts";
import { readModelBlocks } from "../../../lib/snapshot/read_models.ts";
import { simulateHub } from "../../../lib/source/simulate.ts";

interface Row {
  id: string;
  tags?: string[];
  modelCard?: string;
}

async function reportOf(
  rows: readonly Row[],
  options: Omit<MeasureCardsOptions, "snapshot" | "lineage"> = {},
) {
  const lines = rows.map((row) => `${JSON.stringify(row)}\n`);
  const blocks = lines.map((line) => new TextEncoder().encode(line));
  const snapshot = await readModelBlocks(blocks, { name: "hand-made" });
  const { lineage } = buildLineage(snapshot);
  return await measureCards(modelTexts(blocks, { snapshot }), { snapshot, lineage, ...options });
}

const thanks = "Thanks to all the people who helped.";
const description =
  "This is a large language model that was trained on text from the web by our group.";

//   lab/a -> user/b, lab/a -> user/c, lab/a -> user/d (no card)
const family: Row[] = [
  { id: "lab/a", tags: ["en"], modelCard: `# Base\n${description}\n\n${thanks}` },
  {
    id: "user/b",
    tags: ["ko", "base_model:finetune:lab/a"],
    modelCard: `# Quantised mice\n\n${thanks}`,
  },
  { id: "user/c", tags: ["base_model:finetune:lab/a"], modelCard: "Quantised mouse.\n" },
  { id: "user/d", tags: ["base_model:finetune:lab/a"], modelCard: "abc" },
];

Deno.test("measureCards() measures terms, template and language in one pass", async () => {
  const done: [number, number][] = [];
  const report = await reportOf(family, {
    terms: { least: 1 },
    template: { least: 1 },
    onProgress: (...step) => done.push(step),
  });
  assert.deepEqual([report.usable, report.read, report.limit, report.cut], [3, 3, null, 0]);
  assert.deepEqual(report.edges, { usable: 2, read: 2 });
  assert.deepEqual(report.terms.gained.slice(0, 2).map(({ term }) => term), ["mouse", "quantise"]);
  assert.deepEqual(report.terms.lost.map(({ term }) => term).includes("web"), true);
  assert.deepEqual(report.template.examples, [{ sentence: thanks, cards: 2, owners: 2 }]);
  assert.deepEqual(report.template.all, { cards: 2, any: 3 / 4, otherOwners: 3 / 4 });
  assert.deepEqual(report.languages.all, { cards: 1, english: 1 });
  assert.equal(report.languages.undetermined, 2);
  assert.deepEqual(done, [[1, 3], [2, 3], [3, 3], [3, 3]]);
});

Deno.test("measureCards() reads a sample within the limit, the same for one seed, and says so", async () => {
  const blocks = () => simulateHub({ models: 600, cards: true });
  const snapshot = await readModelBlocks(blocks(), { name: "simulated" });
  const { lineage } = buildLineage(snapshot);
  const measure = (seed: number) =>
    measureCards(modelTexts(blocks(), { snapshot }), { snapshot, lineage, limit: 20, seed });
  const report = await measure(3);
  assert.equal(report.limit, 20);
  assert.ok(report.usable > 100 && report.read <= 20 && report.read >= 19, `${report.read}`);
  assert.ok(report.edges.read < report.edges.usable);
  assert.equal(report.languages.cards, report.read);
  assert.deepEqual(await measure(3), report);
  assert.notDeepEqual((await measure(4)).terms, report.terms);
});

Deno.test("measureCards() reports nothing when no row has a card", async () => {
  const report = await reportOf([{ id: "a" }, { id: "b", tags: ["base_model:finetune:a"] }]);
  assert.deepEqual([report.usable, report.read, report.edges.usable], [0, 0, 0]);
  assert.deepEqual([report.terms.gained, report.terms.lost], [[], []]);
  assert.equal(report.template.all.any, null);
  assert.deepEqual(report.languages.languages, []);
});

Deno.test("measureCards() takes hostile cards as they are", async () => {
  const cards = [
    "word ".repeat(60_000),
    "---\nlicense: mit\n---\n",
    "```py\nx = 1\n",
    "<script>alert(1)</script>",
    "__proto__ constructor toString hasOwnProperty valueOf",
    "המודל הזה אומן על הנתונים שלנו",
    "=cmd() \u202e \u0000 \ud83e\udd99",
    "[".repeat(20_000),
    "    ",
  ];
  const rows = cards.flatMap((modelCard, i) => [
    { id: `root${i}`, modelCard: "A model of words." },
    { id: `child${i}`, tags: [`base_model:finetune:root${i}`], modelCard },
  ]);
  const report = await reportOf(rows, { terms: { least: 1, n: 99 } });
  assert.equal(report.read, rows.length);
  assert.equal(report.cut, 1);
  const terms = [...report.terms.gained, ...report.terms.lost];
  assert.ok(terms.some(({ term }) => term === "constructor"));
  assert.ok(terms.every(({ z }) => Number.isFinite(z)));
});

Deno.test("measureCards() leaves out automatic cards when those are not wanted", async () => {
  const rows: Row[] = [
    { id: "a", modelCard: "A model." },
    { id: "b", tags: ["base_model:finetune:a"], modelCard: "It was generated automatically." },
  ];
  assert.equal((await reportOf(rows)).edges.read, 1);
  const { edges, read, automatic } = await reportOf(rows, { automatic: false });
  assert.deepEqual([edges.read, read, automatic], [0, 1, false]);
});
