import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { UsageError } from "../../../lib/task/cli.ts";
import { notebookFiles } from "../../../lib/task/notebook/notebook_files.ts";

const names = (...named: string[]) => notebookFiles(named).map((file) => basename(file));

Deno.test("notebookFiles() takes a digit as a number, and what several names fit once", () => {
  assert.deepEqual(names("3"), ["03_mutation.ipynb"]);
  assert.deepEqual(names("1"), ["01_first_look.ipynb"]);
  assert.deepEqual(names("03", "3", "03_mut"), ["03_mutation.ipynb"]);
  assert.deepEqual(names("1").concat(names("10")), [
    "01_first_look.ipynb",
    "10_joined_graphs.ipynb",
  ]);
});

Deno.test("notebookFiles() says of what is no notebook what it is", () => {
  const folder = Deno.makeTempDirSync();
  const path = (name: string) => join(folder, name);
  Deno.mkdirSync(path("folder.ipynb"));
  Deno.writeTextFileSync(path("README.md"), "");
  Deno.writeTextFileSync(path("a.ipynb"), "");
  const there = names().map((name) => name.replace(".ipynb", "")).join(", ");
  const cases = [
    [path("b.ipynb"), `there is no notebook "${path("b.ipynb")}"`],
    [path("README.md/b.ipynb"), `there is no notebook "${path("README.md/b.ipynb")}"`],
    [folder, `"${folder}" is a folder, expected a notebook in it`],
    [
      path("folder.ipynb"),
      `"${path("folder.ipynb")}" is a folder, expected a notebook in it`,
    ],
    [path("README.md"), `"${path("README.md")}" is no notebook: their names end in .ipynb`],
    ["", `no notebook starts with "", expected one of ${there}`],
    ["__proto__", `no notebook starts with "__proto__", expected one of ${there}`],
  ];
  for (const [wanted, message] of cases) {
    assert.throws(() => notebookFiles([wanted]), new UsageError(message));
  }
  assert.deepEqual(notebookFiles([path("a.ipynb")]), [path("a.ipynb")]);
  Deno.removeSync(folder, { recursive: true });
});
