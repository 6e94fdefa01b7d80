import assert from "node:assert/strict";
import { byCodeUnits } from "../../../../lib/core/compare.ts";
import { random } from "../../../../lib/core/random.ts";
import { wilsonInterval } from "../../../../lib/core/wilson.ts";
import { modalityTrends } from "../../../../lib/measure/assets/fields/modality_trends.ts";
import { paths } from "../../../../lib/paths.ts";
import { readAssetSnapshot } from "../../../../lib/snapshot/asset_snapshot.ts";
import { readCell } from "../../../../lib/source/asset_cell.ts";
import { readModalityTerms } from "../../../../lib/source/modality_terms.ts";
import { assetRecord, snapshotOf } from "../../../oracle/random_assets.ts";
import { needsShared } from "../../../support.ts";

const terms = await readModalityTerms();
const model = (name: string, year: number | null, modality: string) =>
  assetRecord({
    name,
    created: year === null ? NaN : Date.UTC(year, 5, 1),
    cells: { modality: readCell(modality) },
  });

Deno.test("modalityTrends() counts both sides of models by year, and what it leaves out", () => {
  const { trends, pairs, records } = modalityTrends(
    snapshotOf([
      model("a", 2021, "text; image"),
      model("b", 2021, "text, image; text"),
      model("c", 2022, "text; unknown"),
      model("d", 2022, "text"),
      model("e", 2022, "unknown"),
      model("f", 2022, ""),
      model("g", null, "audio; audio"),
      assetRecord({
        name: "h",
        type: "dataset",
        created: Date.UTC(2021, 0),
        cells: { modality: readCell("video") },
      }),
    ]),
    terms,
  );
  assert.equal(records, 7);
  const [input, output] = trends;
  assert.deepEqual([input.side, output.side], ["input", "output"]);
  assert.deepEqual(input.years, [{ year: 2021, records: 2 }, { year: 2022, records: 1 }]);
  assert.deepEqual(output.years, [{ year: 2021, records: 2 }]);
  assert.deepEqual(
    input.rows.map(({ year, modality, records, of }) => [year, modality, records, of]),
    [[2021, "text", 2, 2], [2021, "image", 1, 2], [2022, "text", 1, 1]],
  );
  const half = input.rows[1];
  assert.deepEqual(
    { share: half.share, low: half.low, high: half.high },
    wilsonInterval(1, 2),
  );
  const silent = { undated: 1, known: 0, unsplit: 1, unread: 0, none: 0, unknown: 1, absent: 1 };
  assert.deepEqual(input.leftOut, silent);
  assert.deepEqual(output.leftOut, { ...silent, unknown: 2 });
  // Of a, b and g; an undated model has a pair.
  assert.deepEqual(pairs.map(({ input, output, records, of }) => [input, output, records, of]), [
    ["audio", "audio", 1, 3],
    ["image", "text", 1, 3],
    ["text", "image", 1, 3],
    ["text", "text", 1, 3],
  ]);
});

Deno.test("modalityTrends() equals a recount on random models, and loses none", () => {
  const rng = random({ seed: 3 });
  const words = ["text", "image", "audio", "__proto__", "video"];
  const list = () => Array.from({ length: 1 + rng.below(3) }, () => words[rng.below(5)]);
  for (let round = 0; round < 30; round++) {
    const made = Array.from({ length: rng.below(40) }, (_, i) => ({
      name: `m${i}`,
      year: [null, 2020, 2021, 2022][rng.below(4)],
      input: list(),
      output: list(),
      split: rng.below(5) > 0,
    }));
    const { trends, pairs } = modalityTrends(
      snapshotOf(
        made.map(({ name, year, input, output, split }) =>
          model(name, year, split ? `${input}; ${output}` : `${input}`)
        ),
      ),
      terms,
    );
    for (const { side, rows, years, totals, leftOut } of trends) {
      const counted = made.filter(({ year, split }) => year !== null && split);
      const seen = years.reduce((sum, { records }) => sum + records, 0);
      assert.equal(seen, counted.length);
      assert.equal(seen + Object.values(leftOut).reduce((a, b) => a + b), made.length);
      for (const { year, modality, records, of, share, low, high } of rows) {
        const ofYear = counted.filter((one) => one.year === year);
        assert.equal(of, ofYear.length);
        assert.equal(
          records,
          ofYear.filter((one) => one[side as "input" | "output"].includes(modality)).length,
        );
        assert.ok(low <= share && share <= high);
      }
      const sorted = [...totals].sort((a, b) =>
        b.records - a.records || byCodeUnits(a.modality, b.modality)
      );
      assert.deepEqual(totals, sorted);
    }
    for (const { input, output, records, of } of pairs) {
      const split = made.filter((one) => one.split);
      assert.equal(of, split.length);
      assert.equal(
        records,
        split.filter((one) => one.input.includes(input) && one.output.includes(output)).length,
      );
    }
  }
});

Deno.test("modalityTrends() has nothing to say of an empty snapshot", () => {
  const { trends, pairs } = modalityTrends(snapshotOf([]), terms, { type: "dataset" });
  assert.deepEqual(pairs, []);
  assert.deepEqual(trends.map(({ side, years, rows }) => [side, years, rows]), [[
    "content",
    [],
    [],
  ]]);
});

Deno.test("modalityTrends() reads every modality of the embedded sample", async () => {
  const sample = await readAssetSnapshot(paths.assets);
  for (const type of ["dataset", "model", "application"] as const) {
    for (const { leftOut } of modalityTrends(sample, terms, { type }).trends) {
      const { undated: _, ...others } = leftOut;
      assert.deepEqual(new Set(Object.values(others)), new Set([0]), type);
    }
  }
});

const folder = "data/ecosystem-graphs/";
Deno.test({
  name: "modalityTrends() reads the snapshots of Ecosystem Graphs (needs shared data)",
  ignore: needsShared(folder),
  async fn() {
    const at = (date: string) => readAssetSnapshot(`${paths.shared}${folder}${date}/assets`);
    const late = modalityTrends(await at("2025-01-24"), terms);
    const [input, output] = late.trends;
    // Twelve models have no semicolon: six that say something, four unknown and two absent.
    assert.deepEqual(input.leftOut, {
      ...{ undated: 3, known: 0, unsplit: 6, unread: 0 },
      ...{ none: 0, unknown: 4, absent: 2 },
    });
    assert.equal(output.leftOut.unknown, 5);
    const count = (side: typeof input, modality: string) =>
      side.totals.find((one) => one.modality === modality)?.records;
    assert.deepEqual([count(input, "text"), count(input, "image")], [381, 59]);
    assert.deepEqual([count(output, "text"), count(output, "image"), count(output, "video")], [
      309,
      56,
      23,
    ]);
    assert.deepEqual(
      late.pairs.slice(0, 3).map(({ input, output, records, of }) => [input, output, records, of]),
      [["text", "text", 299, 416], ["text", "image", 55, 416], ["image", "text", 43, 416]],
    );
    // The first edition does not tell input from output.
    const early = modalityTrends(await at("2023-03-20"), terms);
    assert.equal(early.trends[0].leftOut.unsplit, 123);
    assert.deepEqual(early.pairs, []);
  },
});
