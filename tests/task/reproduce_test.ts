import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { paths } from "../../lib/paths.ts";
import { simulateHub } from "../../lib/source/simulate.ts";
import { runTask } from "../support.ts";

/** Files of a folder by name. */
function files(folder: string): Map<string, Uint8Array> {
  return new Map(
    [...Deno.readDirSync(folder)].map(({ name }) => [name, Deno.readFileSync(join(folder, name))]),
  );
}

Deno.test("reproduce writes the same bytes twice, with --locked too, and a manifest that fits them", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const rows = join(folder, "hub.jsonl");
    using file = await Deno.open(rows, { write: true, create: true });
    for (const block of simulateHub({ models: 3000, seed: 3, cards: true })) {
      await file.write(block);
    }
    const [first, second] = ["first", "second"].map((name) => join(folder, name));
    const args = ["--snapshot", rows, "--out"];
    const drawn = await runTask("reproduce", [...args, first]);
    assert.equal(drawn.code, 0, drawn.stderr);
    const written = files(first);
    await Deno.mkdir(second);
    await Deno.writeFile(join(second, "manifest.json"), written.get("manifest.json")!);
    const again = await runTask("reproduce", [...args, second, "--locked"]);
    assert.equal(again.code, 0, again.stderr);
    assert.match(
      again.stdout,
      /\nFrom the same inputs, every figure is what it was, byte for byte\n/,
    );
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
    const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
    assert.deepEqual(manifest.inputs.slice(0, 2), [
      { role: "models", name: "hub", sha256: digest(await Deno.readFile(rows)) },
      { role: "assets", name: "assets", sha256: manifest.figures[0].sha256 },
    ]);
    const tables = manifest.inputs.slice(2) as { role: string; name: string; sha256: string }[];
    assert.ok(tables.some(({ name }) => name === "cleaning_rules.csv"));
    for (const { role, name, sha256 } of tables.filter(({ name }) => name.endsWith(".csv"))) {
      assert.deepEqual([role, sha256], ["table", digest(await Deno.readFile(paths.data + name))]);
    }
    for (const { name, bytes, sha256 } of manifest.files) {
      assert.deepEqual([bytes, sha256], [written.get(name)!.length, digest(written.get(name)!)]);
    }
    assert.ok(text("index.html").includes(manifest.inputs[0].sha256));
    for (const figure of manifest.figures) {
      for (const ending of ["svg", "png", "pdf", "csv"]) {
        const name = `${figure.name}.${ending}`;
        const entry = figure.files.find((f: { name: string }) => f.name === name);
        assert.equal(entry.sha256, digest(written.get(name)!));
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

Deno.test("reproduce --locked refuses, before it reads anything, to leave out a tier of the figures that are there", async () => {
  const { code, stdout, stderr } = await runTask("reproduce", ["--locked", "--tier", "raw"]);
  assert.deepEqual([code, stdout], [2, ""]);
  assert.match(stderr, /^error: --tier is raw, but with --locked .* of the tiers raw and cleaned;/);
  assert.doesNotMatch(stderr, /Simulating/);
});

Deno.test("reproduce --locked refuses any other input before it draws, and writes nothing", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const out = join(folder, "figures");
    const rows = join(folder, "hub.jsonl");
    await Deno.writeTextFile(rows, '{"id":"a/b"}\n');
    const refused = async (manifest: unknown, expected: RegExp[]) => {
      await Deno.mkdir(out, { recursive: true });
      await Deno.writeTextFile(join(out, "manifest.json"), JSON.stringify(manifest));
      const before = files(out);
      const run = await runTask("reproduce", ["--snapshot", rows, "--out", out, "--locked"]);
      assert.equal(run.code, 1);
      assert.equal(run.stdout, "");
      for (const line of expected) assert.match(run.stderr, line);
      assert.doesNotMatch(run.stderr, /Drawing/);
      assert.deepEqual(files(out), before);
      assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [
        "figures",
        "hub.jsonl",
      ]);
      return run.stderr;
    };
    const empty = { schema: "kindred-figures-1", figures: [] };
    const never = await refused(empty, [/does not say what its figures were made from; draw them/]);
    assert.doesNotMatch(never, /Reading/);
    await refused([], [/its manifest\.json has schema null, expected "kindred-figures-1"/]);
    const inputs = [
      { role: "models", name: "hub", sha256: "0".repeat(64) },
      { role: "table", name: "cleaning_rules.csv", sha256: "1".repeat(64) },
    ];
    await refused({ ...empty, inputs }, [
      /models: found "hub" \(sha256 [0-9a-f]{12}…\), expected "hub" \(sha256 0{12}…\)/,
      /table: found "cleaning_rules\.csv" \(.*\), expected "cleaning_rules\.csv" \(sha256 1{12}…\)/,
      /assets: found "assets" \(.*\), expected none/,
      /Nothing was written\.\n$/,
    ]);
    await Deno.remove(out, { recursive: true });
    const none = await runTask("reproduce", ["--out", out, "--locked"]);
    assert.deepEqual([none.code, none.stdout], [1, ""]);
    assert.match(
      none.stderr,
      /its manifest\.json cannot be read .*; without --locked the figures are/,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
