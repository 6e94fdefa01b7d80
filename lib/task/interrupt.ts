const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];

/**
 * Sees to it that a half-written file or folder is removed when the person interrupts the task (Ctrl-C), which then ends with
 * exit code 130. Listeners run between awaited steps, so long steps must await now and then.
 *
 * @returns ends the watch; to be called when the file has its name, or is gone
 */
export function removeOnInterrupt(path: string): () => void {
  function interrupted(): void {
    try {
      Deno.removeSync(path, { recursive: true });
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) {
        console.error(`error: ${(error as Error).message}`);
      }
    }
    Deno.exit(130);
  }
  for (const signal of signals) Deno.addSignalListener(signal, interrupted);
  return () => {
    for (const signal of signals) Deno.removeSignalListener(signal, interrupted);
  };
}
