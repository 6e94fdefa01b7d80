import assert from "node:assert/strict";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { ModelSnapshot } from "../../lib/snapshot/model_snapshot.ts";
import { openModels, packModels } from "../../lib/snapshot/pack_models.ts";
import { readModels } from "../../lib/snapshot/read_models.ts";
import { simulateHub } from "../../lib/source/simulate.ts";

/** Everything in a snapshot but where it came from. */
function content(snapshot: ModelSnapshot) {
  const {
    ids,
    tags,
    tasks,
    libraries,
    name: _,
    origin: __,
    find: ___,
    findCaseTwin: ____,
    ...columns
  } = snapshot;
  return {
    ...columns,
    ids: ids.toArray(),
    tags: tags.toArray(),
    tasks: tasks.toArray(),
    libraries: libraries.toArray(),
  };
}

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("readModels() gives the same snapshot on one thread, several threads, from gzip and packed", () =>
  inFolder(async (folder) => {
    // Some 19 MB: three ranges for the threads to share, the last one short; rows that only JSON.parse takes in between.
    const path = join(folder, "rows.jsonl");
    using file = await Deno.open(path, { write: true, create: true });
    const odd = new TextEncoder().encode(
      '{"id":"ünï/🦙","tags":["en"]}\nnot json\n\n{"id":"ünï/🦙"}\n{"id":"f/loat","trendingScore":0.5}\n',
    );
    for (const block of simulateHub({ models: 50_000, seed: 9 })) {
      await file.write(block);
      await file.write(odd);
    }
    await file.write(new TextEncoder().encode('{"id":"last/without-newline"}'));
    const one = await readModels(path, { workers: 1 });
    assert.equal(one.ids.at(one.models - 1), "last/without-newline");
    assert.equal(one.models, 50_003);
    assert.equal(one.find("ünï/🦙"), one.ids.toArray().indexOf("ünï/🦙"));
    assert.equal(one.find("Ünï/🦙"), -1);
    const kinds = Object.fromEntries(one.issues.map(({ kind, count }) => [kind, count]));
    assert.ok(kinds.duplicateId > 1 && kinds.notJson > 1);
    const expected = content(one);
    for (const workers of [2, 3]) {
      const several = await readModels(path, { workers });
      assert.deepEqual(content(several), expected);
      assert.deepEqual(several.origin, one.origin);
    }
    await Deno.writeFile(`${path}.gz`, gzipSync(Deno.readFileSync(path), { level: 1 }));
    assert.deepEqual(content(await readModels(`${path}.gz`)), expected);
    await packModels(path, { name: "rows", folder: join(folder, "packed") });
    const packed = openModels(join(folder, "packed"));
    assert.deepEqual(content(packed), expected);
    assert.equal(packed.find("f/loat"), one.find("f/loat"));
    assert.equal(packed.findCaseTwin("F/LOAT"), one.find("f/loat"));
  }));

Deno.test("readModels() counts what it keeps and what it refuses", () =>
  inFolder(async (folder) => {
    const path = join(folder, "faults.jsonl");
    await Deno.writeTextFile(
      path,
      [
        '{"id":"Org/Model","createdAt":"2022-03-02T23:29:04.000Z"}',
        '{"id":"org/model","createdAt":"2023-02-30T00:00:00.000Z"}',
        '{"id":"Org/Model","likes":5}',
        "[1]",
        "{",
        '{"tags":[]}',
        '{"id":"x","likes":"many"}',
        "",
      ].join("\n"),
    );
    const snapshot = await readModels(path);
    assert.deepEqual(snapshot.ids.toArray(), ["Org/Model", "org/model", "x"]);
    assert.ok(Number.isNaN(snapshot.likes[0]) && Number.isNaN(snapshot.likes[2]));
    assert.deepEqual(
      snapshot.issues.map(({ kind, count, examples }) => [kind, count, examples[0]]).sort(),
      [
        ["badField", 1, 'line 7: x: likes is "many"'],
        ["duplicateId", 1, "line 3: Org/Model"],
        ["idsDifferByCase", 1, "Org/Model / org/model"],
        ["impossibleDate", 1, "line 2: 2023-02-30T00:00:00.000Z"],
        ["noId", 1, 'line 6: {"tags":[]}'],
        ["notAnObject", 1, "line 4: [1]"],
        ["notJson", 1, "line 5: {"],
        ["placeholderDate", 1, undefined],
      ],
    );
  }));

Deno.test("packModels() leaves nothing behind when the input is cut, openModels() refuses what was changed", () =>
  inFolder(async (folder) => {
    const path = join(folder, "rows.jsonl");
    const rows = new Uint8Array(await new Blob([...simulateHub({ models: 500 })]).arrayBuffer());
    await Deno.writeFile(path, rows);
    const packed = join(folder, "packed");
    await packModels(path, { name: "rows", folder: packed });
    const zipped = gzipSync(rows);
    await Deno.writeFile(`${path}.gz`, zipped.subarray(0, zipped.length - 100));
    await assert.rejects(packModels(`${path}.gz`, { name: "rows", folder: packed }), /truncated/);
    assert.equal(openModels(packed).models, 500, "what was packed before is still there");
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [
      "packed",
      "rows.jsonl",
      "rows.jsonl.gz",
    ]);
    const columns = join(packed, "models.parquet");
    const bytes = Deno.readFileSync(columns);
    bytes[1000] ^= 1;
    Deno.writeFileSync(columns, bytes);
    assert.throws(
      () => openModels(packed),
      /Cannot open snapshot "rows": sha256 of models.parquet is .*expected/,
    );
    await Deno.remove(columns);
    assert.throws(() => openModels(packed), /Cannot open snapshot "rows".*pack it again/);
    await Deno.writeTextFile(join(packed, "manifest.json"), '{"schema":"other"}');
    assert.throws(
      () => openModels(packed),
      /its manifest.json has schema "other", expected "kindred-snapshot-1"/,
    );
  }));

Deno.test("readModels() refuses a number of workers that is none", () =>
  inFolder(async (folder) => {
    const path = join(folder, "rows.jsonl");
    await Deno.writeTextFile(path, '{"id":"a"}\n');
    await assert.rejects(
      readModels(path, { workers: 0 }),
      /RangeError: Cannot read with 0 workers/,
    );
  }));
