import assert from "node:assert/strict";
import { join } from "node:path";
import { paths } from "../../lib/paths.ts";
import { inFolder } from "../fixtures/chunks.ts";
import { runTask } from "../support.ts";

const yaml = `
- type: dataset
  name: The Pile
  organization: EleutherAI
  created_date: 2021-01-01
  modality: text
  license: MIT
  feedback: https://github.com/EleutherAI/the-pile/issues
- type: model
  name: "a\\e[31mred"
  organization: Lab
  created_date: 2022-02-03
  dependencies: [The Pile]
  modality: text; video
  license: Apache 2.0
  size: 70B parameters
- type: application
  name: =cmd()
  organization: Lab
  dependencies: ["a\\e[31mred"]
`;

function withAssets(body: (path: string) => Promise<void>): Promise<void> {
  return inFolder(async (folder) => {
    const path = join(folder, "assets.yaml");
    await Deno.writeTextFile(path, yaml);
    await body(path);
  });
}

async function ask(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runTask("assets", args);
  assert.equal(code, 0, stderr);
  // deno-lint-ignore no-control-regex
  assert.ok(!/\u001b/.test(stdout));
  return stdout;
}

Deno.test("assets prints what passes the filters, and the same as JSON", () =>
  withAssets(async (path) => {
    const all = await ask(path);
    assert.match(all, /^3 of 3 assets \(aliased graph\)\n {2}asset +type/);
    assert.match(
      all,
      /a\\u001b\[31mred +model +Lab +2022-02-03 +unknown +apache-2\.0 +text; video +70B +1 +1\n/,
    );
    const json = JSON.parse(
      await ask(path, "--organization", "Lab", "--min-parameters", "60B", "--json"),
    );
    assert.deepEqual([json.snapshot, json.variant, json.assets.length], ["assets", "aliased", 1]);
    assert.equal(json.assets[0].parameters, 70e9);
    const late = await ask(path, "--from", "2022-01-01");
    assert.match(late, /^1 of 3 assets .*\n1 more have no full date/);
  }));

Deno.test("assets answers each question", () =>
  withAssets(async (path) => {
    assert.match(
      await ask(path, "--newest", "1"),
      /^Newest of 3 records; 1 without a full date\n.*\n.*red/,
    );
    const permissive = await ask(path, "--permissive", "--modality", "videos");
    assert.match(permissive, /^1 of 1 records \(100\.0%\)/);
    const feedback = JSON.parse(await ask(path, "--feedback", "--type", "dataset", "--json"));
    assert.deepEqual(feedback.rows[0].channels, ["github"]);
    assert.match(await ask(path, "--feedback"), /the-pile\/issues/);
    assert.match(await ask(path, "--trends"), /input, share of the records of each year\n/);
    assert.match(await ask(path, "--downstream", "The Pile"), /^2 assets and names lie downstream/);
    assert.match(await ask(path, "--upstream", "=cmd()", "--steps", "1"), /^1 assets/);
    const compared = await ask(path, "--compare", "The Pile", "=cmd()");
    assert.match(compared, /first to second 2 steps, second to first no way/);
    assert.match(compared, /\n {2}license +MIT +\(absent\)\n/);
  }));

Deno.test("assets says what is wrong and suggests names", () =>
  withAssets(async (path) => {
    const cases: [args: string[], code: number, message: RegExp][] = [
      [["--upstream", "the pil"], 1, /did you mean "The Pile"\?/],
      [["--organization", "eleuther"], 1, /did you mean "EleutherAI"\?/],
      [["--modality", "txt"], 1, /Cannot find the modality "txt"/],
      [["--type", "datasets"], 2, /--type is "datasets", expected dataset, model, application/],
      [["--newest", "1", "--feedback"], 2, /found --newest and --feedback, expected one question/],
      [["--newest", "0"], 2, /whole number of at least 1/],
      [["--newest", "1", "--modality", "text"], 2, /--newest does not take --modality/],
      [["--steps", "1"], 2, /--steps goes with/],
      [["--compare", "The Pile"], 2, /--compare has one name, expected two/],
      [["more"], 2, /found a second argument "more"/],
      [["--min-parameters", "big"], 2, /expected a size like 70B/],
    ];
    for (const [args, code, message] of cases) {
      const run = await runTask("assets", [path, ...args]);
      assert.equal(run.code, code, run.stderr);
      assert.match(run.stderr, message);
      assert.equal(run.stdout, "");
    }
  }));

Deno.test("assets asks for assets, and for nothing more than reading", () =>
  inFolder(async (folder) => {
    const models = join(folder, "hub.jsonl");
    await Deno.writeTextFile(models, '{"id":"a/b"}\n');
    const { code, stderr } = await runTask("assets", [models]);
    assert.equal(code, 2);
    assert.match(stderr, /holds models, expected assets/);
    const { tasks } = JSON.parse(await Deno.readTextFile(`${paths.root}deno.json`));
    assert.equal(tasks.assets, "deno run --allow-read --allow-env lib/task/assets.ts");
    assert.match((await runTask("assets", ["--help"])).stdout, /deno task assets SNAPSHOT/);
  }));
