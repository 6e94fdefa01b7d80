/** For how many milliseconds a process may end what it has to. */
const patience = 10_000;

/** Asks a process to end, if it has not; kills it when it does not. */
export async function endProcess(process: Deno.ChildProcess): Promise<void> {
  kill(process, "SIGTERM");
  const timer = setTimeout(() => kill(process, "SIGKILL"), patience);
  await process.status;
  clearTimeout(timer);
}

function kill(process: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    process.kill(signal);
  } catch {
    // It has ended.
  }
}
