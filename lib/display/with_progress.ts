import type { Bar } from "./bar.ts";
import { found } from "./found.ts";
import { jupyter } from "./jupyter.ts";
import { notebookBar } from "./notebook_bar.ts";
import { terminalBar } from "./terminal_bar.ts";

/**
 * Says how far long work is: the name of the step that begins, or what has been done of a total. It fits where lib takes an `onStep`, an
 * `onProgress` or another callback of that form.
 */
export interface Tell {
  /** A step begins. */
  (step: string): void;
  /** So much is done of the total; without a total, a share of 1. */
  (done: number, total?: number): void;
}

/**
 * Runs long work under a bar that updates in place, in a notebook and in a terminal. Work that ends within a second shows nothing, and the
 * bar is gone when the work is done, so that a notebook's outputs do not depend on the speed of the machine.
 *
 * @param run The work; it is given {@link Tell}, which it may call as often as it likes.
 * @returns What `run` returns.
 * @throws {TypeError} when the label is no text or the work no function; else what `run` throws
 *
 * @example
 * ```ts
 * import { withProgress } from "kindred";
 * const sum = await withProgress("Adding", (tell) => {
 *   let sum = 0;
 *   for (let i = 0; i < 1000; i++) {
 *     sum += i;
 *     tell(i, 1000);
 *   }
 *   return sum;
 * });
 * sum; // 499500
 * ```
 */
export async function withProgress<T>(
  label: string,
  run: (tell: Tell) => T | Promise<T>,
): Promise<T> {
  if (typeof label !== "string") {
    throw new TypeError(
      `Cannot show progress: found ${found(label)}, expected a text as its label`,
    );
  }
  if (typeof run !== "function") {
    throw new TypeError(
      `Cannot show the progress of ${found(label)}: found ${
        found(run)
      }, expected a function that does the work`,
    );
  }
  const kernel = jupyter();
  return await underBar(kernel === null ? terminalBar(label) : notebookBar(label, kernel), run);
}

/** Runs work under a bar, which is taken away at the end. */
export async function underBar<T>(bar: Bar, run: (tell: Tell) => T | Promise<T>): Promise<T> {
  let share: number | null = null;
  // Work that waits for threads leaves this one free to show the time.
  const ticks = setInterval(() => bar.update(share), 200);
  try {
    return await run((told: string | number, total: number = 1) => {
      if (typeof told === "string") {
        share = null;
        bar.step(told);
      } else {
        share = total > 0 ? Math.min(1, Math.max(0, told / total)) : null;
        bar.update(share);
      }
    });
  } finally {
    clearInterval(ticks);
    await bar.end();
  }
}
