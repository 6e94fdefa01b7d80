import type { Captured } from "./capture.ts";
import { capturedOf } from "./captured_of.ts";
import type { ConnectionInfo } from "./connection_file.ts";
import type { Signer } from "./message.ts";
import { connect } from "./sockets.ts";
import type { ZmtpConnection } from "./zmtp_connection.ts";

/** What {@link subscribeOutputs} needs. */
export interface SubscribeOutputsOptions {
  signer: Signer;
  /** Has the kernel publish something. */
  nudge(): Promise<unknown>;
  /** Called with each output, the next when it has resolved. */
  take(captured: Captured): Promise<void>;
}

const broken: Captured = {
  kind: "stream",
  name: "stderr",
  text: "Deno sent an output that is broken: something that this cell showed is lost.\n",
};

/**
 * Takes the outputs of Deno's kernel from IOPub, where Deno may mix messages that it sends at once: one that cannot be read is told
 * instead, and when the connection breaks another is made. Resolves when the kernel publishes to it.
 */
export async function subscribeOutputs(
  info: ConnectionInfo,
  { signer, nudge, take }: SubscribeOutputsOptions,
): Promise<void> {
  let taken = Promise.resolve();
  function next(captured: Captured): void {
    taken = taken.then(() => take(captured));
  }

  async function listen(iopub: ZmtpConnection): Promise<void> {
    for (let frames; (frames = await iopub.receive());) {
      heard = true;
      let captured: Captured | null = broken;
      try {
        captured = capturedOf(signer.read(frames));
      } catch {
        // It is told that it is broken.
      }
      if (captured) next(captured);
    }
    let again;
    try {
      again = await connect(where);
    } catch {
      // The kernel has ended.
      return;
    }
    next(broken);
    listen(again);
  }

  const where = { type: "SUB", hostname: info.ip, port: info.iopub_port } as const;
  let heard = false;
  listen(await connect(where));
  // The kernel counts a subscriber only when it has heard from it, so that what it says about an earlier request is lost.
  while (!heard) {
    await nudge();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
