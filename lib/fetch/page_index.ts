import type { LoggedPage } from "./page_log.ts";

/** Number of the file that a page is in, from 1; NaN where it is no such file. */
export function fileNumber(file: string): number {
  return Number(/-(\d+)\.jsonl\.zst$/.exec(file)?.[1]);
}

/** Name of the index of a log. */
export function indexName(name: string): string {
  return `${name}.index.jsonl`;
}

/** Name of a file of a log by its number. */
export function fileName(name: string, number: number): string {
  return `${name}-${String(number).padStart(4, "0")}.jsonl.zst`;
}

/**
 * The pages of an index, and how many bytes their lines take. What was being written when the program or the machine stopped is at its end and is
 * left out; a line is begun when the one before it is on disk.
 */
export function readIndex<T>(
  bytes: Uint8Array,
  { name, path }: { name: string; path: string },
): { pages: (LoggedPage & T)[]; bytes: number } {
  const pages: (LoggedPage & T)[] = [];
  let end = 0;
  for (let next = bytes.indexOf(10) + 1; next > 0; next = bytes.indexOf(10, end) + 1) {
    const page = parsed<T>(bytes.subarray(end, next));
    if (page === null || !follows(page, { name, before: pages.at(-1) })) break;
    pages.push(page);
    end = next;
  }
  const lost = [...lines(bytes.subarray(end))]
    .some((line) => line.at(-1) === 10 && parsed(line) !== null);
  if (!lost) return { pages, bytes: end };
  throw new SyntaxError(
    `Cannot go on with "${path}": line ${
      pages.length + 1
    } was changed, expected the place of a page; remove the folder and begin again`,
  );
}

function* lines(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(10, at) + 1 || bytes.length;
    yield bytes.subarray(at, end);
    at = end;
  }
}

/** A page as a line of an index says it, null where it says none. */
function parsed<T>(line: Uint8Array): (LoggedPage & T) | null {
  try {
    const page = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(line));
    return typeof page?.file === "string" && /^[0-9a-f]{64}$/.test(page.sha256) ? page : null;
  } catch {
    return null;
  }
}

/** Whether a page lies where the one before it ends, or at the beginning of the next file. */
function follows(
  { file, at, bytes }: LoggedPage,
  { name, before }: { name: string; before: LoggedPage | undefined },
): boolean {
  if (!Number.isSafeInteger(bytes) || bytes <= 0) return false;
  const number = fileNumber(file);
  if (file !== fileName(name, number)) return false;
  if (before === undefined) return at === 0;
  return file === before.file
    ? at === before.at + before.bytes
    : at === 0 && number === fileNumber(before.file) + 1;
}
