import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { paths } from "../lib/paths.ts";
import { codeCells } from "../lib/task/notebook/join_cells.ts";
import {
  checkCopied,
  checkImports,
  type Fingerprints,
  remember,
} from "./architecture/check_project.ts";
import { checkSource } from "./architecture/check_source.ts";
import { filesBelow, projectFiles } from "./architecture/project_files.ts";
import { needsShared } from "./support.ts";

const config = JSON.parse(Deno.readTextFileSync(`${paths.root}deno.json`)) as {
  imports: Record<string, string>;
};
const imports = Object.keys(config.imports);
const files = projectFiles();
const read = (path: string) => Deno.readTextFileSync(`${paths.root}${path}`);

Deno.test("lib, tests and notebooks keep the rules of the architecture", () => {
  const found: string[] = [];
  let modules = 0;
  for (const path of files) {
    if (/^(?:lib|tests)\/.*\.ts$/.test(path)) {
      modules++;
      found.push(...checkSource(path, read(path), { imports }));
    } else if (path.endsWith(".ipynb")) {
      codeCells(read(path)).forEach((cell, i) =>
        found.push(...checkSource(`${path}#${i + 1}.ts`, cell, { imports }))
      );
    }
  }
  assert.ok(modules > 50, `only ${modules} modules were found`);
  assert.deepEqual(found, []);
});

Deno.test("deno.json pins every import exactly, and each is used", () => {
  const sources = files.filter((path) => /\.(?:ts|py|ipynb)$/.test(path)).map(read);
  assert.deepEqual(checkImports(config.imports, sources), []);
});

Deno.test("deno.lock names no registry", () => {
  assert.doesNotMatch(read("deno.lock"), /https?:/);
});

Deno.test({
  name: "no data from beside the checkout is in it (skipped where the shared data is absent)",
  ignore: needsShared("data"),
  fn() {
    const prints: Fingerprints = { files: new Set(), lines: new Set() };
    for (const folder of ["data", "truth"]) {
      for (const path of filesBelow(`${paths.shared}${folder}`)) {
        const bytes = Deno.readFileSync(`${paths.shared}${folder}/${path}`);
        const text = new TextDecoder().decode(path.endsWith(".gz") ? gunzipSync(bytes) : bytes);
        remember(prints, { bytes, text });
      }
    }
    assert.ok(prints.lines.size > 15_904);
    assert.deepEqual(
      files.flatMap((path) => checkCopied(path, Deno.readFileSync(`${paths.root}${path}`), prints)),
      [],
    );
  },
});

/** Violations of a small source, without the place. */
function violations(path: string, source: string): string[] {
  return checkSource(path, source, { imports: ["d3", "kindred"] }).map((line) =>
    line.replace(/^[^ ]+: /, "")
  );
}

Deno.test("checkSource() accepts imports that point forward, seeded randomness, given dates and words in comments", () => {
  const source = `
    import { a } from "../core/a.ts";
    import type { B } from "./b.ts";
    import { paths } from "../paths.ts";
    import { x } from "d3";
    import y from "d3/package.json" with { type: "json" };
    import { z } from "node:path";
    // Math.random() and Date.now() and new Date() in a comment, "../shared" too
    const text = "Math.random()";
    const when = new Date(0);
    const worker = new Worker(new URL("../source/worker.ts", import.meta.url), { type: "module" });
  `;
  assert.deepEqual(violations("lib/snapshot/s.ts", source), []);
  assert.deepEqual(
    violations(
      "lib/task/t.ts",
      "const t = [performance.now(), Date.now(), new Date(), Math.random()];",
    ),
    [],
  );
  assert.deepEqual(
    violations("lib/mod.ts", 'export { a } from "./core/a.ts"; export * from "./figure/f.ts";'),
    [],
  );
  assert.deepEqual(
    violations("lib/version.ts", 'import config from "../deno.json" with { type: "json" };'),
    [],
  );
  assert.deepEqual(
    violations(
      "tests/a_test.ts",
      'import * as kindred from "kindred"; import m from "../lib/mod.ts";',
    ),
    [],
  );
  assert.deepEqual(
    violations(
      "tests/a_test.ts",
      'Deno.test({ ignore: needsShared("a") || needsNetworkx(), name, fn });',
    ),
    [],
  );
});

Deno.test("checkSource() finds every kind of import that breaks the order of stages", () => {
  const back = 'imports "lib/task/cli.ts": core comes before task, imports never point back';
  for (
    const source of [
      'import { x } from "../task/cli.ts";',
      'import type { X } from "../task/cli.ts";',
      'import "../task/cli.ts";',
      'export { x } from "../task/cli.ts";',
      'export * from "../task/cli.ts";',
      'const x = await import("../task/cli.ts");',
      'let x: import("../task/cli.ts").X;',
      'new Worker(new URL("../task/cli.ts", import.meta.url));',
    ]
  ) assert.deepEqual(violations("lib/core/a.ts", source), [back], source);
  const cases: [string, string, RegExp][] = [
    ["lib/graph/a.ts", "../measure/m.ts", /graph comes before measure/],
    ["lib/measure/a.ts", "../figure/f.ts", /measure comes before figure/],
    ["lib/source/deep/a.ts", "../../snapshot/s.ts", /source comes before snapshot/],
    ["lib/core/a.ts", "../paths.ts", /core imports nothing of lib/],
    ["lib/graph/a.ts", "../mod.ts", /imports lib\/mod\.ts/],
    ["lib/graph/a.ts", "kindred", /its own public surface/],
    ["lib/graph/a.ts", "../../tests/support.ts", /from outside lib/],
    ["lib/graph/a.ts", "../../deno.json", /from outside lib/],
    ["lib/graph/a.ts", "../other/o.ts", /lies in no stage/],
    ["lib/other/a.ts", "../core/c.ts", /lies in no stage/],
    ["lib/paths.ts", "./version.ts", /is a leaf/],
    ["lib/version.ts", "./core/c.ts", /is a leaf/],
    ["lib/graph/a.ts", "npm:d3@7", /expected a name of the import map/],
    ["tests/a_test.ts", "jsr:@std/assert", /expected a name of the import map/],
    ["notebooks/01_a.ipynb#1.ts", "https://a.example/mod.ts", /expected a name of the import map/],
    ["lib/graph/a.ts", "/lib/core/c.ts", /expected a name of the import map/],
    ["lib/graph/a.ts", "d3x", /not in the import map/],
  ];
  for (const [path, specifier, expected] of cases) {
    const [found, ...more] = violations(path, `import { x } from "${specifier}";`);
    assert.match(found ?? "", expected, `${path} ${specifier}`);
    assert.deepEqual(more, []);
  }
});

Deno.test("checkSource() finds clocks, randomness, outside data, long files and skipped tests", () => {
  const cases: [string, string, RegExp][] = [
    ["lib/core/a.ts", "Math.random();", /uses Math\.random/],
    ["lib/core/a.ts", "const f = Math.random;", /uses Math\.random/],
    ["lib/core/a.ts", 'Math["random"]();', /uses Math\.random/],
    ["lib/figure/a.ts", "globalThis.Math.random();", /uses globalThis\.Math\.random/],
    ["lib/figure/a.ts", "Date.now();", /uses Date\.now/],
    ["lib/figure/a.ts", "new Date();", /reads the clock/],
    ["lib/figure/a.ts", "Date();", /reads the clock/],
    ["lib/source/a.ts", "performance.now();", /uses performance\.now/],
    ["lib/source/a.ts", "crypto.randomUUID();", /uses crypto\.randomUUID/],
    ["lib/task/a.ts", 'read("../shared/data");', /names \.\.\/shared/],
    ["lib/measure/a.ts", "read(`${root}../shared/truth`);", /names \.\.\/shared/],
    ["lib/task/a.ts", "read(paths.shared);", /uses paths\.shared/],
    ["lib/mod.ts", "export const a = 1;", /only re-exports/],
    ["lib/core/a.ts", "a;\n".repeat(301), /301 lines, expected at most 300/],
    ["lib/core/camelCase.ts", "", /not in snake_case/],
    ["lib/core/a.ts", "await import(name);", /computed name/],
    ["tests/a_test.ts", "Deno.test.ignore(f);", /Deno\.test\.ignore/],
    ["tests/a_test.ts", "Deno.test({ name, ignore: true, fn });", /skips a test otherwise/],
    [
      "tests/a_test.ts",
      "Deno.test({ name, ignore: !existsSync(path), fn });",
      /skips a test otherwise/,
    ],
    [
      "tests/a_test.ts",
      'Deno.test({ name, ignore: needsShared("a") || slow, fn });',
      /skips a test otherwise/,
    ],
    ["tests/a_test.ts", "Deno.test({ name, only: true, fn });", /one test only/],
  ];
  for (const [path, source, expected] of cases) {
    const [found, ...more] = violations(path, source);
    assert.match(found ?? "", expected, source);
    assert.deepEqual(more, []);
  }
  assert.deepEqual(violations("lib/core/a.ts", "a;\n".repeat(300)), []);
  assert.deepEqual(
    checkSource("lib/core/a.ts", "// \u{1F600}\nDate.now();\n", { imports }).map((s) =>
      s.slice(0, 15)
    ),
    [
      "lib/core/a.ts:2",
    ],
  );
});

Deno.test("checkImports() finds loose pins, other packages and unused names", () => {
  const sources = ['import * as d3 from "d3"; import p from "@a/b/p.json";'];
  const good = { kindred: "./lib/mod.ts", d3: "npm:d3@7.9.2", "@a/b": "npm:@a/b@1.0.0-r.5" };
  assert.deepEqual(checkImports(good, sources), []);
  for (
    const loose of [
      "npm:d3@^7.9.2",
      "npm:d3@7",
      "npm:d3",
      "jsr:d3@7.9.2",
      "npm:d3@7.9.x",
      "./d3.ts",
    ]
  ) {
    assert.match(checkImports({ d3: loose }, sources).join(), /exact version/, loose);
  }
  assert.deepEqual(checkImports({ ...good, "@types/d3": "npm:@types/d3@7.4.3" }, sources), []);
  assert.match(checkImports({ "@types/d3": "npm:@types/d3@7.4.3" }, sources).join(), /"d3" is not/);
  assert.match(checkImports({ d3: "npm:d4@7.9.2" }, sources).join(), /another package/);
  assert.deepEqual(checkImports({ arquero: "npm:arquero@8.0.1" }, sources), [
    '"arquero" is in the import map, but nothing uses it',
  ]);
  assert.match(
    checkImports({ kindred: "./lib/other.ts" }, sources).join(),
    /expected "\.\/lib\/mod\.ts"/,
  );
});

Deno.test("checkCopied() finds copies and long lines of remembered data and nothing else", () => {
  const encoder = new TextEncoder();
  const long =
    "a description that is long enough to be told from any other line by its words alone, surely";
  const url = `url: https://a.example/${"path/".repeat(20)}`;
  const text = `name: The Pile\n  ${long}\n${url}\n`;
  const prints: Fingerprints = { files: new Set(), lines: new Set() };
  remember(prints, { bytes: encoder.encode(text), text });
  assert.deepEqual(checkCopied("a.yaml", encoder.encode(text), prints), [
    "a.yaml: is a copy of outside data",
  ]);
  assert.deepEqual(checkCopied("a.yaml", encoder.encode(`x\n\t${long}`), prints), [
    "a.yaml:2: holds a line of outside data",
  ]);
  assert.deepEqual(
    checkCopied("a.yaml", encoder.encode(`name: The Pile\n${url}\n${long}.`), prints),
    [],
  );
});
