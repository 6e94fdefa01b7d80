import { existsSync } from "node:fs";
import { join } from "node:path";
import { paths } from "../paths.ts";
import { command } from "./cli.ts";
import { docComplaints } from "./doc_complaints.ts";
import { notebookModule } from "./notebook_code.ts";

const help = `
Runs every gate that a change must pass: formatting, lint, types (of the notebooks too), documentation of
the public surface, and all tests, among them the examples in the documentation and the rules of the
architecture.

  deno task ok [--skip-tests]

  --skip-tests  leave the tests out, right after a run of deno task test

All gates are run even when one fails; the last lines say which did.
`;

await command({
  help,
  options: { "skip-tests": { type: "boolean" } },
  positionals: [0, 0],
  async run(values) {
    const gates: Record<string, () => Promise<boolean>> = {
      fmt: () => deno("fmt", "--check"),
      lint: () => deno("lint"),
      check: checkTypes,
      doc: lintDocs,
    };
    if (values["skip-tests"] !== true) gates.test = () => deno("task", "test");
    const lines: string[] = [];
    const failed: string[] = [];
    for (const [name, gate] of Object.entries(gates)) {
      const start = performance.now();
      const ok = await gate();
      if (!ok) failed.push(name);
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      lines.push(`${name.padEnd(6)} ${ok ? "ok" : "FAILED"} (${seconds} s)`);
    }
    console.log(`\n${lines.join("\n")}`);
    if (failed.length > 0) {
      throw new Error(`${failed.length} of ${lines.length} gates failed: ${failed.join(", ")}`);
    }
  },
});

/** Runs Deno in the checkout; there may be no `deno` on the PATH. */
async function deno(...args: string[]): Promise<boolean> {
  console.log(`\n== deno ${args.join(" ")}`);
  const options = { args, cwd: paths.root, stdin: "null" } as const;
  return (await new Deno.Command(Deno.execPath(), options).spawn().status).success;
}

/** Types of lib and tests, and of each notebook as a module beside it, where its relative imports hold. */
async function checkTypes(): Promise<boolean> {
  const folder = join(paths.root, "notebooks");
  const modules: string[] = [];
  try {
    for (const { name } of existsSync(folder) ? Deno.readDirSync(folder) : []) {
      if (!name.endsWith(".ipynb")) continue;
      const code = notebookModule(Deno.readTextFileSync(join(folder, name)));
      modules.push(`notebooks/${name.replace(/\.ipynb$/, ".check.ts")}`);
      Deno.writeTextFileSync(join(paths.root, modules.at(-1)!), code);
    }
    return await deno("check", "lib", "tests", ".ci/count.ts", ...modules);
  } finally {
    for (const module of modules) Deno.removeSync(join(paths.root, module));
  }
}

async function lintDocs(): Promise<boolean> {
  const args = ["doc", "--lint", "lib/mod.ts"];
  console.log(`\n== deno ${args.join(" ")}`);
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: paths.root,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
  }).output();
  const output = new TextDecoder().decode(stderr);
  const { complaints, excused } = docComplaints(output, { read: Deno.readTextFileSync });
  for (const complaint of complaints) console.log(complaint);
  if (!success && complaints.length === 0 && excused === 0) console.log(output);
  return complaints.length === 0 && (success || excused > 0);
}
