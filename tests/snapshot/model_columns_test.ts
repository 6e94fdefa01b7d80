import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { ColumnsWriter } from "../../lib/snapshot/model_columns.ts";
import { readParquetColumns } from "../../lib/snapshot/parquet_read.ts";
import { readModelBlocks } from "../../lib/snapshot/read_models.ts";
import { sha256File } from "../../lib/source/sha256.ts";

function snapshotOf(models: number) {
  const rows = Array.from(
    { length: models },
    (_, i) => `{"id":"a/${i}","likes":${i % 9},"tags":["t${i % 1000}","=cmd()"]}\n`,
  );
  return readModelBlocks([new TextEncoder().encode(rows.join(""))], { name: "many" });
}

Deno.test("ColumnsWriter writes the same columns and tells their sum when a thread does it", async () => {
  const folder = await Deno.makeTempDir();
  for (const models of [1000, (1 << 18) + 5]) {
    const path = `${folder}/${models}.parquet`;
    const snapshot = await snapshotOf(models);
    using writer = new ColumnsWriter(path, { createdBy: "test" });
    writer.expect(models);
    assert.equal(await writer.write(snapshot), await sha256File(path));
    const columns = readParquetColumns(Deno.readFileSync(path), { source: path });
    assert.equal(columns.rows, models);
    const ids = columns.string("id");
    assert.equal(ids.at(models - 1), `a/${models - 1}`);
    assert.deepEqual(columns.int64("likes"), snapshot.likes);
    assert.deepEqual(columns.list("tags").values, snapshot.tagCodes);
    assert.deepEqual(columns.list("tags").dictionary.toArray(), snapshot.tags.toArray());
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("ColumnsWriter rejects when its thread cannot write", async () => {
  const folder = await Deno.makeTempDir();
  using writer = new ColumnsWriter(`${folder}/none/models.parquet`, { createdBy: "test" });
  await assert.rejects(writer.write(await snapshotOf(1 << 18)), /none\/models\.parquet/);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("ColumnsWriter rejects when its thread ended before it was asked", async () => {
  const folder = await Deno.makeTempDir();
  // The same program, but for the thread.
  const root = fileURLToPath(new URL("../../", import.meta.url));
  for (const name of ["deno.json", "deno.lock"]) {
    await Deno.copyFile(root + name, `${folder}/${name}`);
  }
  await cp(`${root}lib`, `${folder}/lib`, { recursive: true });
  await Deno.writeTextFile(
    `${folder}/lib/snapshot/columns_worker.ts`,
    'throw new Error("broken");',
  );
  await Deno.writeTextFile(
    `${folder}/run.ts`,
    `import { ColumnsWriter } from "./lib/snapshot/model_columns.ts";
    import { readModelBlocks } from "./lib/snapshot/read_models.ts";
    const writer = new ColumnsWriter("models.parquet", { createdBy: "test" });
    writer.expect(1 << 18);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const row = (i) => '{"id":"a/' + i + '"}\\n';
    const rows = Array.from({ length: 1 << 18 }, (_, i) => row(i)).join("");
    const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "many" });
    await writer.write(snapshot).catch((error) => console.log(error.message));
    writer[Symbol.dispose]();`,
  );
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--allow-all", `${folder}/run.ts`],
    cwd: folder,
  }).output();
  assert.match(
    new TextDecoder().decode(stdout),
    /Cannot write "models\.parquet": a thread has ended \(.*broken/,
  );
  assert.equal(code, 0);
  await Deno.remove(folder, { recursive: true });
});
