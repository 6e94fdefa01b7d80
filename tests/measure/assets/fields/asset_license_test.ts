import assert from "node:assert/strict";
import fc from "fast-check";
import { readAssetSnapshot } from "../../../../lib/snapshot/asset_snapshot.ts";
import { paths } from "../../../../lib/paths.ts";
import { readCell } from "../../../../lib/source/asset_cell.ts";
import { readAssetLicenseTerms } from "../../../../lib/source/asset_license_terms.ts";
import {
  assetLicense,
  assetLicenseFamilies,
  type AssetLicenseFamily,
} from "../../../../lib/measure/assets/fields/asset_license.ts";
import { licenseKey } from "../../../../lib/measure/assets/fields/license_text.ts";

const terms = await readAssetLicenseTerms();

const read: [text: string, license: string, family: AssetLicenseFamily][] = [
  ["Apache 2.0", "apache-2.0", "permissive"],
  ["apache-2.0", "apache-2.0", "permissive"],
  ["Apache License, Version 2.0", "apache-2.0", "permissive"],
  ["MIT license", "mit", "permissive"],
  ["MIT License at [https://example.org](https://example.org)", "mit", "permissive"],
  ["[MIT](https://example.org/LICENSE)", "mit", "permissive"],
  [
    "MIT License; released under the MIT License [[License]](https://example.org)",
    "mit",
    "permissive",
  ],
  ["It uses the MIT License, allowing any use [[MIT]](https://example.org).", "mit", "permissive"],
  ["CC BY 4.0", "cc-by-4.0", "permissive"],
  ["CC-BY-4.0", "cc-by-4.0", "permissive"],
  ["CC0", "cc0-1.0", "permissive"],
  ["BSD 3-Clause", "bsd-3-clause", "permissive"],
  ["ODC-By 1.0", "odc-by", "permissive"],
  ["CC BY NC 4.0 (model weights)", "cc-by-nc-4.0", "non-commercial"],
  ["CC by-NC-SA 4.0", "cc-by-nc-sa-4.0", "non-commercial"],
  ["CC-BY-NC", "CC BY-NC", "non-commercial"],
  ["OPT-175B LICENSE", "OPT-175B", "non-commercial"],
  ["GPLv3", "gpl-3.0", "copyleft"],
  ["LLaMA 2", "llama2", "commercial-terms"],
  ["LLaMA2", "llama2", "commercial-terms"],
  ["Llama 3.1 Community License Agreement", "llama3.1", "commercial-terms"],
  ["BigScience RAIL v1.0", "bigscience-bloom-rail-1.0", "use-restricted"],
  ["BigCode Open RAIL-M v1.0", "bigcode-openrail-m", "use-restricted"],
  ["Open Rail++", "openrail++", "use-restricted"],
  ["custom", "custom", "unspecified"],
  ["none", "none", "none"],
  ["Unknown", "unknown", "unknown"],
  ["unknkown", "unknown", "unknown"],
  ["", "absent", "absent"],
];

for (const [text, license, family] of read) {
  Deno.test(`assetLicense() reads "${text}"`, () => {
    const found = assetLicense(text, terms);
    assert.deepEqual(
      [found.license, found.family, found.permissive, found.resolved],
      [license, family, family === "permissive", true],
    );
  });
}

const traps = [
  "Modified MIT License",
  "MIT-like",
  "MIT (non-commercial use only)",
  "Apache 2.0 (research)",
  "Apache 3.0",
  "not released under the MIT License",
  "CC BY 4.1",
  "Terms of Use listed on the Inc.'s website, specific license unknown",
  "mC4, OSCAR",
  "Limited use license to platform users [[Terms]](https://example.org/mit).",
  "https://example.org/apache-2.0",
  "__proto__",
  "constructor",
  "<script>MIT</script>",
  "=cmd()",
];

for (const text of traps) {
  Deno.test(`assetLicense() leaves "${text}" as it is`, () => {
    const found = assetLicense(text, terms);
    assert.deepEqual(
      [found.license, found.family, found.permissive, found.resolved],
      [text, "unspecified", false, false],
    );
  });
}

const several: [string, AssetLicenseFamily, string[]][] = [
  ["Apache 2.0, MIT", "permissive", ["permissive", "permissive"]],
  ["MIT or Apache-2.0", "permissive", ["permissive", "permissive"]],
  ["MIT / CC BY-SA 4.0", "copyleft", ["permissive", "copyleft"]],
  ["unknown (model weights), Apache 2.0 (code)", "unknown", ["unknown", "permissive"]],
  ["none (model weights), BSD-3-Clause (code)", "none", ["none", "permissive"]],
  ["LLaMa License (model weights), GPLv3 (code)", "non-commercial", ["non-commercial", "copyleft"]],
  ["Apache 2.0, but no commercial use", "unspecified", ["permissive", "unspecified"]],
  ["Apache 2.0, own terms, Inc.", "unspecified", ["permissive", "unspecified", "unspecified"]],
];

for (const [text, family, families] of several) {
  Deno.test(`assetLicense() keeps all licenses of "${text}"`, () => {
    const found = assetLicense(text, terms);
    assert.equal(found.family, family);
    assert.deepEqual(found.parts.map(({ family }) => family), families);
    assert.equal(found.permissive, families.every((one) => one === "permissive"));
  });
}

Deno.test("assetLicense() keeps what a license is for", () => {
  const { parts } = assetLicense("CC BY 4.0 (data), MIT (code)", terms);
  assert.deepEqual(parts.map(({ license, note }) => [license, note]), [
    ["cc-by-4.0", "data"],
    ["mit", "code"],
  ]);
});

Deno.test("assetLicense() reads cells, lists and what is not there", () => {
  assert.equal(assetLicense(undefined, terms).family, "absent");
  assert.equal(assetLicense(readCell([]), terms).family, "none");
  assert.equal(assetLicense(readCell(new Map([["value", "MIT"]])), terms).license, "mit");
  assert.equal(assetLicense(readCell(["MIT", "GPL-3.0"]), terms).family, "copyleft");
  assert.equal(assetLicense(readCell(["MIT", "apache-2.0"]), terms).permissive, true);
});

Deno.test("assetLicense() finds every identifier and full name of the table, however it is spelt", () => {
  for (const { license, name, family } of terms.licenses.values()) {
    const found = assetLicense(license.toUpperCase(), terms);
    if (license === "unknown") continue;
    assert.deepEqual([found.license, found.family], [license, family]);
    assert.equal(assetLicense(`The ${name} License`, terms).family, family, name);
  }
  const keys = [...terms.licenses.keys()].map(licenseKey);
  assert.equal(new Set(keys).size, keys.length);
});

Deno.test("assetLicense() is never permissive when the text is any, unless all of it is", () => {
  const word = fc.oneof(
    fc.string({ unit: "binary", maxLength: 10 }),
    fc.constantFrom(
      "MIT",
      "Apache 2.0",
      "CC BY 4.0",
      ",",
      " and ",
      "/",
      "(code)",
      "none",
      "not",
      "License",
      "[[",
      "]](",
      "GPL-3.0",
    ),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }).map((words) => words.join(" ")), (text) => {
      const { family, permissive, parts } = assetLicense(text, terms);
      assert.ok(assetLicenseFamilies.includes(family));
      assert.equal(permissive, parts.every((part) => part.family === "permissive"));
      if (/gpl/i.test(text)) assert.ok(!permissive, text);
    }),
    { numRuns: 300, seed: 1 },
  );
});

Deno.test("assetLicense() takes time in proportion when the text is long and hostile", () => {
  const pieces = [
    "(",
    "[[",
    "[[a]](",
    "[](",
    ", ",
    "a, ",
    "license ",
    "1.0",
    "v. ",
    "at ",
    " ",
    "under the ",
    "MIT, ",
  ];
  for (const piece of pieces) {
    const times = [20_000, 80_000].map((length) => {
      const text = piece.repeat(Math.ceil(length / piece.length));
      const start = performance.now();
      assetLicense(text, terms);
      return performance.now() - start;
    });
    assert.ok(times[1] < 1000 + 8 * times[0], `${JSON.stringify(piece)}: ${times} ms`);
  }
});

Deno.test("assetLicense() resolves all but two licenses of the embedded sample", async () => {
  const { records } = await readAssetSnapshot(paths.assets);
  const left = records.filter(({ cells }) => !assetLicense(cells.license, terms).resolved);
  assert.deepEqual(left.map(({ cells }) => cells.license.value).sort(), [
    "ChatGLM-6B License",
    "Common Crawl Terms of Use",
  ]);
});
