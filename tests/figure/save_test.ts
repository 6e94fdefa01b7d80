import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { allFigures } from "../../lib/figure/all_figures.ts";
import { saveFigures } from "../../lib/figure/save.ts";
import { hostile, inputs } from "./inputs.ts";

const few = allFigures(inputs({ names: hostile, simulated: true })).figures
  .filter(({ name }) => /^0[27]/.test(name));

async function contents(folder: string): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
  const files = names.map(async (name) =>
    [name, await Deno.readFile(`${folder}/${name}`)] as const
  );
  return new Map(await Promise.all(files));
}

Deno.test("saveFigures() writes the same complete set twice", async () => {
  const root = await Deno.makeTempDir();
  try {
    const leftOut = [{ function: "f", reason: "<script>alert(2)</script>" }];
    const manifest = await saveFigures(few, `${root}/one/`, { leftOut });
    const first = await contents(`${root}/one`);
    await saveFigures(few, `${root}/two`, { leftOut });
    const second = await contents(`${root}/two`);
    assert.deepEqual([...first.keys()], [
      ...few.flatMap(({ name }) =>
        ["csv", "pdf", "png", "svg"].map((ending) => `${name}.${ending}`)
      ),
      "index.html",
      "manifest.json",
      "values.json",
    ]);
    for (const [name, bytes] of first) assert.deepEqual(second.get(name), bytes, name);
    assert.deepEqual([...Deno.readDirSync(root)].map(({ name }) => name).sort(), ["one", "two"]);

    for (const { files, simulated, seed } of manifest.figures) {
      assert.equal(simulated, true);
      assert.equal(seed, 1);
      for (const { name, bytes, sha256 } of files) {
        const written = first.get(name)!;
        assert.equal(written.length, bytes);
        assert.equal(createHash("sha256").update(written).digest("hex"), sha256);
      }
    }
    const text = (name: string) => new TextDecoder().decode(first.get(name));
    assert.deepEqual(JSON.parse(text("manifest.json")), manifest);
    assert.deepEqual(Object.keys(JSON.parse(text("values.json"))), few.map(({ name }) => name));
    const svg = text(`${few[0].name}.svg`);
    assert.match(
      svg,
      /@font-face\{font-family:Inter;font-weight:600;src:url\(data:font\/woff2;base64,/,
    );
    assert.ok(svg.length < 200_000);
    assert.deepEqual([...first.get(`${few[0].name}.png`)!.subarray(1, 4)], [0x50, 0x4e, 0x47]);
    // Width and height of the PNG: twice the figure's.
    const view = new DataView(first.get(`${few[0].name}.png`)!.buffer, 16);
    assert.deepEqual([view.getUint32(0), view.getUint32(4)], [2 * few[0].width, 2 * few[0].height]);
    const pdf = text(`${few[0].name}.pdf`);
    assert.match(pdf, /^%PDF-1/);
    assert.match(pdf, /\/FontFile2/);
    assert.doesNotMatch(pdf, /\/Subtype \/Image/);
    const page = text("index.html");
    assert.ok(!page.includes("<script"));
    assert.match(page, /&#60;script&#62;alert\(2\)/);
    assert.doesNotMatch(page, /(src|href)="(https?:)?\/\//);
    assert.equal(page.match(/<article id="\d\d_/g)!.length, few.length);
    assert.deepEqual(manifest.files.map(({ name }) => name), ["values.json", "index.html"]);
    for (const { name, bytes, sha256 } of manifest.files) {
      const written = first.get(name)!;
      assert.equal(bytes, written.length);
      assert.equal(sha256, createHash("sha256").update(written).digest("hex"));
    }
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("saveFigures() removes files of the last set only, and leaves it whole when it fails", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await saveFigures(few.slice(1), folder);
    await Deno.writeTextFile(`${folder}/mine.txt`, "kept");
    await saveFigures(few.slice(0, 1), folder);
    const names = [...(await contents(folder)).keys()];
    assert.ok(names.includes("mine.txt"));
    assert.ok(names.includes(`${few[0].name}.svg`));
    assert.ok(!names.includes(`${few[1].name}.svg`));
    const before = await contents(folder);
    const broken = { ...few[1], svg: "<svg" };
    await assert.rejects(saveFigures([few[0], broken], folder));
    assert.deepEqual(await contents(folder), before);
    await assert.rejects(Deno.stat(`${folder}.partial`), Deno.errors.NotFound);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("saveFigures() replaces FOLDER.partial of a run that was cut off, and refuses one with anything else", async () => {
  const root = await Deno.makeTempDir();
  try {
    const [folder, partial] = [`${root}/fig`, `${root}/fig.partial`];
    await Deno.mkdir(`${partial}/01_x.svg`, { recursive: true });
    await assert.rejects(saveFigures(few, folder), /found "01_x\.svg" in ".*fig\.partial"/);
    await Deno.remove(`${partial}/01_x.svg`);
    await Deno.writeTextFile(`${partial}/01_x.svg`, "half");
    await Deno.writeTextFile(`${partial}/mine.txt`, "precious");
    await assert.rejects(saveFigures(few, `${folder}/`), /found "mine\.txt" in /);
    assert.equal(await Deno.readTextFile(`${partial}/mine.txt`), "precious");
    assert.deepEqual([...Deno.readDirSync(root)].map(({ name }) => name), ["fig.partial"]);
    await Deno.remove(`${partial}/mine.txt`);
    await saveFigures(few.slice(0, 1), folder);
    assert.deepEqual([...Deno.readDirSync(root)].map(({ name }) => name), ["fig"]);
    await Deno.writeTextFile(partial, "a file");
    await assert.rejects(saveFigures(few, folder), /fig\.partial": it is a file, expected/);
    await assert.rejects(saveFigures(few, `${partial}/x`), /partial\/x": a part of the path is a/);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("saveFigures() refuses no figures and two of one name", async () => {
  await assert.rejects(saveFigures([], "unused"), /found none/);
  await assert.rejects(saveFigures([few[0], few[0]], "unused"), /"02_asset_growth" twice/);
});

Deno.test("saveFigures() writes down and shows what the figures were made from, hostile names included", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const fetched = { upstream: "hub", revision: null, from: null, to: "2026-11-21T01:00:00.000Z" };
    const before = { name: "<script>alert(3)</script>", sha256: "d".repeat(64), fetched: null };
    const [one, two] = few;
    const figures = [{ ...one, source: { ...one.source, before } }, {
      ...two,
      source: { ...two.source, fetched },
    }];
    const { inputs, figures: entries } = await saveFigures(figures, folder);
    const { snapshot: name, sha256 } = one.source;
    assert.deepEqual(inputs, [
      { role: "models", name, sha256, fetched },
      { role: "assets", name, sha256 },
      { role: "before", name: before.name, sha256: before.sha256 },
    ]);
    assert.deepEqual(entries.map(({ fetched, before }) => [fetched, before]), [
      [null, before],
      [fetched, null],
    ]);
    const page = await Deno.readTextFile(`${folder}/index.html`);
    assert.ok(!page.includes("<script"));
    assert.match(
      page,
      /<dt>before<\/dt><dd>snapshot &#60;script&#62;alert\(3\).* \(sha256 d{8}\)</,
    );
    assert.match(page, /<dt>fetched<\/dt><dd>hub, fetched 2026-11-21<\/dd>/);
    assert.match(page, /<tr><th scope="row">before<\/th><td>&#60;script&#62;alert\(3\)/);
    const table = { role: "table", name: "cleaning_rules.csv", sha256: "e".repeat(64) } as const;
    const given = await saveFigures([one], folder, { inputs: [table] });
    assert.deepEqual(given.inputs, [table]);
    assert.match(await Deno.readTextFile(`${folder}/index.html`), /<td>e{64}<\/td>/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
