import assert from "node:assert/strict";
import { inFolder } from "../fixtures/chunks.ts";
import { familyRows } from "../graph/family_fixture.ts";
import { runTask } from "../support.ts";

// P3 -> T0 (as "p3"), T0 -> T0
const assets = `- type: dataset
  name: P3
- type: model
  name: T0
  access: Open
  dependencies:
  - p3
  - T0
  - "=cmd()\\x1b[2J"
  license: unknwon
`;

function withAssets(step: (path: string, dir: string) => Promise<void>): Promise<void> {
  return inFolder(async (dir) => {
    await Deno.writeTextFile(`${dir}/a.yaml`, assets);
    await step(`${dir}/a.yaml`, dir);
  });
}

Deno.test("audit prints a table of kinds, then every fault with file and line; the exit code is 0", () =>
  withAssets(async (path) => {
    const { code, stdout, stderr } = await runTask("audit", [path]);
    assert.equal(code, 0, stderr);
    assert.equal(stderr, "");
    assert.match(stdout, /^a: 5 faults in 2 records of 2 assets, sha256 [0-9a-f]{12}…\n/);
    assert.match(
      stdout,
      /\n {2}undocumentedDependency {6}2 {2}no {10}a dependency that is no asset/,
    );
    assert.match(stdout, /\n {4}of them aliasOfAsset {6}1 {2}yes /);
    assert.match(stdout, /\n {2}a\.yaml:7 {2}T0, dependencies: "p3"; repair: "P3"\n/);
    assert.match(stdout, /\n {2}a\.yaml:8 {2}T0, dependencies: "T0"; repair: remove it\n/);
    assert.match(stdout, /\n {2}a\.yaml:9 {2}T0, dependencies: "=cmd\(\)\\u001b\[2J"\n/);
    assert.ok(stdout.split("\n").every((line) => line.length <= 100));
    const one = await runTask("audit", [path, "--kind", "aliasOfAsset", "--kind", "cycle"]);
    assert.match(one.stdout, /^a: 1 fault in 2 records/);
    assert.match(one.stdout, /\n {2}aliasOfAsset {6}1 {2}yes /);
    assert.doesNotMatch(one.stdout, /selfLoop|cycle/);
  }));

Deno.test("audit --json prints all faults, --strict ends with code 1 when there are any", () =>
  withAssets(async (path, dir) => {
    const all = await runTask("audit", [path, "--json", "--strict"]);
    assert.equal(all.code, 1);
    const audit = JSON.parse(all.stdout);
    assert.deepEqual([audit.kind, audit.snapshot.records, audit.faults.length], ["assets", 2, 6]);
    assert.equal(audit.faults[1].found, "=cmd()\x1b[2J");
    const none = await runTask("audit", [path, "--json", "--strict", "--kind", "cycle"]);
    assert.deepEqual([none.code, JSON.parse(none.stdout).faults], [0, []]);
    await Deno.writeTextFile(`${dir}/clean.yaml`, "- {type: dataset, name: P3}\n");
    const clean = await runTask("audit", [`${dir}/clean.yaml`, "--strict"]);
    assert.deepEqual([clean.code, clean.stdout.split(",")[0]], [
      0,
      "clean: 0 faults in 1 record of 1 asset",
    ]);
  }));

Deno.test("audit --out writes a corrected copy and says what has become of the faults", () =>
  withAssets(async (path, dir) => {
    const { code, stdout, stderr } = await runTask("audit", [path, "--out", `${dir}/out`]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /Wrote a corrected copy to .*\/out: 1 YAML file and changes\.csv\n/);
    assert.match(stdout, /\n {2}changes: 4\n {2}faults: 5 before, 1 after\n/);
    assert.equal(
      await Deno.readTextFile(`${dir}/out/changes.csv`),
      `file,line,asset,field,original,new,kind
a.yaml,5,T0,access,Open,open,accessCase
a.yaml,10,T0,license,unknwon,unknown,misspeltUnknown
a.yaml,7,T0,dependencies,p3,P3,aliasOfAsset
a.yaml,8,T0,dependencies,T0,,selfLoop
`,
    );
    const copy = await Deno.readTextFile(`${dir}/out/a.yaml`);
    assert.match(copy, /access: \{value: open, original: Open, repair: accessCase\}\n/);
    assert.match(copy, /original:\n {4}- p3\n {4}- T0\n/);
    const again = await runTask("audit", [path, "--out", `${dir}/out`]);
    assert.deepEqual([again.code, again.stdout], [1, ""]);
    assert.match(again.stderr, /the folder has 2 entries, expected an empty one or none/);
    const some = ["--kind", "selfLoop", "--out", `${dir}/some`, "--json"];
    const report = JSON.parse((await runTask("audit", [path, ...some])).stdout);
    assert.deepEqual(report.copy.changes.map(({ kind }: { kind: string }) => kind), ["selfLoop"]);
  }));

Deno.test("audit counts parts in references, says at how many places they are repaired, and which cells were left", () =>
  inFolder(async (dir) => {
    const path = `${dir}/a.yaml`;
    await Deno.writeTextFile(
      path,
      `- {type: dataset, name: P3}
- {type: model, name: T0, dependencies: [p3, web]}
- type: model
  name: T1
  dependencies: !list [p3]
- {type: model, name: T2, dependencies: [T2]}
`,
    );
    const all = await runTask("audit", [path, "--out", `${dir}/out`]);
    assert.equal(all.code, 0, all.stderr);
    assert.match(all.stdout, /\n {2}undocumentedDependency {6}3 {2}no /);
    assert.match(all.stdout, /\n {4}of them aliasOfAsset {6}2 {2}1 of 2 /);
    assert.match(all.stdout, /\naliasOfAsset \(1, at 2 places\): /);
    assert.match(all.stdout, /"p3"; repair at 1 of 2 places: "P3"; also at a\.yaml:5\n/);
    assert.match(all.stdout, /not repaired: a\.yaml:5 {2}T1, dependencies: aliasOfAsset; it is /);
    const one = await runTask("audit", [path, "--kind", "aliasOfAsset"]);
    assert.match(one.stdout, /\n {2}aliasOfAsset {6}1 {2}1 of 2 places {2}names that/);
    assert.doesNotMatch(one.stdout, /of them/);
    // What is written for a list of which nothing is left stands in changes.csv too.
    assert.match(all.stdout, /\n {2}a\.yaml:6 {2}T2, dependencies: "T2"; repair: "unknown"\n/);
    assert.match(
      await Deno.readTextFile(`${dir}/out/changes.csv`),
      /\na\.yaml,6,T2,dependencies,T2,unknown,selfLoop\n/,
    );
    assert.match(
      await Deno.readTextFile(`${dir}/out/a.yaml`),
      /T2, dependencies: \{value: unknown, original: \[T2\], repair: selfLoop\}/,
    );
  }));

Deno.test("audit --out refuses a file, and a folder inside the input", () =>
  withAssets(async (path, dir) => {
    await Deno.symlink(dir, `${dir}.link`);
    try {
      const wrong: [string[], RegExp][] = [
        [[path, "--out", path], /copy to ".*a\.yaml": it is a file, expected a folder or none\n$/],
        [[path, "--out", `${path}/in`], /a\.yaml\/in": a part of the path is a file/],
        [[dir, "--out", `${dir}/in/it`], /in\/it": it lies in the input ".*", expected a folder b/],
        [[`${dir}.link`, "--out", `${dir}/in`], /in": it lies in the input ".*\.link"/],
      ];
      const runs = await Promise.all(wrong.map(([args]) => runTask("audit", args)));
      runs.forEach(({ code, stderr, stdout }, i) => {
        assert.match(stderr, wrong[i][1]);
        assert.deepEqual([code, stdout], [1, ""]);
      });
      assert.deepEqual([...Deno.readDirSync(dir)].map(({ name }) => name), ["a.yaml"]);
    } finally {
      await Deno.remove(`${dir}.link`);
    }
  }));

Deno.test("audit counts the faults of models, with rule, examples and advice", () =>
  inFolder(async (dir) => {
    const rows = [...familyRows, { id: "z", tags: ["base_model:gone", "base_model:z"] }];
    const path = `${dir}/models.jsonl`;
    await Deno.writeTextFile(
      path,
      `${rows.map((row) => JSON.stringify(row)).join("\n")}\nnot JSON\n`,
    );
    const { code, stdout, stderr } = await runTask("audit", [path]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /not the places of single faults/);
    assert.match(stdout, /\nselfLoop \(1\): name the parent, or nothing, .*\n {2}"z"\n/);
    assert.match(stdout, /\nnotJson \(1\): .*\n {2}"line 1?\d/);
    const wrong = await runTask("audit", [path, "--out", `${dir}/out`]);
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /--out corrects assets, but ".*" holds models/);
  }));

Deno.test("audit says of an empty list that it is one, whatever it should hold", () =>
  inFolder(async (dir) => {
    await Deno.writeTextFile(`${dir}/a.yaml`, "[]\n");
    const { code, stderr } = await runTask("audit", [`${dir}/a.yaml`]);
    assert.deepEqual([code, stderr], [
      1,
      'error: Cannot read "a.yaml": it is an empty list, expected at least one model or asset\n',
    ]);
  }));

Deno.test("audit ends with a message and code 2 when it is called wrongly", () =>
  withAssets(async (path, dir) => {
    const wrong: [string[], RegExp][] = [
      [[], /found 0 arguments/],
      [[path, "--kind", "__proto__"], /--kind is "__proto__", expected one of accessCase, /],
      [[path, "--kind", "missingParent"], /\(the snapshot holds assets\)/],
      [[path, "--out", ""], /--out is empty/],
      [[path, "--out", `${dir}/o`, "--kind", "cycle"], /of which --kind names none/],
    ];
    const runs = await Promise.all(wrong.map(([args]) => runTask("audit", args)));
    runs.forEach(({ code, stderr, stdout }, i) => {
      assert.match(stderr, wrong[i][1]);
      assert.deepEqual([code, stdout], [2, ""]);
    });
    assert.deepEqual([...Deno.readDirSync(dir)].map(({ name }) => name), ["a.yaml"]);
  }));
