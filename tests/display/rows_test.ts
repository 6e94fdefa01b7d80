import assert from "node:assert/strict";
import { Estimate, type RowsOptions, show } from "kindred";
import { parseHTML } from "linkedom";

/** The table of some rows as a document. */
async function page(rows: readonly object[], options: RowsOptions = {}): Promise<Document> {
  const { "text/html": html } = await show(rows as Record<string, unknown>[], options).bundle();
  return parseHTML(`<body>${html}</body>`).document as unknown as Document;
}

/** Texts of the cells, row by row. */
function cells(document: Document): string[][] {
  return [...document.querySelectorAll("tbody tr")]
    .map((row) => [...row.children].map((cell) => cell.textContent!));
}

Deno.test("show() writes numbers, nothing, booleans, dates and lists as people read them", async () => {
  const rows = [
    {
      name: "a",
      children: 12345,
      rate: 0.13492,
      p: 0.00001,
      open: true,
      created: new Date("2024-07-31"),
      tags: ["en", "fr"],
      year: 2024,
      interval: [0.048, 0.259],
      big: 10n ** 12n,
    },
    {
      name: null,
      children: null,
      rate: NaN,
      p: 0.25,
      open: false,
      created: new Date("2024-07-31T12:34:56Z"),
      tags: [],
      year: 2025,
      interval: null,
      big: undefined,
    },
  ];
  assert.deepEqual(cells(await page(rows)), [
    [
      "a",
      "12,345",
      "0.135",
      "1.0e-5",
      "yes",
      "2024-07-31",
      "en, fr",
      "2024",
      "0.048 to 0.259",
      "1,000,000,000,000",
    ],
    ["–", "–", "–", "0.250", "no", "2024-07-31 12:34", "", "2025", "–", "–"],
  ]);
});

Deno.test("show() chooses decimals by column, as asked or three significant digits of the median", async () => {
  const rows = [{ a: 1.5, b: 1234.5678, c: 0.25, d: 2 / 3, e: 1 }, {
    a: 2,
    b: 2345.25,
    c: 0.5,
    d: 1 / 3,
    e: 2,
  }];
  const [first] = cells(await page(rows, { digits: { d: 1 } }));
  assert.deepEqual(first, ["1.5", "1,234.6", "0.25", "0.7", "1"]);
});

Deno.test("show() puts units and headings into the head and numbers to the right", async () => {
  const document = await page([{ externalDependants: 3, organization: "A" }], {
    units: { externalDependants: "assets" },
    headings: { organization: "who" },
    caption: "Hubs & more",
  });
  const heads = [...document.querySelectorAll("th")];
  assert.deepEqual(heads.map(({ textContent }) => textContent), [
    "external dependants assets",
    "who",
  ]);
  assert.deepEqual(heads.map((head) => head.getAttribute("align")), ["right", null]);
  assert.equal(heads[1].getAttribute("title"), "organization");
  assert.equal(document.querySelector("p")!.textContent, "Hubs & more");
  assert.equal(document.querySelector("table")!.getAttribute("aria-label"), "Hubs & more");
  assert.equal(document.querySelectorAll("p")[1].textContent, "1 row, 2 columns");
});

Deno.test("show() leaves out the rows in the middle and says how many, unless that is one", async () => {
  const rows = Array.from({ length: 2000 }, (_, i) => ({ i }));
  const shown = cells(await page(rows, { first: 2, last: 1 })).map(([text]) => text);
  assert.deepEqual(shown, ["0", "1", "… 1,997 more rows …", "1,999"]);
  assert.equal(cells(await page(rows)).length, 16);
  assert.equal(cells(await page(rows.slice(0, 4), { first: 2, last: 1 })).length, 4);
  assert.equal(cells(await page(rows, { first: Infinity })).length, 2000);
  assert.deepEqual(cells(await page([])), []);
});

Deno.test("show() keeps values for sorting, not their rounded texts", async () => {
  const document = await page([{
    rate: new Estimate(0.13492, [0.048, 0.259]),
    day: new Date(5),
    name: "x",
  }]);
  const values = [...document.querySelectorAll("td")].map((cell) => cell.getAttribute("data-v"));
  assert.deepEqual(values, ["0.13492", "5", null]);
  assert.equal(cells(document)[0][0], "0.135 (95% 0.048 to 0.259)");
});

Deno.test("show() escapes hostile names, and takes rows whose keys objects inherit", async () => {
  const hostile = [
    `<script>alert(1)</script>`,
    `" onload="x`,
    `=cmd()`,
    `\u202egnp.exe`,
    `</script>`,
  ];
  const row = Object.fromEntries(hostile.map((name, i) => [name, hostile[i]]));
  Object.defineProperty(row, "__proto__", { value: "own", enumerable: true });
  const rows = [{ ...row, constructor: "c" }, row];
  const { "text/html": html, "text/plain": text } = await show(rows).bundle();
  assert.equal(html.match(/<script>/g)!.length, 1);
  assert.equal(html.match(/<\/script>/g)!.length, 1);
  assert.doesNotMatch(html, /<[^>]* onload/);
  assert.doesNotMatch(html + text, /\u202e/);
  const document = await page(rows, { caption: "<b>" });
  assert.deepEqual(cells(document)[0].slice(0, 3), hostile.slice(0, 3));
  assert.equal(cells(document)[1].at(-1), "–");
});

Deno.test("show() gives the same bytes twice, and text for a terminal", async () => {
  const rows = [{ model: "a/base", children: 1234 }, { model: "b", children: 5 }];
  assert.deepEqual(await show(rows).bundle(), await show(rows).bundle());
  const wanted =
    "model   children (models)\na/base              1,234\nb                       5\n2 rows, 2 columns";
  assert.equal(String(show(rows, { units: { children: "models" } })), wanted);
  assert.equal(Deno.inspect(show(rows, { units: { children: "models" } })), wanted);
});

Deno.test("show() refuses columns that are not there and numbers of rows that are none", () => {
  const rows: Record<string, number>[] = [{ a: 1 }];
  assert.throws(() => show(rows, { columns: ["b"] }), {
    name: "RangeError",
    message: 'Cannot show the column "b": found "a"',
  });
  assert.throws(() => show(rows, { units: { toString: "x" } as never }), RangeError);
  assert.throws(() => show(rows, { first: -1 }), {
    name: "RangeError",
    message:
      'Cannot show rows with the option "first": found -1, expected a whole number of at least 0, or Infinity',
  });
  assert.throws(() => show(rows, { last: 0.5 }), RangeError);
});

Deno.test("show() refuses what it has no way to show", () => {
  for (const what of [null, 3, "text", {}, new Map()]) {
    assert.throws(() => show(what as never), { name: "TypeError", message: /^Cannot show / });
  }
});
