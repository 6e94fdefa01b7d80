import assert from "node:assert/strict";
import fc from "fast-check";
import { parseDocument } from "yaml";
import type { AssetEdit } from "../../lib/source/asset_edit.ts";
import { editAssetYaml } from "../../lib/source/edit_asset_yaml.ts";
import { readAssetYaml } from "../../lib/source/ecosystem_graphs_yaml.ts";

const read = (text: string) => readAssetYaml(text, { file: "a.yaml", report: () => {} });

const edit = (record: number, field: string, to: AssetEdit["to"]): AssetEdit => ({
  ...{ file: "a.yaml", record, field, to },
  repair: "accessCase",
});

const change = (text: string, edits: AssetEdit[]) =>
  editAssetYaml(text, edits, { records: read(text), file: "a.yaml" });

Deno.test("editAssetYaml() changes the cells and no other byte, in block and in flow style", () => {
  const text = `# head
- type: model # first
  name: A
  access:   Open # note
  dependencies: # all
  # before
  - llama # why
  - "B" # last

  # after
  license: 'x'   
- {type: model, name: B, dependencies: [a, b], access: {value: Open, explanation: e}}
- type: model
  name: C
  monitoring: |
    unknwon
  dependencies:
    explanation: long text
      that goes on
    value:
    - x
    - value: y
      explanation: hm
`;
  const { text: changed, leftOut } = change(text, [
    edit(0, "access", "open"),
    edit(0, "dependencies", ["Llama: 1", "B"]),
    edit(1, "dependencies", [null, "b"]),
    edit(1, "access", "open"),
    edit(2, "dependencies", [null, "#Y"]),
    edit(2, "monitoring", "unknown"),
  ]);
  assert.deepEqual(leftOut, []);
  assert.equal(
    changed,
    `# head
- type: model # first
  name: A
  access:   {value: open, original: Open, repair: accessCase} # note
  dependencies:
    value:
    # all
    # before
    - "Llama: 1" # why
    - "B" # last
    original:
    - llama
    - "B"
    repair: accessCase

  # after
  license: 'x'   
- {type: model, name: B, dependencies: {value: [b], original: [a, b], repair: accessCase}, access: {value: open, original: Open, repair: accessCase, explanation: e}}
- type: model
  name: C
  monitoring: {value: unknown, original: "unknwon\\n", repair: accessCase}
  dependencies:
    value:
    - value: "#Y"
      explanation: hm
    original:
    - x
    - value: y
      explanation: hm
    repair: accessCase
    explanation: long text that goes on
`,
  );
  const [a, , c] = read(changed);
  assert.deepEqual(a.dependencies, ["Llama: 1", "B"]);
  assert.deepEqual(c.cells.dependencies, {
    state: "known",
    value: ["#Y"],
    explanation: "long text that goes on",
    repair: { kind: "accessCase", original: ["x", "y"] },
  });
});

Deno.test("editAssetYaml() keeps the first original of a cell that is repaired twice", () => {
  const text = "- type: model\n  name: A\n  dependencies: [a, b]\n";
  const once = change(text, [edit(0, "dependencies", ["A1", "b"])]).text;
  const twice = change(once, [{ ...edit(0, "dependencies", ["A1", null]), repair: "selfLoop" }]);
  assert.deepEqual(read(twice.text)[0].cells.dependencies, {
    ...{ state: "known", value: ["A1"], explanation: null },
    repair: { kind: "accessCase, selfLoop", original: ["a", "b"] },
  });
});

Deno.test("editAssetYaml() writes unknown where no dependency is left, and one text for one text", () => {
  const text =
    "- {type: model, name: A, dependencies: [A]}\n- {type: model, name: B, dependencies: a}\n";
  const { text: changed } = change(text, [
    edit(0, "dependencies", [null]),
    edit(1, "dependencies", "A"),
  ]);
  const [a, b] = read(changed);
  assert.deepEqual([a.cells.dependencies.state, a.dependencies], ["unknown", []]);
  assert.deepEqual(b.dependencies, ["A"]);
});

Deno.test("editAssetYaml() leaves cells with anchors, aliases and tags as they are, and repairs the others", () => {
  const text = `- type: model
  name: A
  access: &x Open
  dependencies: [a, b]
- type: model
  name: B
  access: *x
  dependencies: !!seq [a]
- &r {type: model, name: C, access: Open}
- *r
`;
  const edits = [
    edit(0, "access", "open"),
    edit(0, "dependencies", ["a", null]),
    edit(1, "access", "open"),
    edit(1, "dependencies", [null]),
    edit(2, "access", "open"),
    edit(3, "access", "open"),
  ];
  const { text: changed, leftOut } = change(text, edits);
  assert.deepEqual(new Set(leftOut), new Set(edits.toSpliced(1, 1)));
  assert.deepEqual(read(changed)[0].dependencies, ["a"]);
  assert.equal(changed.split("\n")[2], "  access: &x Open");
});

Deno.test("editAssetYaml() edits the pair that counts of a key that is there twice, and keeps CR LF", () => {
  const text =
    "- type: model\r\n  name: A\r\n  access: no\r\n  access: Open\r\n  dependencies:\r\n  - a\r\n  - b\r\n";
  const { text: changed } = change(text, [
    edit(0, "access", "open"),
    edit(0, "dependencies", [null, "b"]),
  ]);
  assert.match(changed, /access: no\r\n {2}access: \{value: open/);
  assert.equal(changed.replaceAll("\r\n", "").includes("\n"), false);
  assert.deepEqual(read(changed)[0].dependencies, ["b"]);
});

Deno.test("editAssetYaml() gives text that reads as the edits say, whatever the names and the style", () => {
  const name = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom(
      "__proto__",
      "constructor",
      "<<",
      "=cmd()",
      "- x",
      "a: b",
      "#",
      "'",
      '"',
      "|",
      "é😀\u2028",
    ),
  ).map((text) => text.trim()).filter((text) => text !== "");
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.array(name, { minLength: 1, maxLength: 4 }), name), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.boolean(),
      fc.constantFrom(20, 80),
      (rows, flow, lineWidth) => {
        const document = parseDocument("[]", { schema: "failsafe" });
        document.contents = document.createNode(
          rows.map(([dependencies], i) => ({
            type: "model",
            name: `n${i}`,
            dependencies: i % 2 === 0 ? dependencies : { value: dependencies, explanation: "why" },
            license: "x",
          })),
          { flow },
        ) as typeof document.contents;
        const text = document.toString({ lineWidth });
        const edits = rows.map(([dependencies, next], i) =>
          edit(
            i,
            "dependencies",
            dependencies.map((old, j) => j === 0 ? next : j === 1 ? null : old),
          )
        );
        const { text: changed, leftOut } = change(text, edits);
        assert.deepEqual(leftOut, []);
        read(changed).forEach((record, i) => {
          const [dependencies, next] = rows[i];
          assert.deepEqual(record.dependencies, [next, ...dependencies.slice(2)]);
          assert.deepEqual(record.cells.dependencies.repair!.original, dependencies);
        });
      },
    ),
    { seed: 1, numRuns: 150 },
  );
});

Deno.test("editAssetYaml() writes unknown where nothing readable is left of a list", () => {
  const text = "- {type: model, name: A, dependencies: [A, '', [x]]}\n";
  const { text: changed, leftOut } = change(text, [edit(0, "dependencies", [null])]);
  assert.deepEqual(leftOut, []);
  assert.match(changed, /dependencies: \{value: unknown, original: \[A, '', \[x\]\], repair: /);
});
