import assert from "node:assert/strict";
import { random } from "../../../../lib/core/random.ts";
import { sizeTrends } from "../../../../lib/measure/assets/fields/size_trends.ts";
import { paths } from "../../../../lib/paths.ts";
import { readAssetSnapshot } from "../../../../lib/snapshot/asset_snapshot.ts";
import { readCell } from "../../../../lib/source/asset_cell.ts";
import type { AssetRecord } from "../../../../lib/source/asset_record.ts";
import { readOrganizationAliases } from "../../../../lib/source/organization_aliases.ts";
import { assetRecord, snapshotOf } from "../../../oracle/random_assets.ts";
import { slowLine } from "../../../oracle/slow_line.ts";
import { needsShared } from "../../../support.ts";

function sized(
  name: string,
  size: string,
  { date = "", ...fields }: Partial<AssetRecord> & { date?: string } = {},
): AssetRecord {
  return assetRecord({
    name,
    created: Date.parse(date),
    cells: size === "" ? {} : { size: readCell(size) },
    ...fields,
  });
}

const small = snapshotOf([
  sized("a", "7B parameters (dense)", { date: "2021-03-01" }),
  sized("b", "13B", { date: "2021-06-01" }),
  sized("c", "52B parameters (sparse)", { date: "2021-09-01" }),
  sized("d", "8x7B", { date: "2022-01-01", file: "d.yaml", line: 7 }),
  sized("e", "1B parameters (dense)", { date: "2022-02-01" }),
  sized("f", "4B parameters (dense)", { date: "2022-03-01" }),
  sized("g", "9B parameters"),
  sized("h", "unknown", { date: "2022-03-01" }),
  sized("i", "none", { date: "2022-03-01" }),
  sized("j", "", { date: "2022-03-01" }),
  sized("k", "5B image-text pairs", { date: "2022-03-01" }),
  sized("l", "300B tokens (1TB)", { date: "2021-01-01", type: "dataset" }),
  sized("m", "2TB", { date: "2022-01-01", type: "dataset" }),
  sized("n", "70M", { date: "2022-01-01", type: "dataset" }),
  sized("o", "200M parameters", { date: "2022-01-01", type: "dataset" }),
  sized("p", "3 GB", { date: "2022-01-01", type: "application" }),
]);

Deno.test("sizeTrends() keeps dense, sparse and not said apart and sorts by date", () => {
  const { models } = sizeTrends(small);
  const names = Object.fromEntries(
    models.map(({ of, rows }) => [of, rows.map(({ name }) => name)]),
  );
  assert.deepEqual(names, {
    all: ["a", "b", "c", "e", "f"],
    dense: ["a", "e", "f"],
    sparse: ["c"],
    "not said": ["b"],
  });
});

Deno.test("sizeTrends() takes median and largest of each year", () => {
  const [{ years }] = sizeTrends(small).models;
  assert.deepEqual(years.map(({ year, rows, largest }) => [year, rows, largest.name]), [
    [2021, 3, "c"],
    [2022, 2, "f"],
  ]);
  assert.equal(years[0].median, 13e9);
  assert.ok(Math.abs(years[1].median - 2e9) < 1);
});

Deno.test("sizeTrends() counts tokens and bytes of datasets apart, one that says both in both", () => {
  const [tokens, bytes] = sizeTrends(small).datasets;
  assert.deepEqual(tokens.rows.map(({ name, size }) => [name, size]), [["l", 300e9]]);
  assert.deepEqual(bytes.rows.map(({ name, size }) => [name, size]), [["l", 1e12], ["m", 2e12]]);
});

Deno.test("sizeTrends() says what is left out and where", () => {
  const { coverage, unread } = sizeTrends(small);
  assert.deepEqual(coverage.model, {
    records: 11,
    known: 8,
    read: 6,
    missing: { unknown: 1, none: 1, absent: 1 },
    undated: 1,
    units: [{ unit: "parameters", records: 5 }, { unit: null, records: 1 }],
  });
  assert.equal(coverage.dataset.read, 3);
  assert.deepEqual(unread.map(({ name, reason }) => [name, reason]), [
    ["d", "experts and the size of one, not of all"],
    ["k", "counts pairs"],
    ["o", "counts parameters"],
  ]);
  assert.deepEqual([unread[0].file, unread[0].line, unread[0].text], ["d.yaml", 7, "8x7B"]);
});

Deno.test("sizeTrends() finds the doubling time that sizes were made with", () => {
  const rng = random({ seed: 3 });
  const start = Date.parse("2019-01-01");
  const records = Array.from({ length: 200 }, (_, i) => {
    const years = rng.uniform() * 5;
    const size = 1e9 * 2 ** (2 * years + rng.normal());
    return sized(`model ${i}`, `${Math.round(size)} parameters`, {
      created: start + years * 365.2425 * 86_400_000,
      organization: `lab ${i % 40}`,
    });
  });
  const [{ typical, largest, rows }] = sizeTrends(snapshotOf(records)).models;
  const x = rows.map(({ created }) => created / (365.2425 * 86_400_000));
  const wanted = slowLine(x, rows.map(({ size }) => Math.log2(size)))!.slope;
  assert.ok(Math.abs(typical.doublingsPerYear.estimate! - wanted) < 1e-6);
  assert.ok(Math.abs(typical.doublingMonths.estimate! - 12 / wanted) < 1e-4);
  assert.ok(typical.doublingsPerYear.low! < 2 && typical.doublingsPerYear.high! > 2);
  assert.equal(typical.doublingMonths.low, 12 / typical.doublingsPerYear.high!);
  assert.equal(typical.clusters, 40);
  assert.equal(largest.rows, 5);
  assert.equal(typical.line.length, 17);
  for (const { size, low, high } of typical.line) assert.ok(low! < size && size < high!);
});

Deno.test("sizeTrends() gives no doubling time when sizes fall, and no longest when they may", () => {
  const falling = Array.from(
    { length: 12 },
    (_, i) => sized(`m${i}`, `${12 - i}B`, { date: `20${10 + i}-01-01`, organization: `lab ${i}` }),
  );
  const down = sizeTrends(snapshotOf(falling)).models[0].typical;
  assert.ok(down.doublingsPerYear.estimate! < 0);
  assert.deepEqual(down.doublingMonths, { estimate: null, low: null, high: null });
  const flat = Array.from(
    { length: 12 },
    (_, i) =>
      sized(`m${i}`, `${[1, 9, 2, 7][i % 4]}B`, {
        date: `20${10 + i}-01-01`,
        organization: `lab ${i}`,
      }),
  );
  const { doublingMonths, doublingsPerYear } = sizeTrends(snapshotOf(flat)).models[0].typical;
  assert.ok(doublingsPerYear.low! < 0 && doublingsPerYear.high! > 0);
  assert.equal(doublingMonths.high, null);
});

Deno.test("sizeTrends() takes spellings of one organization as one cluster when there is a table", async () => {
  const organizations = await readOrganizationAliases();
  const records = ["Google DeepMind", "Google Deepmind", "Meta", "", ""].map((organization, i) =>
    sized(`m${i}`, `${i + 1}B`, { date: `20${10 + i}-01-01`, organization })
  );
  const clusters = (options = {}) =>
    sizeTrends(snapshotOf(records), options).models[0].typical.clusters;
  assert.equal(clusters(), 5);
  assert.equal(clusters({ organizations }), 4);
});

Deno.test("sizeTrends() is the same for a seed and has no rows when there are none", () => {
  assert.deepEqual(sizeTrends(small), sizeTrends(small));
  const { models, datasets, coverage } = sizeTrends(snapshotOf([]));
  for (const { rows, years, typical } of [...models, ...datasets]) {
    assert.deepEqual([rows, years, typical.line], [[], [], []]);
    assert.equal(typical.doublingsPerYear.estimate, null);
  }
  assert.equal(coverage.model.records, 0);
  assert.throws(() => sizeTrends(small, { replicates: 3 }), RangeError);
});

Deno.test("sizeTrends() keeps hostile names and organizations as they are", () => {
  const names = ["__proto__", "constructor", "<script>", "=cmd()", 'a "b"', ""];
  const records = names.map((name, i) =>
    sized(name, `${i + 1}B`, { date: `201${i}-01-01`, organization: name })
  );
  const [{ rows, typical }] = sizeTrends(snapshotOf(records)).models;
  assert.deepEqual(rows.map(({ name }) => name), names);
  assert.equal(typical.clusters, 6);
});

Deno.test("sizeTrends() reads every size of the embedded sample", async () => {
  const { coverage, unread } = sizeTrends(await readAssetSnapshot(paths.assets), {
    replicates: 100,
  });
  assert.deepEqual(unread, []);
  assert.deepEqual([coverage.model.read, coverage.dataset.read], [140, 55]);
});

Deno.test({
  name:
    "sizeTrends() reads all but three sizes of both real snapshots, where they lie beside the checkout",
  ignore: needsShared("data/ecosystem-graphs/2025-01-24/assets"),
  async fn() {
    const folder = `${paths.shared}data/ecosystem-graphs/`;
    const of = async (name: string) => {
      const { coverage: { model, dataset }, unread } = sizeTrends(
        await readAssetSnapshot(`${folder}${name}/assets`),
        { replicates: 100 },
      );
      return [
        model.read,
        model.known,
        dataset.read,
        dataset.known,
        unread.map(({ reason }) => reason),
      ];
    };
    assert.deepEqual(await of("2023-03-20"), [
      96,
      98,
      45,
      46,
      ["no number", "counts examples", "counts parameters"],
    ]);
    assert.deepEqual(await of("2025-01-24"), [
      315,
      317,
      91,
      92,
      ["a date", "counts pairs", "counts parameters"],
    ]);
  },
});
