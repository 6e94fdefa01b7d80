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
  dependencies: [The Pile, the pile]
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
    assert.match(await ask(path, "--graph", "stubs"), /^3 of 3 assets \(stubs graph\)\n/);
    assert.match(
      all,
      /a\\u001b\[31mred +model +Lab +2022-02-03 +unknown +apache-2\.0 +text; video +70B +1 +1\n/,
    );
    const json = JSON.parse(
      await ask(path, "--organization", "Lab", "--min-parameters", "60B", "--json"),
    );
    assert.deepEqual([json.snapshot, json.variant, json.assets.length], ["assets", "aliased", 1]);
    assert.equal(json.assets[0].parameters, 70e9);
    for (const [least, found] of [["70B", 1], ["1.5T", 0]]) {
      const { assets } = JSON.parse(await ask(path, "--min-parameters", `${least}`, "--json"));
      assert.equal(assets.length, found);
    }
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
    assert.match(permissive, /^1 of 1 records \(100\.0%\)[^]*\n\nFamilies .* on whichever side/);
    assert.match(permissive, /\n +model +text +1 +1 /);
    const output = await ask(path, "--permissive", "--modality", "video", "--side", "output");
    assert.match(
      output,
      /^1 of 1 records[^]*\n\nFamilies .* by modality, where it stands as output/,
    );
    assert.doesNotMatch(output, /whichever|\n +model +text /);
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
      [["--graph", "all"], 2, /--graph is "all", expected documented, stubs, aliased/],
      [["--trends", "--graph", "stubs"], 2, /--trends does not take --graph/],
      [["--variant", "stubs"], 2, /--variant/],
      [["--compare", "The Pile"], 2, /--compare has one name, expected two/],
      [["more"], 2, /found a second argument "more"/],
      [["--min-parameters", "big"], 2, /is "big", expected a size like 70M, 7B or 1\.5T/],
      [["--min-parameters", "70"], 2, /which is 70 parameters: .* as 70M, 70B or 70T/],
      [["--min-parameters", "999.5"], 2, /which is 999\.5 parameters: .* as 70M, 7B or 1\.5T/],
      [["--from", "2024-99-01"], 2, /--from is "2024-99-01", expected a day like 2024-02-29/],
      [["--until", "2023-02-29"], 2, /--until is "2023-02-29", expected a day/],
      [["--newest", "1", "--until", "2024-2-1"], 2, /--until is "2024-2-1", expected a day/],
      [["--from", "2023-01-02", "--until", "2023-01-01"], 2, /"2023-01-02" is later than --until/],
      [["--side", "input"], 2, /--side "input" says where .* expected --modality with it/],
      [["--permissive", "--side", "output"], 2, /--side "output" .* expected --modality/],
      [["--compare", "The Pile", "The Pile"], 2, /has "The Pile" twice, expected two assets/],
      [["--compare", "the pile", "The Pile"], 2, /has "the pile" and "The Pile", which are one/],
      [["--modality", "zzz"], 1, /Cannot find the modality "zzz" \(there are text, video\)/],
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
