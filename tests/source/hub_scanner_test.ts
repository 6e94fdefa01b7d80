import assert from "node:assert/strict";
import fc from "fast-check";
import { hashBytes, viewOf } from "../../lib/core/byte_table.ts";
import type { HubBatch } from "../../lib/source/hub_batch.ts";
import { HubColumns } from "../../lib/source/hub_columns.ts";
import { addRow, BatchIssues } from "../../lib/source/hub_row.ts";
import { HubScanner } from "../../lib/source/hub_scanner.ts";

const encoder = new TextEncoder();

/** The oracle: JSON.parse and addRow for every line, no byte scanning. */
function slowScan(text: string): HubBatch {
  const columns = new HubColumns();
  const issues = new BatchIssues();
  const lines = text.split("\n").slice(0, -1);
  let at = 0;
  lines.forEach((line, number) => {
    const bytes = encoder.encode(line);
    columns.reset();
    const place = { line: number, lineStart: at, lineEnd: at + bytes.length };
    at += bytes.length + 1;
    if (/^[ \t\r]*$/.test(line)) return;
    try {
      addRow(JSON.parse(line), columns, { ...place, issues });
    } catch (error) {
      assert.ok(error instanceof SyntaxError);
      issues.add("notJson", "the line is not JSON; refused", number, line);
    }
  });
  return columns.take(lines.length, issues.take());
}

/** A batch with strings for codes: rows that the byte scanner gave up may have left unused strings in its dictionary. */
function readable(batch: HubBatch): unknown {
  const strings = ({ bytes, ends }: HubBatch["newTags"]) =>
    [...ends].map((end, i) =>
      new TextDecoder().decode(bytes.subarray(i > 0 ? ends[i - 1] : 0, end))
    );
  const { newTags, newTasks, newLibraries, ...rest } = batch;
  const [tags, tasks, libraries] = [newTags, newTasks, newLibraries].map(strings);
  return {
    ...rest,
    tagCodes: Array.from(batch.tagCodes, (code) => tags[code]),
    task: Array.from(batch.task, (code) => tasks[code] ?? null),
    library: Array.from(batch.library, (code) => libraries[code] ?? null),
  };
}

function same(text: string): void {
  assert.deepEqual(readable(new HubScanner().scan(encoder.encode(text))), readable(slowScan(text)));
}

Deno.test("HubScanner.scan() equals JSON.parse and addRow when rows are ordinary", () => {
  same(
    [
      '{"id":"a/b","likes":3,"trendingScore":0,"private":false,"downloads":12,"tags":["en","license:mit"],"pipeline_tag":"text-generation","library_name":"transformers","createdAt":"2024-02-29T12:34:56.789Z","modelId":"a/b"}',
      '{ "id" : "c/d" , "tags" : [ "en" , "de" ] , "parameters": 7000000, "gated": true, "sha": "x" }',
      '{"modelId":"only/modelId","tags":[],"pipeline_tag":null,"library_name":null,"private":null,"likes":null}',
      '{"id":"with/card","modelCard":"# Title\\n\\"quoted\\" ünï 🦙 This card was Automatically Generated"}',
      "",
      '\t{"id":"last","private":true,"likes":-1}\r',
      "",
    ].join("\n"),
  );
});

Deno.test("HubScanner.scan() equals JSON.parse and addRow when rows are odd or broken", () => {
  const odd = [
    '{"id":"dup/keys","id":"second","tags":["a"],"tags":["b"]}',
    '{"id":"f/loat","trendingScore":1.5,"likes":1e3,"downloads":0.5}',
    '{"id":"b/ad","likes":"many","tags":"en","private":"no","pipeline_tag":7,"library_name":["x"],"modelCard":3}',
    '{"id":"t/ags","tags":["en",1,null,{"a":[]},"ü","\\u0065n",""]}',
    '{"id":"d/ate","createdAt":"2023-02-30T00:00:00.000Z"}',
    '{"id":"d/ate2","createdAt":"2024-01-01"}',
    '{"id":"d/ate3","createdAt":"2024-01-01T24:00:00.000Z"}',
    '{"id":"d/ate4","createdAt":"20x4-01-01T00:00:00.000Z"}',
    '{"id":"d/ate5","createdAt":"0001-01-01T00:00:00.000Z"}',
    '{"__proto__":{"id":"x"},"id":"__proto__","constructor":1}',
    '{"id":"constructor"}',
    '{"id":"<script>alert(1)</script>","tags":["=cmd()","\\"quoted\\""]}',
    '{"id":""}',
    '{"id":null,"modelId":null}',
    '{"id":7}',
    '{"likes":1}',
    "{}",
    "[]",
    "null",
    '"text"',
    "{",
    '{"id":"a"',
    '{"id":"a",}',
    '{"id":"a"} x',
    '{"id":"a","tags":["x",]}',
    '{"id":"a","tags":["x"}',
    '{"id":"a","likes":01}',
    '{"id":"a","likes":-}',
    '{"id":"a","likes":12345678901234567890}',
    '{"id":"a\tb"}',
    '{"id":"a","modelCard":"x\\"}',
    '{"id":"a","modelCard":"\\x"}',
    '{"id":"a","x":tru}',
    '{"id":"a","x":nul}',
    '{"id":"nested","x":{"id":"inner"},"y":[1,[2]]}',
    "not json at all",
  ];
  same(odd.map((line) => `${line}\n`).join(""));
  for (const line of odd) same(`${line}\n`);
});

Deno.test("HubScanner.scan() refuses lines that are not UTF-8 and goes on", () => {
  const bytes = Uint8Array.from([
    ...encoder.encode('{"id":"a/b'),
    0xff,
    ...encoder.encode('"}\n{"id":"c/d"}\n'),
  ]);
  const batch = new HubScanner().scan(bytes);
  assert.equal(batch.rows, 1);
  assert.equal(batch.issues[0].kind, "notUtf8");
  assert.equal(batch.line[0], 1);
});

Deno.test("HubScanner.scan() never lets a card's last escape run into the next line", () => {
  same('{"id":"a","modelCard":"x\\\n{"id":"b"}\n');
});

const value = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string()),
  fc.object(),
);
const key = fc.constantFrom(
  "id",
  "likes",
  "trendingScore",
  "private",
  "downloads",
  "tags",
  "pipeline_tag",
  "library_name",
  "createdAt",
  "modelId",
  "modelCard",
  "i",
  "it",
  "other",
  "__proto__",
);

Deno.test("HubScanner.scan() equals JSON.parse and addRow when rows are random", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.tuple(key, value), { maxLength: 6 }), { maxLength: 4 }),
      (rows) => {
        same(
          rows
            .map((fields) =>
              `{${
                fields.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v) ?? "null"}`).join(
                  ",",
                )
              }}\n`
            )
            .join(""),
        );
      },
    ),
    { numRuns: 500, seed: 1 },
  );
});

Deno.test("HubScanner.scan() equals JSON.parse and addRow when one byte of a row is changed", () => {
  const row =
    '{"id":"a/b","likes":3,"tags":["en","license:mit"],"private":false,"createdAt":"2024-02-29T12:34:56.789Z","modelCard":"a\\nb"}\n{"id":"c/d"}\n';
  fc.assert(
    fc.property(fc.nat({ max: row.length - 1 }), fc.integer({ min: 1, max: 127 }), (at, byte) => {
      const bytes = encoder.encode(row);
      bytes[at] = byte;
      const text = new TextDecoder().decode(bytes);
      same(text.endsWith("\n") ? text : `${text}\n`);
    }),
    { numRuns: 2000, seed: 1 },
  );
});

Deno.test("HubScanner.scan() hashes ids and tags of every length as tables do", () => {
  const texts = Array.from({ length: 40 }, (_, length) => "Ab-c/d.e_f".repeat(4).slice(0, length));
  const lines = texts.slice(1).map((text, i) => {
    // The tags begin at every place of a word.
    const tags = [...texts, ...texts.map((text) => `${" ".repeat(i % 4)}${text}`)];
    return JSON.stringify({ id: `${i}${text}`, tags });
  });
  const scanner = new HubScanner();
  const { rows, idBytes, idEnds, idHashes } = scanner.scan(encoder.encode(`${lines.join("\n")}\n`));
  assert.equal(rows, 39);
  idEnds.forEach((end, i) =>
    assert.equal(idHashes[i], hashBytes(viewOf(idBytes), i > 0 ? idEnds[i - 1] : 0, end))
  );
  const { table } = scanner.columns.tags;
  assert.equal(table.size, 40 + 3 * 40);
  for (const [code, text] of table.column().toArray().entries()) {
    assert.equal(table.findString(text), code);
  }
});
