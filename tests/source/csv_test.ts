import assert from "node:assert/strict";
import fc from "fast-check";
import { csvParseRows } from "d3-dsv";
import { formatCsv, readCsv } from "../../lib/source/csv.ts";

async function read(...chunks: (string | Uint8Array)[]): Promise<string[][]> {
  return await Array.fromAsync(readCsv(chunks));
}

/** Cuts a text, or its bytes, into pieces of one unit. */
function crumbs(text: string, as: "text" | "bytes"): (string | Uint8Array)[] {
  return as === "text"
    ? text.split("")
    : Array.from(new TextEncoder().encode(text), (byte) => Uint8Array.of(byte));
}

Deno.test("readCsv() reads quotes, commas and newlines inside cells, wherever the chunks are cut", async () => {
  const text = 'id,"no\nte"\r\n1,"a ""b"", c\r\nd"\n\n"",é\u{1f600}\r\n,';
  const wanted = [["id", "no\nte"], ["1", 'a "b", c\r\nd'], ["", "é\u{1f600}"], ["", ""]];
  assert.deepEqual(await read(text), wanted);
  assert.deepEqual(await read(...crumbs(text, "text")), wanted);
  assert.deepEqual(await read(...crumbs(text, "bytes")), wanted);
});

Deno.test("readCsv() yields a record as soon as it is complete", async () => {
  let given = 0;
  function* chunks() {
    for (const chunk of ['a,"', 'b\n"', "\nc,", "d\n"]) {
      given++;
      yield chunk;
    }
  }
  const rows = readCsv(chunks());
  assert.deepEqual((await rows.next()).value, ["a", "b\n"]);
  assert.equal(given, 3);
  assert.deepEqual((await rows.next()).value, ["c", "d"]);
});

Deno.test("readCsv() skips a byte-order mark and blank lines, and takes LF, CR LF and CR", async () => {
  assert.deepEqual(await read("\ufeffa,b\n"), [["a", "b"]]);
  assert.deepEqual(await read(...crumbs('\ufeff"a",b\n', "bytes")), [["a", "b"]]);
  assert.deepEqual(await read("a,b\r\n\r\nc,d\re,f"), [["a", "b"], ["c", "d"], ["e", "f"]]);
  assert.deepEqual(await read(""), []);
  assert.deepEqual(await read("\n\n"), []);
});

Deno.test("readCsv() keeps rows apart when one is too short or too long", async () => {
  assert.deepEqual(await read("a,b\n1\n1,2,3\n4,5\n"), [["a", "b"], ["1"], ["1", "2", "3"], [
    "4",
    "5",
  ]]);
});

Deno.test("readCsv() takes a quote inside an unquoted cell as text", async () => {
  const text = '5" disk,2\n"q\nr",3\n6" disk,4\n';
  const wanted = [['5" disk', "2"], ["q\nr", "3"], ['6" disk', "4"]];
  assert.deepEqual(await read(text), wanted);
  assert.deepEqual(await read(...crumbs(text, "text")), wanted);
});

Deno.test("readCsv() names the line when a quote is not closed, text follows one, or bytes are not UTF-8", async () => {
  const unclosed = /Cannot read x\.csv: the record that begins at line 3 has a quote .*not closed/;
  const bad = (chunks: (string | Uint8Array)[], message: RegExp) =>
    assert.rejects(
      Array.fromAsync(readCsv(chunks, { source: "x.csv" })),
      (error: unknown) => error instanceof SyntaxError && message.test(error.message),
    );
  await bad(['a,b\n1,2\n3,"4\n5,6\n'], unclosed);
  await bad(['a,b\n1,2\n3,"4""'], unclosed);
  await bad(["a,b\n", '1,"2"x\n'], /line 2 has "x\\n" after a closing quote/);
  await bad(crumbs('a\n"b\nc" ,d', "text"), /line 3 has " " after a closing quote/);
  await bad(["a,b\n", Uint8Array.of(0xff, 0xfe)], /the text after line 2 is not UTF-8/);
  await bad(["a,b\n", Uint8Array.of(0xc3)], /the text after line 2 is not UTF-8/);
});

Deno.test("readCsv() refuses a record of more than 64 MiB, with a quote open and without", async () => {
  function* endless(start: string) {
    yield `a,b\n${start}`;
    for (let i = 0; i < 9; i++) yield "x".repeat(8 << 20);
  }
  await assert.rejects(Array.fromAsync(readCsv(endless('"'))), /line 2 has a quote .* within 6710/);
  await assert.rejects(Array.fromAsync(readCsv(endless(""))), /line 2 is longer than 67108864/);
});

Deno.test("readCsv() takes time in proportion to the length when one line has a million quoted cells", async () => {
  const cells = 1_000_000;
  const [row] = await read(`${'"a",'.repeat(cells - 1)}"a"`);
  assert.equal(row.length, cells);
});

const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r", " ", "é") }),
  fc.constantFrom("__proto__", "<script>", "=cmd()", "['a', 'b']"),
);

Deno.test("readCsv() equals parsing the whole text at once when rows, quotes and cuts are random", async () => {
  const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.tuple(cell, fc.boolean()), { minLength: 2, maxLength: 4 }), {
        maxLength: 5,
      }),
      fc.constantFrom("\n", "\r\n"),
      fc.array(fc.nat({ max: 60 }), { maxLength: 6 }),
      async (table, end, cuts) => {
        const text = table
          .map((row) =>
            row.map(([value, quote]) => quote || /[",\r\n]/.test(value) ? quoted(value) : value)
              .join(",")
          )
          .join(end);
        const at = [0, ...cuts.map((cut) => Math.min(cut, text.length)), text.length]
          .sort((a, b) => a - b);
        const chunks = at.slice(1).map((to, i) => text.slice(at[i], to));
        const rows = await read(...chunks);
        assert.deepEqual(rows, csvParseRows(text).filter((row) => row.length > 1));
        assert.deepEqual(rows, table.map((row) => row.map(([value]) => value)));
      },
    ),
    { seed: 1, numRuns: 300 },
  );
});

Deno.test("formatCsv() writes what readCsv() reads back when cells are random", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ id: fc.integer(), text: cell }), { minLength: 1 }),
      async (table) => {
        const [header, ...rows] = await read(formatCsv(table));
        assert.deepEqual(header, ["id", "text"]);
        assert.deepEqual(
          rows,
          table.map(({ id, text }) => [`${id}`, /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text]),
        );
      },
    ),
    { seed: 1, numRuns: 200 },
  );
});

Deno.test("formatCsv() makes text harmless that a spreadsheet would run, and leaves numbers alone", () => {
  const hostile = ["=cmd()", "+1", "-1", "@x", "＝x", "\tx", "\rx", "\nx"];
  for (const text of hostile) {
    const [, line] = formatCsv([{ a: text }]).split(/^a\n/);
    assert.ok(line.replace(/^"/, "").startsWith("'"), JSON.stringify(line));
  }
  assert.equal(formatCsv([{ "=a": -1.5, b: "a-b=c", c: 1e21 }]), "'=a,b,c\n-1.5,a-b=c,1e+21\n");
});

Deno.test("formatCsv() takes the columns asked for, and empty cells where a row has none", () => {
  const rows = [{ a: 1, b: null }, { c: true }];
  assert.equal(formatCsv(rows), "a,b,c\n1,,\n,,true\n");
  assert.equal(formatCsv(rows, { columns: ["c", "constructor"] }), "c,constructor\n,\ntrue,\n");
  assert.equal(formatCsv([{ at: new Date(0) }]), "at\n1970-01-01T00:00:00.000Z\n");
  assert.equal(formatCsv([], { columns: ["a"] }), "a\n");
});

Deno.test("formatCsv() refuses a cell that holds an object", () => {
  for (const value of [{}, [1], () => 1]) {
    assert.throws(() => formatCsv([{ list: value }]), {
      name: "TypeError",
      message: /column "list" holds a value of type (object|function)/,
    });
  }
});
