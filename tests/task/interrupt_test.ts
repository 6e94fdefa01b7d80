import assert from "node:assert/strict";
import { join } from "node:path";
import { paths } from "../../lib/paths.ts";

Deno.test({
  name: "simulate leaves nothing behind when it is interrupted",
  async fn() {
    const folder = await Deno.makeTempDir();
    const out = join(folder, "hub.jsonl");
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--quiet",
        "--allow-read",
        "--allow-write",
        "--allow-env",
        join(paths.root, "lib/task/simulate.ts"),
        "--models",
        "4000000",
        "--out",
        out,
      ],
      stdout: "null",
      stderr: "null",
    }).spawn();
    const left = () => [...Deno.readDirSync(folder)].map(({ name }) => name);
    // The file under way shows that the task is writing.
    while (left().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(left(), ["hub.jsonl.tmp"]);
    await new Promise((resolve) => setTimeout(resolve, 200));
    child.kill("SIGINT");
    const { code } = await child.status;
    assert.equal(code, 130);
    assert.deepEqual(left(), []);
    await Deno.remove(folder, { recursive: true });
  },
});
