import { checkCode, type NotebookCode } from "./check_code.ts";
import { unformattedCells } from "./check_format.ts";
import type { Complaint } from "./complaints.ts";

/** All that can be said of the sources of notebooks without running them: types, lint and form. See {@link checkCode}. */
export async function checkSources(
  notebooks: readonly NotebookCode[],
  { folder }: { folder: string },
): Promise<Map<string, Complaint[]>> {
  const found = await checkCode(notebooks, { folder });
  for (const { file, text } of notebooks) {
    const message = "is not in form; deno fmt mends it";
    for (const cell of await unformattedCells(text, { file })) {
      found.get(file)!.push({ cell, message });
    }
  }
  return found;
}
