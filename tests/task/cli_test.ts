import assert from "node:assert/strict";
import { join } from "node:path";
import { paths } from "../../lib/paths.ts";
import { inFolder } from "../fixtures/chunks.ts";
import { runTask } from "../support.ts";

Deno.test("command() refuses an option that is given twice and has one value, naming it", async () => {
  const cases: [task: string, args: string[], option: string][] = [
    ["assets", [paths.assets, "--upstream", "GPT-4", "--upstream", "LLaMA"], "upstream"],
    ["measure", [paths.assets, "--reading", "any", "--without", "x", "--reading=all"], "reading"],
    ["diff", [paths.assets, "--until", "2023-01-01", "--until", "2024-01-01"], "until"],
  ];
  for (const [task, args, option] of cases) {
    const { code, stdout, stderr } = await runTask(task, args);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(
      stderr,
      new RegExp(`^error: found --${option} twice, expected it once\\nRun .*--help`),
    );
  }
  // What follows -- is a name, whatever it looks like.
  const names = await runTask("assets", ["--json", "--", "--json", "--json"]);
  assert.match(names.stderr, /found a second argument "--json"/);
});

Deno.test("command() and showIssues() print names of a file without control characters", () =>
  inFolder(async (folder) => {
    const path = join(folder, "evil.yaml");
    const name = String.raw`"A\e[31mred\a\u202eevil\u009b31m\u200e\x7f"`;
    await Deno.writeTextFile(
      path,
      `- type: model\n  name: ${name}\n  organization: ${name}\n  dependencies: [${name}]\n`,
    );
    const shown = String.raw`A\u001b[31mred\u0007\u202eevil\u009b31m\u200e\u007f`;
    const cases: [task: string, args: string[]][] = [
      ["assets", ["--upstream", "evil"]],
      ["assets", ["--organization", "evil"]],
      ["measure", ["--without-organization", "evil"]],
      ["measure", []],
    ];
    for (const [task, args] of cases) {
      const { stdout, stderr } = await runTask(task, [path, ...args]);
      assert.ok(stderr.includes(shown), stderr);
      assert.doesNotMatch(stdout + stderr, /[^\P{C}\n]/u);
    }
    const lines = await runTask("measure", [path, "--tier", "cle\u001baned"]);
    assert.match(
      lines.stderr,
      /^error: --tier is "cle\\u001baned", expected raw or cleaned\nRun the task with --help/,
    );
  }));
