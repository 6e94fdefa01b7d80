import { printable } from "../../display/text_table.ts";
import type { RawManifest } from "../../source/raw_manifest.ts";

/**
 * Packs a raw snapshot that is complete. Ctrl-C ends the task with exit code 130 and says what packs it, since the same command may begin another
 * snapshot.
 *
 * @throws {Error} when it cannot be packed; the message says that it is complete and what packs it
 */
export async function packComplete(manifest: RawManifest, signal: AbortSignal): Promise<void> {
  const name = printable(manifest.name);
  const tell = () =>
    console.error(
      `Interrupted; the raw snapshot "${name}" is complete, deno task pack ${name} packs it.`,
    );
  // The packer's own listener ends the task.
  signal.addEventListener("abort", tell);
  try {
    if (signal.aborted) tell();
    signal.throwIfAborted();
    // Loaded now, since fetching for hours needs none of it.
    const { packFetched } = await import("./pack_fetched.ts");
    signal.throwIfAborted();
    await packFetched(manifest);
  } catch (error) {
    if (signal.aborted) Deno.exit(130);
    throw error;
  } finally {
    signal.removeEventListener("abort", tell);
  }
}
