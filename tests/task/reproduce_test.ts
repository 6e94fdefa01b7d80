import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { simulateHub } from "../../lib/source/simulate.ts";
import { runTask } from "../support.ts";

/** Files of a folder by name. */
function files(folder: string): Map<string, Uint8Array> {
  return new Map(
    [...Deno.readDirSync(folder)].map(({ name }) => [name, Deno.readFileSync(join(folder, name))]),
  );
}

Deno.test("reproduce writes the same bytes twice, and a manifest that fits them", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const rows = join(folder, "hub.jsonl");
    using file = await Deno.open(rows, { write: true, create: true });
    for (const block of simulateHub({ models: 3000, seed: 3, cards: true })) {
      await file.write(block);
    }
    const [first, second] = ["first", "second"].map((name) => join(folder, name));
    for (const out of [first, second]) {
      const { code, stderr } = await runTask("reproduce", ["--snapshot", rows, "--out", out]);
      assert.equal(code, 0, stderr);
    }
    const written = files(first);
    assert.deepEqual(files(second), written);
    const text = (name: string) => new TextDecoder().decode(written.get(name));
    const manifest = JSON.parse(text("manifest.json"));
    assert.ok(manifest.figures.length >= 9);
    const tiers = (tier: string | null) =>
      manifest.figures.filter((figure: { tier: string | null }) => figure.tier === tier)
        .map(({ name }: { name: string }) => name.replace(/_cleaned$/, ""));
    assert.deepEqual(tiers("cleaned"), tiers("raw"));
    assert.equal(
      tiers("cleaned").length + tiers("raw").length + tiers(null).length,
      manifest.figures.length,
    );
    assert.ok(manifest.cleaning.removed > 0);
    for (const figure of manifest.figures) {
      for (const ending of ["svg", "png", "pdf", "csv"]) {
        const name = `${figure.name}.${ending}`;
        const entry = figure.files.find((f: { name: string }) => f.name === name);
        assert.equal(entry.sha256, createHash("sha256").update(written.get(name)!).digest("hex"));
      }
      const svg = text(`${figure.name}.svg`);
      const simulated = JSON.stringify(figure).includes('"simulated":true');
      assert.equal(/simulated data/i.test(svg), simulated, figure.name);
      assert.ok(text("index.html").includes(`${figure.name}.pdf`));
    }
    assert.ok(Object.keys(JSON.parse(text("values.json"))).length >= 9);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("reproduce refuses assets where models are wanted, and writes nothing", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const out = join(folder, "figures");
    const { code, stderr } = await runTask("reproduce", [
      "--snapshot",
      "data/assets",
      "--out",
      out,
    ]);
    assert.equal(code, 2);
    assert.match(stderr, /--snapshot "data\/assets" holds assets, expected models/);
    await assert.rejects(Deno.stat(out), Deno.errors.NotFound);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("reproduce refuses, before it reads anything, a folder that it cannot write or that is not its own", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/file`, "mine");
    await Deno.mkdir(`${folder}/fig.partial`);
    await Deno.writeTextFile(`${folder}/fig.partial/mine.txt`, "precious");
    const wrong: [string, RegExp][] = [
      [`${folder}/file`, /to ".*\/file": it is a file, expected a folder or none\n$/],
      [`${folder}/file/in`, /to ".*\/file\/in": a part of the path is a file/],
      [`${folder}/fig`, /found "mine\.txt" in ".*fig\.partial"/],
      ["", /--out is empty/],
    ];
    const runs = await Promise.all(wrong.map(([out]) => runTask("reproduce", ["--out", out])));
    runs.forEach(({ code, stdout, stderr }, i) => {
      assert.match(stderr, wrong[i][1]);
      assert.match(stderr, /^error: /);
      assert.deepEqual([code, stdout], [i === 3 ? 2 : 1, ""]);
    });
    assert.equal(await Deno.readTextFile(`${folder}/fig.partial/mine.txt`), "precious");
    assert.equal(await Deno.readTextFile(`${folder}/file`), "mine");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
