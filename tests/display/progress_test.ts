import assert from "node:assert/strict";
import { type Tell, withProgress } from "kindred";
import { notebookBar } from "../../lib/display/notebook_bar.ts";
import { underBar } from "../../lib/display/with_progress.ts";
import { paths } from "../../lib/paths.ts";

interface Content {
  data: Record<string, string>;
  transient: { display_id: string };
}

interface Sent {
  type: string;
  data: Record<string, string>;
  id: string;
}

/** Runs work under the bar of a kernel whose messages are kept. */
async function inKernel<T>(
  label: string,
  run: (tell: Tell) => T | Promise<T>,
): Promise<{ sent: Sent[]; result: T }> {
  const sent: Sent[] = [];
  const bar = notebookBar(label, {
    broadcast(type, content) {
      const { data, transient } = content as unknown as Content;
      sent.push({ type, data, id: transient.display_id });
      return Promise.resolve();
    },
  });
  return { result: await underBar(bar, run), sent };
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

Deno.test("withProgress() returns and throws what its work does", async () => {
  const result = await withProgress("Adding", (tell) => {
    tell("step");
    for (let i = 0; i < 1000; i++) tell(i, 1000);
    return 7;
  });
  assert.equal(result, 7);
  const failing = withProgress("Failing", () => {
    throw new RangeError("no");
  });
  await assert.rejects(failing, { name: "RangeError", message: "no" });
});

Deno.test("withProgress() shows nothing of what ends within a second", async () => {
  const { sent } = await inKernel("Adding", (tell) => {
    tell("step");
    for (let i = 0; i < 1000; i++) tell(i, 1000);
  });
  assert.deepEqual(sent, []);
});

Deno.test("withProgress() updates one output in place, at most ten times a second, and leaves it empty", async () => {
  const { sent } = await inKernel("<Reading>", async (tell) => {
    for (let i = 0; i < 60; i++) {
      tell(i / 60);
      await pause(25);
    }
  });
  const [first] = sent;
  assert.equal(first.type, "display_data");
  assert.ok(sent.slice(1).every(({ type }) => type === "update_display_data"));
  assert.ok(sent.length > 2 && sent.length <= 20, `${sent.length} messages`);
  assert.equal(new Set(sent.map(({ id }) => id)).size, 1);
  assert.match(first.data["text/html"], /&#60;Reading&#62; <progress max="1" value="0\.\d+">/);
  assert.match(first.data["text/plain"], /^<Reading>: \d+%, 1 s$/);
  assert.deepEqual(sent.at(-1)!.data, {});
});

Deno.test("withProgress() names steps, and its outputs do not share an id", async () => {
  const runs = await Promise.all(["a", "b"].map((label) =>
    inKernel(label, async (tell) => {
      await pause(1050);
      tell("counting");
      await pause(450);
    })
  ));
  assert.equal(new Set(runs.flatMap(({ sent }) => sent.map(({ id }) => id))).size, 2);
  const texts = runs[0].sent.flatMap(({ data }) => data["text/plain"] ?? []);
  assert.ok(texts.includes("a: counting: 1 s"), texts.join("\n"));
});

Deno.test("progress() shows what would move the cursor or turn the direction as escapes", async () => {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", `${paths.tests}display/hostile_progress.ts`],
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const escaped = String.raw`\u001b]0;pwn\u0007\u009b2J\u202e<script>`;
  const decoder = new TextDecoder();
  assert.equal(decoder.decode(stdout), "");
  const said = decoder.decode(stderr).replace(/after \d+ s/, "after N s");
  assert.equal(said, `${escaped}: 50% after N s\nFetching: ${escaped}\n`);
});
