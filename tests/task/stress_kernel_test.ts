import assert from "node:assert/strict";
import { until } from "../kernel/support.ts";

const task = new URL("../../lib/task/stress_kernel.ts", import.meta.url).pathname;

/** A program that stands in for another: a shell script that tells its process id, then does not end by itself. */
function standIn(folder: string, name: string, { first = "" }: { first?: string } = {}): string {
  const file = `${folder}/${name}`;
  Deno.writeTextFileSync(file, `#!/bin/sh\n${first}\necho $$ > "${file}.pid"\nexec sleep 60\n`, {
    mode: 0o755,
  });
  return file;
}

function exists(file: string): boolean {
  try {
    return Deno.statSync(file).size > 0;
  } catch {
    return false;
  }
}

/** The pids of all processes whose environment or command names a folder. */
function processesOf(folder: string): string[] {
  const { stdout } = new Deno.Command("sh", {
    args: [
      "-c",
      `for p in /proc/[0-9]*; do
         [ "$p" = "/proc/$$" ] && continue
         cat "$p/environ" "$p/cmdline" 2>/dev/null | tr "\\0" "\\n" | grep -qF "$1" && echo "$p"
       done`,
      "sh",
      folder,
    ],
    env: { TMPDIR: "/" },
  }).outputSync();
  return new TextDecoder().decode(stdout).split("\n").filter((line) =>
    line !== "" && exists(`${line}/comm`)
  );
}

/** Interrupts the task when `started` holds and checks that it leaves nothing. */
async function interrupted(
  { args, started, signal }: {
    args(programs: string): string[];
    started(folders: { programs: string; temporary: string }): boolean;
    signal: Deno.Signal;
  },
): Promise<void> {
  const programs = Deno.makeTempDirSync();
  const temporary = Deno.makeTempDirSync();
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", task, "--times", "1", ...args(programs)],
    env: { TMPDIR: temporary },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const said = process.output();
  try {
    await until(() => started({ programs, temporary }), { what: "started", milliseconds: 20_000 });
    process.kill(signal);
    const { code, stderr } = await said;
    assert.equal(code, 130, new TextDecoder().decode(stderr));
    await until(() => processesOf(temporary).length === 0, { what: "all processes have ended" });
    await until(() => [...Deno.readDirSync(temporary)].length === 0, { what: "no file is left" });
  } finally {
    for (const folder of [programs, temporary]) Deno.removeSync(folder, { recursive: true });
  }
}

/** A stand-in for the server that says, as Jupyter does, that it listens. */
const server = `echo '{"port": 1}' > "$JUPYTER_RUNTIME_DIR/nbserver-$$.json"`;
const mkdir = `mkdir -p "$JUPYTER_RUNTIME_DIR"`;

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(`stress-kernel ends the kernel and leaves no file when it gets ${signal}`, () =>
    interrupted({
      signal,
      args: () => ["--cells", "5000", "runner"],
      started: ({ temporary }) => {
        // The files of the side channel go when the kernel is ready, so cells run.
        const kernel = [...Deno.readDirSync(temporary)].find(({ name }) =>
          name.startsWith("kindred-kernel-")
        );
        return kernel !== undefined && !exists(`${temporary}/${kernel.name}/connection.json`);
      },
    }));
}

Deno.test("stress-kernel ends nbconvert when it is interrupted", () =>
  interrupted({
    signal: "SIGINT",
    args(programs) {
      standIn(programs, "jupyter-nbconvert");
      return ["--jupyter", programs, "nbconvert"];
    },
    started: ({ programs }) => exists(`${programs}/jupyter-nbconvert.pid`),
  }));

Deno.test("stress-kernel ends a server that does not answer when it is interrupted", () =>
  interrupted({
    signal: "SIGTERM",
    args: (programs) => ["--classic", standIn(programs, "server"), "classic"],
    started: ({ programs }) => exists(`${programs}/server.pid`),
  }));

Deno.test("stress-kernel ends the server and the browser when it is interrupted", () =>
  interrupted({
    signal: "SIGINT",
    args: (programs) => [
      ...["--classic", standIn(programs, "server", { first: `${mkdir}\n${server}` })],
      ...["--chromium", standIn(programs, "browser"), "classic"],
    ],
    started: ({ programs }) => exists(`${programs}/browser.pid`),
  }));

Deno.test("stress-kernel says that a front end cannot be started, and fails", async () => {
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--allow-all", task, "--short"],
      ...["--classic", "/no/such/program", "classic"],
    ],
    env: { NO_COLOR: "1" },
  }).output();
  assert.equal(code, 1);
  assert.match(
    new TextDecoder().decode(stdout),
    /^classic 1 of 1, .*: failed: .*no\/such\/program/,
  );
});
