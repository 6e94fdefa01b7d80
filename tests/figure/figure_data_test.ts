import assert from "node:assert/strict";
import { familyGrowthData } from "../../lib/figure/family_growth_data.ts";
import { transitionGraph, transitionMatrix } from "../../lib/figure/transition_data.ts";
import { buildLineage } from "../../lib/graph/build_lineage.ts";
import { families } from "../../lib/measure/families.ts";
import { transitions } from "../../lib/measure/transitions.ts";
import { traitColumn } from "../../lib/snapshot/traits.ts";
import { readLicenseTerms } from "../../lib/source/license_terms.ts";
import { snapshotOfRows } from "../oracle/random_lineage.ts";

//  a   d     e, without a date, is nobody's kin
//  |   |
//  b   constructor
//  |
//  c
const rows = [
  {
    id: "a",
    tags: ["license:llama3"],
    pipeline_tag: "fill-mask",
    createdAt: "2022-03-02T23:29:04.000Z",
  },
  {
    id: "b",
    tags: ["base_model:finetune:a", "license:mit"],
    pipeline_tag: "text-to-image",
    createdAt: "2024-05-17T00:00:00.000Z",
  },
  { id: "c", tags: ["base_model:finetune:b"], createdAt: "2024-06-01T00:00:00.000Z" },
  { id: "d", createdAt: "2024-06-02T00:00:00.000Z" },
  { id: "constructor", tags: ["base_model:adapter:d"], createdAt: "2024-06-03T00:00:00.000Z" },
  { id: "e" },
];

Deno.test("familyGrowthData() gives families and all models by month", async () => {
  const snapshot = await snapshotOfRows(rows);
  const view = buildLineage(snapshot).lineage.view("no-merge");
  const data = familyGrowthData(snapshot, families(view), { view });
  assert.deepEqual(data, {
    families: [
      {
        root: "a",
        models: 3,
        months: [
          { month: "2022-03", added: 1 },
          { month: "2024-05", added: 1 },
          { month: "2024-06", added: 1 },
        ],
      },
      { root: "d", models: 2, months: [{ month: "2024-06", added: 2 }] },
    ],
    creations: [
      { month: "2022-03", added: 1 },
      { month: "2024-05", added: 1 },
      { month: "2024-06", added: 3 },
    ],
    undated: 1,
    placeholder: 1,
  });
  assert.equal(familyGrowthData(snapshot, families(view), { view, n: 1 }).families.length, 1);
});

Deno.test("transitionMatrix() and transitionGraph() name the trait, groups only where there are any", async () => {
  const snapshot = await snapshotOfRows(rows);
  const view = buildLineage(snapshot).lineage.view("finetune");
  const terms = await readLicenseTerms();
  const of = (trait: "license" | "task" | "library") => {
    const column = traitColumn(snapshot, trait);
    return { column, transitions: transitions(view, column), terms };
  };
  assert.deepEqual(transitionMatrix("license", of("license")), {
    trait: "license",
    values: ["llama3", "mit"],
    net: [[0, 2], [-2, 0]],
    total: 2,
  });
  const license = transitionGraph("license", of("license"));
  assert.deepEqual(license.ordering.traits, ["llama3", "mit"]);
  assert.deepEqual(license.groups, ["commercial-terms", "permissive"]);
  assert.deepEqual(transitionGraph("task", of("task")).groups, ["language", "vision"]);
  assert.equal(transitionGraph("library", of("library")).groups, null);
});
