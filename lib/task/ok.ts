import { paths } from "../paths.ts";
import { command } from "./cli.ts";
import { docComplaints } from "./doc_complaints.ts";
import { removeOnInterrupt } from "./interrupt.ts";
import { makeCheckFolder, removeCheckFolder } from "./notebook/check_folder.ts";
import { describeComplaints } from "./notebook/complaints.ts";
import { checkSources } from "./notebook/check_sources.ts";
import { notebookFiles } from "./notebook/notebook_files.ts";

const help = `
Runs every gate that a change must pass: formatting, lint and types (of the notebooks too), documentation of
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
      fmt: checkForm,
      lint: () => deno("lint"),
      check: () => deno("check", "lib", "tests", ".ci/count.ts"),
      notebooks: checkNotebooks,
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
      lines.push(`${name.padEnd(9)} ${ok ? "ok" : "FAILED"} (${seconds} s)`);
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

/** The form of all files but notebooks, of which Deno would complain without reason: see `unformattedCells`. */
async function checkForm(): Promise<boolean> {
  const config = JSON.parse(Deno.readTextFileSync(`${paths.root}deno.json`));
  // The option replaces the list of the configuration.
  return await deno("fmt", "--check", `--ignore=${[...config.fmt.exclude, "notebooks/"].join()}`);
}

/** Types, lint and form of the notebooks' code, which Deno itself checks only in part. */
async function checkNotebooks(): Promise<boolean> {
  const notebooks = notebookFiles([]).map((file) => ({ file, text: Deno.readTextFileSync(file) }));
  if (notebooks.length === 0) return true;
  console.log(`\n== types, lint and form of ${notebooks.length} notebooks`);
  const folder = makeCheckFolder(notebooks[0].file);
  const unwatch = removeOnInterrupt(folder);
  try {
    const found = await checkSources(notebooks, { folder });
    const said = [...found].flatMap(([file, complaints]) => describeComplaints(file, complaints));
    for (const line of said) console.log(line);
    return said.length === 0;
  } finally {
    unwatch();
    removeCheckFolder(folder);
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
