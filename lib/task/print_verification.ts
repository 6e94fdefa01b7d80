import { bytesText } from "../display/bytes_text.ts";
import { numberText, printable } from "../display/text_table.ts";
import type { Difference, Verification } from "../snapshot/verification.ts";

/** A snapshot on one line, then a line for each way in which it changed, and for what is worth knowing. */
export function printVerification(
  { name, state, bytes, differences, notes }: Verification,
  { width = 0 }: { /** Width of the names. @default 0 */ width?: number } = {},
): string {
  const said = differences.length > 0 ? "changed" : state === "unfinished" ? "unfinished" : "ok";
  const label = printable(name);
  const line = [
    label.padEnd(width),
    state === "unfinished" ? "raw    " : state.padEnd(7),
    bytesText(bytes).padStart(9),
    said,
  ].join("  ");
  return [
    line,
    ...differences.map((difference) => `    ${printable(differenceText(difference))}`),
    ...notes.map((note) => `    note: ${printable(note)}`),
  ].join("\n");
}

/** All of them in a sentence or two, with what to do. */
export function printVerifications(all: readonly Verification[]): string {
  if (all.length === 0) {
    return "Nothing to verify: no snapshot was fetched or packed yet, and no figures are drawn; deno task fetch --help says how to get one";
  }
  const changed = all.filter(({ differences }) => differences.length > 0);
  const unfinished = all.filter(({ state }) => state === "unfinished").length;
  const whole = all.length - changed.length - unfinished;
  const bytes = all.reduce((sum, { bytes }) => sum + bytes, 0);
  const counts = [
    `${numberText(whole)} of ${numberText(all.length)} as written`,
    ...(changed.length === 0 ? [] : [`${numberText(changed.length)} changed`]),
    ...(unfinished === 0 ? [] : [`${numberText(unfinished)} unfinished`]),
  ];
  const advice = [...new Set(changed.map(({ state }) => state))].map((state) => advices[state]);
  return [`${counts.join(", ")} (${bytesText(bytes)})`, ...advice].join("\n");
}

const advices: Record<Verification["state"], string> = {
  raw: "A raw snapshot that changed: put a copy back, or remove its folder and fetch it again",
  packed:
    "A packed snapshot that changed: deno task pack INPUT --name NAME makes it anew; of a fetched one INPUT is its name",
  figures: "Figures that changed: deno task reproduce --locked draws them again",
  unfinished: "",
};

/** A difference in words. */
function differenceText({ kind, file, found, expected, page, reason }: Difference): string {
  switch (kind) {
    case "missing":
      return `missing: ${file} (${numberText(expected as number)} bytes)`;
    case "extra":
      return `not in the manifest: ${file} (${numberText(found as number)} bytes)`;
    case "size":
      return `other size: ${file} has ${numberText(found as number)} bytes, expected ${
        numberText(expected as number)
      }`;
    case "content":
      return `other content: ${file} has sha256 ${digest(found)}, expected ${digest(expected)}`;
    case "page": {
      const { index, line, at, bytes } = page!;
      const place = `${file}, bytes ${numberText(at)} to ${
        numberText(at + bytes)
      } (${index}:${line})`;
      return found === null
        ? `damaged page: ${place}: the file ends before it does`
        : `damaged page: ${place} has sha256 ${digest(found)}, expected ${digest(expected)}`;
    }
    case "manifest":
      return `manifest: ${reason}`;
    case "origin":
      return `other ${reason}: ${file} says ${short(found)}, expected ${short(expected)}`;
  }
}

function digest(sha256: Difference["found"]): string {
  return `${String(sha256).slice(0, 12)}…`;
}

/** A value of a manifest; a SHA-256 by its first digits. */
function short(value: Difference["found"]): string {
  const text = String(value);
  if (/^[0-9a-f]{64}$/.test(text)) return digest(text);
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
