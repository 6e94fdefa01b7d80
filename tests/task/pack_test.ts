import assert from "node:assert/strict";
import { paths } from "../../lib/paths.ts";
import { inFolder } from "../fixtures/chunks.ts";
import { type RawContent, writeRaw } from "../fixtures/write_raw.ts";

const files: RawContent[] = [
  { name: "rows-0001.jsonl", role: "rows", content: '{"id":"a/b"}\n{"id":"c/d"}\n' },
];

async function pack(data: string, ...args: string[]): Promise<{ code: number; said: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "--config", `${paths.root}deno.json`, "pack", ...args],
    env: { KINDRED_DATA: data, NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return { code, said: decoder.decode(stdout) + decoder.decode(stderr) };
}

Deno.test("deno task pack packs a raw snapshot by its name or path, under its own name unless told another", () =>
  inFolder(async (dir) => {
    await writeRaw(`${dir}/raw/hub-1`, files, { name: "hub-1" });
    const manifest = async (name: string) =>
      JSON.parse(await Deno.readTextFile(`${dir}/cache/${name}/manifest.json`));
    const first = await pack(dir, "hub-1");
    assert.equal(first.code, 0, first.said);
    assert.match(first.said, /Packed hub-1 as "hub-1" in .*cache.hub-1\n {2}models: 2\n/);
    assert.equal((await manifest("hub-1")).fetched.name, "hub-1");
    assert.equal((await pack(dir, "hub-1")).code, 0);
    assert.equal((await pack(dir, `${dir}/raw/hub-1/`, "--name", "other")).code, 0);
    assert.equal((await manifest("other")).fetched.name, "hub-1");
    const again = await pack(dir, "other");
    assert.deepEqual([again.code, /packed snapshot already/.test(again.said)], [2, true]);
  }));

Deno.test("deno task pack takes no name from a manifest that leads out of the folder", () =>
  inFolder(async (dir) => {
    await writeRaw(`${dir}/raw/evil`, files, { name: "../../evil" });
    const { code, said } = await pack(dir, "evil");
    assert.deepEqual([code, /is "\.\.\/\.\.\/evil", expected letters/.test(said)], [2, true]);
    await Deno.writeTextFile(`${dir}/rows.jsonl`, '{"id":"a/b"}\n');
    assert.match((await pack(dir, `${dir}/rows.jsonl`)).said, /--name is missing/);
  }));
