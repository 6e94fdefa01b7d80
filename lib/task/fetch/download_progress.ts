import { type FetchLine, fetchLine, rateOf } from "./fetch_line.ts";

/** Shows how far a download is. */
export interface DownloadProgress extends Pick<FetchLine, "waits" | "end"> {
  step(step: string): void;
  bytes(done: number, total: number): void;
}

/** A line with the step, and with the bytes of it that are done; see {@link fetchLine}. */
export function downloadProgress(label: string): DownloadProgress {
  const { say, waits, end } = fetchLine(label, "asking for its files");
  let step = "";
  let rate = rateOf();
  return {
    step(next) {
      step = next;
      rate = rateOf();
      say(step);
    },
    bytes(done, total) {
      const each = rate(done);
      const share = total === 0 ? 100 : Math.floor(100 * done / total);
      const speed = each > 0 ? `, ${megabytes(each)} MB/s` : "";
      say(`${share}%, ${megabytes(done)} of ${megabytes(total)} MB${speed}; ${step}`);
    },
    waits,
    end,
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toLocaleString("en-US", { maximumFractionDigits: 1 });
}
