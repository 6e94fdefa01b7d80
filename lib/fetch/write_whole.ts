import { dirname } from "node:path";

/** Writes a file as a whole: under another name first, then under its own. It is on disk when this returns. */
export function writeWhole(path: string, text: string): void {
  const fresh = `${path}.tmp`;
  {
    using file = Deno.openSync(fresh, { write: true, create: true, truncate: true });
    const bytes = new TextEncoder().encode(text);
    for (let written = 0; written < bytes.length;) {
      written += file.writeSync(bytes.subarray(written));
    }
    file.syncDataSync();
  }
  Deno.renameSync(fresh, path);
  syncFolder(dirname(path));
}

/** Waits until the names in a folder are on disk: a file that is synced may have lost its name after a power cut. */
export function syncFolder(path: string): void {
  // Windows opens no folder as a file, and keeps names without being asked.
  if (Deno.build.os === "windows") return;
  using folder = Deno.openSync(path);
  folder.syncSync();
}
