/**
 * Runs inside the kernel, as text, before any cell: lets subprocesses and workers write to the FIFOs that are this process's 1 and 2.
 * Deno gives them pipes that it reads and forgets. Names nothing outside itself.
 *
 * @returns why that cannot be; empty when it is so
 */
export function catchInherited(): string {
  if (Deno.build.os !== "linux") return "this needs Linux";
  try {
    const decoder = new TextDecoder();
    const given = ([1, 2] as const).map((stream) => {
      const out = new Deno.Command("sh", {
        args: ["-c", `x=$(readlink /proc/$$/fd/${stream}); echo "$x" >&${3 - stream}`],
        stdin: "null",
        stdout: stream === 1 ? "inherit" : "piped",
        stderr: stream === 2 ? "inherit" : "piped",
      }).outputSync();
      return decoder.decode(stream === 1 ? out.stderr : out.stdout).trim();
    });
    const own = (stream: 1 | 2) => Deno.readLinkSync(`/proc/self/fd/${stream}`);
    if (given[0] === own(1) && given[1] === own(2)) return "";
    const i32 = "i32" as const;
    const libc = Deno.dlopen("libc.so.6", {
      dup: { parameters: [i32], result: i32 },
      dup2: { parameters: [i32, i32], result: i32 },
      fcntl: { parameters: [i32, i32], result: i32 },
    }).symbols;
    const caught = new Set<number>();
    for (const { name } of [...Deno.readDirSync("/proc/self/fd")]) {
      let target = "";
      try {
        target = Deno.readLinkSync(`/proc/self/fd/${name}`);
      } catch {
        // The listing's own descriptor is closed by now.
      }
      const stream = given.indexOf(target);
      const writes = (libc.fcntl(Number(name), 3) & 3) === 1;
      if (stream < 0 || !target.startsWith("pipe:") || !writes) continue;
      // One end stays open, so that whoever reads the pipe does not see it end.
      libc.dup(Number(name));
      libc.dup2(stream + 1, Number(name));
      caught.add(stream);
    }
    return caught.size === 2 ? "" : "Deno gives them something else than pipes";
  } catch (error) {
    return (error as Error).message;
  }
}

/** Runs inside the kernel, as text: shows what is written to `Deno.stdout` and `Deno.stderr`, which Deno forgets. */
export function broadcastWrites(): void {
  const { jupyter } = Deno as unknown as {
    jupyter: { broadcast(type: string, content: Record<string, unknown>): Promise<void> };
  };
  for (const [stream, name] of [[Deno.stdout, "stdout"], [Deno.stderr, "stderr"]] as const) {
    const decoder = new TextDecoder();
    stream.writeSync = (data) => {
      jupyter.broadcast("stream", { name, text: decoder.decode(data, { stream: true }) });
      return data.length;
    };
    // Async, so that a wrong argument rejects as it does in Deno.
    // deno-lint-ignore require-await
    stream.write = async (data) => stream.writeSync(data);
  }
}
