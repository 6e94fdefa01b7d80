import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { inFolder } from "../fixtures/chunks.ts";
import { familyRows, hostileIds, hostileRows } from "../graph/family_fixture.ts";
import { runTask } from "../support.ts";

/** Runs a step in a folder that holds `models.jsonl` and `assets.yaml`. */
function withInputs(step: (dir: string) => Promise<void>): Promise<void> {
  return inFolder(async (dir) => {
    const lines = [...familyRows, ...hostileRows].map((row) => `${JSON.stringify(row)}\n`);
    await Deno.writeTextFile(`${dir}/models.jsonl`, lines.join(""));
    await Deno.writeTextFile(
      `${dir}/assets.yaml`,
      "- type: dataset\n  name: The Pile\n  dependencies: [crawl]\n- type: model\n  name: net\n  dependencies: [The Pile]\n",
    );
    await step(dir);
  });
}

function filesOf(dir: string): string[] {
  return [...Deno.readDirSync(dir)].map(({ name }) => name).sort();
}

Deno.test("export writes a family, a neighbourhood and a whole graph in the format that the name says", () =>
  withInputs(async (dir) => {
    const models = `${dir}/models.jsonl`;
    const family = await runTask("export", [
      models,
      "--family",
      "c/quant",
      "--out",
      `${dir}/family.gexf`,
    ]);
    assert.equal(family.code, 0, family.stderr);
    assert.match(
      family.stdout,
      /Exported family of "c\/quant" in the graph "no-merge" of the models of models/,
    );
    assert.match(family.stdout, /nodes: 4\n {2}edges: 3\n/);
    const gexf = await Deno.readTextFile(`${dir}/family.gexf`);
    assert.equal(gexf.match(/<node /g)?.length, 4);
    assert.equal(gexf.match(/<edge /g)?.length, 3);

    const around = [
      "--around",
      "e/mix",
      "--around",
      "constructor",
      "--hops",
      "1",
      "--direction",
      "up",
      "--graph",
      "all",
    ];
    const near = await runTask("export", [models, ...around, "--out", `${dir}/near.graphml.gz`]);
    assert.equal(near.code, 0, near.stderr);
    const graphml = new TextDecoder().decode(
      gunzipSync(await Deno.readFile(`${dir}/near.graphml.gz`)),
    );
    const ids = [...graphml.matchAll(/<node id="([^"]*)"/g)].map(([, id]) => id);
    assert.deepEqual(ids, ["b/tuned", "d/lora", "e/mix", "f/other", "~__proto__", "~constructor"]);

    const assets = ["--all", "--variant", "stubs", "--out", `${dir}/assets.graphml`];
    const whole = await runTask("export", [`${dir}/assets.yaml`, ...assets]);
    assert.equal(whole.code, 0, whole.stderr);
    assert.match(whole.stdout, /all nodes in the graph "stubs".*\n {2}nodes: 3\n {2}edges: 2\n/);
    assert.deepEqual(filesOf(dir), [
      "assets.graphml",
      "assets.yaml",
      "family.gexf",
      "models.jsonl",
      "near.graphml.gz",
    ]);
  }));

Deno.test("export ends with a message, a code and no file when it is called wrongly", () =>
  withInputs(async (dir) => {
    const models = `${dir}/models.jsonl`;
    const before = filesOf(dir);
    const out = ["--out", `${dir}/out.gexf`];
    const wrong: [string[], number, RegExp][] = [
      [[models, "--all"], 2, /--out is missing/],
      [
        [models, "--all", "--out", `${dir}/out.png`],
        2,
        /expected a name that ends in \.gexf or \.graphml/,
      ],
      [[models, ...out], 2, /0 of --family, --around and --all are given, expected exactly one/],
      [[models, "--all", "--family", "a/base", ...out], 2, /2 of --family/],
      [[models, "--all", "--hops", "2", ...out], 2, /--hops and --direction are for --around/],
      [[models, "--around", "a/base", "--hops", "-1", ...out], 2, /hops/],
      [
        [models, "--around", "a/base", "--direction", "left", ...out],
        2,
        /"left", expected one of "up", "down", "both"/,
      ],
      [
        [models, "--all", "--graph", "constructor", ...out],
        2,
        /"constructor", expected one of "all"/,
      ],
      [[models, "--all", "--variant", "stubs", ...out], 2, /asks for assets/],
      [[`${dir}/assets.yaml`, "--all", "--graph", "all", ...out], 2, /asks for models/],
      [[models, "--family", "A/BASE", ...out], 1, /there is "a\/base", which differs only by case/],
      [
        [models, "--all", "--limit", "9", ...out],
        1,
        new RegExp(`${8 + hostileIds.length} objects: the limit is 9`),
      ],
      [
        [`${dir}/assets.yaml`, "--around", "the pilE", ...out, "--variant", "stubs"],
        1,
        /"The Pile"/,
      ],
      [[models, "--all", "--out", `${dir}/absent/out.gexf`], 1, /Cannot write/],
    ];
    const runs = await Promise.all(wrong.map(([args]) => runTask("export", args)));
    runs.forEach(({ code, stderr }, i) => {
      assert.match(stderr, wrong[i][2]);
      assert.equal(code, wrong[i][1], stderr);
    });
    assert.deepEqual(filesOf(dir), before);
  }));
