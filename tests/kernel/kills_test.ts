import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { runKernel } from "../../lib/kernel/run_kernel.ts";
import { cell, until } from "./support.ts";

/** A file of a process, by `cat`, since Deno reads it only with all permissions; empty where there is none. */
function ofProcess(pid: number, file: string): string {
  const { stdout } = new Deno.Command("sh", {
    args: ["-c", `cat /proc/${pid}/${file} 2>/dev/null`],
  }).outputSync();
  return new TextDecoder().decode(stdout);
}

/** Whether a process is there and no zombie. */
function runs(pid: number): boolean {
  const stat = ofProcess(pid, "stat");
  return stat !== "" && !/\) Z /.test(stat);
}

/** What a proxy with this process id has started: the pids of its children, and of theirs. */
function below(pid: number): number[] {
  const children = ofProcess(pid, "task/*/children").split(" ").filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...below(child)]);
}

/** The folder of a kernel, by the command line of one of its processes. */
function folderOf(pids: readonly number[]): string {
  for (const pid of pids) {
    const [folder] = ofProcess(pid, "cmdline").match(/\/[^\0]*kindred-kernel-[^/\0]+/) ?? [];
    if (folder) return folder;
  }
  throw new Error(`No folder of a kernel in the command lines of ${pids.join(", ")}`);
}

Deno.test("nothing is left 5 s after the proxy was killed", async () => {
  const kernel = await runKernel();
  await cell(kernel, `new Deno.Command("sleep", { args: ["60"] }).spawn(); 1`);
  const pids = [kernel.process.pid, ...below(kernel.process.pid)];
  const folder = folderOf(pids);
  assert.ok(pids.length >= 4, "a proxy, a kernel, its subprocess and a watch");
  kernel.process.kill("SIGKILL");
  await kernel.process.status;
  await until(() => !pids.some(runs), { what: "all processes have ended" });
  await until(() => !existsSync(folder), { what: "no folder" });
  await kernel.end();
});

Deno.test("the cell says so, and nothing is left, when Deno's kernel was killed", async () => {
  const kernel = await runKernel();
  const { outputs } = await cell(kernel, "Deno.pid");
  const pids = [kernel.process.pid, ...below(kernel.process.pid)];
  const folder = folderOf(pids);
  const cut = cell(kernel, "console.log('before'); while (true) {}");
  await new Promise((resolve) => setTimeout(resolve, 300));
  Deno.kill(Number(outputs[0].replace("execute_result: ", "")), "SIGKILL");
  const { status, outputs: said } = await cut;
  assert.equal(status, "error");
  assert.equal(said[0], "stdout: before\n");
  assert.match(said.join(), /ended unexpectedly \(SIGKILL\)/);
  assert.equal((await kernel.process.status).code, 1);
  await until(() => !pids.some(runs), { what: "all processes have ended" });
  await until(() => !existsSync(folder), { what: "no folder" });
  await kernel.end();
});

Deno.test("nothing is left 5 s after the front end was killed, its connection file neither", async () => {
  const script = `
    import { runKernel } from ${
    JSON.stringify(new URL("../../lib/kernel/run_kernel.ts", import.meta.url).href)
  };
    const { process, info } = await runKernel();
    console.log(process.pid);
    setInterval(() => {}, 1000);`;
  const front = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-config",
      "--no-lock",
      "-A",
      `data:text/typescript,${encodeURIComponent(script)}`,
    ],
    stdout: "piped",
  }).spawn();
  const reader = front.stdout.getReader();
  const proxy = Number(new TextDecoder().decode((await reader.read()).value));
  const pids = [proxy, ...below(proxy)];
  const folder = folderOf(pids);
  assert.ok(existsSync(folder));
  assert.ok(pids.length > 1 && pids.every(runs));
  const file = ofProcess(proxy, "cmdline").split("\0").find((argument) =>
    argument.endsWith(".json")
  )!;
  assert.ok(existsSync(file));
  front.kill("SIGKILL");
  await front.status;
  await reader.cancel();
  await until(() => !pids.some(runs), { what: "all processes have ended" });
  await until(() => !existsSync(folder), { what: "no folder" });
  assert.ok(!existsSync(file));
});
