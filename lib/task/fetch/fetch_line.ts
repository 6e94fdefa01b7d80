import { progress } from "../../display/progress.ts";
import { numberText } from "../../display/text_table.ts";

/** Shows how far a fetch is; see {@link fetchLine}. */
export interface FetchLine {
  /** Says how far it is; the server is not waited for any more. */
  say(text: string): void;
  /** Begins another step, of which `done` says how far it is: a bar. */
  begin(label: string, total: number): void;
  /** What of the total of `begin` is done. */
  done(done: number): void;
  /** The server is waited for, which is counted down. */
  waits(wait: { milliseconds: number; reason: string }): void;
  end(): void;
}

/** A line on stderr that updates in place, in a terminal; else a line every ten seconds. */
export function fetchLine(label: string, first: string): FetchLine {
  let bar = progress(label);
  let text: string | null = first;
  let waitsUntil = 0;
  let why = "";
  const show = () => {
    if (text === null) return;
    const left = Math.ceil((waitsUntil - performance.now()) / 1000);
    bar.say(left > 0 ? `${text}; waiting ${numberText(left)} s (${why})` : text);
  };
  // A wait is counted down although nothing comes meanwhile.
  const ticks = setInterval(show, 500);
  return {
    say(next) {
      text = next;
      waitsUntil = 0;
      show();
    },
    begin(label, total) {
      text = null;
      bar.end();
      bar = progress(label, { total });
    },
    done: (done) => bar.update(done),
    waits({ milliseconds, reason }) {
      waitsUntil = Math.max(waitsUntil, performance.now() + milliseconds);
      why = reason;
      show();
    },
    end() {
      clearInterval(ticks);
      bar.end();
    },
  };
}

/** Tells of a growing count how much it grows a second, since the first one that it is given, or since it began again. */
export function rateOf(): (done: number) => number {
  let begun: { at: number; done: number } | null = null;
  return (done) => {
    const at = performance.now();
    if (begun === null || done < begun.done) begun = { at, done };
    return (done - begun.done) / Math.max(1, (at - begun.at) / 1000);
  };
}
