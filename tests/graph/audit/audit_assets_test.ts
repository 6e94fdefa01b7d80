import assert from "node:assert/strict";
import { random } from "../../../lib/core/random.ts";
import { assetIssues } from "../../../lib/graph/asset_issues.ts";
import { assetRepairs } from "../../../lib/graph/audit/asset_repairs.ts";
import { assetAdvice, modelAdvice } from "../../../lib/graph/audit/advice.ts";
import { type AssetAudit, auditAssets } from "../../../lib/graph/audit/audit_assets.ts";
import { auditModels } from "../../../lib/graph/audit/audit_models.ts";
import { buildLineage } from "../../../lib/graph/build_lineage.ts";
import { paths } from "../../../lib/paths.ts";
import { readAssetSnapshot } from "../../../lib/snapshot/asset_snapshot.ts";
import { writeCorrectedCopy } from "../../../lib/snapshot/corrected_copy.ts";
import { openAssets, packAssets } from "../../../lib/snapshot/pack_assets.ts";
import { readModelBlocks } from "../../../lib/snapshot/read_models.ts";
import { readNoAssets } from "../../../lib/source/no_assets.ts";
import { inFolder } from "../../fixtures/chunks.ts";
import { assetRecord, randomAssets, snapshotOf } from "../../oracle/random_assets.ts";
import { needsShared } from "../../support.ts";

/** web (no asset), mine (case twin), PyTorch -> A -> B -> C -> A    A newer than B    D -> D    B twice */
const faulty = `- type: model
  name: A
  created_date: 2024-05-02
  access: Open
  organization: Lab One
  dependencies:
  - web
  - MINE
  - C
  - pytorch
  - web
- type: model
  name: B
  created_date: 2024-05-01
  organization: LabOne
  monitoring: {value: unknwon, explanation: why}
  dependencies: [A]
- type: model
  name: C
  dependencies: {value: [B, Web], explanation: see the card}
- {type: dataset, name: mine, dependencies: [mine]}
- type: model
  name: B
  organization: Other
  dependencies: [mine]
- type: dataset
  name: <script>
  dependencies: [=cmd(), __proto__, Unknown]
`;

/** Cells with a tag, an anchor, an alias; a record that stands twice, one with an anchor that nothing uses. */
const shared = `- {type: dataset, name: P3}
- {type: model, name: A, access: !x Open, dependencies: &list [p3]}
- &unused {type: model, name: B, access: Open, dependencies: [p3]}
- {type: model, name: C, dependencies: *list}
- {type: model, name: D, dependencies: [&one p3]}
- &twice {type: model, name: E, access: Open}
- *twice
- type: model
  name: F
  dependencies: {value: [p3], explanation: it says so}
- {type: model, name: G, dependencies: {value: &two [p3], explanation: why}}
`;

async function audited<T>(step: (audit: AssetAudit, dir: string) => T): Promise<T> {
  return await inFolder(async (dir) => {
    await Deno.writeTextFile(`${dir}/a.yaml`, faulty);
    const snapshot = await readAssetSnapshot(`${dir}/a.yaml`);
    return await step(auditAssets(snapshot, { noAssets: await readNoAssets() }), dir);
  });
}

Deno.test("auditAssets() lists every fault with its line, and where else it is", () =>
  audited(({ faults }) => {
    const seen = faults.map(({ kind, line, asset, field, found, repair, also }) =>
      [
        kind,
        line,
        asset,
        field,
        found,
        repair && (repair.to ?? "removed"),
        also.map(({ line }) => line).join(),
      ].join("|")
    );
    assert.deepEqual(
      seen,
      [
        "undocumentedDependency|7|A|dependencies|web||",
        "undocumentedDependency|8|A|dependencies|MINE||",
        "undocumentedDependency|10|A|dependencies|pytorch||",
        "undocumentedDependency|11|A|dependencies|web||",
        "undocumentedDependency|20|C|dependencies|Web||",
        "undocumentedDependency|28|<script>|dependencies|=cmd()||",
        "undocumentedDependency|28|<script>|dependencies|__proto__||",
        "undocumentedDependency|28|<script>|dependencies|Unknown||",
        "noAsset|10|A|dependencies|pytorch||",
        "noAsset|28|<script>|dependencies|Unknown||",
        "aliasOfAsset|8|A|dependencies|MINE|mine|",
        "stubSpelling|20|C|dependencies|web / Web||",
        "accessCase|4|A|access|Open|open|",
        "cycle|17|B|dependencies|A -> B -> C -> A||20,9",
        "duplicateName|23|B|name|B||13",
        "misspeltUnknown|16|B|monitoring|unknwon|unknown|",
        "newerDependency|17|B|dependencies|A||",
        "organizationSpelling|15|B|organization|Lab One / LabOne||",
        "repeatedDependency|11|A|dependencies|web|removed|",
        "selfLoop|21|mine|dependencies|mine|unknown|",
      ],
    );
  }));

Deno.test("auditAssets() says what a fault was compared with, and suggests a repair", () =>
  audited(({ faults, kinds }) => {
    const of = (kind: string) => faults.find((fault) => fault.kind === kind)!;
    assert.equal(of("newerDependency").detail, "1 day newer: 2024-05-02 against 2024-05-01");
    assert.equal(of("noAsset").detail, "software: a library for training");
    assert.equal(of("aliasOfAsset").suggestion, 'write "mine"');
    assert.match(of("duplicateName").suggestion, /two different things/);
    assert.match(
      of("duplicateName").detail,
      /^organization "LabOne" and "Other"; fields that differ: /,
    );
    assert.match(of("stubSpelling").detail, /uses: 2 "web", 1 "Web"/);
    assert.equal(of("cycle").detail, '3 assets; "A" is 1 day newer than "B"');
    const parts = kinds.filter(({ partOf }) => partOf !== null);
    assert.deepEqual(parts.map(({ kind }) => kind).sort(), [
      ...["aliasOfAsset", "noAsset", "stubSpelling"],
    ]);
    assert.deepEqual(parts.map(({ count, places }) => [count, places]), [[2, 2], [1, 1], [1, 1]]);
    for (const { suggestion, rule, count, listed, examples } of kinds) {
      assert.ok(suggestion !== "" && rule !== "" && count === listed && examples.length === 0);
    }
  }));

Deno.test("auditAssets() tells one asset that is recorded twice from two different things", () => {
  const cells = (fields: Record<string, string>) =>
    Object.fromEntries(
      Object.entries({ type: "model", ...fields })
        .map(([key, value]) => [key, { state: "known" as const, value, explanation: null }]),
    );
  const verdict = (a: Record<string, string>, b: Record<string, string>) => {
    const records = [a, b].map((fields) => assetRecord({ name: "X", cells: cells(fields) }));
    return auditAssets(snapshotOf(records)).faults[0].suggestion;
  };
  assert.match(verdict({ size: "1" }, { size: "1" }), /the same record twice/);
  assert.match(verdict({ organization: "A b" }, { organization: "a B", size: "1" }), /one asset/);
  assert.match(
    verdict({ organization: "A", url: "u" }, { organization: "B", url: "u" }),
    /one asset/,
  );
  assert.match(verdict({ organization: "A" }, { organization: "B" }), /two different things/);
  assert.match(verdict({ organization: "x" }, { organization: "B" }), /unclear/);
  assert.match(verdict({ url: "u" }, { url: "u", type: "dataset" }), /two different things/);
});

Deno.test("auditAssets() lists two assets whose names agree up to case and white space; neither is repaired", () => {
  const { faults } = auditAssets(snapshotOf([
    assetRecord({ name: "Code Llama", line: 1 }),
    assetRecord({ name: "CodeLlama", line: 5 }),
    assetRecord({ name: "X", dependencies: ["codellama"], line: 9 }),
  ]));
  const twin = faults.find(({ kind }) => kind === "assetTwin")!;
  assert.deepEqual([twin.line, twin.found, twin.also[0].line], [5, "Code Llama / CodeLlama", 1]);
  const alias = faults.find(({ kind }) => kind === "aliasOfAsset")!;
  assert.equal(alias.suggestion, 'write "Code Llama" or "CodeLlama"');
  assert.equal(alias.repair, null);
});

Deno.test("auditAssets() counts a part at as many places as the kind it is part of counts references", () => {
  const { kinds } = auditAssets(snapshotOf([
    assetRecord({ name: "P3" }),
    assetRecord({ name: "A", dependencies: ["p3", "web"] }),
    assetRecord({ name: "B", dependencies: ["p3", "P 3", "Web"] }),
    assetRecord({ name: "C", dependencies: ["p3", "WEB"] }),
  ]));
  const numbers = kinds.map(({ kind, count, places, repairable, partOf }) =>
    [kind, count, places, repairable, partOf].join()
  );
  assert.deepEqual(numbers, [
    "undocumentedDependency,7,7,0,",
    "aliasOfAsset,2,4,4,undocumentedDependency",
    "stubSpelling,1,2,0,undocumentedDependency",
  ]);
});

Deno.test("auditAssets() counts as repairable what a corrected copy repairs, and no cell with an anchor, an alias or a tag", () =>
  inFolder(async (dir) => {
    const path = `${dir}/a.yaml`;
    await Deno.writeTextFile(path, shared);
    const snapshot = await readAssetSnapshot(path);
    const { kinds, faults } = auditAssets(snapshot);
    const { edits, changes } = assetRepairs(snapshot);
    const { leftOut } = await writeCorrectedCopy(path, { snapshot, edits, folder: `${dir}/copy` });
    const made = changes.filter((_, i) => !leftOut.includes(edits[i])).flat();
    assert.equal(leftOut.length, 7);
    const repairable = kinds.filter((kind) => kind.repairable > 0)
      .map(({ kind, places, repairable }) => [kind, places, repairable].join());
    assert.deepEqual(repairable, ["aliasOfAsset,6,2", "accessCase,4,1"]);
    assert.equal(made.length, 3);
    const alias = faults.find(({ kind }) => kind === "aliasOfAsset")!;
    assert.deepEqual(alias.repair, { to: "P3", places: 2 });
    assert.deepEqual(
      faults.filter(({ kind }) => kind === "accessCase").map(({ repair }) => repair?.to ?? "left"),
      ["left", "open", "left", "left"],
    );
    // A packed snapshot is written anew, so that nothing stands in the way.
    await packAssets(path, { name: "a", folder: `${dir}/packed` });
    const packed = auditAssets(openAssets(`${dir}/packed`)).kinds;
    assert.ok(packed.every(({ places, repairable }) => repairable === 0 || repairable === places));
  }));

Deno.test("auditAssets() tells how far it is", () => {
  const shares: number[] = [];
  const dependencies = ["a", "b", "c", "d"];
  auditAssets(snapshotOf([assetRecord({ name: "A", dependencies })]), {
    onProgress: (share) => shares.push(share),
  });
  assert.deepEqual(shares, [0, 0.25, 0.5, 0.75]);
});

Deno.test("auditAssets() lists as many faults as the issues count on random graphs", () => {
  const rng = random({ seed: 7 });
  for (let i = 0; i < 300; i++) {
    const snapshot = randomAssets(rng);
    const { kinds, faults } = auditAssets(snapshot);
    const listed = new Map(kinds.map(({ kind, listed }) => [kind, listed]));
    for (const { kind, count } of [...snapshot.issues, ...assetIssues(snapshot)]) {
      assert.equal(listed.get(kind), count, kind);
    }
    const counted = [
      "undocumentedDependency",
      "aliasOfAsset",
      "selfLoop",
      "cycle",
      "newerDependency",
    ];
    const found = new Set(assetIssues(snapshot).map(({ kind }) => kind));
    assert.ok(faults.every(({ kind }) => !counted.includes(kind) || found.has(kind)));
  }
});

Deno.test("auditAssets() finds nothing in a clean snapshot, nor in an empty one", () => {
  const clean = [assetRecord({ name: "A" }), assetRecord({ name: "B", dependencies: ["A"] })];
  for (const records of [clean, []]) {
    const { kinds, faults } = auditAssets(snapshotOf(records));
    assert.deepEqual([kinds, faults], [[], []]);
  }
});

Deno.test("auditAssets() lists the same faults of a packed snapshot, and says what has no place in one packed without", () =>
  inFolder(async (dir) => {
    await Deno.writeTextFile(`${dir}/a.yaml`, `${faulty}- just text\n- {type: x, name: y}\n`);
    await packAssets(`${dir}/a.yaml`, { name: "a", folder: `${dir}/packed` });
    const read = auditAssets(await readAssetSnapshot(`${dir}/a.yaml`));
    assert.deepEqual(auditAssets(openAssets(`${dir}/packed`)), read);
    assert.ok(read.faults.some(({ kind, line }) => kind === "notARecord" && line === 29));
    assert.ok(
      read.faults.some(({ kind, line, asset }) =>
        kind === "noType" && line === 30 && asset === "y"
      ),
    );

    const manifest = JSON.parse(await Deno.readTextFile(`${dir}/packed/manifest.json`));
    manifest.files = manifest.files.filter(({ name }: { name: string }) =>
      name !== "faults.parquet"
    );
    await Deno.writeTextFile(`${dir}/packed/manifest.json`, JSON.stringify(manifest));
    const old = auditAssets(openAssets(`${dir}/packed`));
    const kind = old.kinds.find(({ kind }) => kind === "misspeltUnknown")!;
    assert.deepEqual([kind.count, kind.listed], [1, 0]);
    assert.deepEqual(kind.examples, ["a.yaml:12: B, monitoring: unknwon"]);
    assert.equal(old.kinds.find(({ kind }) => kind === "selfLoop")!.listed, 1);
  }));

Deno.test("auditModels() counts kinds with rule, examples and advice", async () => {
  const rows = [
    { id: "a", tags: ["base_model:gone", "base_model:a"] },
    { id: "a", tags: [] },
    { id: "<b>", tags: ["base_model:A"] },
  ].map((row) => JSON.stringify(row)).join("\n");
  const snapshot = await readModelBlocks([new TextEncoder().encode(`${rows}\n`)], { name: "m" });
  const audit = auditModels(snapshot, buildLineage(snapshot));
  assert.deepEqual(audit.snapshot, { name: "m", models: 2, sha256: snapshot.origin.sha256 });
  assert.deepEqual(
    audit.kinds.map(({ kind, count }) => [kind, count]).sort(),
    [["duplicateId", 1], ["missingParent", 2], ["parentDiffersByCase", 1], ["selfLoop", 1]],
  );
  assert.equal(audit.kinds[0].kind, "missingParent");
  for (const { suggestion, rule, examples } of audit.kinds) {
    assert.ok(suggestion !== "" && rule !== "" && examples.length > 0);
  }
});

Deno.test("there is advice on every kind of fault that lib reports", () => {
  const known = new Set([...Object.keys(assetAdvice), ...Object.keys(modelAdvice)]);
  const found = new Set<string>();
  for (const stage of ["source", "snapshot", "graph", "graph/audit"]) {
    for (const { name, isFile } of Deno.readDirSync(`${paths.root}lib/${stage}`)) {
      if (!isFile) continue;
      const text = Deno.readTextFileSync(`${paths.root}lib/${stage}/${name}`);
      const calls =
        /(?:\b(?:issues\.add|add|fault|at(?:\("\w+"\))?)\(\s*|kind: )"([a-z]+[A-Z]\w+)"/g;
      for (const [, kind] of text.matchAll(calls)) found.add(kind);
    }
  }
  for (const kind of ["duplicateId", "notARecord", "accessCase", "raggedRow", "noId"]) {
    assert.ok(found.has(kind), kind);
  }
  assert.deepEqual([...found].filter((kind) => !known.has(kind)), []);
});

for (const file of ["assets", "all_assets.csv"]) {
  Deno.test({
    name: `auditAssets() lists the faults of 2025-01-24/${file} (skipped without shared data)`,
    ignore: needsShared(`data/ecosystem-graphs/2025-01-24/${file}`),
    async fn() {
      const snapshot = await readAssetSnapshot(
        `${paths.shared}data/ecosystem-graphs/2025-01-24/${file}`,
      );
      const { kinds, faults } = auditAssets(snapshot, { noAssets: await readNoAssets() });
      const counts = Object.fromEntries(kinds.map(({ kind, listed }) => [kind, listed]));
      const { undocumentedDependency, duplicateName, selfLoop, cycle, newerDependency } = counts;
      assert.deepEqual(
        [undocumentedDependency, duplicateName, selfLoop, cycle, newerDependency],
        [309, 5, 1, 1, 55],
      );
      assert.deepEqual([counts.aliasOfAsset, counts.organizationSpelling], [4, 4]);
      const of = (kind: string) => faults.filter((fault) => fault.kind === kind);
      assert.equal(new Set(of("undocumentedDependency").map(({ found }) => found)).size, 240);
      assert.match(of("cycle")[0].detail, /^4 assets; also /);
      const apart = of("duplicateName").filter(({ suggestion }) =>
        /two different/.test(suggestion)
      );
      assert.deepEqual(apart.map(({ found }) => found), ["Dragonfly"]);
      assert.ok(kinds.every(({ count, listed }) => count === listed));
      assert.ok(faults.every(({ line }) => line > 0));
    },
  });
}
