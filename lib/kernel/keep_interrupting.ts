/** Milliseconds between one interrupt and the next. */
const pauses = [200, 400, ...Array<number>(10).fill(1000)];

/** After how many of them the person is told that an interrupt cannot help. */
const patience = 2;

/** What {@link keepInterrupting} does. */
export interface KeepInterruptingOptions {
  /** Whether the cell runs still, and nobody has interrupted it once more. */
  runs(): boolean;
  interrupt(): void;
  /** Called with what to tell the person, when the cell does not stop. */
  tell(text: string): void;
}

/** Repeats an interrupt until the cell stops: one that comes before the kernel has begun with the cell has no effect. */
export async function keepInterrupting(
  { runs, interrupt, tell }: KeepInterruptingOptions,
): Promise<void> {
  for (const [i, pause] of pauses.entries()) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (!runs()) return;
    interrupt();
    if (i + 1 !== patience) continue;
    tell(
      "This cell cannot be interrupted: it waits for something (a promise, a process) and " +
        "Deno cannot stop that. Restart the kernel to go on.\n",
    );
  }
}
