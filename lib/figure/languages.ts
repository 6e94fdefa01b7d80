import { printable } from "./text.ts";

const names = new Intl.DisplayNames("en", { type: "language", fallback: "code" });

/** English name of an ISO 639-1 code, printable; the text itself where it is no code. */
export function languageTitle(code: string): string {
  try {
    return printable(names.of(code) ?? code);
  } catch {
    return printable(code);
  }
}
