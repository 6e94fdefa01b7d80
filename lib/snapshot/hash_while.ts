import type { HubInput } from "../source/hub_input.ts";

/**
 * The SHA-256 of an input, computed while something else is done with its blocks; that ends soon when the input was changed.
 *
 * @throws {Error} what the work throws, unless a raw snapshot cannot be read because it was changed: then that
 */
export async function hashWhile(
  input: HubInput,
  { blocks, work }: {
    blocks: AsyncIterable<Uint8Array<ArrayBuffer>>;
    work: (blocks: AsyncIterable<Uint8Array<ArrayBuffer>>) => Promise<void>;
  },
): Promise<string> {
  const changed: unknown[] = [];
  let failed = false;
  let unreadable = false;
  const hash = input.sha256({
    onBytes() {
      if (failed) throw new Error("the hash is not needed any more");
    },
  });
  hash.catch((error) => changed.push(error));
  async function* unchanged() {
    try {
      for await (const block of blocks) {
        if (changed.length > 0) throw changed[0];
        yield block;
      }
    } catch (error) {
      unreadable = true;
      throw error;
    }
  }
  try {
    await work(unchanged());
  } catch (error) {
    // Where a raw snapshot was changed, that is why it cannot be read.
    if (unreadable && input.format === "raw") await hash;
    failed = true;
    await hash.catch(() => {});
    throw error;
  }
  return await hash;
}
