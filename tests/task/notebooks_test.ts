import assert from "node:assert/strict";
import { join } from "node:path";
import { paths } from "../../lib/paths.ts";
import { runTask } from "../support.ts";
import { textOf } from "./lab/support.ts";
import { notebookOf } from "./notebook/support.ts";

/** A folder with notebooks, in a folder of its own, since a check makes another beside it. */
function notebooks(files: Record<string, string>): { parent: string; folder: string } {
  const parent = Deno.makeTempDirSync();
  const folder = join(parent, "notebooks");
  Deno.mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) {
    Deno.writeTextFileSync(join(folder, name), text);
  }
  return { parent, folder };
}

const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

Deno.test("deno task notebooks saves outputs, and names the notebook and cell that failed", async () => {
  const { parent, folder } = notebooks({
    "good.ipynb": notebookOf("Deno.cwd()", { prose: "## Claim\ntext" }, "console.log(1)"),
    "bad.ipynb": notebookOf("\n2", 'throw new Error("no");', "3"),
  });
  const files = ["good.ipynb", "bad.ipynb"].map((name) => join(folder, name));
  const { code, stderr } = await runTask("notebooks", files);
  assert.equal(code, 1);
  assert.match(stderr, /good\.ipynb: cell 1 of 3, [\d.]+ s: Deno\.cwd\(\)\n/);
  assert.match(stderr, /good\.ipynb: cell 3 of 3, [\d.]+ s: Claim\n/);
  assert.match(stderr, /bad\.ipynb: cell 1 of 3, [\d.]+ s: 2\n/);
  assert.match(stderr, /error: bad\.ipynb, cell 2: Error: no\n/);
  const cells = (file: string) => JSON.parse(Deno.readTextFileSync(file)).cells;
  const [place, , printed] = cells(files[0]);
  assert.ok(JSON.stringify(place.outputs).includes(folder));
  assert.deepEqual(printed.outputs[0].text, ["1\n"]);
  assert.equal(printed.execution_count, 2);
  const [result, error, never] = cells(files[1]);
  assert.equal(result.outputs[0].output_type, "execute_result");
  assert.equal(error.outputs[0].evalue, "no");
  assert.deepEqual(never.outputs, []);
  assert.deepEqual(names(folder), ["bad.ipynb", "good.ipynb"]);
  Deno.removeSync(parent, { recursive: true });
});

Deno.test("deno task notebooks --check finds what is wrong with a notebook, and changes no file", async () => {
  const long = Array.from({ length: 16 }, (_, i) => `// line ${i}`).join("\n");
  const executed = JSON.parse(notebookOf(
    { prose: "# Two\n\nIt is 2, not 3." },
    "const n: number = 2;\nconsole.log(n);",
    'const text = "x";\nconst n: string = 2;\nDeno.writeTextFileSync("written", text);\nn;',
    long,
  ));
  executed.cells[1].execution_count = 1;
  executed.cells[1].outputs = [{ output_type: "stream", name: "stdout", text: "1\n" }];
  const { parent, folder } = notebooks({
    "a.ipynb": JSON.stringify(executed),
    "fails.ipynb": notebookOf('throw new Error("no");'),
    "good.ipynb": notebookOf('import { join } from "node:path";\njoin("a", "b");'),
  });
  const file = (name: string) => join(folder, name);
  const good = file("good.ipynb");
  assert.equal((await runTask("notebooks", [good])).code, 0);
  const before = names(folder).map((name) => Deno.readTextFileSync(file(name)));
  const { code, stdout, stderr } = await runTask("notebooks", [
    "--check",
    ...["a.ipynb", "fails.ipynb", "good.ipynb"].map(file),
  ]);
  assert.equal(code, 1);
  assert.equal(stdout, "");
  assert.deepEqual(stderr.slice(stderr.indexOf("error: ")).trim().split("\n"), [
    'error: a.ipynb, cell 1: 3 is in no output of this notebook: "It is 2, not 3."',
    "a.ipynb, cell 2: stdout differs at line 1",
    "    expected  1",
    "    found     2",
    "a.ipynb, cell 3: line 2: Type 'number' is not assignable to type 'string'.",
    "a.ipynb, cell 3: result differs",
    "    expected  nothing",
    "    found     result: 2",
    "a.ipynb, cell 4: has 16 lines, expected at most 15",
    "fails.ipynb, cell 1: Error: no",
  ]);
  assert.deepEqual(names(folder).map((name) => Deno.readTextFileSync(file(name))), before);
  assert.deepEqual(names(parent), ["notebooks"]);
  assert.deepEqual(names(folder), ["a.ipynb", "fails.ipynb", "good.ipynb"]);
  Deno.removeSync(parent, { recursive: true });
});

Deno.test("deno task notebooks leaves the file as it was, and no kernel, when it is interrupted", async () => {
  const { parent, folder } = notebooks({
    "slow.ipynb": notebookOf(
      'console.log(1);\nDeno.writeTextFileSync("pid", `${Deno.pid}`);\nawait new Promise(() => {});',
    ),
  });
  const file = join(folder, "slow.ipynb");
  const before = Deno.readTextFileSync(file);
  const task = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", join(paths.root, "lib/task/notebooks.ts"), file],
    stdout: "null",
    stderr: "null",
  }).spawn();
  const pid = Number(await textOf(join(folder, "pid")));
  task.kill("SIGINT");
  assert.equal((await task.status).code, 130);
  assert.equal(Deno.readTextFileSync(file), before);
  assert.deepEqual(names(folder), ["pid", "slow.ipynb"]);
  assert.throws(() => Deno.kill(pid, "SIGKILL"), Deno.errors.NotFound);
  Deno.removeSync(parent, { recursive: true });
});

Deno.test("deno task notebooks refuses a number that no notebook has, and what is no notebook", async () => {
  const missing = await runTask("notebooks", ["99"]);
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /no notebook starts with "99", expected one of 01_first_look, /);
  const { parent, folder } = notebooks({ "a.ipynb": '{"nbformat":3}' });
  const old = await runTask("notebooks", ["--check", join(folder, "a.ipynb")]);
  assert.equal(old.code, 1);
  assert.match(old.stderr, /Cannot read notebook ".*a\.ipynb": its format is 3, expected 4/);
  Deno.removeSync(parent, { recursive: true });
});

Deno.test("deno task notebooks runs nothing, and leaves all files as they are, when one is of another language", async () => {
  const python = JSON.parse(notebookOf("print(1)"));
  python.metadata = { kernelspec: { name: "python3", display_name: "Python 3" } };
  python.cells[0].outputs = [{ output_type: "stream", name: "stdout", text: "1\n" }];
  const { parent, folder } = notebooks({
    "a.ipynb": notebookOf('Deno.writeTextFileSync("ran", "");'),
    "b.ipynb": JSON.stringify(python),
  });
  const files = ["a.ipynb", "b.ipynb"].map((name) => join(folder, name));
  const before = files.map((file) => Deno.readTextFileSync(file));
  for (const named of [files, ["--check", ...files]]) {
    const { code, stderr } = await runTask("notebooks", named);
    assert.equal(code, 1);
    const found = "it is a notebook of python3 (Python 3), expected one of Deno";
    assert.equal(stderr, `error: Cannot run "${files[1]}": ${found}\n`);
  }
  assert.deepEqual(files.map((file) => Deno.readTextFileSync(file)), before);
  assert.deepEqual(names(folder), ["a.ipynb", "b.ipynb"]);
  Deno.removeSync(parent, { recursive: true });
});
