import assert from "node:assert/strict";
import { buildLineage } from "../../lib/graph/build_lineage.ts";
import { lineageGraphs, relations } from "../../lib/graph/lineage.ts";
import { licenseViolations } from "../../lib/measure/license_violations.ts";
import { measurePersistence } from "../../lib/measure/persistence_report.ts";
import { persistence } from "../../lib/measure/persistence.ts";
import { generations } from "../../lib/measure/persistence_generations.ts";
import {
  type Trait,
  type TraitColumn,
  traitColumn,
  traitNames,
} from "../../lib/snapshot/traits.ts";
import { readLicenseTerms } from "../../lib/source/license_terms.ts";
import { snapshotOfRows } from "../oracle/random_lineage.ts";
import { randomRows } from "../oracle/random_rows.ts";

const terms = await readLicenseTerms();

Deno.test("measurePersistence() is the parts put together and survives JSON", async () => {
  let lineages = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const snapshot = await snapshotOfRows(randomRows({ seed, models: 12 }));
    const { lineage } = buildLineage(snapshot);
    const traits = Object.fromEntries(
      traitNames.map((trait) => [trait, traitColumn(snapshot, trait)]),
    ) as Record<Trait, TraitColumn>;
    const report = measurePersistence(lineage, { ids: snapshot.ids, traits, terms });
    assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
    for (const trait of traitNames) {
      const found = persistence(lineage.view("no-merge"), traits[trait]);
      const own = report.traits[trait];
      const plain = (rows: typeof own.generations) => rows.map(({ intervals: _, ...row }) => row);
      assert.deepEqual(plain(own.generations), generations(found));
      for (const relation of relations) {
        assert.deepEqual(
          plain(own.byRelation[relation].generations),
          generations(found, { relation }),
        );
      }
      assert.equal(report.rootless, found.rootless);
      lineages += own.lineages;
    }
    const { overall } = licenseViolations(lineage.view("all"), traits.license, {
      ids: snapshot.ids,
      terms,
    });
    assert.deepEqual(report.violations.overall, overall);
    const { judged, broken } = overall;
    assert.equal(report.violations.share, judged === 0 ? null : broken / judged);
  }
  assert.ok(lineages > 100 && lineageGraphs.includes("no-merge"));
});

Deno.test("measurePersistence() follows any restriction, whichever it is", async () => {
  // gemma a -> llama3 b -> mit c
  const snapshot = await snapshotOfRows([
    { id: "a", tags: ["license:gemma"] },
    { id: "b", tags: ["license:llama3", "base_model:finetune:a"] },
    { id: "c", tags: ["license:mit", "base_model:finetune:b"] },
  ]);
  const column = traitColumn(snapshot, "license");
  const { restriction, traits } = measurePersistence(buildLineage(snapshot).lineage, {
    ids: snapshot.ids,
    traits: { license: column, language: column, task: column, library: column },
    terms,
  });
  assert.deepEqual(restriction.generations.map(({ kept }) => kept), [1, 0]);
  assert.deepEqual(traits.license.generations.map(({ kept }) => kept), [0, 0]);
});
