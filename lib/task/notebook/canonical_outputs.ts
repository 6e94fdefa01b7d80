import { stripVTControlCharacters } from "node:util";
import type { NotebookOutput } from "../../kernel/notebook_outputs.ts";

/** An output of a cell without what differs from run to run. */
export interface CanonicalOutput {
  /** `stdout`, `stderr`, `display`, `result` or `error`. */
  kind: string;
  /** Texts by what they are: a MIME type, `text` of streams and errors, `metadata` where there is some. */
  parts: Map<string, string>;
}

const uuid = /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi;

/** A clock time, and a number with a unit of time below the hour. */
const clock = /(?<![\d:])\d\d:\d\d:\d\d(?:\.\d+)?(?![\d:])/g;
const duration = /(?<![\w.])\d[\d,.]*\s?(?:ns|[µμ]s|us|ms|s|sec|seconds?|min|minutes?)\b/g;

/**
 * A text in which what differs from run to run is made the same: ids that elements declare and that have a digit in them are numbered in
 * their order, wherever they stand (`url(#clip-7)` too); UUIDs, clock times (the day is kept) and durations become names; colours of the terminal go.
 */
export function canonicalText(text: string): string {
  const ids = new Map<string, string>();
  for (const [, id] of text.matchAll(/\bid=\\?["']([\w:.-]*\d[\w:.-]*)\\?["']/g)) {
    if (!ids.has(id)) ids.set(id, `id-${ids.size + 1}`);
  }
  return stripVTControlCharacters(text)
    .replace(/[\w:.-]*\d[\w:.-]*/g, (token) => ids.get(token) ?? token)
    .replace(uuid, "<uuid>")
    .replace(clock, "<time>")
    // A decade such as 1990s is none.
    .replace(duration, (found) => /^(?:19|20)\d0s$/.test(found) ? found : "<duration>");
}

/** Outputs of a cell as they are compared; of an error its name and message, since a traceback names files of one machine. */
export function canonicalOutputs(outputs: readonly NotebookOutput[] = []): CanonicalOutput[] {
  return outputs.map((output) => {
    const parts = new Map<string, string>();
    if (output.output_type === "stream") {
      parts.set("text", canonicalText(joined(output.text)));
      return { kind: String(output.name), parts };
    }
    if (output.output_type === "error") {
      parts.set("text", canonicalText(`${output.ename}: ${output.evalue}`));
      return { kind: "error", parts };
    }
    const { data = {}, metadata = {} } = output as {
      data?: Record<string, unknown>;
      metadata?: Record<string, unknown>;
    };
    for (const type of Object.keys(data).sort()) parts.set(type, canonicalPart(type, data[type]));
    if (Object.keys(metadata).length > 0) {
      parts.set("metadata", canonicalText(JSON.stringify(metadata)));
    }
    return { kind: output.output_type === "execute_result" ? "result" : "display", parts };
  });
}

function canonicalPart(type: string, value: unknown): string {
  // Bytes in base64 have no ids, and their letters may look like a time.
  if (/^image\/(?!svg)/.test(type)) return joined(value).trim();
  return canonicalText(joined(value));
}

/** A text of a notebook file, which may be a list of lines, or JSON. */
export function joined(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((part) => typeof part === "string")) {
    return value.join("");
  }
  return JSON.stringify(value, null, 1) ?? "";
}
