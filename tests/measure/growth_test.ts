import assert from "node:assert/strict";
import { buildLineage } from "../../lib/graph/build_lineage.ts";
import { families, largestFamilies } from "../../lib/measure/families.ts";
import { growth } from "../../lib/measure/growth.ts";
import { snapshotOfRows } from "../oracle/random_lineage.ts";
import { randomRows } from "../oracle/random_rows.ts";

Deno.test("growth() equals counting the rows of each family by month when rows are random", async () => {
  for (let seed = 1; seed <= 40; seed++) {
    const rows = randomRows({ seed, models: 1 + seed % 12 });
    const snapshot = await snapshotOfRows(rows);
    const view = buildLineage(snapshot).lineage.view("no-merge");
    const groups = families(view);
    const largest = largestFamilies(view, groups, { n: 3 });
    const slow = (members: typeof rows) => {
      const months = members.flatMap(({ createdAt }) => createdAt?.slice(0, 7) ?? []).sort();
      return {
        months: [...new Set(months)].map((month) => ({
          month,
          added: months.filter((m) => m === month).length,
        })),
        undated: members.length - months.length,
      };
    };
    assert.deepEqual(growth(snapshot, groups, { largest }), {
      all: slow(rows),
      families: largest.map(({ component }) =>
        slow(rows.filter((_, row) => groups.of[row] === component))
      ),
    });
  }
});

Deno.test("growth() counts impossible and absent dates as undated, and the last millisecond of a month to it", async () => {
  const snapshot = await snapshotOfRows([
    { id: "a", createdAt: "1999-12-31T23:59:59.999Z" },
    { id: "b" },
    { id: "c", createdAt: "2023-02-30T00:00:00.000Z" },
    { id: "d", createdAt: "2024-02-29T23:59:59.999Z" },
  ]);
  const groups = families(buildLineage(snapshot).lineage.view("no-merge"));
  assert.deepEqual(growth(snapshot, groups, { largest: [] }), {
    all: { months: [{ month: "2024-02", added: 1 }], undated: 3 },
    families: [],
  });
});
