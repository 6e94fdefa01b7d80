import type { Captured } from "./capture.ts";
import { installCapture, type InstallOptions } from "./install_capture.ts";
import { broadcastWrites, catchInherited } from "./install_streams.ts";
import { showUncaught } from "./install_uncaught.ts";

/** Something that a test showed: the name of its stream or its type, and of a stream what stands behind the mark. */
export interface Seen {
  by: string;
  said: string;
}

/** What the code of the side channel shows when it works, by {@link Seen.by}. */
export const sideChannelShows = ["stdout", "stderr", "display_data", "execute_result"];

/** Code that puts the side channel in and shows a mark in each way there is; the first says why output of others is lost, if it is. */
export function sideChannelCode(mark: string, options: InstallOptions): string {
  return `(${installCapture})(${JSON.stringify(options)});
(${showUncaught})();
console.log("${mark}" + (${catchInherited})());
console.error("${mark}");
await Deno.jupyter.display({ "text/plain": "${mark}" }, { raw: true });
"${mark}"`;
}

const markName = "kindred.printMark";

/** Code that prints a mark after {@link sentinelCode}, whatever cells have made of the console. */
export function printMark(mark: string): string {
  return `globalThis[Symbol.for("${markName}")]("${mark}")`;
}

/** Code that prepares a kernel for the sentinel and shows a mark; it says why output of others is lost, if it is. */
export function sentinelCode(mark: string): string {
  return `Object.defineProperty(globalThis, Symbol.for("${markName}"), { value: console.log });
(${broadcastWrites})();
(${showUncaught})();
console.log("${mark}" + (${catchInherited})());`;
}

/** What was seen of a mark; null when it is about something else. */
export function seenOf(captured: Captured, mark: string): Seen | null {
  const stream = captured.kind === "stream";
  const text = stream ? captured.text : new TextDecoder().decode(captured.content);
  const at = text.indexOf(mark);
  if (at < 0) return null;
  return {
    by: stream ? captured.name : captured.type,
    said: stream ? text.slice(at + mark.length).trim() : "",
  };
}
