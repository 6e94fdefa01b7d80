import assert from "node:assert/strict";
import { parseNoAssets, readNoAssets } from "../../lib/source/no_assets.ts";

Deno.test("readNoAssets() reads the table of the project", async () => {
  const rows = await readNoAssets();
  assert.ok(rows.size > 20);
  assert.deepEqual(rows.get("t5x")?.kind, "software");
  for (const [key, { name }] of rows) assert.equal(key, name.toLowerCase());
});

Deno.test("parseNoAssets() refuses another header, an unknown kind and a name twice", async () => {
  const head = "name,kind,reason\n";
  assert.equal((await parseNoAssets(`${head}constructor,method,why\n`)).size, 1);
  for (
    const [text, message] of [
      [head, /no rows/],
      ["kind,name,reason\nmethod,x,y\n", /line 1 has another header/],
      [`${head}x,__proto__,y\n`, /line 2 has the kind "__proto__"/],
      [`${head}x,method,\n`, /no reason/],
      [`${head}x,method,y\nX,method,y\n`, /line 3 has the name "X" a second time/],
    ] as const
  ) await assert.rejects(parseNoAssets(text), { name: "SyntaxError", message });
});
