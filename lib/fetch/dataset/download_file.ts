import { dirname } from "node:path";
import { quoted } from "../hosts.ts";
import type { HttpClient } from "../http_client.ts";
import { RefusedError } from "../http_errors.ts";
import type { OpenAnswer } from "../http_types.ts";
import { writeWhole } from "../raw_folder.ts";
import { contentHash } from "./content_hash.ts";
import { readContentRange } from "./content_range.ts";
import type { DatasetFile } from "./pin_dataset.ts";

/** Options of {@link downloadFile}. */
export interface DownloadOptions {
  /** What is to be fetched. */
  file: DatasetFile;
  /** Where it is to be written. */
  path: string;
  client: HttpClient;
  /** Commit that the server must say the file is of, where it says any. */
  commit: string;
  /** Called with the bytes that are on disk. */
  onBytes?: (bytes: number) => void;
  /** Called with the server's time of each answer. */
  onDate?: (date: string) => void;
  /** Told of what goes wrong, before it is mended: a program that is killed then meets it again. */
  onIssue?: (kind: "beganAgain" | "wrongHash", example: string) => void;
}

/** How often a file is begun again at most, because the server does not go on where it shall. */
const mostRestarts = 5;

/**
 * Downloads a file to `PATH.part`, and when its content has the hash that it shall have, gives it its name. What is on disk already is
 * kept: the server is asked for the rest, on condition that the file is the same.
 *
 * @throws {RefusedError} when the content has another hash twice, the server says that it is another file, or does not serve parts
 * @throws {HttpError} when the server refuses, or every attempt fails
 */
export async function downloadFile(url: URL, options: DownloadOptions): Promise<void> {
  const { file, path, onBytes, onIssue } = options;
  if (sizeOf(path) === file.bytes) return onBytes?.(file.bytes);
  await Deno.mkdir(dirname(path), { recursive: true });
  const part = `${path}.part`;
  for (let tries = 1;; tries++) {
    await receiveAll(url, options);
    const found = await contentHash(part, file);
    if (found === file.hash.hex) break;
    const what = `${file.path}: ${file.hash.kind} hash ${found}, the Hub lists ${file.hash.hex}`;
    onIssue?.("wrongHash", what);
    await Deno.remove(part);
    if (tries === 2) {
      throw new RefusedError(
        `Cannot fetch ${
          quoted(url)
        }: its content is not what the Hub lists (${what}), twice; try again later`,
      );
    }
  }
  await Deno.rename(part, path);
  await Deno.remove(etagName(path)).catch(ignoreMissing);
}

/** Fetches until the part has all its bytes. */
async function receiveAll(url: URL, options: DownloadOptions): Promise<void> {
  const { file, path, client, onBytes = () => {}, onIssue } = options;
  using disk = await Deno.open(`${path}.part`, { write: true, create: true });
  let at = (await disk.stat()).size;
  let failures = 0;
  let restarts = 0;
  const restart = async (why: string) => {
    onIssue?.("beganAgain", `${file.path}: ${why}`);
    await disk.truncate(at = 0);
    await Deno.remove(etagName(path)).catch(ignoreMissing);
    if (++restarts > mostRestarts) {
      throw new RefusedError(
        `Cannot fetch ${quoted(url)}: ${why}; it was begun again ${mostRestarts} times`,
      );
    }
  };
  if (at > file.bytes) await restart(`${at} bytes are on disk, more than it has`);
  onBytes(at);
  while (at < file.bytes) {
    const etag = at === 0 ? null : textOf(etagName(path));
    const answer = await client.open(url, {
      headers: {
        "accept-encoding": "identity",
        ...(at === 0 ? {} : { range: `bytes=${at}-` }),
        ...(etag === null ? {} : { "if-range": etag }),
      },
      accept: [200, 206, 416],
    });
    try {
      if (answer.date !== null) options.onDate?.(answer.date);
      checkAnswer(url, answer, options);
      const encoded = isEncoded(answer);
      if (encoded && answer.status === 206) {
        const error = new Error("a part of the file was sent compressed, which nobody asked for");
        await client.backOff(url, { failures: ++failures, error });
        continue;
      }
      const why = misfit(answer, { at, etag, bytes: file.bytes });
      if (why !== null) await restart(why);
      if (answer.status !== 200 && why !== null) continue;
      if (at === 0) keepEtag(answer, path);
      await disk.seek(at, Deno.SeekMode.Start);
      const before = at;
      const error = await receive(answer, async (bytes) => {
        if (at + bytes.length > file.bytes) return "it sends more bytes than the file has";
        for (let written = 0; written < bytes.length;) {
          written += await disk.write(bytes.subarray(written));
        }
        onBytes(at += bytes.length);
        return null;
      });
      if (typeof error === "string") await restart(error);
      else if (error !== null) {
        // What a damaged stream gave before it broke may be anything.
        if (encoded) await disk.truncate(at = before);
        failures = at > before ? 1 : failures + 1;
        await client.backOff(url, { failures, error });
      } else if (at === before) {
        await client.backOff(url, { failures: ++failures, error: new Error("no bytes came") });
      }
    } finally {
      await answer.body.return(undefined).catch(() => {});
      await answer.cancel();
    }
  }
  await disk.syncData();
}

/** Hands on a body; returns what was wrong with it, null at its end. Errors of `take` are thrown. */
async function receive(
  { body }: OpenAnswer,
  take: (bytes: Uint8Array) => Promise<string | null>,
): Promise<unknown> {
  for (;;) {
    let next: IteratorResult<Uint8Array>;
    try {
      next = await body.next();
    } catch (error) {
      return error ?? new Error("the connection broke");
    }
    if (next.done) return null;
    const wrong = await take(next.value);
    if (wrong !== null) return wrong;
  }
}

/** Refuses an answer that is of another file. */
function checkAnswer(
  url: URL,
  { redirect, headers }: OpenAnswer,
  { file, commit }: DownloadOptions,
): void {
  const said = (name: string) => (redirect ?? headers).get(name);
  const size = file.hash.kind === "sha256" ? said("x-linked-size") : null;
  const linked = said("x-linked-etag")?.replace(/^W\/|"/g, "") ?? null;
  const claims: [what: string, found: string | null, expected: string][] = [
    ["commit", said("x-repo-commit"), commit],
    ["size", size, `${file.bytes}`],
    ["hash", /^[0-9a-f]{64}$/.test(linked ?? "") ? linked : null, file.hash.hex],
  ];
  for (const [what, found, expected] of claims) {
    if (found === null || found === expected) continue;
    throw new RefusedError(
      `Cannot fetch ${quoted(url)}: the server says that its ${what} is ${
        JSON.stringify(found)
      }, expected "${expected}"`,
    );
  }
}

/** Why an answer does not go on where the part ends, null where it does. */
function misfit(
  { status, headers }: OpenAnswer,
  { at, etag, bytes }: { at: number; etag: string | null; bytes: number },
): string | null {
  if (status === 416) return `it has no byte ${at}`;
  if (status === 200) return at === 0 ? null : "it was sent from its beginning";
  const value = headers.get("content-range");
  const range = readContentRange(value);
  if (range === null || range.start !== at || (range.size ?? bytes) !== bytes) {
    return `bytes ${JSON.stringify(value)} were sent, asked for were those from ${at} of ${bytes}`;
  }
  const found = headers.get("etag");
  return etag !== null && found !== null && found !== etag
    ? `its ETag is ${found}, it was ${etag}`
    : null;
}

function isEncoded({ headers }: OpenAnswer): boolean {
  return !/^(?:identity)?$/i.test(headers.get("content-encoding") ?? "");
}

/** Keeps the ETag of the file's beginning, for `If-Range`, which takes no weak one. */
function keepEtag({ headers }: OpenAnswer, path: string): void {
  const etag = headers.get("etag");
  if (etag !== null && /^"[^"]*"$/.test(etag)) writeWhole(etagName(path), etag);
}

function etagName(path: string): string {
  return `${path}.etag`;
}

function textOf(path: string): string | null {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    return ignoreMissing(error);
  }
}

function sizeOf(path: string): number | null {
  try {
    return Deno.statSync(path).size;
  } catch (error) {
    return ignoreMissing(error);
  }
}

function ignoreMissing(error: unknown): null {
  if (error instanceof Deno.errors.NotFound) return null;
  throw error;
}
