import assert from "node:assert/strict";
import {
  licenseFamily,
  licenseFamilyColumn,
  restrictionColumn,
} from "../../lib/measure/license_families.ts";
import { traitColumn } from "../../lib/snapshot/traits.ts";
import { readLicenseTerms } from "../../lib/source/license_terms.ts";
import { snapshotOfRows } from "../oracle/random_lineage.ts";
import { listsOf } from "../oracle/slow_persistence.ts";

const terms = await readLicenseTerms();
const column = traitColumn(
  await snapshotOfRows([
    { id: "a", tags: ["license:mit", "license:apache-2.0", "license:gemma"] },
    { id: "b", tags: [] },
    { id: "c", tags: ["license:__proto__", "license:other", "license:gpl-3.0"] },
  ]),
  "license",
);

Deno.test("licenseFamily() ignores case and white space and knows no license outside the table", () => {
  assert.equal(licenseFamily(" MIT\n", terms), "permissive");
  assert.equal(licenseFamily("OpenRAIL++", terms), "use-restricted");
  for (const name of ["", "__proto__", "constructor", "<script>", "=cmd()", "mit "]) {
    assert.equal(licenseFamily(name, terms), name === "mit " ? "permissive" : "unspecified");
  }
});

Deno.test("licenseFamilyColumn() holds each family of a model once", () => {
  assert.deepEqual(listsOf(licenseFamilyColumn(column, terms)), [
    ["permissive", "commercial-terms"],
    [],
    ["unspecified", "copyleft"],
  ]);
});

Deno.test("restrictionColumn() counts the families it is told to", () => {
  assert.deepEqual(listsOf(restrictionColumn(column, terms)), [
    ["free", "restricted"],
    [],
    ["unspecified", "free"],
  ]);
  assert.deepEqual(
    listsOf(restrictionColumn(column, terms, { restricted: ["copyleft"] }))[2],
    ["unspecified", "restricted"],
  );
});
