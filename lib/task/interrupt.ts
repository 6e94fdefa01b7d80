const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];

/**
 * Cleans up when the person interrupts the task (Ctrl-C), which then ends with exit code 130. Listeners run between awaited steps, so long
 * steps must await now and then.
 *
 * @param clean Called once; an error of it is shown.
 * @returns ends the watch
 */
export function onInterrupt(clean: (signal: Deno.Signal) => void | Promise<void>): () => void {
  let interrupted = false;
  const listeners = signals.map((signal) => {
    const listener = async () => {
      if (interrupted) return;
      interrupted = true;
      try {
        await clean(signal);
      } catch (error) {
        console.error(`error: ${(error as Error).message}`);
      }
      Deno.exit(130);
    };
    Deno.addSignalListener(signal, listener);
    return () => Deno.removeSignalListener(signal, listener);
  });
  return () => listeners.forEach((remove) => remove());
}

/**
 * A signal that is given when the person interrupts the task (Ctrl-C), which then ends what it started and itself, with exit code 130.
 * The second time the task ends at once.
 */
export function abortOnInterrupt(): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals) {
    Deno.addSignalListener(signal, () => {
      if (controller.signal.aborted) Deno.exit(130);
      controller.abort(new Error(`interrupted (${signal})`));
    });
  }
  return controller.signal;
}

/**
 * Sees to it that a half-written file or folder is removed when the person interrupts the task.
 *
 * @returns ends the watch; to be called when the file has its name, or is gone
 */
export function removeOnInterrupt(path: string): () => void {
  return onInterrupt(() => {
    try {
      Deno.removeSync(path, { recursive: true });
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  });
}
