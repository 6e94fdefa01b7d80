import assert from "node:assert/strict";
import type { Way } from "../../lib/kernel/child_kernel_options.ts";
import { ChildKernel } from "../../lib/kernel/child_kernel.ts";
import type { Captured } from "../../lib/kernel/capture.ts";
import { sideChannelShows } from "../../lib/kernel/self_test.ts";
import { cell, withKernel } from "./support.ts";

/** Lines of all streams together: two streams have no order among them. */
function lines(outputs: readonly string[]): string[] {
  return outputs.flatMap((output) => {
    const [, name, text] = output.match(/^(stdout|stderr): ([^]*)\n$/)!;
    return text.split("\n").map((line) => `${name} ${line}`);
  }).sort();
}

const bytes = `const bytes = (text: string) => new TextEncoder().encode(text + "\\n");`;

Deno.test("the kernel shows streams, subprocesses, workers and Node's process in order, by the side channel", () =>
  withKernel({}, async (kernel) => {
    const { outputs } = await cell(
      kernel,
      `import process from "node:process";
       import { spawnSync } from "node:child_process";
       ${bytes}
       console.log("1");
       Deno.stdout.writeSync(bytes("2"));
       await Deno.stdout.write(bytes("3"));
       process.stdout.write("4\\n");
       await new Deno.Command("echo", { args: ["5"], stdout: "inherit" }).output();
       spawnSync("echo", ["6"], { stdio: "inherit" });
       const worker = new Worker("data:text/javascript,console.log(7); postMessage(0)", { type: "module" });
       await new Promise((resolve) => worker.onmessage = resolve);
       worker.terminate();
       console.log("8");`,
    );
    assert.deepEqual(outputs, ["stdout: 1\n2\n3\n4\n5\n6\n7\n8\n"]);
  }));

for (const way of ["side channel", "sentinel"] satisfies Way[]) {
  Deno.test(`what is written, and what subprocesses and workers print, is in its own cell, by the ${way}`, () =>
    withKernel({ way }, async (kernel) => {
      for (let turn = 0; turn < 3; turn++) {
        const { outputs } = await cell(
          kernel,
          `{
            ${bytes}
            Deno.stdout.writeSync(bytes("written"));
            await Deno.stderr.write(bytes("written"));
            await new Deno.Command("sh", {
              args: ["-c", "echo subprocess ${turn}; echo subprocess >&2"],
              stdout: "inherit",
              stderr: "inherit",
            }).output();
            const worker = new Worker(
              "data:text/javascript,console.log('worker ${turn}'); console.error('worker'); postMessage(0)",
              { type: "module" },
            );
            await new Promise((resolve) => worker.onmessage = resolve);
            worker.terminate();
          }`,
        );
        assert.deepEqual(lines(outputs), [
          "stderr subprocess",
          "stderr worker",
          "stderr written",
          `stdout subprocess ${turn}`,
          `stdout worker ${turn}`,
          "stdout written",
        ]);
        assert.deepEqual((await cell(kernel, "1")).outputs, ["execute_result: 1"]);
      }
      const many = await cell(
        kernel,
        `await new Deno.Command("seq", { args: ["50000"], stdout: "inherit" }).output();`,
      );
      assert.equal(
        many.outputs[0],
        `stdout: ${Array.from({ length: 50_000 }, (_, i) => `${i + 1}\n`).join("")}`,
      );
    }));

  Deno.test(`a subprocess that goes on after its cell shows its lines in the cell that runs, by the ${way}`, () =>
    withKernel({ way }, async (kernel) => {
      const script = "echo 1; read x; echo 2";
      const first = await cell(
        kernel,
        `const child = new Deno.Command("sh", {
           args: ["-c", "${script}"], stdin: "piped", stdout: "inherit",
         }).spawn();
         await new Promise((resolve) => setTimeout(resolve, 300));`,
      );
      assert.deepEqual(first.outputs, ["stdout: 1\n"]);
      const second = await cell(
        kernel,
        `{ const writer = child.stdin.getWriter();
           await writer.write(new Uint8Array([10]));
           await child.status; }`,
      );
      assert.equal(second.outputs[0], "stdout: 2\n");
    }));
}

Deno.test({
  name:
    "when the side channel fails its test the sentinel is used in the same kernel, with a warning",
  // A kernel is read until the process of its proxy ends.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const seen: Captured[] = [];
    sideChannelShows.push("something else");
    try {
      const kernel = await ChildKernel.start({
        onInput() {},
        onCaptured: (captured) => void seen.push(captured),
      });
      assert.equal(kernel.way, "sentinel");
      assert.match(kernel.warning, /^The fast way to capture outputs failed its test; [^\n]*\n$/);
      await kernel.ask("execute_request", {
        code: `console.log("a"); Deno.stdout.writeSync(new Uint8Array([98, 10])); 1`,
        silent: false,
        store_history: false,
      });
      await kernel.fence();
      const texts = seen.map((captured) =>
        captured.kind === "stream"
          ? captured.text
          : `${captured.type} ${new TextDecoder().decode(captured.content)}`
      );
      assert.equal(texts[0], "a\n");
      assert.match(texts[1], /b\\n/);
      assert.match(texts[2], /^execute_result/);
      assert.equal(texts.length, 3);
      await kernel.process.end();
    } finally {
      sideChannelShows.pop();
    }
  },
});

for (const way of ["side channel", "sentinel"] satisfies Way[]) {
  Deno.test(`errors that nobody catches are shown and the kernel goes on, by the ${way}`, () =>
    withKernel({ way }, async (kernel) => {
      const { outputs, status } = await cell(
        kernel,
        `Promise.reject(new TypeError("late"));
         setTimeout(() => { throw new RangeError("later"); }, 10);
         Promise.reject(new Error("caught")).catch(() => {});
         await new Promise((resolve) => setTimeout(resolve, 300));
         console.error("end");`,
      );
      const said = outputs.join("");
      assert.match(
        said,
        /Uncaught \(in promise\) TypeError: late\n[^]*Uncaught RangeError: later\n/,
      );
      assert.match(said, /end\n$/);
      assert.doesNotMatch(said, /caught"|Error: caught/);
      assert.equal(status, "ok");
      assert.deepEqual((await cell(kernel, "1 + 1")).outputs, ["execute_result: 2"]);
    }));
}

Deno.test("a cell that awaits what nothing can settle says so, where Deno notices", () =>
  withKernel({}, async (kernel) => {
    const { outputs } = await cell(
      kernel,
      // Garbage is collected sooner when there is much of it.
      `const litter = setInterval(() => new Array(1e6).fill(0).map(String), 1);
       setTimeout(() => clearInterval(litter), 20_000);
       await new Promise(() => {});`,
    );
    assert.deepEqual(outputs, [
      "error: Error: The cell awaits a promise that nothing can settle any more.",
    ]);
  }));
