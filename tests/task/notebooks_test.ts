import assert from "node:assert/strict";
import { runTask } from "../support.ts";

const notebook = (...sources: string[]) =>
  JSON.stringify({
    cells: sources.map((source) => ({ cell_type: "code", source, metadata: {}, outputs: [] })),
    metadata: {},
    nbformat: 4,
    nbformat_minor: 4,
  });

Deno.test("deno task notebooks saves outputs, and names the notebook and cell that failed", async () => {
  const folder = Deno.makeTempDirSync();
  Deno.writeTextFileSync(`${folder}/good.ipynb`, notebook("Deno.cwd()", "console.log(1)"));
  Deno.writeTextFileSync(`${folder}/bad.ipynb`, notebook("2", "throw new Error('no')", "3"));
  const { code, stderr } = await runTask("notebooks", [
    `${folder}/good.ipynb`,
    `${folder}/bad.ipynb`,
  ]);
  assert.equal(code, 1);
  assert.match(stderr, /good\.ipynb: cell 2 of 2/);
  assert.match(stderr, /error: bad\.ipynb, cell 2: Error: no/);
  const outputs = (name: string) =>
    JSON.parse(Deno.readTextFileSync(`${folder}/${name}`)).cells.map(
      ({ outputs }: { outputs: unknown[] }) => JSON.stringify(outputs),
    );
  const [place, printed] = outputs("good.ipynb");
  assert.ok(place.includes(folder));
  assert.ok(printed.includes('["1\\n"]'));
  const [result, error, never] = outputs("bad.ipynb");
  assert.ok(result.includes("execute_result") && error.includes('"evalue":"no"'));
  assert.equal(never, "[]");
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("deno task notebooks refuses a number that no notebook has", async () => {
  const { code, stderr } = await runTask("notebooks", ["99"]);
  assert.equal(code, 2);
  assert.match(stderr, /no notebook starts with "99"/);
});
