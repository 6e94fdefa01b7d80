import assert from "node:assert/strict";
import { random } from "../../lib/core/random.ts";
import { buildLineage } from "../../lib/graph/build_lineage.ts";
import { relations } from "../../lib/graph/lineage.ts";
import { families } from "../../lib/measure/families.ts";
import { edgeVerdicts } from "../../lib/measure/license_judge.ts";
import { licenseViolations } from "../../lib/measure/license_violations.ts";
import { traitColumn } from "../../lib/snapshot/traits.ts";
import { readLicenseTerms } from "../../lib/source/license_terms.ts";
import { snapshotOfRows } from "../oracle/random_lineage.ts";
import { randomRows } from "../oracle/random_rows.ts";
import { listsOf } from "../oracle/slow_persistence.ts";
import { slowFamily, slowVerdict } from "../oracle/slow_violations.ts";

const terms = await readLicenseTerms();

async function judge(rows: Parameters<typeof snapshotOfRows>[0], n?: number) {
  const snapshot = await snapshotOfRows(rows);
  const { lineage } = buildLineage(snapshot);
  const column = traitColumn(snapshot, "license");
  const view = lineage.view("all");
  return {
    snapshot,
    lineage,
    column,
    found: licenseViolations(view, column, { ids: snapshot.ids, terms, n }),
  };
}

Deno.test("licenseViolations() judges every edge when parents are several and merges join families", async () => {
  //  gemma g          llama3 l        apache p
  //   /   \   \        |     \        /   |
  //  m     s   o       x      \      /    n
  // mit  gemma other  llama3.1  w (mit)  nothing declared
  const { found, lineage, snapshot } = await judge([
    { id: "g", tags: ["license:gemma"] },
    {
      id: "m",
      tags: ["license:mit", "base_model:finetune:g"],
      createdAt: "2024-05-01T00:00:00.000Z",
    },
    {
      id: "s",
      tags: ["license:GEMMA", "base_model:quantized:g"],
      createdAt: "2023-05-01T00:00:00.000Z",
    },
    { id: "o", tags: ["license:other", "base_model:finetune:g"] },
    { id: "l", tags: ["license:llama3"] },
    {
      id: "x",
      tags: ["license:llama3.1", "base_model:adapter:l"],
      createdAt: "2024-06-01T00:00:00.000Z",
    },
    { id: "p", tags: ["license:apache-2.0"] },
    {
      id: "w",
      tags: ["license:mit", "base_model:merge:l", "base_model:merge:p"],
      createdAt: "2024-12-31T23:59:59.999Z",
    },
    { id: "n", tags: ["base_model:finetune:p"] },
  ]);
  const verdicts = Object.fromEntries(
    Array.from({ length: lineage.edges }, (_, e) => [
      `${snapshot.ids.at(lineage.parent[e])} ${snapshot.ids.at(lineage.child[e])}`,
      edgeVerdicts[found.verdicts[e]],
    ]),
  );
  assert.deepEqual(verdicts, {
    "g m": "broken",
    "g s": "permitted",
    "g o": "unknown",
    "l x": "broken",
    "l w": "broken",
    "p w": "permitted",
    "p n": "undeclared",
  });
  assert.deepEqual(found.overall, { edges: 7, judged: 5, broken: 3, unknown: 1, undeclared: 1 });
  assert.deepEqual(found.byYear.map(({ year, judged, broken }) => [year, judged, broken]), [
    [2023, 1, 0],
    [2024, 4, 3],
    [null, 0, 0],
  ]);
  assert.deepEqual(
    found.byFamilyAndYear.map(({ from, year, judged, broken }) => [from, year, judged, broken]),
    [
      ["commercial-terms", 2023, 1, 0],
      ["commercial-terms", 2024, 3, 3],
      ["commercial-terms", null, 0, 0],
      ["permissive", 2024, 1, 0],
      ["permissive", null, 0, 0],
    ],
  );
  assert.deepEqual(found.byFamily.map(({ root, models, broken }) => [root, models, broken]), [
    ["l", 2, 2],
    ["g", 4, 1],
  ]);
  assert.deepEqual(found.byPair[0], {
    from: "commercial-terms",
    to: "permissive",
    edges: 2,
    judged: 2,
    broken: 2,
    unknown: 0,
    undeclared: 0,
  });
  assert.equal(found.byRelation.merge.broken, 1);
  assert.deepEqual(found.byLicense, [
    { from: "gemma", to: "mit", edges: 1 },
    { from: "llama3", to: "mit", edges: 1 },
    { from: "llama3", to: "llama3.1", edges: 1 },
  ]);
});

Deno.test("licenseViolations() names a family by its one model when only merges came of it", async () => {
  //  p (gemma) -merge-> c (mit)
  const { found } = await judge([
    { id: "c", tags: ["license:mit", "base_model:merge:p"] },
    { id: "p", tags: ["license:gemma"] },
  ]);
  assert.deepEqual(found.byFamily.map(({ root, models }) => [root, models]), [["p", 1]]);
});

Deno.test("licenseViolations() takes hostile licenses as unspecified", async () => {
  //  gemma a -> each of the others
  const hostile = ["__proto__", "constructor", "<script>", '"', "=cmd()", "toString"];
  const { found } = await judge([
    { id: "a", tags: ["license:gemma"] },
    ...hostile.map((name, i) => ({
      id: `b${i}`,
      tags: [`license:${name}`, "base_model:finetune:a"],
    })),
  ]);
  assert.deepEqual(found.overall, { edges: 6, judged: 0, broken: 0, unknown: 6, undeclared: 0 });
  assert.deepEqual([found.byFamily, found.byLicense], [[], []]);
  assert.equal(found.clusters.numerator.length, 0);
});

Deno.test("licenseViolations() equals the slow definition when rows are random", async () => {
  const pool = ["mit", "gemma", "LLAMA3", "cc-by-nc-4.0", "gpl-3.0", "openrail", "other", "odd"];
  const seen = new Set<string>();
  for (let seed = 1; seed <= 60; seed++) {
    const rng = random({ seed });
    const rows = randomRows({ seed, models: 2 + seed % 11 });
    for (const row of rows) {
      for (let i = rng.below(3); i > 0; i--) {
        row.tags = [...row.tags ?? [], `license:${pool[rng.below(pool.length)]}`];
      }
    }
    const { lineage, column, found } = await judge(rows, 3);
    const lists = listsOf(column);
    const { of } = families(lineage.view("no-merge"));
    const edges = Array.from({ length: lineage.edges }, (_, e) => {
      const [u, v] = [lineage.parent[e], lineage.child[e]];
      const date = rows[v].createdAt;
      return {
        verdict: slowVerdict(lists[u], lists[v], terms),
        pair: `${slowFamily(lists[u], terms)}>${slowFamily(lists[v], terms)}`,
        from: slowFamily(lists[u], terms),
        year: date === undefined ? null : Number(date.slice(0, 4)),
        family: of[u],
        relation: relations[lineage.relation[e]],
      };
    });
    const counts = (own: typeof edges) => {
      const of = (verdict: string) => own.filter((edge) => edge.verdict === verdict).length;
      const judged = of("broken") + of("permitted");
      return {
        edges: own.length,
        judged,
        broken: of("broken"),
        unknown: of("unknown"),
        undeclared: of("undeclared"),
      };
    };
    assert.deepEqual(
      [...found.verdicts].map((code) => edgeVerdicts[code]),
      edges.map((e) => e.verdict),
    );
    assert.deepEqual(found.overall, counts(edges));
    for (const relation of relations) {
      assert.deepEqual(
        found.byRelation[relation],
        counts(edges.filter((e) => e.relation === relation)),
      );
    }
    for (const { from, to, ...row } of found.byPair) {
      assert.deepEqual(row, counts(edges.filter(({ pair }) => pair === `${from}>${to}`)));
    }
    assert.equal(found.byPair.length, new Set(edges.map(({ pair }) => pair)).size);
    for (const { from, year, ...row } of found.byFamilyAndYear) {
      assert.deepEqual(row, counts(edges.filter((e) => e.from === from && e.year === year)));
    }
    assert.equal(
      found.byFamilyAndYear.length,
      new Set(edges.map(({ from, year }) => `${from} ${year}`)).size,
    );
    const groups = [...new Set(edges.map(({ family }) => family))]
      .map((family) => counts(edges.filter((edge) => edge.family === family)));
    assert.deepEqual(
      found.byFamily.map(({ broken }) => broken),
      groups.map(({ broken }) => broken).filter((n) => n > 0).sort((a, b) => b - a).slice(0, 3),
    );
    assert.equal(found.clusters.numerator.reduce((a, b) => a + b, 0), found.overall.broken);
    assert.equal(found.clusters.numerator.length, groups.filter(({ judged }) => judged > 0).length);
    for (const { verdict } of edges) seen.add(verdict);
  }
  assert.deepEqual([...seen].sort(), [...edgeVerdicts].sort());
});

Deno.test("licenseViolations() refuses a column of another snapshot", async () => {
  const { snapshot, lineage, column } = await judge([{ id: "a", tags: [] }, { id: "b", tags: [] }]);
  assert.throws(
    () =>
      licenseViolations(lineage.view("all"), { ...column, offsets: Uint32Array.of(0) }, {
        ids: snapshot.ids,
        terms,
      }),
    { name: "RangeError", message: /found a column of 0 models and families of 2, expected 2/ },
  );
});
