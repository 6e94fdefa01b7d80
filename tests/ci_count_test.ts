import assert from "node:assert/strict";
import { paths } from "../lib/paths.ts";
import { inFolder } from "./fixtures/chunks.ts";

const passing = '<testcase name="a" classname="x" time="0.1">\n</testcase>\n';
const failing =
  '<testcase name="b &lt;b&gt;" classname="x">\n<failure message="no">not</failure>\n</testcase>\n';
const skipped = (name: string) =>
  `<testcase name="${name}" classname="x">\n<skipped/>\n</testcase>\n`;
const absent = "c (skipped where the shared data is absent)";

/** Counts a run; `shared` says whether the data beside the checkout are there. */
async function count(
  testcases: string | null,
  { shared = true, others = 0 }: { shared?: boolean; others?: number } = {},
): Promise<{ code: number; last: string }> {
  return await inFolder(async (dir) => {
    if (testcases !== null) {
      const junit = `<?xml version="1.0"?>\n<testsuites>\n${testcases}</testsuites>\n`;
      await Deno.writeTextFile(`${dir}/junit.xml`, junit);
    }
    const script = `${paths.root}.ci/count.ts`;
    const { code, stdout } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--allow-read",
        script,
        `${dir}/junit.xml`,
        shared ? dir : `${dir}/none`,
        `${others}`,
      ],
    }).output();
    return { code, last: new TextDecoder().decode(stdout).trimEnd().split("\n").at(-1)! };
  });
}

Deno.test("count.ts ends with the numbers of tests and fails when something failed, was skipped or did not run", async () => {
  const runs: [Promise<{ code: number; last: string }>, number, string][] = [
    [count(passing + passing), 0, "2 passed, 0 failed"],
    [count(passing + failing), 1, "1 passed, 1 failed"],
    [count(passing, { others: 2 }), 1, "1 passed, 2 failed"],
    [count(passing + skipped(absent), { shared: false }), 0, "1 passed, 0 failed"],
    [count(passing + skipped(absent)), 1, "1 passed, 1 failed"],
    [count(passing + skipped("slow"), { shared: false }), 1, "1 passed, 1 failed"],
    [count(""), 1, "0 passed, 1 failed"],
    [count(null), 1, "0 passed, 1 failed"],
  ];
  for (const [run, code, last] of runs) assert.deepEqual(await run, { code, last });
});
