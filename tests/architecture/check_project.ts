import { createHash } from "node:crypto";

/** Lines shorter than this are facts and syntax that two files may share by chance. */
const tellingLength = 80;

/** A package of the import map as `npm:name@1.2.3`. */
const exactPin = /^npm:(@[\w.-]+\/)?[\w.-]+@\d+\.\d+\.\d+(?:-[\w.]+)?$/;

/**
 * Checks the import map: every package pinned exactly, every name used by some source. Deno takes `@types/x` for the types of `x`
 * by itself.
 *
 * @param sources Texts of all sources, notebooks included.
 */
export function checkImports(
  imports: Record<string, string>,
  sources: readonly string[],
): string[] {
  const found: string[] = [];
  for (const [name, target] of Object.entries(imports)) {
    if (name === "kindred") {
      if (target !== "./lib/mod.ts") {
        found.push(`"kindred" leads to "${target}", expected "./lib/mod.ts"`);
      }
      continue;
    }
    if (!exactPin.test(target)) {
      found.push(`"${name}" is "${target}", expected npm:name@ and an exact version`);
    } else if (target.slice(4, target.lastIndexOf("@")) !== name) {
      found.push(`"${name}" leads to another package, "${target}"`);
    }
    const used = name.replace(/^@types\//, "");
    const quoted = [`"${used}"`, `"${used}/`, `'${used}'`, `'${used}/`];
    if (used !== name && !(used in imports)) {
      found.push(`"${name}" is in the import map, but "${used}" is not`);
    }
    if (!sources.some((source) => quoted.some((use) => source.includes(use)))) {
      found.push(`"${name}" is in the import map, but nothing uses it`);
    }
  }
  return found;
}

/** What is remembered of data that must not be in the repository. */
export interface Fingerprints {
  /** SHA-256 of whole files. */
  files: Set<string>;
  /** Long lines, trimmed. */
  lines: Set<string>;
}

/** Adds a file of outside data to the fingerprints; `text` is its content as text, unpacked. */
export function remember(
  prints: Fingerprints,
  { bytes, text }: { bytes: Uint8Array; text: string },
): void {
  prints.files.add(createHash("sha256").update(bytes).digest("hex"));
  for (const line of text.split("\n")) {
    const trimmed = line.trim();
    if (isTelling(trimmed)) prints.lines.add(trimmed);
  }
}

/** A long line that is more than an address. */
function isTelling(line: string): boolean {
  return line.length >= tellingLength && !/^[\w-]*:?\s*https?:\S+$/.test(line);
}

/** Checks that a file of the repository is no copy or extract of remembered data. */
export function checkCopied(path: string, bytes: Uint8Array, prints: Fingerprints): string[] {
  if (prints.files.has(createHash("sha256").update(bytes).digest("hex"))) {
    return [`${path}: is a copy of outside data`];
  }
  const found: string[] = [];
  new TextDecoder().decode(bytes).split("\n").forEach((line, i) => {
    if (prints.lines.has(line.trim())) found.push(`${path}:${i + 1}: holds a line of outside data`);
  });
  return found;
}
