import assert from "node:assert/strict";
import { parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { random } from "../../lib/core/random.ts";
import { StringColumn } from "../../lib/core/string_column.ts";
import { readParquetColumns } from "../../lib/snapshot/parquet_read.ts";
import { type ParquetColumn, writeParquetColumns } from "../../lib/snapshot/parquet_write.ts";

/** Columns of every kind with nulls, empty lists, long runs and a dictionary of several bytes a code. */
function someColumns(rows: number, seed: number) {
  const rng = random({ seed });
  const words = StringColumn.from(Array.from({ length: 300 }, (_, i) => `wörd ${i}`));
  const counts = Array.from({ length: rows }, () => rng.chance(0.2) ? 0 : rng.below(6));
  const offsets = new Uint32Array(rows + 1);
  counts.forEach((count, i) => offsets[i + 1] = offsets[i] + count);
  return {
    names: StringColumn.from(
      Array.from({ length: rows }, (_, i) => rng.chance(0.1) ? "" : `🦙 ${i} <script>`),
    ),
    whole: Float64Array.from(
      { length: rows },
      () => rng.chance(0.1) ? NaN : rng.below(2 ** 40) - 5,
    ),
    time: Float64Array.from({ length: rows }, (_, i) => i % 7 === 0 ? NaN : 1.7e12 + i),
    real: Float64Array.from({ length: rows }, () => rng.normal()),
    small: Int32Array.from({ length: rows }, (_, i) => i < rows / 2 ? -1 : rng.below(1000)),
    truth: Uint8Array.from({ length: rows }, () => [0, 1, 255][rng.below(3)]),
    codes: Int32Array.from({ length: rows }, (_, i) => i < 20 ? 7 : rng.below(301) - 1),
    offsets,
    values: Uint32Array.from({ length: offsets[rows] }, () => rng.below(300)),
    words,
  };
}

async function write(path: string, c: ReturnType<typeof someColumns>): Promise<void> {
  const columns: ParquetColumn[] = [
    { name: "name", kind: "string", values: c.names },
    { name: "whole", kind: "int64", values: c.whole },
    { name: "time", kind: "timestamp", values: c.time },
    { name: "real", kind: "double", values: c.real },
    { name: "small", kind: "int32", values: c.small },
    { name: "truth", kind: "boolean", values: c.truth },
    { name: "word", kind: "codes", values: c.codes, dictionary: c.words },
    { name: "words", kind: "list", offsets: c.offsets, values: c.values, dictionary: c.words },
  ];
  await writeParquetColumns(path, columns, { rows: c.names.length, createdBy: "test" });
}

Deno.test("readParquetColumns() gives back what writeParquetColumns() wrote when there are nulls, empty lists and no rows", async () => {
  const folder = await Deno.makeTempDir();
  for (const rows of [0, 1, 9, 1000]) {
    const path = `${folder}/${rows}.parquet`;
    const c = someColumns(rows, rows + 1);
    await write(path, c);
    const columns = readParquetColumns(Deno.readFileSync(path), { source: path });
    assert.equal(columns.rows, rows);
    assert.deepEqual(columns.string("name").toArray(), c.names.toArray());
    assert.deepEqual(columns.int64("whole"), c.whole);
    assert.deepEqual(columns.int64("time"), c.time);
    assert.deepEqual(columns.double("real"), c.real);
    assert.deepEqual(columns.int32("small"), c.small);
    assert.deepEqual(columns.boolean("truth"), c.truth);
    assert.deepEqual(columns.codes("word").values, c.codes);
    assert.deepEqual(columns.codes("word").dictionary.toArray(), c.words.toArray());
    const list = columns.list("words");
    assert.deepEqual(list.offsets, c.offsets);
    assert.deepEqual(list.values, c.values);
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("writeParquetColumns() writes what another Parquet reader reads", async () => {
  const path = await Deno.makeTempFile();
  const c = someColumns(500, 5);
  await write(path, c);
  const file = Deno.readFileSync(path).buffer;
  const rows = await parquetReadObjects({ file, compressors });
  assert.equal(rows.length, 500);
  rows.forEach((row, i) => {
    const orNull = (value: number) => Number.isNaN(value) ? null : value;
    assert.equal(row.name, c.names.at(i));
    assert.equal(row.whole === null ? null : Number(row.whole), orNull(c.whole[i]));
    assert.equal(row.time === null ? null : row.time.getTime(), orNull(c.time[i]));
    assert.equal(row.real, c.real[i]);
    assert.equal(row.small, c.small[i] < 0 ? null : c.small[i]);
    assert.equal(row.truth, [false, true][c.truth[i]] ?? null);
    assert.equal(row.word, c.codes[i] < 0 ? null : c.words.at(c.codes[i]));
    const words = Array.from(
      c.values.subarray(c.offsets[i], c.offsets[i + 1]),
      (code) => c.words.at(code),
    );
    assert.deepEqual(row.words, words);
  });
  await Deno.remove(path);
});

Deno.test("readParquetColumns() refuses a file that was cut, and names a column that is missing", async () => {
  const path = await Deno.makeTempFile();
  await write(path, someColumns(50, 1));
  const bytes = Deno.readFileSync(path);
  assert.throws(
    () => readParquetColumns(bytes.slice(0, 400), { source: "cut" }),
    /SyntaxError: Cannot read "cut".*truncated/,
  );
  assert.throws(
    () => readParquetColumns(bytes, { source: "whole" }).int32("absent"),
    /SyntaxError: .*the column "absent" is missing/,
  );
  await Deno.remove(path);
});
