import assert from "node:assert/strict";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { paths } from "../../lib/paths.ts";
import { type AssetRows, readAssets } from "../../lib/source/ecosystem_graphs.ts";
import { inFolder } from "../fixtures/chunks.ts";
import { needsShared } from "../support.ts";

/** Reads files that are written into a folder first: the folder itself, or the one file. */
function readFiles(files: Record<string, string | Uint8Array>): Promise<AssetRows> {
  return inFolder(async (dir) => {
    for (const [name, content] of Object.entries(files)) {
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await Deno.writeFile(`${dir}/${name}`, bytes);
    }
    const names = Object.keys(files);
    return await readAssets(names.length === 1 ? `${dir}/${names[0]}` : dir);
  });
}

const readYaml = (text: string | Uint8Array) => readFiles({ "a.yaml": text });

const issuesOf = ({ issues }: AssetRows) =>
  Object.fromEntries(issues.map(({ kind, count, examples }) => [kind, [count, examples[0]]]));

Deno.test("readAssets() keeps value and explanation, and unknown apart from none and from absent", async () => {
  const { records, issues } = await readYaml(`- type: model
  name: None
  organization: {value: Meta, explanation: " as signed "}
  created_date: {value: 2023-02-24, explanation: day of the paper}
  access: limited
  size: 65B parameters (dense)
  license: none
  monitoring: Unknown
  feedback: ''
  failures:
  sample: []
  analysis: {value: unknown, explanation: nobody said}
  dependencies: {value: [CCNet, C4], explanation: see the table}
`);
  assert.deepEqual(issues, []);
  const [record] = records;
  assert.deepEqual(
    { ...record, cells: Object.keys(record.cells) },
    {
      type: "model",
      name: "None",
      organization: "Meta",
      created: Date.UTC(2023, 1, 24),
      access: "limited",
      dependencies: ["CCNet", "C4"],
      cells: [
        ...["type", "name", "organization", "created_date", "access", "size", "license"],
        ...["monitoring", "feedback", "failures", "sample", "analysis", "dependencies"],
      ],
      file: "a.yaml",
      line: 1,
      lines: {
        item: 0,
        fields: Object.assign(Object.create(null), {
          ...{ type: 1, name: 2, organization: 3, created_date: 4, access: 5, size: 6, license: 7 },
          ...{ monitoring: 8, feedback: 9, failures: 10, sample: 11, analysis: 12 },
          dependencies: 13,
        }),
        dependencies: [13, 13],
      },
    },
  );
  const plain = (state: string, value: unknown, explanation: string | null = null) => ({
    state,
    value,
    explanation,
  });
  const { cells } = record;
  assert.deepEqual(cells.organization, plain("known", "Meta", "as signed"));
  assert.deepEqual(cells.dependencies, plain("known", ["CCNet", "C4"], "see the table"));
  assert.deepEqual(cells.analysis, plain("unknown", "unknown", "nobody said"));
  assert.deepEqual(cells.monitoring, plain("unknown", "Unknown"));
  assert.deepEqual(cells.license, plain("none", "none"));
  assert.deepEqual(cells.sample, plain("none", null));
  assert.deepEqual([cells.feedback, cells.failures], [
    plain("absent", null),
    plain("absent", null),
  ]);
});

Deno.test("readAssets() counts each fault by kind, with file and line", async () => {
  const rows = await readYaml(`- type: model
  name: A
  size: 2024-05-29
  modality: text
  access: Open
  created_date: 2022
  monitoring: unknwon
  license: {explanation: not clear yet}
  feedback: {}
  analysis: {value: none, intended_uses: chat}
  quality_control: {value: {value: deep}}
  sample:
    - 'Q: why'
    - Q: why
    - []
  dependencies: [B, B, [C], '', {value: D}, 3]
  access: Closed
- type: dataset
  name: B
  created_date: 2023-02-30
  access: on request
  dependencies: C, D
- type: application
  name: C
  created_date: 2023-03-9
  dependencies: unknown
- type: service
  name: D
- type: model
  name: ''
- just text
`);
  assert.deepEqual(rows.records.map(({ name, dependencies }) => [name, dependencies]), [
    ["A", ["B", "B", "D", "3"]],
    ["B", ["C, D"]],
    ["C", []],
  ]);
  assert.deepEqual(rows.records.map(({ access }) => access), ["closed", "unknown", "unknown"]);
  assert.deepEqual(rows.records.map(({ created }) => created), [NaN, NaN, Date.UTC(2023, 2, 9)]);
  assert.deepEqual(rows.records[0].cells.sample.value, ["Q: why", "Q: why"]);
  assert.deepEqual(issuesOf(rows), {
    duplicateKey: [1, "a.yaml:17"],
    sizeIsDate: [1, "a.yaml:1: A: 2024-05-29"],
    modalityUnsplit: [1, "a.yaml:1: A: text"],
    accessCase: [1, "a.yaml:1: A: Closed"],
    incompleteDate: [1, "a.yaml:1: A: 2022"],
    misspeltUnknown: [1, "a.yaml:1: A, monitoring: unknwon"],
    explanationOnly: [1, "a.yaml:1: A, license: not clear yet"],
    emptyCell: [1, "a.yaml:1: A, feedback: {}"],
    otherKey: [1, "a.yaml:1: A, analysis: intended_uses"],
    cellNotText: [1, "a.yaml:1: A, quality_control: a map"],
    itemWithColon: [1, "a.yaml:1: A, sample: Q: why"],
    itemNotText: [3, "a.yaml:1: A, sample: a list"],
    otherAccess: [1, "a.yaml:18: B: on request"],
    impossibleDate: [1, "a.yaml:18: B: 2023-02-30"],
    dependencyText: [1, "a.yaml:18: B: C, D"],
    noType: [1, 'a.yaml:27: D: type "service"'],
    noName: [1, "a.yaml:29"],
    notARecord: [1, "a.yaml:31"],
  });
});

Deno.test("readAssets() hands over each fault with the line of its field, as many as it counts", async () => {
  const rows = await readYaml(`- type: model
  name: A
  access: Open
  license: {explanation: not clear yet}
  dependencies:
    value:
    - B
    - []
    - C
  access: Closed
- &x type
- type: dataset
  name: <script>
  size: 2024-05-29
  monitoring: unknwon
- type: dataset
  name: E
  monitoring: unknwon
- name: none
`);
  assert.deepEqual(
    rows.faults.map(({ kind, line, asset, field, found }) => [kind, line, asset, field, found]),
    [
      ["duplicateKey", 10, "A", "access", "access"],
      ["explanationOnly", 4, "A", "license", "not clear yet"],
      ["itemNotText", 5, "A", "dependencies", "a list"],
      ["accessCase", 10, "A", "access", "Closed"],
      ["notARecord", 11, "", "", ""],
      ["misspeltUnknown", 15, "<script>", "monitoring", "unknwon"],
      ["sizeIsDate", 14, "<script>", "size", "2024-05-29"],
      ["misspeltUnknown", 18, "E", "monitoring", "unknwon"],
      ["noType", 19, "none", "type", 'type ""'],
    ],
  );
  assert.ok(rows.faults.every(({ file, rule }) => file === "a.yaml" && rule !== ""));
  for (const { kind, rule, count } of rows.issues) {
    const listed = rows.faults.filter((fault) => fault.kind === kind && fault.rule === rule);
    assert.equal(listed.length, count, kind);
  }
  assert.deepEqual(rows.records[0].lines!.dependencies, [7, 9]);
  const csv = await readFiles({
    "all.csv": `type,name,organization,dependencies\nmodel,A,x,"['B'"\nmodel,B\n`,
  });
  assert.deepEqual(
    csv.faults.map(({ kind, line, asset, field, found }) => [
      ...[kind, line, asset],
      ...[field, found],
    ]),
    [
      ["unreadableList", 2, "A", "dependencies", "['B'"],
      ["raggedRow", 3, "", "", "2 cells, expected 4"],
    ],
  );
});

Deno.test("readAssets() reads the original beside a repaired value, and nothing else as one", async () => {
  const { records: [record], faults } = await readYaml(`- type: model
  name: A
  access: {value: open, original: Open, repair: accessCase}
  dependencies: {value: [B], original: [b, [C]], repair: aliasOfAsset, explanation: why}
  license: {value: x, original: y}
  size: {original: x, repair: y}
  feedback: {value: x, original: [], repair: ''}
`);
  assert.equal(record.access, "open");
  assert.deepEqual(record.dependencies, ["B"]);
  assert.deepEqual(record.cells.dependencies, {
    ...{ state: "known", value: ["B"], explanation: "why" },
    repair: { kind: "aliasOfAsset", original: ["b"] },
  });
  assert.deepEqual(
    faults.map(({ kind, field, found }) => [kind, field, found]),
    [
      ["otherKey", "license", "original"],
      ["otherKey", "size", "original"],
      ["otherKey", "size", "repair"],
      ["otherKey", "feedback", "original"],
      ["otherKey", "feedback", "repair"],
    ],
  );
  assert.ok(!("repair" in record.cells.license) && record.cells.size.state === "absent");
});

Deno.test("readAssets() merges no keys, and makes nothing of the tags of other languages", async () => {
  const { records: [a, b], faults } = await readYaml(`- &a
  type: model
  name: A
  access: open
  license: !!js/undefined ''
  size: !!python/object/apply:os.system ['exit 1']
  feedback: !<tag:yaml.org,2002:js/regexp> /x/
- <<: *a
  type: model
  name: B
  __proto__: {access: open}
  prototype: {constructor: {name: x}}
  size: {<<: *a, value: 7B}
- <<: [*a]
`);
  assert.equal(a.cells.license.state, "absent");
  assert.deepEqual(a.cells.size.value, ["exit 1"]);
  assert.equal(a.cells.feedback.value, "/x/");
  assert.equal(b.access, "unknown");
  assert.deepEqual(Object.keys(b.cells), ["type", "name", "__proto__", "prototype", "size"]);
  assert.equal(b.cells.size.value, "7B");
  const merges = faults.filter(({ kind }) => kind === "mergeKey");
  assert.deepEqual(
    merges.map(({ line, asset, field }) => [line, asset, field]),
    [[8, "B", "<<"], [13, "B", "size"], [14, "", "<<"]],
  );
  assert.match(merges[0].rule, /merge key \(<<\); not applied/);
  assert.equal(Object.getPrototypeOf(b.cells), null);
  assert.deepEqual(Object.keys(Object.prototype), []);
});

Deno.test("readAssets() tells how far it is, in bytes, up to the whole input", () =>
  inFolder(async (dir) => {
    const record = "- type: model\n  name: x\n  access: open\n";
    for (const name of ["a.yaml", "b.yml"]) {
      await Deno.writeTextFile(`${dir}/${name}`, record.repeat(2000));
    }
    const seen: number[] = [];
    const totals = new Set<number>();
    await readAssets(dir, {
      onProgress: (done, total) => {
        seen.push(done);
        totals.add(total);
      },
    });
    assert.deepEqual([...totals], [4000 * record.length]);
    assert.equal(seen.at(-1), 4000 * record.length);
    assert.ok(seen.length > 10);
    assert.deepEqual(seen, seen.toSorted((a, b) => a - b));
  }));

Deno.test("readAssets() reads scalars as they are written: no dates, numbers or truth values", async () => {
  const { records: [record] } = await readYaml(
    "- type: model\n  name: 1.10\n  license: 0x10\n  feedback: yes\n  size: 1e3\n  dependencies: [null, 007, ~, true]\n",
  );
  assert.equal(record.name, "1.10");
  assert.deepEqual(record.dependencies, ["null", "007", "~", "true"]);
  assert.deepEqual(
    [record.cells.license, record.cells.feedback, record.cells.size].map(({ value }) => value),
    ["0x10", "yes", "1e3"],
  );
});

Deno.test("readAssets() keeps hostile names and keys as text, and runs no tag", async () => {
  const { records: [record] } = await readYaml(`- type: model
  name: __proto__
  __proto__: {value: polluted, explanation: x}
  constructor: =cmd()
  license: !!js/function 'function () { throw 1 }'
  dependencies: [constructor, <script>alert(1)</script>, "a\\"b'c"]
`);
  assert.equal(record.name, "__proto__");
  assert.deepEqual(record.dependencies, ["constructor", "<script>alert(1)</script>", "a\"b'c"]);
  assert.equal(record.cells["constructor" as string].value, "=cmd()");
  assert.ok(Object.hasOwn(record.cells, "__proto__"));
  assert.equal(record.cells.license.value, "function () { throw 1 }");
  assert.equal(({} as { polluted?: unknown }).polluted, undefined);
});

const pair = {
  "b.yaml": "- type: dataset\n  name: B\n  dependencies: []\n",
  "B.yml": "- type: model\n  name: A\n  dependencies: [B]\n",
};

Deno.test("readAssets() reads a folder in code-unit order of the names, and tells its sha256", async () => {
  const { records, origin } = await readFiles({ ...pair, "notes.txt": "not YAML: [" });
  assert.deepEqual(records.map(({ name, file }) => [name, file]), [["A", "B.yml"], [
    "B",
    "b.yaml",
  ]]);
  const sha256 = (data: string) => createHash("sha256").update(data).digest("hex");
  assert.deepEqual({ ...origin, name: "" }, {
    name: "",
    format: "assets-folder",
    bytes: pair["b.yaml"].length + pair["B.yml"].length,
    sha256: sha256(`${sha256(pair["B.yml"])}  B.yml\n${sha256(pair["b.yaml"])}  b.yaml\n`),
  });
});

const csv = `type,name,organization,created_date,dependencies,sample,access
dataset,B,Meta,2023-01-02,[],,open
model,"A, the ""first""","Runway AI, Inc.",,"['B', ""it's""]","['a\\nb']",Closed
model,C,,unknown,"{'value': ['B'], 'explanation': 'why'}",,
`;

Deno.test("readAssets() reads the CSV's Python lists; its empty cells are absent", async () => {
  const rows = await readFiles({ "all.csv": csv });
  assert.deepEqual(
    rows.records.map(({ name, organization, dependencies, line }) => [
      ...[name, organization],
      ...[dependencies, line],
    ]),
    [
      ["B", "Meta", [], 2],
      ['A, the "first"', "Runway AI, Inc.", ["B", "it's"], 3],
      ["C", "", ["B"], 4],
    ],
  );
  assert.deepEqual(rows.records[1].cells.sample.value, ["a\nb"]);
  assert.equal(rows.records[1].cells.created_date, undefined);
  assert.equal(rows.records[0].cells.dependencies.state, "none");
  assert.equal(rows.records[2].cells.dependencies.explanation, "why");
  assert.deepEqual(Object.keys(issuesOf(rows)), ["accessCase"]);
  assert.equal(rows.origin.format, "assets-csv");
});

Deno.test("readAssets() counts rows and lists of the CSV that it cannot read", async () => {
  const rows = await readFiles({
    "all.csv": "type,name,organization,dependencies\n" +
      `model,A,x,"['B'"\nmodel,B,x\nmodel,C,x,"['A']",y\nmodel,__proto__,x,['A']\n`,
  });
  assert.deepEqual(rows.records.map(({ name, dependencies }) => [name, dependencies]), [
    ["A", []],
    ["__proto__", ["A"]],
  ]);
  assert.deepEqual(issuesOf(rows), {
    unreadableList: [1, "row 2: ['B'"],
    raggedRow: [2, "row 3 has 3 cells, expected 4"],
  });
});

Deno.test("readAssets() reads each form inside gzip and Zstandard", async () => {
  for (const text of [csv, pair["B.yml"]]) {
    const plain = await readFiles({ plain: text });
    for (const pack of [gzipSync, zstdCompressSync]) {
      const packed = await readFiles({ packed: pack(new TextEncoder().encode(text)) });
      const files = (rows: AssetRows) => rows.records.map((record) => ({ ...record, file: "" }));
      assert.deepEqual(files(packed), files(plain));
      assert.notEqual(packed.origin.sha256, plain.origin.sha256);
    }
  }
});

Deno.test("readAssets() ends with a clear error when the input is bad", async () => {
  const head = "- type: model\n  name: x\n";
  const bad: [string | Uint8Array, RegExp][] = [
    ["", /the file is empty/],
    [Uint8Array.of(0, 1, 2, 255), /Cannot tell what "bad" is/],
    [`${head}  dependencies: [a\n`, /"bad" as YAML: line 4, column 1: /],
    [`${head}  license: "cut`, /"bad" as YAML: line 3, column 16: Missing closing "quote/],
    [`${head}  license: *gone\n`, /"bad" as YAML: Unresolved alias/],
    [`${head}---\n${head}`, /line 3, column 1: Source contains multiple documents/],
    [`${head}  sample: ${"[".repeat(50_000)}\n`, /line 3, column \d+: it is nested too deeply/],
    [`${head}  license: \t\n a: b\n  - c\n`, /"bad" as YAML: line \d/],
    [
      new Uint8Array([...new TextEncoder().encode(head), 0xff, 0xfe]),
      /"bad" as YAML: it is not UTF-8/,
    ],
    ["- name: x\n- name: y\n", /no usable record \(2 x noType, e\.g\. "bad:1: x: type \\"\\""\)/],
    ["type,name,organization,dependencies\n", /no usable record; expected a list of records/],
    ["type,name,organization,dependencies,name\nmodel,x,y,[],z\n", /the column "name" twice/],
    ['type,name,organization,dependencies\nmodel,"x\n', /begins at line 2 has a quote/],
    ['{"id": "a/b"}\n', /as assets: found models in the format jsonl/],
  ];
  for (const [content, message] of bad) {
    await assert.rejects(readFiles({ bad: content }), (error: Error) => {
      assert.ok(error instanceof SyntaxError || error instanceof TypeError, `${error}`);
      assert.match(error.message, message);
      return true;
    });
  }
  const folder = { "a.yaml": head, "b.yaml": "type: model\n" };
  await assert.rejects(readFiles(folder), /Cannot read "b\.yaml" as assets: the YAML is no list/);
  await assert.rejects(readAssets("/no/such/folder"), RangeError);
});

Deno.test("readAssets() is not trapped by aliases that grow or lead back to themselves", async () => {
  const head = "- type: model\n  name: x\n";
  const levels = Array.from({ length: 9 }, (_, i) => {
    const use = i === 0 ? "lol" : `*a${i - 1}`;
    return `  f${i}: &a${i} [${Array(9).fill(use).join(", ")}]\n`;
  });
  await assert.rejects(readYaml(head + levels.join("")), /"a\.yaml" as YAML: .*alias/);
  const loops = await readYaml(`${head}  dependencies: &a [*a, b]\n  license: &l {value: *l}\n`);
  assert.deepEqual(loops.records[0].dependencies, ["b"]);
  assert.deepEqual(Object.keys(issuesOf(loops)), ["itemNotText", "cellNotText"]);
});

Deno.test("readAssets() ends in records or a clear error when bytes are changed or cut", async () => {
  const encoder = new TextEncoder();
  const sources = [
    csv,
    Deno.readTextFileSync(
      `${paths.assets}${[...Deno.readDirSync(paths.assets)].map(({ name }) => name).sort()[0]}`,
    ),
  ].map((text) => encoder.encode(text));
  const junk = fc.constantFrom(
    ..."\0\n\r\t\"'[]{}:-,&*!|>%@`#? \xff".split(""),
    "- ",
    ": ",
    "\ufeff",
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...sources),
      fc.double({ min: 0.2, max: 1, noNaN: true }),
      fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), junk), { maxLength: 4 }),
      async (source, kept, edits) => {
        const bytes = source.slice(0, Math.ceil(kept * source.length));
        for (const [at, text] of edits) {
          bytes.set(encoder.encode(text).subarray(0, 1), Math.floor(at * (bytes.length - 1)));
        }
        try {
          for (const record of (await readYaml(bytes)).records) {
            assert.ok(record.name !== "");
            assert.ok(record.dependencies.every((name) => typeof name === "string" && name !== ""));
          }
        } catch (error) {
          if (error instanceof assert.AssertionError) throw error;
          assert.ok(
            error instanceof SyntaxError || error instanceof TypeError,
            `${(error as Error).stack}`,
          );
          assert.match(error.message, /^Cannot /);
        }
        assert.deepEqual(Object.keys(Object.prototype), []);
      },
    ),
    { seed: 1, numRuns: 300 },
  );
});

Deno.test({
  name:
    "readAssets() counts the faults of Ecosystem Graphs 2025-01-24 (skipped without shared data)",
  ignore: needsShared("data/ecosystem-graphs/2025-01-24/assets"),
  async fn() {
    const rows = await readAssets(`${paths.shared}data/ecosystem-graphs/2025-01-24/assets`);
    assert.equal(rows.records.length, 639);
    assert.deepEqual(
      Object.fromEntries(rows.issues.map(({ kind, count }) => [kind, count])),
      {
        misspeltUnknown: 5,
        modalityUnsplit: 6,
        itemWithColon: 4,
        explanationOnly: 3,
        incompleteDate: 1,
        sizeIsDate: 1,
        accessCase: 1,
        emptyCell: 2,
      },
    );
    const explained = rows.records
      .flatMap(({ cells }) => Object.values(cells))
      .filter(({ explanation }) => explanation !== null);
    assert.ok(explained.length > 690, `${explained.length}`);
  },
});
