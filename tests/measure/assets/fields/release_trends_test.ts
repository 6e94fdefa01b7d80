import assert from "node:assert/strict";
import { wilsonInterval } from "../../../../lib/core/wilson.ts";
import {
  licenseTrends,
  releaseTrends,
} from "../../../../lib/measure/assets/fields/release_trends.ts";
import { paths } from "../../../../lib/paths.ts";
import { readAssetSnapshot } from "../../../../lib/snapshot/asset_snapshot.ts";
import { readCell } from "../../../../lib/source/asset_cell.ts";
import type { Access, AssetType } from "../../../../lib/source/asset_record.ts";
import { readAssetLicenseTerms } from "../../../../lib/source/asset_license_terms.ts";
import { assetRecord, snapshotOf } from "../../../oracle/random_assets.ts";
import { needsShared } from "../../../support.ts";

const terms = await readAssetLicenseTerms();

function released(date: string, access: Access, type: AssetType, license?: string) {
  return assetRecord({
    name: `${date} ${access} ${type}`,
    created: Date.parse(date),
    access,
    type,
    cells: license === undefined ? {} : { license: readCell(license) },
  });
}

const small = snapshotOf([
  released("2022-05-01", "open", "model", "MIT"),
  released("2022-12-31", "closed", "model", "unknown"),
  released("2021-01-01", "unknown", "model", "none"),
  released("2022-03-01", "open", "dataset", "CC BY-NC 4.0"),
  released("2022-03-02", "limited", "application", "own terms"),
  released("", "open", "model", "MIT"),
  released("2022-07-01", "open", "model"),
  released("2022-07-02", "open", "dataset", "MIT, own terms"),
]);

Deno.test("releaseTrends() counts access by year with the interval of the share among the known", () => {
  const { type, years, undated } = releaseTrends(small);
  assert.equal(type, null);
  assert.deepEqual(years, [
    { year: 2021, records: 1, access: { open: 0, limited: 0, closed: 0, unknown: 1 }, open: null },
    {
      year: 2022,
      records: 6,
      access: { open: 4, limited: 1, closed: 1, unknown: 0 },
      open: wilsonInterval(4, 6),
    },
  ]);
  assert.deepEqual(undated, { open: 1, limited: 0, closed: 0, unknown: 0 });
});

Deno.test("releaseTrends() keeps to a type when one is given", () => {
  const { type, years } = releaseTrends(small, { type: "dataset" });
  assert.equal(type, "dataset");
  assert.deepEqual(years.map(({ year, records }) => [year, records]), [[2022, 2]]);
});

Deno.test("licenseTrends() counts families, the states of what is not known apart", () => {
  const { years, undated, unresolved } = licenseTrends(small, terms);
  assert.deepEqual(years.map(({ year, records }) => [year, records]), [[2021, 1], [2022, 6]]);
  assert.equal(years[0].families.none, 1);
  assert.equal(years[0].permissive, null);
  const { permissive, unknown, absent, unspecified, none } = years[1].families;
  assert.deepEqual([permissive, unknown, absent, unspecified, none], [1, 1, 1, 2, 0]);
  assert.equal(years[1].families["non-commercial"], 1);
  assert.deepEqual(years[1].permissive, wilsonInterval(1, 4));
  assert.equal(undated.permissive, 1);
  assert.deepEqual(unresolved, [{ text: "own terms", records: 2 }]);
});

Deno.test("releaseTrends() and licenseTrends() have no years when there are no records", () => {
  assert.deepEqual(releaseTrends(snapshotOf([])).years, []);
  assert.deepEqual(licenseTrends(snapshotOf([]), terms).years, []);
});

Deno.test({
  name:
    "licenseTrends() and releaseTrends() count every record of the real snapshot once, where it lies beside the checkout",
  ignore: needsShared("data/ecosystem-graphs/2025-01-24/assets"),
  async fn() {
    const snapshot = await readAssetSnapshot(
      `${paths.shared}data/ecosystem-graphs/2025-01-24/assets`,
    );
    const sum = (counts: Record<string, number>) =>
      Object.values(counts).reduce((a, b) => a + b, 0);
    const release = releaseTrends(snapshot);
    const license = licenseTrends(snapshot, terms);
    assert.equal(
      sum(release.undated) + release.years.reduce((a, { access }) => a + sum(access), 0),
      639,
    );
    assert.equal(
      sum(license.undated) + license.years.reduce((a, { families }) => a + sum(families), 0),
      639,
    );
    assert.equal(license.unresolved.reduce((a, { records }) => a + records, 0), 17);
    assert.deepEqual(
      release.years.find(({ year }) => year === 2024)?.access,
      { open: 106, limited: 27, closed: 10, unknown: 0 },
    );
  },
});
