import assert from "node:assert/strict";
import { ByteTable, hashBytes, viewOf } from "../../lib/core/byte_table.ts";
import { random } from "../../lib/core/random.ts";

Deno.test("ByteTable gives codes in the order of first use when it grows past its first size", () => {
  const table = new ByteTable();
  const oracle = new Map<string, number>();
  const rng = random({ seed: 3 });
  for (let i = 0; i < 20_000; i++) {
    const text = `${rng.chance(0.2) ? "ü" : ""}${"x".repeat(rng.below(40))}${rng.below(4000)}`;
    const expected = oracle.get(text) ?? oracle.size;
    oracle.set(text, expected);
    assert.equal(table.internString(text), expected);
  }
  assert.equal(table.size, oracle.size);
  const column = table.column();
  for (const [text, code] of oracle) {
    assert.equal(column.at(code), text);
    assert.equal(table.findString(text), code);
  }
  assert.equal(table.findString("absent"), -1);
});

Deno.test("ByteTable tells strings apart that differ by case, and finds the twin", () => {
  const table = new ByteTable();
  for (const text of ["Org/Model-1_B", "other", "org/model-1_b", "", "Org/Model-1\u007fB"]) {
    table.internString(text);
  }
  assert.equal(table.size, 5);
  assert.equal(table.findCaseTwinOf("ORG/MODEL-1_B"), 0);
  assert.equal(table.findCaseTwinOf("Org/Model-1_B"), 2);
  assert.equal(table.findCaseTwinOf("other"), -1);
  assert.equal(table.findCaseTwinOf("Org/Model-1-B"), -1);
});

Deno.test("ByteTable keeps names that objects treat apart", () => {
  const table = new ByteTable();
  const names = [
    "__proto__",
    "constructor",
    "toString",
    "<script>alert(1)</script>",
    "\u0000",
    "🦙",
  ];
  assert.deepEqual(names.map((name) => table.internString(name)), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(table.column().toArray(), names);
});

Deno.test("ByteTable gives the same codes all at a time, shared and grown, and names twins by case", async () => {
  const plain = new ByteTable();
  const shared = new ByteTable({ shared: true });
  const rng = random({ seed: 5 });
  const encoder = new TextEncoder();
  for (let batch = 0; batch < 12; batch++) {
    const texts = Array.from({ length: rng.below(1500) }, () => {
      const text = `${rng.below(3000)}/ä-${"x".repeat(rng.below(40))}`;
      return rng.chance(0.1) ? text.toUpperCase() : text;
    });
    const all = texts.map((text) => encoder.encode(text));
    let end = 0;
    const ends = Uint32Array.from(all, ({ length }) => end += length);
    const bytes = new Uint8Array(await new Blob(all).arrayBuffer());
    const hashes = Uint32Array.from(all, (each) => hashBytes(viewOf(each), 0, each.length));
    const { codes, twins } = shared.internAll({ bytes, ends, hashes });
    for (const [i, text] of texts.entries()) {
      const isNew = plain.findString(text) < 0;
      const twin = isNew ? plain.findCaseTwinOf(text) : -1;
      assert.equal(twins.has(i), twin >= 0);
      if (twin >= 0) {
        assert.equal(shared.column().at(twins.get(i)!).toLowerCase(), text.toLowerCase());
      }
      assert.equal(codes[i], plain.internString(text));
      assert.equal(shared.findString(text), codes[i]);
    }
  }
  const column = shared.column();
  assert.deepEqual(column.toArray(), plain.column().toArray());
  for (const { buffer } of [column.bytes, column.starts, column.ends]) {
    assert.ok(buffer instanceof SharedArrayBuffer);
  }
});
