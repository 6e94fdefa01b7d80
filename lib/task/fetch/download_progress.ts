import { progress } from "../../display/progress.ts";

/** Shows how far a download is. */
export interface DownloadProgress {
  step(step: string): void;
  bytes(done: number, total: number): void;
  /** The server is waited for. */
  waits(wait: { milliseconds: number; reason: string }): void;
  end(): void;
}

/** A line on stderr that updates in place, in a terminal; else a line every ten seconds. */
export function downloadProgress(label: string): DownloadProgress {
  const bar = progress(label);
  let step = "";
  let bytes = "";
  let begun: { at: number; done: number } | null = null;
  let waitsUntil = 0;
  let why = "";
  const show = () => {
    const left = Math.ceil((waitsUntil - performance.now()) / 1000);
    bar.say(`${bytes}${step}${left > 0 ? `; waiting ${left} s (${why})` : ""}`);
  };
  // A wait is counted down although nothing comes meanwhile.
  const ticks = setInterval(show, 500);
  return {
    step(next) {
      step = next;
      bytes = "";
      begun = null;
      show();
    },
    bytes(done, total) {
      const now = performance.now();
      if (begun === null || done < begun.done) begun = { at: now, done };
      const rate = (done - begun.done) / Math.max(1, (now - begun.at) / 1000);
      const share = total === 0 ? 100 : Math.floor(100 * done / total);
      bytes = `${share}%, ${megabytes(done)} of ${megabytes(total)} MB` +
        (rate > 0 ? `, ${megabytes(rate)} MB/s; ` : "; ");
      waitsUntil = 0;
      show();
    },
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

function megabytes(bytes: number): string {
  return (bytes / 1e6).toLocaleString("en-US", { maximumFractionDigits: 1 });
}
