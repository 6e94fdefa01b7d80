/**
 * Appends pages to a log until the disk is full, then frees it where it can, and goes on: `page_log_program.ts FOLDER PAGES [BALLAST]`. Prints what
 * happened as JSON.
 *
 * @module
 */
import { PageLog } from "../../lib/fetch/page_log.ts";
import { pageText } from "./page_text.ts";

const [folder, pages, ballast] = Deno.args;
const log = await PageLog.open<{ page: number }>(folder, { name: "rows", fileBytes: 20_000 });
const errors: string[] = [];
const atError: number[] = [];
let refused = 0;

/** Whether the last file ends where its last page does. */
function ends(): boolean {
  const { file, at, bytes } = log.pages.at(-1)!;
  return Deno.statSync(`${folder}/${file}`).size === at + bytes;
}

while (log.pages.length < Number(pages)) {
  const page = log.pages.length;
  try {
    await log.append(pageText(page), { page });
  } catch (error) {
    errors.push((error as Error).message);
    if (!ends()) errors.push("bytes of the page are left");
    atError.push(log.pages.length);
    // Twice on the full disk, then with room again.
    if (++refused < 2) continue;
    if (ballast === undefined || refused > 2) break;
    await Deno.remove(ballast);
  }
}
log.close();
const reopened = await PageLog.open<{ page: number }>(folder, { name: "rows" });
console.log(JSON.stringify({ errors, atError, pages: reopened.pages.map(({ page }) => page) }));
reopened.close();
