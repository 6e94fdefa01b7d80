import assert from "node:assert/strict";
import { concentration } from "../../../../lib/core/concentration.ts";
import { random } from "../../../../lib/core/random.ts";
import { AssetGraph } from "../../../../lib/graph/assets.ts";
import {
  assetConcentration,
  type ConcentrationOfAssets,
  type ConcentrationYear,
} from "../../../../lib/measure/assets/organizations/concentration.ts";
import { paths } from "../../../../lib/paths.ts";
import { readAssetSnapshot } from "../../../../lib/snapshot/asset_snapshot.ts";
import { assetRecord, randomAssets, snapshotOf } from "../../../oracle/random_assets.ts";
import { randomOwners } from "../../../oracle/slow_mediation.ts";
import { needsShared } from "../../../support.ts";

const day = (text: string) => Date.parse(`${text}T00:00Z`);

//  web (stub) --> C4 (G, 2020) --> T5 (G, 2021) --> bot (S, 2021)      old (no date, E) --> T5
//                       |                             ^
//                       +--------> UL2 (G, 2020) -----+                late (E, 2022) --> T5
const graph = new AssetGraph(snapshotOf([
  { name: "C4", organization: "G", created: day("2020-05-01"), dependencies: ["web"] },
  { name: "UL2", organization: "G", created: day("2020-12-31"), dependencies: ["C4", "UL2"] },
  {
    name: "T5",
    organization: "G",
    created: day("2021-01-01"),
    dependencies: ["C4", "old", "late"],
  },
  { name: "bot", organization: "S", created: day("2021-06-01"), dependencies: ["T5", "UL2"] },
  { name: "old", organization: "E" },
  { name: "late", organization: "E", created: day("2022-02-02") },
].map(assetRecord)));

Deno.test("assetConcentration() counts a small graph year by year as by hand", () => {
  const { years, all, ...rest } = assetConcentration(graph, { k: [1, 2] });
  assert.deepEqual(rest, { variant: "aliased", undated: 1, undocumented: 1, unowned: 0 });
  const of = (counts: number[]) => concentration(counts, { k: [1, 2] });
  const cover = (k: number, covered: number, assets: number, dependent: number) => ({
    k,
    covered,
    ofAll: covered / assets,
    ofDependent: covered / dependent,
  });
  assert.deepEqual(years, [{
    year: 2020,
    added: 2,
    made: of([2]),
    assets: 2,
    dependent: 1,
    dependants: of([1, 0]),
    descendants: of([1, 0]),
    hubs: ["C4"],
    coverage: [cover(1, 1, 2, 1), cover(2, 1, 2, 1)],
    organizations: {
      owned: of([2]),
      external: of([0]),
      hubs: [],
      coverage: [cover(1, 0, 2, 1), cover(2, 0, 2, 1)],
    },
  }, {
    year: 2021,
    added: 2,
    made: of([1, 1]),
    assets: 4,
    dependent: 3,
    dependants: of([2, 1, 1, 0]),
    descendants: of([3, 1, 1, 0]),
    hubs: ["C4", "T5"],
    coverage: [cover(1, 3, 4, 3), cover(2, 3, 4, 3)],
    organizations: {
      owned: of([3, 1]),
      external: of([1, 0]),
      hubs: ["G"],
      coverage: [cover(1, 1, 4, 3), cover(2, 1, 4, 3)],
    },
  }, {
    // The edge late -> T5 counts from here on, although T5 is older.
    year: 2022,
    added: 1,
    made: of([1]),
    assets: 5,
    dependent: 3,
    dependants: of([2, 1, 1, 0, 1]),
    descendants: of([3, 1, 1, 0, 2]),
    hubs: ["C4", "late"],
    coverage: [cover(1, 3, 5, 3), cover(2, 3, 5, 3)],
    organizations: {
      owned: of([3, 1, 1]),
      external: of([1, 0, 2]),
      hubs: ["E", "G"],
      coverage: [cover(1, 2, 5, 3), cover(2, 2, 5, 3)],
    },
  }]);
  assert.deepEqual(all, {
    assets: 7,
    dependent: 4,
    dependants: of([2, 1, 1, 0, 1, 1, 1]),
    descendants: of([3, 1, 1, 0, 2, 2, 4]),
    hubs: ["web", "C4"],
    coverage: [cover(1, 4, 7, 4), cover(2, 4, 7, 4)],
    organizations: {
      owned: of([3, 1, 2]),
      external: of([1, 0, 2]),
      hubs: ["E", "G"],
      coverage: [cover(1, 2, 7, 4), cover(2, 2, 7, 4)],
    },
  });
});

Deno.test("assetConcentration() counts the union of what lies below the hubs, not the sum", () => {
  // a --> b --> c    d --> c    d --> e
  const { all } = assetConcentration(
    new AssetGraph(snapshotOf([
      { name: "a" },
      { name: "b", dependencies: ["a"] },
      { name: "c", dependencies: ["b", "d"] },
      { name: "d" },
      { name: "e", dependencies: ["d"] },
    ].map(assetRecord))),
    { k: [1, 2, 9] },
  );
  assert.deepEqual(all.hubs, ["a", "d", "b"]);
  assert.deepEqual(
    all.coverage.map(({ k, covered, ofAll, ofDependent }) => [
      k,
      covered,
      ofAll,
      ofDependent,
    ]),
    [[1, 2, 0.4, 2 / 3], [2, 3, 0.6, 1], [9, 3, 0.6, 1]],
  );
});

Deno.test("assetConcentration() equals closure of a matrix when assets, owners and dates are random", () => {
  const rng = random({ seed: 77 });
  let years = 0;
  let shared = 0;
  for (let round = 0; round < 150; round++) {
    const records = randomAssets(rng).records.map((record) => ({
      ...record,
      created: rng.chance(0.2) ? NaN : Date.UTC(2018 + rng.below(4), rng.below(12), 1),
    }));
    const graph = new AssetGraph(snapshotOf(records), {
      variant: (["documented", "stubs", "aliased"] as const)[rng.below(3)],
    });
    const owners = randomOwners(graph, rng);
    const k = [1, 2 + rng.below(2)];
    const found = assetConcentration(graph, { owners, k });
    const yearOf = graph.names.map((_, node) =>
      new Date(graph.assets[node]?.created ?? NaN).getUTCFullYear()
    );
    const expected = [...new Set(yearOf.filter((year) => year > 0))].sort((a, b) => a - b);
    assert.deepEqual(found.years.map(({ year }) => year), expected);
    const rows: (ConcentrationOfAssets & Partial<ConcentrationYear>)[] = [
      ...found.years,
      found.all,
    ];
    for (const row of rows) {
      const until = row.year ?? Infinity;
      const nodes = graph.names.map((_, node) => node).filter((node) =>
        until === Infinity || yearOf[node] <= until
      );
      const edge = (u: number, v: number) =>
        u !== v && graph.dependency.some((from, e) => from === u && graph.dependant[e] === v);
      const reach = nodes.map((u) => nodes.map((v) => edge(u, v)));
      const direct = reach.map((row) => row.filter(Boolean).length);
      nodes.forEach((_, m) =>
        nodes.forEach((_, u) => nodes.forEach((_, v) => reach[u][v] ||= reach[u][m] && reach[m][v]))
      );
      const below = nodes.map((_, u) => nodes.filter((_, v) => u !== v && reach[u][v]));
      const dependent = nodes.filter((v) => nodes.some((u) => edge(u, v))).length;
      assert.deepEqual([row.assets, row.dependent], [nodes.length, dependent]);
      assert.deepEqual(row.dependants, concentration(direct, { k }));
      assert.deepEqual(row.descendants, concentration(below.map(({ length }) => length), { k }));
      const names = [...new Set(nodes.flatMap((node) => owners[node]))];
      const external = names.map((name) =>
        nodes.filter((v, at) =>
          owners[v].length > 0 && !owners[v].includes(name) &&
          nodes.some((u, from) => owners[u].includes(name) && reach[from][at])
        )
      );
      shared += nodes.filter((node) => owners[node].length > 1).length;
      const owned = names.map((name) => nodes.filter((u) => owners[u].includes(name)).length);
      assert.deepEqual(row.organizations.owned, concentration(owned, { k }));
      assert.deepEqual(
        row.organizations.external,
        concentration(external.map(({ length }) => length), { k }),
      );
      const hubLists: [string[], { covered: number }[], string[], number[][]][] = [
        [row.hubs, row.coverage, nodes.map((node) => graph.names[node]), below],
        [row.organizations.hubs, row.organizations.coverage, names, external],
      ];
      for (const [hubs, coverage, all, lists] of hubLists) {
        const order = all.map((name, i) => ({ name, list: lists[i] }))
          .filter(({ list }) => list.length > 0)
          .sort((a, b) => b.list.length - a.list.length || (a.name < b.name ? -1 : 1));
        assert.deepEqual(hubs, order.slice(0, k[1]).map(({ name }) => name));
        assert.deepEqual(
          coverage.map(({ covered }) => covered),
          k.map((size) => new Set(order.slice(0, size).flatMap(({ list }) => list)).size),
        );
      }
      if (row.year !== undefined) {
        years++;
        const made = names.map((name) =>
          nodes.filter((u) => yearOf[u] === row.year && owners[u].includes(name)).length
        ).filter((count) => count > 0);
        assert.deepEqual(row.made, concentration(made, { k }));
        assert.equal(row.added, nodes.filter((u) => yearOf[u] === row.year).length);
      }
    }
  }
  assert.ok(years > 300 && shared > 300, `${years} ${shared}`);
});

Deno.test("assetConcentration() keeps hostile names apart and counts no assets as nothing", () => {
  const names = ["__proto__", "constructor", "<script>", "=cmd()", 'a"b'];
  const hostile = new AssetGraph(snapshotOf(names.map((name, i) =>
    assetRecord({
      name,
      organization: name,
      created: day("2020-01-01"),
      dependencies: i === 0 ? [] : ["__proto__"],
    })
  )));
  const { years } = assetConcentration(hostile);
  assert.deepEqual(years[0].organizations.hubs, ["__proto__"]);
  assert.equal(years[0].organizations.owned.population, 5);
  const { years: none, all } = assetConcentration(new AssetGraph(snapshotOf([])));
  assert.deepEqual(none, []);
  assert.deepEqual([all.assets, all.descendants.gini, all.coverage[0].ofAll], [0, null, null]);
});

Deno.test("assetConcentration() refuses owners of another graph and a k that is no count", () => {
  assert.throws(() => assetConcentration(graph, { owners: [] }), {
    name: "RangeError",
    message: /found owners of 0 nodes, expected 7/,
  });
  for (const k of [0, 1.5, NaN]) {
    assert.throws(() => assetConcentration(graph, { k: [k] }), {
      name: "RangeError",
      message: new RegExp(`k is ${k}, expected an integer of at least 1`),
    });
  }
});

Deno.test({
  name:
    "assetConcentration() measures the real snapshots (skipped where the shared data is absent)",
  ignore: needsShared("data/ecosystem-graphs"),
  async fn() {
    const folder = `${paths.shared}data/ecosystem-graphs/`;
    const [early, late] = await Promise.all(
      ["2023-03-20", "2025-01-24"].map(async (name) =>
        assetConcentration(
          new AssetGraph(await readAssetSnapshot(`${folder}${name}/assets`), {
            variant: "documented",
          }),
        )
      ),
    );
    assert.deepEqual([early.all.assets, early.all.organizations.owned.population], [261, 63]);
    // Published: C4 reaches 44 assets of 634; OpenAI 96 of other organizations.
    assert.deepEqual(late.all.hubs.slice(0, 2), ["C4", "GPT-4"]);
    assert.equal(late.all.coverage[0].covered, 44);
    assert.equal(late.all.organizations.hubs[0], "OpenAI");
    assert.equal(late.all.organizations.coverage[0].covered, 96);
    assert.deepEqual([late.all.assets, late.undated, late.years.at(-1)!.assets], [634, 22, 612]);
  },
});
