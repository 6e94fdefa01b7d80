/** Reports how far a long step is; see {@link progress}. */
export interface Progress {
  /** Sets what has been done so far, in the units of `total`. */
  update(done: number): void;
  /** Removes the bar. */
  end(): void;
}

const encoder = new TextEncoder();

/**
 * A progress bar on stderr that appears only after a second, so that short steps print nothing; on a
 * stream that is no terminal it prints a plain line every ten seconds instead.
 *
 * @param options.total What `update` counts to; 0 where it is not known.
 */
export function progress(label: string, { total = 0 }: { total?: number } = {}): Progress {
  const terminal = Deno.stderr.isTerminal();
  const start = performance.now();
  let last = terminal ? start + 800 : start - 8800;
  let shown = false;
  return {
    update(done) {
      const now = performance.now();
      if (now - start < 1000 || now - last < (terminal ? 100 : 10_000)) return;
      last = now;
      const share = total > 0 ? Math.min(1, done / total) : 0;
      const seconds = ((now - start) / 1000).toFixed(0);
      if (!terminal) {
        console.error(
          total > 0
            ? `${label}: ${(100 * share).toFixed(0)}% after ${seconds} s`
            : `${label}: ${seconds} s`,
        );
        return;
      }
      shown = true;
      const width = 30;
      const full = Math.round(width * share);
      const bar = total > 0
        ? ` ${"█".repeat(full)}${"░".repeat(width - full)} ${(100 * share).toFixed(0).padStart(3)}%`
        : "";
      Deno.stderr.writeSync(encoder.encode(`\r\x1b[2K${label}${bar} ${seconds} s`));
    },
    end() {
      if (shown) Deno.stderr.writeSync(encoder.encode("\r\x1b[2K"));
      shown = false;
    },
  };
}
