import type { ModelBuilder } from "./model_builder.ts";
import { PackLane } from "./pack_lane.ts";
import { PackThread } from "./pack_thread.ts";
import type { PackedText } from "./text_packer.ts";
import type { TextWriter } from "./text_writer.ts";

/** Blocks that are packed without threads, which would take longer to start. */
const blocksAlone = 2;
const threadCount = 2;
/** Blocks under way at most, so that a thread has the next one when it is done with one. */
const blocksUnderWay = 2 * threadCount;

/**
 * Adds blocks of JSON Lines to a snapshot and their text to a file, in their order; scanning and compressing is done by threads.
 *
 * @throws {Error} when the text cannot be written, or a thread fails
 */
export async function packBlocks(
  blocks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  { builder, text }: { builder: ModelBuilder; text: TextWriter },
): Promise<void> {
  const first: Uint8Array<ArrayBuffer>[] = [];
  const threads: PackThread[] = [];
  const underWay: Promise<PackedText>[] = [];
  let appended: Promise<unknown> = Promise.resolve();
  const give = async (block: Uint8Array<ArrayBuffer>) => {
    if (underWay.length === blocksUnderWay) await text.add(await underWay.shift()!);
    const idlest = threads.reduce((a, b) => b.blocks < a.blocks ? b : a);
    const scanner = threads.indexOf(idlest);
    const kept = Promise.all([idlest.scan(block), appended]).then(([batch]) =>
      builder.append(batch, { scanner })
    );
    appended = kept;
    const packed = kept.then((rows) => idlest.pack(rows));
    // A failure is met where the text is awaited, which may be later.
    packed.catch(() => {});
    underWay.push(packed);
  };
  try {
    for await (const block of blocks) {
      if (threads.length === 0) {
        if (first.push(block) <= blocksAlone) continue;
        while (threads.length < threadCount) threads.push(new PackThread());
        for (const each of first.splice(0)) await give(each);
      } else await give(block);
    }
    if (first.length > 0) {
      const alone = new PackLane();
      for (const block of first) await text.add(alone.pack(builder.append(alone.scan(block))));
    }
    for (const packed of underWay) await text.add(await packed);
  } finally {
    for (const thread of threads) thread.close();
  }
}
