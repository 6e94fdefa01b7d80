/** A kernel's process, seen from the proxy. */
export interface ChildProcess {
  readonly pid: number;
  readonly status: Promise<Deno.CommandStatus>;
  /** Ends it and what it started, and removes its folder. */
  end(): Promise<void>;
}

/**
 * Makes a folder with the FIFOs `out` and `err`, which only this person may open.
 *
 * @throws {Error} when the system has none
 */
export function makeKernelFolder(): string {
  const folder = Deno.makeTempDirSync({ prefix: "kindred-kernel-" });
  const { success } = new Deno.Command("mkfifo", {
    args: ["-m", "600", `${folder}/out`, `${folder}/err`],
  }).outputSync();
  if (success) return folder;
  Deno.removeSync(folder, { recursive: true });
  throw new Error(`Cannot make FIFOs in "${folder}"`);
}

/** Runs the program with its output going to the FIFOs; Ctrl-C is for the proxy alone. */
const start = `trap "" INT; out=$1; err=$2; shift 2; exec "$@" </dev/null >"$out" 2>"$err"`;

/**
 * Waits for the end of its stdin, that is of the proxy, however that ends; then ends the kernel (its pid is the first line; a second
 * line says that it has ended, and its pid may be another's), removes the folder and, where the proxy leads its process group, ends the
 * group: what the kernel started.
 */
const watch = `trap "" INT TERM HUP
group=$(ps -o pgid= -p $$ 2>/dev/null | tr -d " ")
read -r kernel
while read -r line; do kernel=; done
[ -n "$kernel" ] && kill -KILL "$kernel" 2>/dev/null
rm -rf "$1"
[ "$group" = "$2" ] && kill -KILL "-$group" 2>/dev/null
exit 0`;

/**
 * Starts a program such that it cannot outlive this process, even when that is killed.
 *
 * @param options.folder One of {@link makeKernelFolder}; removed with the program.
 */
export function spawnChild(
  args: readonly string[],
  { folder }: { folder: string },
): ChildProcess {
  const watcher = new Deno.Command("sh", {
    args: ["-c", watch, "kernel-watch", folder, String(Deno.pid)],
    stdin: "piped",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const child = new Deno.Command("sh", {
    args: ["-c", start, "kernel", `${folder}/out`, `${folder}/err`, ...args],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const writer = watcher.stdin.getWriter();
  const told = writer.write(new TextEncoder().encode(`${child.pid}\n`));
  return {
    pid: child.pid,
    status: child.status,
    async end() {
      try {
        child.kill("SIGKILL");
      } catch {
        // It has ended.
      }
      await child.status;
      await told;
      // The watch may have been killed.
      await writer.write(new TextEncoder().encode("ended\n")).catch(() => {});
      Deno.removeSync(folder, { recursive: true });
    },
  };
}
