import { printable } from "./text_table.ts";

/** Reports how far a long step is; see {@link progress}. */
export interface Progress {
  /** Sets what has been done so far, in the units of `total`. */
  update(done: number): void;
  /** Says how far work of unknown size is. */
  say(text: string): void;
  /** Removes the bar. */
  end(): void;
}

const encoder = new TextEncoder();
const width = 30;

/**
 * A progress bar on stderr that appears only after a second, so that short steps print nothing; on a
 * stream that is no terminal it prints a plain line every ten seconds instead. Texts may be those of a server: they are made `printable`.
 *
 * @param options.total What `update` counts to; 0 where it is not known.
 */
export function progress(label: string, { total = 0 }: { total?: number } = {}): Progress {
  const terminal = Deno.stderr.isTerminal();
  const start = performance.now();
  let last = terminal ? start + 800 : start - 8800;
  let shown = false;
  /** Shows what is given for a terminal, or for a stream, where its time has come. */
  function show(text: (seconds: string) => { bar: string; line: string }): void {
    const now = performance.now();
    if (now - start < 1000 || now - last < (terminal ? 100 : 10_000)) return;
    last = now;
    const { bar, line } = text(((now - start) / 1000).toFixed(0));
    const said = printable(terminal ? `${label}${bar}` : `${label}: ${line}`);
    if (!terminal) return console.error(said);
    shown = true;
    Deno.stderr.writeSync(encoder.encode(`\r\x1b[2K${inOneLine(said)}`));
  }
  return {
    update(done) {
      show((seconds) => {
        if (total <= 0) return { bar: ` ${seconds} s`, line: `${seconds} s` };
        const share = Math.min(1, done / total);
        const full = Math.round(width * share);
        const percent = (100 * share).toFixed(0);
        const blocks = `${"█".repeat(full)}${"░".repeat(width - full)}`;
        return {
          bar: ` ${blocks} ${percent.padStart(3)}% ${seconds} s`,
          line: `${percent}% after ${seconds} s`,
        };
      });
    },
    say(text) {
      show(() => ({ bar: `: ${text}`, line: text }));
    },
    end() {
      if (shown) Deno.stderr.writeSync(encoder.encode("\r\x1b[2K"));
      shown = false;
    },
  };
}

/** A text cut to the width of the terminal: a line that wraps could not be written over. */
function inOneLine(text: string): string {
  let columns: number;
  try {
    columns = Deno.consoleSize().columns;
  } catch {
    return text;
  }
  return columns > 1 && text.length >= columns ? `${text.slice(0, columns - 2)}…` : text;
}
