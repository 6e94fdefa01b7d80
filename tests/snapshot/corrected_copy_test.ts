import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { random } from "../../lib/core/random.ts";
import { assetIssues } from "../../lib/graph/asset_issues.ts";
import { AssetGraph } from "../../lib/graph/assets.ts";
import { assetRepairs } from "../../lib/graph/audit/asset_repairs.ts";
import { auditAssets } from "../../lib/graph/audit/audit_assets.ts";
import { paths } from "../../lib/paths.ts";
import { type AssetSnapshot, readAssetSnapshot } from "../../lib/snapshot/asset_snapshot.ts";
import { writeCorrectedCopy } from "../../lib/snapshot/corrected_copy.ts";
import { openAssets, packAssets } from "../../lib/snapshot/pack_assets.ts";
import { formatAssetYaml } from "../../lib/source/format_asset_yaml.ts";
import { inFolder } from "../fixtures/chunks.ts";
import { randomAssets } from "../oracle/random_assets.ts";
import { needsShared } from "../support.ts";

// P3 -> T0 (as "p3"), T0 -> T0
const models = `# kept
- type: model
  name: T0
  access: Open   # kept too
  license: {explanation: not clear yet}
  feedback: {}
  dependencies: [p3, T0, web]
  size: {value: unknwon, explanation: "why: é"}
`;
const datasets =
  "- type: dataset\r\n  name:   P3\r\n  sample: ['Q: why']\r\n  __proto__: '=cmd()'\r\n";

async function copied(path: string, folder: string, snapshot?: AssetSnapshot) {
  const read = snapshot ?? await readAssetSnapshot(path);
  const { edits } = assetRepairs(read);
  const copy = await writeCorrectedCopy(path, { snapshot: read, edits, folder });
  return { read, edits, copy, again: await readAssetSnapshot(folder) };
}

/** Names of edges of the documented graph, sorted. */
function edgesOf(
  snapshot: AssetSnapshot,
  variant: "documented" | "aliased" = "documented",
): string[] {
  const { names, dependency, dependant, assets } = new AssetGraph(snapshot, { variant });
  return Array.from(dependency, (from, e) => [from, dependant[e]])
    .filter(([from, to]) => from < assets.length && to < assets.length)
    .map(([from, to]) => `${names[from]} -> ${names[to]}`)
    .sort();
}

/** Values and explanations of all fields, without those that were repaired. */
const untouched = ({ records }: AssetSnapshot, edited: ReadonlySet<string>) =>
  records.map(({ name, cells }) =>
    Object.keys(cells).filter((field) => !edited.has(`${name} ${field}`))
      .map((field) => [field, { ...cells[field] }])
  );

Deno.test("writeCorrectedCopy() copies files as they are but for the repaired cells", () =>
  inFolder(async (dir) => {
    await Deno.mkdir(`${dir}/in`);
    await Deno.writeTextFile(`${dir}/in/models.yaml`, `\ufeff${models}`);
    await Deno.writeTextFile(`${dir}/in/datasets.yml`, datasets);
    await Deno.writeTextFile(`${dir}/in/notes.txt`, "no YAML");
    const { copy, again } = await copied(`${dir}/in/`, `${dir}/out/`);
    assert.deepEqual(copy, { files: ["datasets.yml", "models.yaml"], leftOut: [], anew: false });
    assert.deepEqual(
      [...Deno.readDirSync(`${dir}/out`)].map(({ name }) => name).sort(),
      copy.files,
    );
    assert.equal(await Deno.readTextFile(`${dir}/out/datasets.yml`), datasets);
    assert.equal(
      new TextDecoder("utf-8", { ignoreBOM: true }).decode(
        await Deno.readFile(`${dir}/out/models.yaml`),
      ),
      `\ufeff# kept
- type: model
  name: T0
  access: {value: open, original: Open, repair: accessCase}   # kept too
  license: {explanation: not clear yet}
  feedback: {}
  dependencies:
    value: [P3, web]
    original: [p3, T0, web]
    repair: aliasOfAsset, selfLoop
  size: {value: unknown, original: unknwon, repair: misspeltUnknown, explanation: "why: é"}
`,
    );
    assert.deepEqual(edgesOf(again), ["P3 -> T0"]);
    assert.deepEqual(again.issues.map(({ kind }) => kind), ["explanationOnly", "emptyCell"]);
    const { size, access } = again.records[1].cells;
    assert.deepEqual(size, {
      ...{ state: "unknown", value: "unknown", explanation: "why: é" },
      repair: { kind: "misspeltUnknown", original: "unknwon" },
    });
    assert.deepEqual(access.repair, { kind: "accessCase", original: "Open" });
  }));

Deno.test("writeCorrectedCopy() writes the copy of a packed snapshot and of a compressed file as YAML that reads the same", () =>
  inFolder(async (dir) => {
    await Deno.writeTextFile(`${dir}/all.yaml`, models + datasets.replaceAll("\r", ""));
    await Deno.writeFile(
      `${dir}/all.yaml.gz`,
      gzipSync(new TextEncoder().encode(models + datasets.replaceAll("\r", ""))),
    );
    await packAssets(`${dir}/all.yaml`, { name: "p", folder: `${dir}/packed` });
    const plain = await copied(`${dir}/all.yaml`, `${dir}/a`);
    const packed = await copied(`${dir}/packed`, `${dir}/b`, openAssets(`${dir}/packed`));
    const gzip = await copied(`${dir}/all.yaml.gz`, `${dir}/c`);
    assert.deepEqual([packed.copy.anew, gzip.copy.anew], [true, false]);
    const cells = ({ records }: AssetSnapshot) => JSON.stringify(records.map(({ cells }) => cells));
    for (const { again, copy } of [packed, gzip]) {
      assert.deepEqual(copy.files, ["all.yaml"]);
      assert.equal(cells(again), cells(plain.again));
      assert.deepEqual(
        again.issues.map(({ kind, count }) => [kind, count]),
        plain.again.issues.map(({ kind, count }) => [kind, count]),
      );
    }
    // The copy can be packed and opened with its originals.
    await packAssets(`${dir}/a`, { name: "p", folder: `${dir}/packed` });
    assert.equal(cells(openAssets(`${dir}/packed`)), cells(plain.again));
  }));

Deno.test("writeCorrectedCopy() writes a CSV as YAML, a list that it could not read beside unknown", () =>
  inFolder(async (dir) => {
    await Deno.writeTextFile(
      `${dir}/all.csv`,
      "type,name,organization,dependencies,access\n" +
        `model,T0,=cmd(),"['p3', ""it's""]",Open\ndataset,P3,"Runway AI, Inc.",['x,\nmodel,B,x,"['P3'",\n`,
    );
    const { copy, again } = await copied(`${dir}/all.csv`, `${dir}/out`);
    assert.deepEqual([copy.files, copy.anew], [["all.yaml"], true]);
    const [t0, p3, b] = again.records;
    assert.deepEqual([t0.dependencies, t0.organization], [["P3", "it's"], "=cmd()"]);
    assert.equal(p3.organization, "Runway AI, Inc.");
    assert.deepEqual(b.cells.dependencies, {
      ...{ state: "unknown", value: "unknown", explanation: null },
      repair: { kind: "unreadableList", original: "['P3'" },
    });
    assert.deepEqual(again.issues, []);
  }));

Deno.test("writeCorrectedCopy() gives no file of a packed snapshot a path of its own", () =>
  inFolder(async (dir) => {
    await Deno.writeTextFile(`${dir}/a.yaml`, models + datasets.replaceAll("\r", ""));
    await packAssets(`${dir}/a.yaml`, { name: "p", folder: `${dir}/packed` });
    const opened = openAssets(`${dir}/packed`);
    const records = opened.records.map((record, i) => ({
      ...record,
      file: ["../../x", "x.yaml"][i],
    }));
    const snapshot = { ...opened, records };
    const copy = await writeCorrectedCopy(`${dir}/packed`, {
      snapshot,
      edits: [],
      folder: `${dir}/o`,
    });
    assert.deepEqual(copy.files, ["x.yaml", "x-2.yaml"]);
    assert.deepEqual([...Deno.readDirSync(`${dir}/o`)].map(({ name }) => name).sort(), [
      ...["x-2.yaml", "x.yaml"],
    ]);
  }));

Deno.test("writeCorrectedCopy() refuses a folder with files in it, and leaves nothing behind when it fails", () =>
  inFolder(async (dir) => {
    await Deno.writeTextFile(`${dir}/a.yaml`, models);
    const snapshot = await readAssetSnapshot(`${dir}/a.yaml`);
    const write = (folder: string, extra?: () => ReadonlyMap<string, string>) =>
      writeCorrectedCopy(`${dir}/a.yaml`, { snapshot, edits: [], folder, extra });
    const full = { name: "RangeError", message: /expected an empty one or none/ };
    await assert.rejects(write(dir), full);
    await Deno.mkdir(`${dir}/busy.tmp/x`, { recursive: true });
    await assert.rejects(write(`${dir}/busy`), full);
    await Deno.mkdir(`${dir}/out`);
    await assert.rejects(
      write(`${dir}/out`, () => {
        throw new Error("disk");
      }),
      /disk/,
    );
    await assert.rejects(
      write(`${dir}/out`, () => new Map([["more.yaml", "- {type: model, name: more}\n"]])),
      /Cannot write the corrected copy.*has 2 records, expected the 1 of the input/,
    );
    assert.ok(!existsSync(`${dir}/out.tmp`) && existsSync(`${dir}/busy.tmp/x`));
    assert.equal([...Deno.readDirSync(`${dir}/out`)].length, 0);
    await write(`${dir}/out`);
    assert.equal(await Deno.readTextFile(`${dir}/out/a.yaml`), models);
  }));

Deno.test("writeCorrectedCopy() gives the documented graph, less loops, plus the edges of unambiguous case twins", () =>
  inFolder(async (dir) => {
    const rng = random({ seed: 3 });
    for (let i = 0; i < 25; i++) {
      const { records } = randomAssets(rng);
      if (records.length === 0) continue;
      const cells = (names: string[]) => ({
        state: "known" as const,
        value: names,
        explanation: null,
      });
      const text = formatAssetYaml(
        records.map((record) => ({
          ...record,
          cells: {
            type: { ...cells([]), value: record.type },
            name: { ...cells([]), value: record.name },
            dependencies: cells(record.dependencies),
          },
        })),
        { edits: [], faults: [] },
      );
      await Deno.writeTextFile(`${dir}/${i}.yaml`, text);
      const { read, again } = await copied(`${dir}/${i}.yaml`, `${dir}/${i}`);
      const loop = (edge: string) => edge.split(" -> ")[0] === edge.split(" -> ")[1];
      assert.deepEqual(
        edgesOf(again),
        [...new Set([...edgesOf(read), ...edgesOf(read, "aliased")])].filter((e) => !loop(e))
          .sort(),
      );
      assert.deepEqual(again.assets.map(({ name }) => name), read.assets.map(({ name }) => name));
      assert.ok(!assetIssues(again).some(({ kind }) => kind === "selfLoop"));
    }
  }));

Deno.test({
  name: "writeCorrectedCopy() repairs 2025-01-24 and keeps all else (skipped without shared data)",
  ignore: needsShared("data/ecosystem-graphs/2025-01-24/assets"),
  fn: () =>
    inFolder(async (dir) => {
      const path = `${paths.shared}data/ecosystem-graphs/2025-01-24/assets`;
      const { read, edits, copy, again } = await copied(path, `${dir}/out`);
      assert.deepEqual([copy.leftOut, copy.anew], [[], false]);
      const inFile = Map.groupBy(read.records, ({ file }) => file);
      const edited = new Set(
        edits.map(({ file, record, field }) => `${inFile.get(file)![record].name} ${field}`),
      );
      assert.deepEqual(untouched(again, edited), untouched(read, edited));
      for (const { file, record, field } of edits) {
        const [before, after] = [read, again].map(({ records }) =>
          records.filter((one) => one.file === file)[record].cells[field]
        );
        assert.equal(after.explanation, before.explanation);
        assert.deepEqual(after.repair!.original, before.value);
      }
      const loops = new Set(read.assets.map(({ name }) => `${name} -> ${name}`));
      assert.deepEqual(
        edgesOf(again),
        edgesOf(read, "aliased").filter((edge) => !loops.has(edge)),
      );
      const faults = [read, again].map((snapshot) => auditAssets(snapshot).faults.length);
      assert.ok(faults[1] < faults[0], `${faults}`);
      assert.deepEqual(assetRepairs(again).edits, []);
    }),
});
