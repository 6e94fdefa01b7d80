import { Buffer } from "node:buffer";
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { join } from "node:path";
import { AssetGraph } from "../../lib/graph/assets.ts";
import { blastRanking } from "../../lib/measure/assets/removal/blast_ranking.ts";
import { paths } from "../../lib/paths.ts";
import { readAssetSnapshot } from "../../lib/snapshot/asset_snapshot.ts";
import { simulateHub } from "../../lib/source/simulate.ts";
import { runTask } from "../support.ts";

/** Makes a folder, hands it on and removes it. */
async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("measure prints the same report of a raw file, its gzip and its packed form", () =>
  inFolder(async (folder) => {
    const rows = Buffer.concat([...simulateHub({ models: 300, seed: 5, cards: true })]);
    const raw = join(folder, "hub.jsonl");
    await Deno.writeFile(raw, rows);
    await Deno.writeFile(`${raw}.gz`, gzipSync(rows));
    const packed = join(paths.cache, "test-measure");
    try {
      const pack = await runTask("pack", [raw, "--name", "test-measure"]);
      assert.equal(pack.code, 0, pack.stderr);
      assert.match(pack.stdout, /models: 300\n/);
      const reports = [];
      for (const input of [raw, `${raw}.gz`, "test-measure", packed]) {
        const { code, stdout, stderr } = await runTask("measure", [input, "--json"]);
        assert.equal(code, 0, stderr);
        const { snapshot, ...report } = JSON.parse(stdout);
        assert.equal(snapshot.models, 300);
        assert.match(snapshot.sha256, /^[0-9a-f]{64}$/);
        reports.push(report);
      }
      for (const report of reports) assert.deepEqual(report, reports[0]);
      const { stdout } = await runTask("measure", ["test-measure"]);
      assert.match(stdout, /^test-measure {2}\(simulated\): 300 models/);
      const { categories } = reports[0];
      assert.equal(categories.reporting, categories.links);
      assert.equal(categories.rows[0].value, "cs.LG");
      assert.match(stdout, /arXiv categories of linked papers .*\n {2}cs\.LG +\d+ /);
    } finally {
      await Deno.remove(packed, { recursive: true }).catch(() => {});
    }
  }));

Deno.test("measure --without says what lies downstream, and suggests names when there is no such asset", async () => {
  const { code, stdout } = await runTask("measure", [
    paths.assets,
    "--without",
    "ChatGPT API",
    "--json",
  ]);
  assert.equal(code, 0);
  const { without } = JSON.parse(stdout);
  assert.deepEqual(without.seeds, ["ChatGPT API"]);
  assert.equal(without.names.length, without.dependants);
  const unknown = await runTask("measure", [paths.assets, "--without", "chatgpt api"]);
  assert.equal(unknown.code, 1);
  assert.equal(unknown.stdout, "");
  assert.match(
    unknown.stderr,
    /no .*"chatgpt api"|called "chatgpt api".*did you mean "ChatGPT API"/,
  );
});

Deno.test("measure --without-organization, --without-apis and --reading say what they remove and how it counts", async () => {
  const run = (...args: string[]) => runTask("measure", [paths.assets, ...args]);
  const apis = await run("--without-apis", "OpenAI", "--reading", "kinds", "--json");
  assert.equal(apis.code, 0, apis.stderr);
  const { without } = JSON.parse(apis.stdout);
  assert.equal(without.reading, "kinds");
  assert.ok(
    without.seeds.length > 0 && without.seeds.every((name: string) => /\bAPI\b/.test(name)),
  );
  assert.equal(without.withoutAlternative, without.dependants);
  const whole = await run("--without-organization", "OpenAI");
  assert.match(whole.stdout, /\nWithout "[^\n]* more: \d+ assets are lost\n .* in step 1, /);
  for (
    const [args, message] of [
      [["--without-organization", "openai"], /called "openai": did you mean "OpenAI"/],
      [["--without-apis", "EleutherAI"], /APIs of "EleutherAI": none of its/],
      [["--without-organization", "OpenAI", "--without-organization", "google"], /called "google"/],
      [["--quick"], /--quick asks for models, but ".*" holds assets/],
      [["--persistence"], /--persistence asks for models, but ".*" holds assets/],
      [["--tier", "cleaned"], /--tier "cleaned" asks for models, but ".*" holds assets/],
      [["--reading", "all"], /nothing is removed; expected --without/],
      [["--graph", "stubs"], /--graph "stubs" says .* nothing is removed; expected --without/],
      [["--without", "Claude", "--graph", "all"], /--graph is "all", expected documented, stubs, /],
      [
        ["--without", "Books3"],
        /it is an undocumented name, .* on the command line --graph aliased/,
      ],
      [["--without", "Claude", "--reading", "some"], /--reading is "some", expected all, any, /],
    ] as const
  ) {
    const { code, stdout, stderr } = await run(...args);
    assert.notEqual(code, 0);
    assert.equal(stdout, "");
    assert.match(stderr, message);
  }
});

Deno.test("measure --graph follows losses in another graph, and says of --reading all what is no substitute", async () => {
  const run = (...args: string[]) =>
    runTask("measure", [paths.assets, "--without", "Books3", "--graph", "aliased", ...args]);
  const json = await run("--json");
  assert.equal(json.code, 0, json.stderr);
  const { without } = JSON.parse(json.stdout);
  const ranked = blastRanking(new AssetGraph(await readAssetSnapshot(paths.assets))).rows;
  const { all } = ranked.find(({ name }) => name === "Books3")!;
  assert.ok(all > 0);
  assert.deepEqual([without.variant, without.dependants], ["aliased", all]);
  const text = await run();
  assert.match(text.stdout, /Without "Books3": \d+ assets are lost\n.*; aliased graph; /);
  assert.match(text.stdout, /\n +lost .* for want of +other dependencies of the type\n/);
  const kinds = await run("--reading", "kinds");
  assert.match(kinds.stdout, /\n +remains +type +loses +alternatives\n/);
  assert.doesNotMatch(kinds.stdout, /other dependencies of the type/);
});

Deno.test("measure removes every organization and provider that is named", () =>
  inFolder(async (folder) => {
    const path = join(folder, "assets.yaml");
    const owned = { "A API": "A", "B API": "B", "B": "B", "C": "C", "D": "D", "D API": "D" };
    const yaml = Object.entries(owned).map(([name, organization]) =>
      `- {type: model, name: ${name}, organization: ${organization}}\n`
    );
    await Deno.writeTextFile(path, yaml.join(""));
    const organizations = ["--without-organization", "C", "--without-organization", "D"];
    const providers = ["--without-apis", "A", "--without-apis", "B"];
    const args = [path, "--json", ...organizations, ...providers];
    const { stdout, stderr } = await runTask("measure", args);
    assert.notEqual(stdout, "", stderr);
    assert.deepEqual(JSON.parse(stdout).without.seeds, ["A API", "B API", "C", "D", "D API"]);
  }));

Deno.test("measure --without takes ids of models, and no organization of theirs", () =>
  inFolder(async (folder) => {
    const file = join(folder, "three.jsonl");
    await Deno.writeTextFile(
      file,
      '{"id":"lab/a"}\n{"id":"lab/b"}\n{"id":"lab/c","tags":["base_model:merge:lab/a","base_model:merge:lab/b"]}\n',
    );
    const run = (...args: string[]) => runTask("measure", [file, "--quick", ...args]);
    const all = await run("--without", "lab/a", "--json");
    assert.equal(all.code, 0, all.stderr);
    assert.deepEqual(JSON.parse(all.stdout).without, {
      seeds: ["lab/a"],
      dependants: 1,
      graph: "all",
      reading: "all",
      byStep: [1],
      affected: 0,
      names: ["lab/c"],
    });
    const any = await run("--without", "lab/a", "--reading", "any");
    assert.match(any.stdout, /Without "lab\/a": 0 models are lost\n[^]*1 more lose a parent/);
    const unknown = await run("--without", "lab/d");
    assert.deepEqual([unknown.code, unknown.stdout], [1, ""]);
    assert.match(unknown.stderr, /Cannot find the model "lab\/d" .*did you mean/);
    const owner = await run("--without-organization", "lab");
    assert.equal(owner.code, 2);
    assert.match(owner.stderr, /--without-organization "lab" asks for assets, but .* holds models/);
    const graph = await run("--without", "lab/a", "--graph", "stubs");
    assert.equal(graph.code, 2);
    assert.match(graph.stderr, /--graph "stubs" asks for assets, but .* holds models/);
  }));

Deno.test("measure and pack end with a clear error, and leave nothing behind, when the input is bad", () =>
  inFolder(async (folder) => {
    const rows = gzipSync(Buffer.concat([...simulateHub({ models: 2000 })]));
    const cases: [string, string | Uint8Array, RegExp][] = [
      ["empty.jsonl", "", /the file is empty/],
      ["cut.jsonl.gz", rows.subarray(0, rows.length >> 1), /truncated/],
      [
        "random.bin",
        Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251),
        /Cannot tell what "random.bin" is/,
      ],
      ["text.txt", "hello\nworld\n", /Cannot tell what "text.txt" is: found "hello/],
      ["ids.jsonl", '{"likes":1}\n[]\n', /no usable row in 2 lines \(1 x noId.*1 x notAnObject/],
      ["cut.yaml", "- type: model\n  name: [a\n", /Cannot read "cut.yaml" as YAML: line 3/],
      ["cut.csv", 'type,name,organization,dependencies\nmodel,"x', /begins at line 2 has a quote/],
    ];
    for (const [name, content, message] of cases) {
      const path = join(folder, name);
      await Deno.writeFile(
        path,
        typeof content === "string" ? new TextEncoder().encode(content) : content,
      );
      const { code, stdout, stderr } = await runTask("measure", [path]);
      assert.equal(code, 1, name);
      assert.equal(stdout, "");
      assert.match(stderr, message);
    }
    const pack = await runTask("pack", [join(folder, "cut.jsonl.gz"), "--name", "test-cut"]);
    assert.equal(pack.code, 1);
    for (const left of ["test-cut", "test-cut.tmp"]) {
      await assert.rejects(Deno.stat(join(paths.cache, left)), Deno.errors.NotFound);
    }
    const missing = await runTask("measure", ["no-such-snapshot"]);
    assert.equal(missing.code, 1);
    assert.match(missing.stderr, /Cannot find "no-such-snapshot"/);
    for (const args of [[], ["a", "b"], ["a", "--nope"]]) {
      const { code, stderr } = await runTask("measure", args);
      assert.equal(code, 2);
      assert.match(stderr, /--help/);
    }
    assert.match((await runTask("measure", ["--help"])).stdout, /deno task measure SNAPSHOT/);
    const bad = await runTask("pack", [join(folder, "ids.jsonl"), "--name", "../evil"]);
    assert.equal(bad.code, 2);
    assert.match(bad.stderr, /--name is "\.\.\/evil"/);
  }));

Deno.test("measure keeps hostile names as text", () =>
  inFolder(async (folder) => {
    const path = join(folder, "hostile.jsonl");
    const rows = [
      { id: "__proto__" },
      { id: "constructor", tags: ["base_model:finetune:__proto__", "license:__proto__"] },
      { id: "<script>alert(1)</script>", tags: ["base_model:adapter:__proto__", "license:=cmd()"] },
      { id: "escape\u001b[31m", tags: ["base_model:merge:constructor"] },
    ];
    await Deno.writeTextFile(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    const { stdout } = await runTask("measure", [path, "--json"]);
    const report = JSON.parse(stdout);
    assert.deepEqual(report.hubs, [{ id: "__proto__", children: 2 }, {
      id: "constructor",
      children: 1,
    }]);
    assert.deepEqual(report.top.license, [{ value: "=cmd()", count: 1 }, {
      value: "__proto__",
      count: 1,
    }]);
    const readable = await runTask("measure", [path]);
    // deno-lint-ignore no-control-regex
    assert.doesNotMatch(readable.stdout, /\u001b/);
  }));
