import assert from "node:assert/strict";
import {
  parseLicenseSpellings,
  readAssetLicenseTerms,
} from "../../lib/source/asset_license_terms.ts";
import { readLicenseTerms } from "../../lib/source/license_terms.ts";

const terms = await readLicenseTerms();
const header = "spelling,license,family,reason\n";

Deno.test("readAssetLicenseTerms() reads the table of the project with the families of the Hub's licenses", async () => {
  const { spellings, licenses, moves } = await readAssetLicenseTerms();
  assert.equal(moves.length, 36);
  assert.equal(new Set(spellings.map(({ spelling }) => spelling)).size, spellings.length);
  for (const { license, family } of spellings) {
    assert.equal(licenses.get(license)?.family ?? family, family, license);
  }
});

Deno.test("parseLicenseSpellings() keeps hostile cells as they are", async () => {
  const rows = '__proto__,"=cmd()",permissive,"<script>"\nconstructor,"a ""b""",unspecified,why\n';
  assert.deepEqual(await parseLicenseSpellings(header + rows, terms), [
    { spelling: "__proto__", license: "=cmd()", family: "permissive", reason: "<script>" },
    { spelling: "constructor", license: 'a "b"', family: "unspecified", reason: "why" },
  ]);
});

const refused: [string, RegExp][] = [
  ["", /no rows|line 1/],
  ["spelling,license\na,b\n", /line 1 has another header/],
  [`${header}a,b,permissive\n`, /line 2 has 3 cells, expected 4/],
  [`${header}a,,permissive,why\n`, /line 2 has no license/],
  [`${header}a,b,free,why\n`, /line 2 has the family "free", expected one of/],
  [`${header}a,mit,copyleft,why\n`, /the family "copyleft" for "mit", which is permissive/],
  [`${header}a,b,copyleft,why\na,c,copyleft,why\n`, /line 3 has the spelling "a" a second time/],
];

for (const [text, message] of refused) {
  Deno.test(`parseLicenseSpellings() refuses ${JSON.stringify(text.slice(header.length))}`, async () => {
    await assert.rejects(parseLicenseSpellings(text, terms), message);
  });
}
