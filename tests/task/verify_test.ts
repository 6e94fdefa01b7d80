import assert from "node:assert/strict";
import { join } from "node:path";
import { runWithData, withSnapshots } from "../fixtures/snapshots_folder.ts";
import { inFolder } from "../fixtures/chunks.ts";
import { paths } from "../../lib/paths.ts";
import { sealOf } from "../../lib/source/raw_manifest.ts";

const [older, hub, eco] = ["hub-2026-11-20", "hub-2026-11-21", "ecosystem-graphs-2026-11-21"];
const names = [older, hub, eco];

/** Turns the bits of one byte. */
const damage = (place: number) => (bytes: Uint8Array) => {
  const changed = bytes.slice();
  changed[place] ^= 0xff;
  return changed;
};

Deno.test("verify says that nothing changed, names what is unfinished and how it goes on, and writes nothing", () =>
  withSnapshots(async ({ run, data }) => {
    const before = everything(data);
    const { code, stdout } = await run("verify");
    assert.equal(code, 0);
    for (const name of names) {
      assert.match(stdout, new RegExp(`^${name} +raw +[\\d.]+ (bytes|kB)  ok$`, "m"));
      assert.match(stdout, new RegExp(`^${name} +packed +[\\d.]+ (bytes|kB)  ok$`, "m"));
    }
    assert.match(
      stdout,
      /^hub-2026-11-22 +raw +\d+ bytes {2}unfinished\n {4}note: not complete, 2 pages so far; deno task fetch hub with the options that it was begun with goes on$/m,
    );
    assert.match(stdout, /^figures +figures +[\d.]+ MB {2}ok$/m);
    assert.match(stdout, /\n7 of 8 as written, 1 unfinished \([\d.]+ MB\)\n$/);
    assert.deepEqual(everything(data), before);
  }));

Deno.test("verify names each change with what was found and expected, and ends with code 1", () =>
  withSnapshots(async ({ run, at, change }) => {
    const raw = (...parts: string[]) => at("raw", hub, ...parts);
    change(raw("rows-0001.jsonl.zst"), damage(200));
    change(raw("rows-0002.jsonl.zst"), (bytes) => bytes.slice(0, -3));
    Deno.writeTextFileSync(raw("mine.txt"), "mine");
    Deno.removeSync(at("raw", eco, "assets", "neo.yaml"));
    change(at("cache", older, "text.parquet"), damage(50));
    const { code, stdout } = await run("verify");
    assert.equal(code, 1);
    const lines = stdout.split("\n");
    const below = (name: string, state: string) => {
      const first = lines.findIndex((line) => line.startsWith(name) && line.includes(` ${state} `));
      assert.match(lines[first], / {2}changed$/);
      const end = lines.findIndex((line, i) => i > first && !line.startsWith("    "));
      return lines.slice(first + 1, end).map((line) => line.trim());
    };
    const digits = "[0-9a-f]{12}…";
    const expected = (found: string[], wanted: string[]) => {
      assert.equal(found.length, wanted.length, found.join("\n"));
      found.forEach((line, i) => assert.match(line, new RegExp(`^${wanted[i]}$`)));
    };
    expected(below(hub, "raw"), [
      `other content: rows-0001\\.jsonl\\.zst has sha256 ${digits}, expected ${digits}`,
      `damaged page: rows-0001\\.jsonl\\.zst, bytes 117 to 241 \\(rows\\.index\\.jsonl:2\\) has sha256 ${digits}, expected ${digits}`,
      "other size: rows-0002\\.jsonl\\.zst has 121 bytes, expected 124",
      "damaged page: rows-0002\\.jsonl\\.zst, bytes 0 to 124 \\(rows\\.index\\.jsonl:3\\): the file ends before it does",
      "not in the manifest: mine\\.txt \\(4 bytes\\)",
    ]);
    expected(below(eco, "raw"), ["missing: assets/neo\\.yaml \\(83 bytes\\)"]);
    expected(below(older, "packed"), [
      `other content: text\\.parquet has sha256 ${digits}, expected ${digits}`,
    ]);
    assert.match(stdout, /\n4 of 8 as written, 3 changed, 1 unfinished \(/);
    assert.match(stdout, /\nA raw snapshot that changed: put a copy back, or remove its folder/);
    const one = await run("verify", older, `${hub}`, "--json");
    assert.equal(one.code, 1);
    const { schema, changed, verified } = JSON.parse(one.stdout);
    assert.deepEqual([schema, changed], ["kindred-verify-1", true]);
    assert.deepEqual(
      verified.map(({ name, state, differences }: Record<string, unknown[]>) => [
        name,
        state,
        differences.map((difference) => (difference as { kind: string }).kind).join(),
      ]),
      [
        [older, "raw", ""],
        [older, "packed", "content"],
        [hub, "raw", "content,page,size,page,extra"],
        [hub, "packed", ""],
      ],
    );
    const { found, expected: wanted } = verified[1].differences[0];
    assert.match(found, /^[0-9a-f]{64}$/);
    assert.match(wanted, /^[0-9a-f]{64}$/);
    assert.notEqual(found, wanted);
  }));

Deno.test("verify finds manifests that were changed, in whatever way", () =>
  withSnapshots(async ({ run, at, changeJson }) => {
    changeJson(
      at("raw", hub, "fetch.json"),
      (manifest) => manifest.files[0].sha256 = "0".repeat(64),
    );
    changeJson(at("raw", older, "fetch.json"), (manifest) => {
      manifest.to = "2030-01-01T00:00:00.000Z";
      manifest.name = "__proto__\u202e";
      manifest.seal = sealOf(manifest);
    });
    changeJson(at("raw", eco, "fetch.json"), (manifest) => manifest.files[0].name = "../../secret");
    changeJson(
      at("cache", hub, "manifest.json"),
      (manifest) => manifest.files[0].name = "../../../raw/secret",
    );
    changeJson(at("cache", eco, "manifest.json"), (manifest) => manifest.files[0].bytes = "=cmd()");
    const { code, stdout } = await run("verify");
    assert.equal(code, 1);
    assert.match(
      stdout,
      new RegExp(
        `^${hub} +raw .*changed\n {4}manifest: its fetch\\.json was changed: sha256 of its files is [0-9a-f]{12}…, it says [0-9a-f]{12}…$`,
        "m",
      ),
    );
    assert.match(
      stdout,
      new RegExp(
        `^${older} +raw .*changed\n {4}other name: fetch\\.json says "__proto__\\\\u202e", expected "${older}"$`,
        "m",
      ),
    );
    assert.match(
      stdout,
      new RegExp(
        `^${older} +packed .*changed\n {4}other name of the raw snapshot: manifest\\.json says "${older}", expected "__proto__\\\\u202e"\n {4}other to of the raw snapshot: manifest\\.json says "2026-11-21T01:00:00\\.000Z", expected "2030-`,
        "m",
      ),
    );
    assert.match(
      stdout,
      new RegExp(
        `^${eco} +raw .*changed\n {4}manifest: its fetch\\.json names the file "\\.\\./\\.\\./secret", expected a path below the folder$`,
        "m",
      ),
    );
    assert.match(
      stdout,
      new RegExp(
        `^${hub} +packed .*changed\n {4}manifest: its manifest\\.json names the file "\\.\\./\\.\\./\\.\\./raw/secret", expected`,
        "m",
      ),
    );
    assert.match(
      stdout,
      new RegExp(
        `^${eco} +packed .*changed\n {4}manifest: its manifest\\.json gives "faults\\.parquet" no size or no sha256$`,
        "m",
      ),
    );
    assert.doesNotMatch(stdout, /[\u202e]/);
  }));

Deno.test("verify finds what was changed in a manifest besides the files, and a seal that is gone", () =>
  withSnapshots(async ({ run, at, changeJson }) => {
    changeJson(
      at("raw", hub, "fetch.json"),
      (manifest) => manifest.from = "2020-11-21T23:00:00.000Z",
    );
    changeJson(at("raw", older, "fetch.json"), (manifest) => {
      manifest.counts.models = 3_100_000;
      delete manifest.seal;
    });
    const { code, stdout } = await run("verify", hub, older);
    assert.equal(code, 1);
    assert.match(
      stdout,
      new RegExp(
        `^${hub} +raw .*changed\n {4}manifest: its fetch\\.json was changed: its seal is [0-9a-f]{12}…, that of what it says is [0-9a-f]{12}…; put a copy`,
        "m",
      ),
    );
    assert.match(
      stdout,
      new RegExp(
        `^${older} +raw .*changed\n {4}manifest: its fetch\\.json has no seal, without which nobody can tell`,
        "m",
      ),
    );
    assert.match(
      stdout,
      new RegExp(`^${older} +packed .*changed\n {4}other counts of the raw snapshot: `, "m"),
    );
    const packed = await run("pack", hub);
    assert.equal(packed.code, 1);
    assert.match(packed.stderr, /its fetch\.json was changed: its seal is /);
  }));

Deno.test("verify says what a packed snapshot was made from, and a continued one from, when that is gone or another", () =>
  withSnapshots(async ({ run, at, changeJson }) => {
    changeJson(
      at("cache", eco, "manifest.json"),
      (manifest) => manifest.fetched.sha256 = "0".repeat(64),
    );
    Deno.removeSync(at("raw", older), { recursive: true });
    const { code, stdout } = await run("verify");
    assert.equal(code, 1);
    assert.match(
      stdout,
      new RegExp(
        `^${older} +packed .*ok\n {4}note: it was packed from the raw snapshot "${older}" \\(sha256 [0-9a-f]{12}…\\), which is not here$`,
        "m",
      ),
    );
    assert.match(
      stdout,
      new RegExp(
        `^${hub} +raw .*ok\n {4}note: it continues "${older}" \\(sha256 [0-9a-f]{12}…\\), which is not here$`,
        "m",
      ),
    );
    assert.match(
      stdout,
      new RegExp(
        `^${eco} +packed .*changed\n {4}other sha256 of the raw snapshot: manifest\\.json says 0{12}…, expected [0-9a-f]{12}…$`,
        "m",
      ),
    );
    const gone = await run("verify", older, hub);
    assert.equal(gone.code, 0);
    Deno.renameSync(at("raw", eco), at("raw", older));
    const other = await run("verify", hub);
    assert.equal(other.code, 0);
    assert.match(
      other.stdout,
      /note: it continues .*, but the snapshot of that name is another \(sha256 [0-9a-f]{12}…\)$/m,
    );
    assert.match(
      (await run("verify", older)).stdout,
      new RegExp(`other name: fetch\\.json says "${eco}", expected "${older}"`),
    );
  }));

Deno.test("verify takes names and folders, of figures too, and refuses anything else", () =>
  withSnapshots(async ({ run, at, data, change, changeJson }) => {
    const figures = at("figures of mine");
    Deno.mkdirSync(figures);
    for (const name of ["01_asset_hubs.csv", "values.json"]) {
      Deno.copyFileSync(`${paths.figures}${name}`, join(figures, name));
    }
    const whole = JSON.parse(Deno.readTextFileSync(`${paths.figures}manifest.json`));
    const entry = whole.figures[0];
    const manifest = {
      ...whole,
      figures: [{
        ...entry,
        files: entry.files.filter(({ name }: { name: string }) => /csv$/.test(name)),
      }],
      files: [{
        name: "values.json",
        bytes: Deno.statSync(join(figures, "values.json")).size,
        sha256: "0".repeat(64),
      }],
    };
    Deno.writeTextFileSync(join(figures, "manifest.json"), JSON.stringify(manifest));
    Deno.writeTextFileSync(join(figures, "02_old.svg"), "<svg/>");
    Deno.writeTextFileSync(join(figures, "notes.txt"), "nobody's concern");
    const drawn = await run(
      "verify",
      `${figures}/`,
      at("raw", hub),
      at("cache", hub),
      at("raw", "hub-2026-11-22.part"),
    );
    assert.equal(drawn.code, 1);
    assert.match(
      drawn.stdout,
      /^figures of mine +figures .*changed\n {4}other content: values\.json has .*\n {4}not in the manifest: 02_old\.svg \(6 bytes\)\nhub-2026-11-21 +raw .*ok\nhub-2026-11-21 +packed .*ok\nhub-2026-11-22 +raw .*unfinished\n/,
    );
    changeJson(
      join(figures, "manifest.json"),
      (value) => value.figures[0].files[0].name = "../../raw/x.svg",
    );
    assert.match(
      (await run("verify", figures)).stdout,
      /manifest: its manifest\.json names the file "\.\.\/\.\.\/raw\/x\.svg"/,
    );
    change(join(figures, "manifest.json"), () => new TextEncoder().encode("{"));
    const unknown = `(there are "${eco}", "${older}", "${hub}", "hub-2026-11-22")`;
    const wrong: [string[], string][] = [
      [
        ["nobody"],
        `Cannot verify "nobody": no snapshot of that name and no folder of that path ${unknown}`,
      ],
      [["../raw"], `Cannot verify "../raw": no snapshot of that name`],
      [
        [data],
        `Cannot verify "${data}": it has no fetch.json, and its manifest.json cannot be read`,
      ],
      [
        [figures],
        `Cannot verify "${figures}": it has no fetch.json, and its manifest.json cannot be read`,
      ],
      [[""], `Cannot verify "": no snapshot of that name`],
    ];
    const runs = await Promise.all(wrong.map(([args]) => run("verify", ...args)));
    runs.forEach(({ code, stdout, stderr }, i) => {
      assert.ok(stderr.startsWith(`error: ${wrong[i][1]}`), stderr);
      assert.deepEqual([code, stdout], [1, ""]);
    });
  }));

Deno.test("verify finds nothing to look at but the figures where no snapshot was fetched", () =>
  inFolder(async (data) => {
    const { code, stdout } = await runWithData(data, "verify", []);
    assert.equal(code, 0);
    assert.match(stdout, /^figures .*ok\n/);
    const none = await runWithData(data, "verify", ["hub"]);
    assert.match(none.stderr, /\(no snapshot was fetched or packed yet\)/);
  }));

/** Every file below a folder with its time and bytes. */
function everything(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const path = join(folder, name);
    if (isDirectory) Object.assign(found, everything(path));
    else found[path] = `${Deno.statSync(path).mtime} ${Deno.readFileSync(path).toBase64()}`;
  }
  return found;
}
