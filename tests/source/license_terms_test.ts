import assert from "node:assert/strict";
import {
  licenseFamilies,
  moveVerdicts,
  parseLicenseTerms,
  readLicenseTerms,
} from "../../lib/source/license_terms.ts";

const header = {
  families: "license,family,name,basis,source",
  moves: "from,to,verdict,reason,source",
};
const everyMove = licenseFamilies.flatMap((from) =>
  licenseFamilies.map((to) => `${from},${to},unknown,why,where`)
);
const tables = (
  families: string[] = ["mit,permissive,MIT License,grant,where"],
  moves: string[] = everyMove,
) => ({
  families: `${[header.families, ...families].join("\n")}\n`,
  moves: `${[header.moves, ...moves].join("\n")}\n`,
});

Deno.test("readLicenseTerms() cites every license and all 36 moves when it reads the project's tables", async () => {
  const { licenses, moves } = await readLicenseTerms();
  assert.equal(moves.length, 36);
  moves.forEach(({ from, to, source }, i) => {
    assert.equal(licenseFamilies.indexOf(from) * 6 + licenseFamilies.indexOf(to), i);
    for (const address of source.split(" ")) assert.equal(new URL(address).protocol, "https:");
  });
  for (const { source } of licenses.values()) assert.equal(new URL(source).protocol, "https:");
  const inUse = new Set([...licenses.values()].map(({ family }) => family));
  assert.deepEqual([...inUse].sort(), [...licenseFamilies].sort());
  const verdict = (from: string, to: string) =>
    moves.find((move) => move.from === from && move.to === to)!.verdict;
  for (const to of licenseFamilies) {
    assert.equal(verdict("permissive", to), "permitted");
    assert.equal(verdict("unspecified", to), "unknown");
  }
  for (const from of licenseFamilies.slice(0, 4)) {
    assert.equal(verdict(from, "permissive"), "broken");
    assert.equal(verdict(from, "unspecified"), "unknown");
  }
  assert.deepEqual(
    [...new Set(moves.map((move) => move.verdict))].sort(),
    [...moveVerdicts].sort(),
  );
});

Deno.test("parseLicenseTerms() keeps hostile names as plain keys", async () => {
  const { licenses } = await parseLicenseTerms(tables([
    "__proto__,permissive,A,b,c",
    "constructor,copyleft,A,b,c",
    '"<script>""=cmd(),",copyleft,A,b,c',
  ]));
  assert.deepEqual([...licenses.keys()], ["__proto__", "constructor", '<script>"=cmd(),']);
  assert.equal(licenses.get("toString"), undefined);
});

Deno.test("parseLicenseTerms() refuses a table with a wrong line and names it", async () => {
  const mit = "mit,permissive,MIT License,grant,where";
  const cases: [ReturnType<typeof tables>, RegExp][] = [
    [tables([]), /license_families\.csv: it has no rows/],
    [tables([mit, mit]), /line 3 has the license "mit" a second time/],
    [tables(["MIT,permissive,MIT,grant,where"]), /line 2 has a license that is not in lower case/],
    [tables(["mit,free,MIT,grant,where"]), /the family "free", expected one of "commercial-terms"/],
    [tables(["mit,permissive,MIT,grant,"]), /line 2 has no source/],
    [tables(["mit,permissive,MIT"]), /line 2 has 3 cells, expected 5/],
    [tables([mit, ""]), /line 3 has nothing/],
    [
      tables([mit], everyMove.slice(1)),
      /move from commercial-terms to commercial-terms is missing/,
    ],
    [tables([mit], [...everyMove, everyMove[3]]), /line 38 has the move .* a second time/],
    [tables([mit], ["permissive,copyleft,maybe,why,where"]), /the verdict "maybe"/],
    [tables([mit], ["__proto__,copyleft,unknown,why,where"]), /the family "__proto__"/],
    [{ ...tables(), moves: "to,from\n" }, /another header than "from,to/],
  ];
  for (const [table, message] of cases) {
    await assert.rejects(() => parseLicenseTerms(table), { name: "SyntaxError", message });
  }
});
