import assert from "node:assert/strict";
import { jsonArrayBlocks } from "../../lib/source/json_array.ts";
import { pieces, textOf } from "../fixtures/chunks.ts";

const encode = (text: string) => new TextEncoder().encode(text);

function lines(text: string, { size = 7, longest }: { size?: number; longest?: number } = {}) {
  const empty: number[] = [];
  const onEmpty = (element: number) => empty.push(element);
  const blocks = jsonArrayBlocks(pieces(encode(text), size), {
    source: "a.json",
    longest,
    onEmpty,
  });
  return textOf(blocks).then((text) => ({ text, empty }));
}

Deno.test("jsonArrayBlocks() gives the parsed elements when the array is written in any way", async () => {
  const rows = [
    { id: "a/b", tags: ["[", "]", "{,}", '"', "\\", '\\"', "é😀"], deep: [[1, [2]], { x: {} }] },
    { id: "\n\r\t\u2028", n: -1.5e-7, ok: true, none: null },
    {},
    [],
    "a, ]",
    12,
    null,
  ];
  for (const space of [0, 2, "\t"]) {
    for (const size of [1, 2, 3, 64, 10_000]) {
      const text = JSON.stringify(rows, null, space).replaceAll("\n", size === 64 ? "\r\n" : "\n");
      const got = await lines(`\ufeff \n${text}\n \n`, { size });
      const parsed = got.text.trimEnd().split("\n").map((line) => JSON.parse(line));
      assert.deepEqual(parsed, rows);
      assert.deepEqual(got.empty, []);
    }
  }
  assert.deepEqual(await lines("[ ]"), { text: "", empty: [] });
});

Deno.test("jsonArrayBlocks() keeps a row with a raw line break in a string on one line, as invalid as it was", async () => {
  const { text } = await lines('[{"id": "a\nb"}, {"id": "c"}]');
  const [first, second] = text.trimEnd().split("\n");
  assert.throws(() => JSON.parse(first), SyntaxError);
  assert.deepEqual(JSON.parse(second), { id: "c" });
});

Deno.test("jsonArrayBlocks() counts empty elements", async () => {
  assert.deepEqual(await lines("[1,,2,]"), { text: " 1\n 2\n", empty: [2, 3] });
});

Deno.test("jsonArrayBlocks() refuses when the array is cut, goes on or closes what it never opened", async () => {
  const cases: [string, RegExp][] = [
    ['[{"id": "a"}, {"id', /truncated, the file ends after element 1/],
    ['[{"id": "a"}', /truncated, the file ends after element 0/],
    ["", /truncated/],
    ["[1] x", /more follows after the array's end/],
    ["[1][2]", /more follows/],
    ["[1}]", /closes nothing/],
    ["{}", /does not begin with \[/],
  ];
  for (const [text, message] of cases) {
    await assert.rejects(lines(text), { name: "SyntaxError", message }, text);
  }
  await assert.rejects(lines(`["${"x".repeat(6 << 20)}"]`, { size: 1 << 20, longest: 5 << 20 }), {
    name: "RangeError",
  });
});
