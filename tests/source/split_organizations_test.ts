import assert from "node:assert/strict";
import fc from "fast-check";
import {
  parseOrganizationAliases,
  readOrganizationAliases,
} from "../../lib/source/organization_aliases.ts";
import {
  organizationKey,
  organizationSpans,
  readOrganizationText,
} from "../../lib/source/split_organizations.ts";

const table = await readOrganizationAliases();
const empty = await parseOrganizationAliases("kind,spelling,bodies,reason\n");
const bodies = (text: string, of = table) => [...readOrganizationText(text, of).bodies];

Deno.test("readOrganizationText() splits at commas and semicolons, and at an and after a comma", () => {
  assert.deepEqual(bodies("Baidu, PengCheng Laboratory"), ["Baidu", "PengCheng Laboratory"]);
  assert.deepEqual(bodies("A;B，C"), ["A", "B", "C"]);
  assert.deepEqual(bodies("A, B, and C"), ["A", "B", "C"]);
  assert.deepEqual(bodies("A, B, & C"), ["A", "B", "C"]);
  assert.deepEqual(bodies(" A ,, B, "), ["A", "B"]);
});

Deno.test("readOrganizationText() leaves what may be part of a name", () => {
  for (
    const name of [
      "University of Science and Technology of China",
      "AT&T",
      "Lab (Paris, Rome)",
      "Lab (Paris, Rome",
      "01.AI",
      "constructor",
      "__proto__",
      "<script>alert(1)</script>",
      "=cmd()",
      'The "Lab"',
    ]
  ) {
    const { bodies, rows } = readOrganizationText(name, table);
    assert.deepEqual(
      bodies,
      name.includes("(Paris, Rome") && !name.includes(")") ? ["Lab (Paris", "Rome"] : [name],
    );
    assert.deepEqual(rows, []);
  }
  assert.deepEqual(bodies("A, Andorra Lab"), ["A", "Andorra Lab"]);
});

Deno.test("readOrganizationText() protects names that hold a comma, alone and among others", () => {
  for (
    const name of [
      "Runway AI, Inc.",
      "Continue Dev, Inc.",
      "University of Maryland, College Park",
      "University of California, Berkeley",
    ]
  ) {
    assert.deepEqual(bodies(name), [name]);
    assert.equal(readOrganizationText(name, table).reading, "whole");
    assert.deepEqual(bodies(`Google, ${name}; Meta`), ["Google", name, "Meta"]);
  }
  assert.deepEqual(bodies("ByteDance and University of Maryland, College Park"), [
    "ByteDance",
    "University of Maryland, College Park",
  ]);
  // A part of a protected name is not protected.
  assert.deepEqual(bodies("University of Maryland, Google"), ["University of Maryland", "Google"]);
});

Deno.test("readOrganizationText() gives each spelling its name, blind to case and white space", () => {
  assert.deepEqual(bodies("google deep mind"), ["Google DeepMind"]);
  assert.deepEqual(bodies("CMU, UC  Berkeley, hugging face"), [
    "Carnegie Mellon University",
    "University of California, Berkeley",
    "Hugging Face",
  ]);
  assert.deepEqual(bodies("Meta, Meta AI"), ["Meta"]);
  assert.deepEqual(bodies("Nvidia, Inc."), ["NVIDIA"]);
  // Subsidiaries are bodies of their own.
  assert.deepEqual(bodies("DeepMind, Google"), ["Google DeepMind", "Google"]);
  // Combining accents are the accents.
  assert.deepEqual(bodies("Departamento Astrofi\u0301sica, Universidad de la Laguna"), [
    "Universidad de La Laguna",
  ]);
});

Deno.test("readOrganizationText() says what became of a text and why", () => {
  const reading = (text: string) => readOrganizationText(text, table).reading;
  assert.deepEqual(
    ["Google", "Meta AI", "Runway AI, Inc.", "Microsoft, NVIDIA", ""].map(reading),
    ["left", "renamed", "whole", "split", "left"],
  );
  assert.deepEqual(
    readOrganizationText("CMU, UC Berkeley", table).rows.map((row) => row.spelling),
    [
      "CMU",
      "UC Berkeley",
    ],
  );
  assert.deepEqual(bodies(""), []);
  assert.deepEqual(bodies(" ,; "), []);
});

const piece = fc.oneof(
  fc.constantFrom(
    ", ",
    ";",
    ",",
    " and ",
    ", and ",
    " & ",
    "(",
    ")",
    " ",
    "Inc.",
    ...table.rows.map(({ spelling }) => spelling),
    ...table.rows.flatMap(({ bodies }) => bodies),
  ),
  fc.string({ maxLength: 8 }),
  fc.string({ unit: "binary", maxLength: 4 }),
);
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
Deno.test("organizationSpans() loses no letter but those of an and after a comma", () => {
  fc.assert(
    fc.property(text, (given) => {
      const spans = organizationSpans(given, new Set());
      let end = 0;
      for (const span of spans) {
        assert.match(
          given.slice(end, span.start),
          /^[\s,;，；、]*(?:[,;，；、]\s*(?:and|&)\s+)?$/iu,
        );
        assert.ok(span.start < span.end);
        end = span.end;
      }
      assert.match(given.slice(end), /^[\s,;，；、]*$/u);
      const names = spans.map(({ start, end }) => given.slice(start, end));
      assert.deepEqual(bodies(given, empty), [...new Set(names)]);
    }),
    { seed: 1, numRuns: 500 },
  );
});

Deno.test("readOrganizationText() leaves each of its results as it is", () => {
  fc.assert(
    fc.property(text, (given) => {
      for (const body of bodies(given)) assert.deepEqual(bodies(body), [body]);
    }),
    { seed: 2, numRuns: 500 },
  );
});

Deno.test("readOrganizationText() finds every spelling of the table among other names", () => {
  const other = fc.stringMatching(/^[A-Z][a-z]{3,8}x$/u);
  const row = fc.constantFrom(...table.rows.filter(({ kind }) => kind !== "form"));
  fc.assert(
    fc.property(other, row, other, (before, { spelling, bodies: stands }, after) => {
      const found = bodies(`${before}, ${spelling.toUpperCase()} ; ${after}`);
      assert.deepEqual(found, [...new Set([before, ...stands, after])]);
    }),
    { seed: 3 },
  );
});

Deno.test("readOrganizationText() reads a text of ten thousand commas in a moment", () => {
  const hostile = Array.from({ length: 10_000 }, (_, i) => `(Lab ${i}`).join(", ");
  assert.equal(bodies(hostile).length, 10_000);
});

Deno.test("organizationKey() is blind to case, white space and the encoding of accents, not to punctuation", () => {
  assert.equal(organizationKey(" Open\u00a0AI\n"), organizationKey("OPENAI"));
  assert.equal(organizationKey("E\u0301cole"), organizationKey("École"));
  assert.notEqual(organizationKey("H2O.AI"), organizationKey("H2O AI"));
});
