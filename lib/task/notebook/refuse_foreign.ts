import type { Notebook } from "../../kernel/run_notebook.ts";

/** What notebooks of ours may call their language. */
const ours = ["typescript", "javascript", "deno"];

/**
 * Refuses a notebook that says that it is of another language: its code would be run as what it is not, and its outputs lost. One that says
 * nothing is taken as ours.
 *
 * @throws {TypeError} when kernelspec or language_info name a language that Deno does not run
 */
export function refuseForeign({ metadata }: Notebook, { file }: { file: string }): void {
  const { name, language, display_name } = texts(metadata.kernelspec);
  const info = texts(metadata.language_info).name;
  // Of a kernel that says its language the name says no more: people call their kernels as they like.
  const kernelIsOurs = language === undefined
    ? name === undefined || ours.some((one) => name.toLowerCase().includes(one))
    : isOurs(language);
  if (kernelIsOurs && isOurs(info)) return;
  const found = kernelIsOurs ? info : name ?? language;
  const title = kernelIsOurs || display_name === undefined ? "" : ` (${display_name})`;
  throw new TypeError(
    `Cannot run "${file}": it is a notebook of ${found}${title}, expected one of Deno`,
  );
}

function isOurs(language: string | undefined): boolean {
  return language === undefined || ours.includes(language.toLowerCase());
}

/** The properties that are texts, of whatever stands in the file. */
function texts(value: unknown): Partial<Record<string, string>> {
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter(([, one]) => typeof one === "string" && one !== ""));
}
