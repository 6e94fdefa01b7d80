import type { Bar } from "./bar.ts";
import { textHtml } from "./html.ts";
import { type DenoJupyter, LiveOutput } from "./jupyter.ts";

/** Shortest time from the start to a bar, and from one update to the next, in milliseconds. */
const patience = 1000;
const pause = 100;

/** A bar among the outputs of a cell, which are sent messages at most ten times a second. */
export function notebookBar(label: string, kernel: DenoJupyter): Bar {
  const output = new LiveOutput(kernel);
  const start = performance.now();
  let name = label;
  let last = start + patience - pause;
  let sent = Promise.resolve();
  return {
    step(step) {
      name = `${label}: ${step}`;
      this.update(null);
    },
    update(share) {
      const now = performance.now();
      if (now - last < pause) return;
      last = now;
      const data = barBundle(name, { share, seconds: Math.floor((now - start) / 1000) });
      sent = sent.then(() => output.put(data));
    },
    async end() {
      await sent;
      await output.clear();
    },
  };
}

/** A bar as a page and as text. */
function barBundle(
  name: string,
  { share, seconds }: { share: number | null; seconds: number },
): Record<"text/html" | "text/plain", string> {
  const percent = share === null ? "" : `${Math.floor(100 * share)}%, `;
  const value = share === null ? "" : ` value="${share.toFixed(3)}"`;
  const words = `${percent}${seconds} s`;
  return {
    "text/html": `<div>${textHtml(name)} <progress max="1"${value}></progress> ${words}</div>`,
    "text/plain": `${name}: ${words}`,
  };
}
