import { randomUUID } from "node:crypto";
import { printMark } from "./self_test.ts";

/** After so many milliseconds a mark that has not come is taken for lost. */
const patience = 1000;

/** Marks that a kernel prints after a cell: when one has come, all that was printed before has. */
export class Sentinels {
  #reached = new Map<string, () => void>();

  /** Resolves when a mark has come; `execute` runs the code that prints it. */
  async pass(execute: (code: string) => Promise<unknown>): Promise<void> {
    for (let passed = false; !passed;) {
      const mark = randomUUID();
      const { promise, resolve } = Promise.withResolvers<boolean>();
      this.#reached.set(mark, () => resolve(true));
      await execute(printMark(mark));
      const timer = setTimeout(() => resolve(false), patience);
      passed = await promise;
      clearTimeout(timer);
    }
  }

  /** A text that was printed, without the marks in it. */
  taken(text: string): string {
    for (const [mark, reached] of this.#reached) {
      if (!text.includes(mark)) continue;
      text = text.replace(`${mark}\n`, "");
      this.#reached.delete(mark);
      reached();
    }
    return text;
  }
}
