import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { openAssets } from "../../lib/snapshot/pack_assets.ts";
import { openModels, packModels } from "../../lib/snapshot/pack_models.ts";
import { inFolder } from "../fixtures/chunks.ts";

const rows = [
  '{"id":"a/b", "tags":["en"],"modelCard":"# A\\n🦙","createdAt":"2024-05-17T01:02:03.004Z","likes":3}',
  '{"id":"a/b","likes":4}',
  '{"__proto__":{"x":1},"id":"__proto__","constructor":"<script>","modelCard":null,"private":true}',
  "not JSON",
  '{"id":"=cmd()","modelCard":"","trendingScore":0.5}',
];

Deno.test("packModels() keeps the row and the card of each model as text", () =>
  inFolder(async (dir) => {
    await Deno.writeTextFile(`${dir}/rows.jsonl`, rows.join("\n"));
    await packModels(`${dir}/rows.jsonl`, { name: "rows", folder: `${dir}/packed/` });
    const file = Deno.readFileSync(`${dir}/packed/text.parquet`).buffer;
    assert.deepEqual(await parquetReadObjects({ file, compressors }), [
      {
        row: '{"id":"a/b","tags":["en"],"createdAt":"2024-05-17T01:02:03.004Z","likes":3}',
        card: "# A\n🦙",
      },
      {
        row: '{"__proto__":{"x":1},"id":"__proto__","constructor":"<script>","private":true}',
        card: null,
      },
      { row: '{"id":"=cmd()","trendingScore":0.5}', card: "" },
    ]);
    const opened = openModels(`${dir}/packed`);
    assert.deepEqual([...opened.cardCharacters], [5, -1, 0]);
    assert.deepEqual([...opened.private], [255, 1, 255]);
    assert.equal(opened.find("__proto__"), 1);
    assert.ok(opened.hasCards && Object.isFrozen(opened));
  }));

Deno.test("packModels() says in the manifest where the rows come from, and writes the same bytes twice", () =>
  inFolder(async (dir) => {
    await Deno.writeTextFile(`${dir}/rows.jsonl`, rows.join("\n"));
    const seen: [number, number][] = [];
    const extra = { kind: "more", rule: "told by a later stage", count: 2, examples: ["x"] };
    const pack = () =>
      packModels(`${dir}/rows.jsonl`, {
        name: "rows",
        folder: `${dir}/packed`,
        onProgress: (done, total) => seen.push([done, total]),
        describe: ({ models }) => ({ counts: { twice: 2 * models }, issues: [extra] }),
      });
    const manifest = await pack();
    const { bytes } = manifest.origin;
    assert.equal(bytes, Deno.statSync(`${dir}/rows.jsonl`).size);
    assert.ok(seen.length > 2 && seen.every(([done, total]) => done <= total));
    assert.deepEqual(seen.at(-1), [1, 1]);
    assert.deepEqual([manifest.schema, manifest.kind, manifest.name], [
      "kindred-snapshot-1",
      "models",
      "rows",
    ]);
    assert.deepEqual(manifest.counts, { models: 3, twice: 6 });
    assert.deepEqual(manifest.issues.map(({ kind }) => kind).toSorted(), [
      "duplicateId",
      "more",
      "notJson",
    ]);
    assert.deepEqual(manifest.files.map(({ name }) => name), ["models.parquet", "text.parquet"]);
    assert.deepEqual(
      JSON.parse(Deno.readTextFileSync(`${dir}/packed/manifest.json`)),
      JSON.parse(JSON.stringify(manifest)),
    );
    assert.deepEqual(await pack(), manifest);
    const { issues, origin, name } = openModels(`${dir}/packed`);
    assert.deepEqual({ issues, origin, name }, {
      issues: manifest.issues,
      origin: manifest.origin,
      name: "rows",
    });
    assert.throws(() => openAssets(`${dir}/packed`), /Cannot open .*as assets: it holds models/);
  }));

Deno.test("packModels() refuses to replace a folder that is no packed snapshot", () =>
  inFolder(async (dir) => {
    await Deno.writeTextFile(`${dir}/rows.jsonl`, rows[0]);
    await Deno.mkdir(`${dir}/precious`);
    await Deno.writeTextFile(`${dir}/precious/thesis.tex`, "years of work");
    for (const manifest of [null, "{}", "not JSON", '{"schema":"kindred-snapshot-1"}']) {
      if (manifest !== null) await Deno.writeTextFile(`${dir}/precious/manifest.json`, manifest);
      await assert.rejects(
        packModels(`${dir}/rows.jsonl`, { name: "rows", folder: `${dir}/precious/` }),
        /^RangeError: Cannot pack to ".*precious": found a folder that is no packed snapshot/,
      );
      assert.equal(Deno.readTextFileSync(`${dir}/precious/thesis.tex`), "years of work");
    }
    await assert.rejects(
      packModels(`${dir}/rows.jsonl`, { name: "r", folder: `${dir}/rows.jsonl` }),
    );
    assert.equal(Deno.readTextFileSync(`${dir}/rows.jsonl`), rows[0]);
    await Deno.mkdir(`${dir}/empty`);
    await packModels(`${dir}/rows.jsonl`, { name: "rows", folder: `${dir}/empty` });
    assert.equal(openModels(`${dir}/empty`).models, 1);
  }));

Deno.test("packModels() leaves no folder when no row can be used or a later stage fails", () =>
  inFolder(async (dir) => {
    await Deno.writeTextFile(`${dir}/bad.jsonl`, '{"name":"no id"}\n{"id":""}\n');
    await Deno.writeTextFile(`${dir}/good.jsonl`, rows[0]);
    const folder = `${dir}/packed`;
    await assert.rejects(
      packModels(`${dir}/bad.jsonl`, { name: "bad", folder }),
      /^SyntaxError: Cannot read "bad\.jsonl" as Hub models: no usable row in 2 lines/,
    );
    const describe = () => {
      throw new Error("later stage");
    };
    await assert.rejects(
      packModels(`${dir}/good.jsonl`, { name: "good", folder, describe }),
      /later stage/,
    );
    assert.ok(!existsSync(folder) && !existsSync(`${folder}.tmp`));
  }));
