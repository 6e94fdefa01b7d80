import assert from "node:assert/strict";
import { buildLineage } from "../../lib/graph/build_lineage.ts";
import { netTraffic, topTransitions, transitions } from "../../lib/measure/transitions.ts";
import { traitColumn, traitNames } from "../../lib/snapshot/traits.ts";
import { slowTrait, slowTransitions } from "../oracle/model_rows.ts";
import { snapshotOfRows } from "../oracle/random_lineage.ts";
import { randomRows } from "../oracle/random_rows.ts";

Deno.test("topTransitions() and netTraffic() equal the slow definitions when rows are random", async () => {
  let traffic = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const rows = randomRows({ seed, models: 2 + seed % 24 });
    for (const row of rows) if (row.library_name === "mlx") row.library_name = "unknown";
    const snapshot = await snapshotOfRows(rows);
    const view = buildLineage(snapshot).lineage.view("finetune");
    const n = 1 + seed % 4;
    for (const trait of traitNames) {
      const column = traitColumn(snapshot, trait);
      const found = transitions(view, column);
      const slow = slowTransitions(rows, trait);
      const top = [...slow].map(([pair, count]) => {
        const [from, to] = pair.split(">");
        return { from, to, count };
      });
      top.sort((a, b) =>
        b.count - a.count || (`${a.from}\0${a.to}` < `${b.from}\0${b.to}` ? -1 : 1)
      );
      assert.deepEqual(topTransitions(found, { n }), top.slice(0, n));
      const net = (a: string, b: string) =>
        (slow.get(`${a}>${b}`) ?? 0) - (slow.get(`${b}>${a}`) ?? 0);
      const all = rows.flatMap((row) => slowTrait(row, trait));
      const names = [...new Set(all)];
      const values = names
        .filter((a) => a !== "unknown" && names.some((b) => net(a, b) !== 0))
        .map((value) => ({ value, count: all.filter((v) => v === value).length }))
        .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
        .slice(0, n)
        .map(({ value }) => value);
      const expected = { values, net: values.map((a) => values.map((b) => net(a, b))) };
      assert.deepEqual(netTraffic(found, column, { n }), expected, `seed ${seed}, ${trait}`);
      traffic += values.length;
    }
  }
  assert.ok(traffic > 50);
});
