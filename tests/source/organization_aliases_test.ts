import assert from "node:assert/strict";
import {
  parseOrganizationAliases,
  readOrganizationAliases,
} from "../../lib/source/organization_aliases.ts";
import { paths } from "../../lib/paths.ts";

const header = "kind,spelling,bodies,reason";
const parse = (...rows: string[]) =>
  parseOrganizationAliases([header, ...rows].join("\n"), { source: "t.csv" });

Deno.test("readOrganizationAliases() reads the table that comes with the project", async () => {
  const { rows, source, longest } = await readOrganizationAliases();
  assert.equal(source, paths.organizationAliases);
  assert.equal(longest, 3);
  for (const { spelling, reason } of rows) assert.ok(reason.length > 8, spelling);
  assert.equal(new Set(rows.map(({ spelling }) => spelling)).size, rows.length);
});

Deno.test("parseOrganizationAliases() keeps kind, spelling, bodies, reason and line of each row", async () => {
  const table = await parse(
    "form,Inc.,,legal form",
    "",
    'name,"Runway, Inc","Runway, Inc",a comma of its own',
    "split,A and B,A | B,two bodies",
    "alias,constructor,__proto__,hostile",
  );
  assert.deepEqual(
    table.rows.map(({ kind, spelling, bodies, line }) => [kind, spelling, bodies, line]),
    [
      ["form", "Inc.", [], 2],
      ["name", "Runway, Inc", ["Runway, Inc"], 4],
      ["split", "A and B", ["A", "B"], 5],
      ["alias", "constructor", ["__proto__"], 6],
    ],
  );
  assert.equal(table.names.get("__proto__"), "__proto__");
  assert.ok(Object.isFrozen(table.rows[0]));
});

Deno.test("parseOrganizationAliases() takes CR LF and a byte-order mark", async () => {
  const text = `\ufeff${header}\r\nalias,a,b,why\r\n`;
  assert.deepEqual((await parseOrganizationAliases(text)).rows.map(({ line }) => line), [2]);
});

Deno.test("parseOrganizationAliases() takes no rows for a table that changes nothing", async () => {
  assert.deepEqual((await parse()).rows, []);
});

for (
  const [why, rows, message] of [
    ["an unknown kind", ["same,a,b,why"], /t\.csv:2: kind is "same", expected one of "alias"/],
    ["too few cells", ["alias,a,b"], /t\.csv:2: found 3 cells, expected 4/],
    ["too many cells", ["alias,a, b,c,why"], /t\.csv:2: found 5 cells/],
    ["no spelling", ["alias, ,b,why"], /t\.csv:2: the spelling is empty/],
    ["no reason", ["", "alias,a,b, "], /t\.csv:3: "a" has no reason/],
    ["no canonical name", ["alias,a,,why"], /t\.csv:2: "a" stands for 0 names, expected one/],
    ["an empty canonical name", ["split,a,b | |c,why"], /t\.csv:2: "a" stands for an empty name/],
    ["an alias of two", ["alias,a,b|c,why"], /"a" stands for 2 names, expected one/],
    ["a split into one", ["split,a,b,why"], /"a" stands for 1 names, expected two or more/],
    ["a legal form with a body", ["form,Inc,b,why"], /"Inc" stands for 1 names, expected none/],
    [
      "a spelling that comes twice, blind to case and white space",
      ["alias,Open AI,b,why", "alias,x,y,why", "alias,openai,c,why"],
      /t\.csv:4: the spelling "openai" a second time, first at line 2/,
    ],
    [
      "a spelling that is a legal form too",
      ["form,Inc,,why", "alias,INC,b,why"],
      /t\.csv:3: the spelling "INC" a second time/,
    ],
    [
      "a chain of aliases",
      ["alias,a,b,why", "alias,B,c,why"],
      /t\.csv:2: "a" leads to "b", which line 3 leads on to "c"/,
    ],
    [
      "an alias of a text that is split",
      ["alias,a,b,why", "split,b,c|d,why"],
      /t\.csv:2: "a" leads to "b", which line 3 leads on to "c", "d"/,
    ],
    ["an alias of itself", ["alias,a,a,why"], /t\.csv:2: "a" is an alias of itself/],
    [
      "one body in two spellings",
      ["alias,a,Big Lab,why", "alias,b,BigLab,why"],
      /t\.csv:3: "BigLab" is spelt "Big Lab" in a row before/,
    ],
    [
      "an alias that the rule cuts",
      ['alias,"A, B",C,why'],
      /t\.csv:2: the alias "A, B" has 2 parts: make it a "name"/,
    ],
    ["a name that the rule does not cut", ["name,A,A,why"], /"A" needs no protection/],
    [
      "a name that only a legal form follows",
      ["form,Inc,,why", 'name,"A, Inc","A, Inc",why'],
      /t\.csv:3: the name "A, Inc" needs no protection/,
    ],
    ["a legal form with a comma", ['form,"Co, Inc",,why'], /has 2 parts, expected 1/],
    ["a quote that is not closed", ['alias,"a,b,why'], /t\.csv:2.*quote/],
  ] as [string, string[], RegExp][]
) {
  Deno.test(`parseOrganizationAliases() refuses ${why}`, async () => {
    await assert.rejects(parse(...rows), { name: "SyntaxError", message });
  });
}

Deno.test("parseOrganizationAliases() refuses another header, and an empty file", async () => {
  for (const text of ["spelling,reason\na,b", "", "\n"]) {
    await assert.rejects(parseOrganizationAliases(text, { source: "t.csv" }), {
      name: "SyntaxError",
      message: /t\.csv:1: found .*expected the header "kind,spelling,bodies,reason"/,
    });
  }
});
