import assert from "node:assert/strict";
import { Estimate, show } from "kindred";
import { parseHTML } from "linkedom";
import { numberText } from "../../lib/display/text_table.ts";

/** The cells of some rows in the page. */
async function cells(rows: readonly object[]): Promise<HTMLElement[]> {
  const { "text/html": html } = await show(rows).bundle();
  return [...parseHTML(`<body>${html}</body>`).document.querySelectorAll("td")];
}

Deno.test("show() makes plain values a table of one column", () => {
  assert.equal(String(show([1, 2000, null])), "value\n    1\n2,000\n    –\n3 rows, 1 column");
  assert.equal(String(show(["abc", "d"])), "value\nabc\nd\n2 rows, 1 column");
  assert.equal(String(show([new Date(0)])), "value\n1970-01-01\n1 row, 1 column");
  assert.equal(String(show([new Map([["k", 1]])])), "value\nk: 1\n1 row, 1 column");
});

Deno.test("show() leaves no cell blank that holds something", async () => {
  function work() {}
  const [row] = [{
    map: new Map<unknown, unknown>([["k", 1.5], [2, ["x", "y"]]]),
    error: new RangeError("too far"),
    work,
    symbol: Symbol("s"),
    address: new URL("data:x"),
    nested: { errors: [new Error("e")], at: new Date(0) },
  }];
  assert.deepEqual((await cells([row])).map(({ textContent }) => textContent), [
    "k: 1.500, 2: [x, y]",
    "RangeError: too far",
    String(work),
    "Symbol(s)",
    "data:x",
    "errors: [Error: e], at: 1970-01-01",
  ]);
});

Deno.test("show() cuts what holds itself, and what is deeper than people read", () => {
  const row: Record<string, unknown> = { list: [1] };
  row.self = row;
  (row.list as unknown[]).push(row.list);
  let deep: unknown = 1;
  for (let i = 0; i < 100_000; i++) deep = { deep };
  const [, line, end] = String(show([{ ...row, deep }])).split(/\n/);
  assert.equal(line, "1, […]  list: [1, […]], self: …  deep: deep: deep: deep: deep: …");
  assert.equal(end, "1 row, 3 columns");
});

Deno.test("numberText() has no negative zero, and no decimals that a number of that size cannot have", () => {
  assert.equal(numberText(-0, { digits: 3 }), "0.000");
  assert.equal(numberText(-0.0001, { digits: 3 }), "0.000");
  assert.equal(numberText(-0.3), "0");
  assert.equal(numberText(-1234.5, { digits: 1 }), "-1,234.5");
  assert.equal(numberText(2 ** 53, { digits: 3 }), "9,007,199,254,740,992");
  assert.equal(numberText(1e21, { digits: 3 }), "1.0e+21");
  assert.equal(numberText(-2024, { grouped: false }), "-2024");
  assert.equal(numberText(10n ** 22n), "10,000,000,000,000,000,000,000");
});

Deno.test("show() writes minus signs in pages and hyphens in a terminal, and sorts by the number", async () => {
  const row = {
    change: -5.25,
    rate: new Estimate(-0.5, [-0.75, 0.25]),
    interval: [-0.5, 0.5],
    none: -0,
    name: "gpt-4",
  };
  const found = await cells([row]);
  assert.deepEqual(found.map(({ textContent }) => textContent), [
    "−5.25",
    "−0.5 (95% −0.8 to 0.3)",
    "−0.500 to 0.500",
    "0",
    "gpt-4",
  ]);
  assert.deepEqual(found.map((cell) => cell.getAttribute("data-v")), [
    "-5.25",
    "-0.5",
    "-0.5",
    "0",
    null,
  ]);
  assert.match(String(show([row])), /^ *-5\.25 +-0\.5 \(95% -0\.8 to 0\.3\) +-0\.500 to 0\.500 /m);
});

Deno.test("show() breaks long words where their parts begin only", async () => {
  const [cell, other] = await cells([{
    a: "parentDiffersByCase <b>",
    b: "created_before_its_parent",
  }]);
  assert.equal(
    cell.innerHTML,
    "parent<wbr>Differs<wbr>By<wbr>Case &#60;b&#62;".replace(/&#60;/, "&lt;").replace(
      /&#62;/,
      "&gt;",
    ),
  );
  assert.equal(other.innerHTML, "created_<wbr>before_<wbr>its_<wbr>parent");
});

Deno.test("show() makes one format for all cells of a number of decimals", async () => {
  const { NumberFormat } = Intl;
  const own = Number.prototype.toLocaleString;
  let made = 0;
  Intl.NumberFormat = new Proxy(NumberFormat, {
    construct(target, values) {
      made++;
      return Reflect.construct(target, values);
    },
  });
  Number.prototype.toLocaleString = function (...values) {
    made++;
    return own.apply(this, values as []);
  };
  try {
    await show(Array.from({ length: 500 }, (_, i) => ({ a: i / 8, b: i })), { first: Infinity })
      .bundle();
  } finally {
    Intl.NumberFormat = NumberFormat;
    Number.prototype.toLocaleString = own;
  }
  assert.ok(made < 10, `${made} formats`);
});

Deno.test("show() shows characters that turn the direction the same way in all its outputs", async () => {
  const name = "a\u202eb";
  const family = {
    root: name,
    models: 2,
    edges: [{ parent: name, child: `${name}c`, relation: "merge" as const }],
  };
  const drawn = await show(family).bundle();
  const tables = await show([{ [name]: name }], { caption: name }).bundle();
  for (
    const text of [
      drawn["image/svg+xml"],
      drawn["text/html"],
      drawn["text/plain"],
      ...Object.values(tables),
    ]
  ) {
    assert.doesNotMatch(text, /\u202e/);
  }
  assert.match(tables["text/html"], /aria-label="a\\u202eb"/);
  assert.match(drawn["text/html"], /alt="a\\u202eb\. /);
  assert.match(drawn["image/svg+xml"], /<title>a\\u202eb<\/title>/);
  assert.match(drawn["image/svg+xml"], /<text[^>]*>a\\u202ebc<\/text>/);
  const plot = { outerHTML: `<svg aria-label="${name}"></svg>` };
  assert.match((await show(plot).bundle())["text/html"], /alt="a\\u202eb"/);
});
