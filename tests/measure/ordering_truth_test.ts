import assert from "node:assert/strict";
import { buildLineage } from "../../lib/graph/build_lineage.ts";
import { traitOrdering, traitOrderingProgram } from "../../lib/measure/trait_ordering.ts";
import { netTraffic, transitions } from "../../lib/measure/transitions.ts";
import { paths } from "../../lib/paths.ts";
import { readModels } from "../../lib/snapshot/read_models.ts";
import { traitColumn } from "../../lib/snapshot/traits.ts";
import { needsShared } from "../support.ts";

const keys = {
  language: "languages",
  license: "licenses",
  task: "pipeline_tag",
  library: "library_name",
} as const;

for (const name of ["radar-2026-08-22", "families-2025-04"]) {
  Deno.test({
    name:
      `traitOrdering() has the traits, net traffic and optimum of the reference of ${name} (skipped where the shared data is absent)`,
    ignore: needsShared(`truth/${name}.json`),
    async fn() {
      const truth = JSON.parse(Deno.readTextFileSync(`${paths.shared}truth/${name}.json`));
      const snapshot = await readModels(`${paths.shared}data/huggingface/${name}.jsonl.gz`);
      const view = buildLineage(snapshot).lineage.view("finetune");
      for (const [trait, key] of Object.entries(keys) as [keyof typeof keys, string][]) {
        const column = traitColumn(snapshot, trait);
        const found = transitions(view, column);
        const wanted = truth.transitions[key].ordering10;
        const ordering = traitOrdering(found, column);
        // The reference lists the traits by frequency.
        assert.deepEqual(netTraffic(found, column).values, wanted.nodes, trait);
        assert.deepEqual([...ordering.traits].sort(), [...wanted.nodes].sort(), trait);
        assert.equal(ordering.netTraffic, wanted.net_traffic, trait);
        assert.equal(ordering.forward, wanted.optimal_weight, trait);
        assert.ok(ordering.optimal);
        const long = await traitOrderingProgram(found, column, { n: 20 });
        assert.ok(long.optimal);
        const { forward, unique, free } = traitOrdering(found, column, { n: 20 });
        assert.deepEqual([long.forward, long.unique, long.free.length], [
          forward,
          unique,
          free.length,
        ]);
        const widest = await traitOrderingProgram(found, column, { n: 60 });
        assert.ok(widest.optimal);
        assert.deepEqual(widest.undecided, []);
        console.log(
          `${trait}: ${ordering.forward} of ${ordering.netTraffic}, ${ordering.orders} optimal orders; ` +
            `${widest.traits.length} traits: ${widest.forward} of ${widest.netTraffic}`,
        );
      }
    },
  });
}
