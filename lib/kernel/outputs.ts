import type { Captured } from "./capture.ts";
import { type Header, json, type Signer } from "./message.ts";
import type { Publisher } from "./sockets.ts";

/** Streams are held back for so many milliseconds, or bytes, so that many short lines become one message. */
const hold = { milliseconds: 15, characters: 256 * 1024 };

const empty = json({});

/** Publishes what a kernel shows, each under the request that it belongs to. */
export class Outputs {
  #publisher: Publisher;
  #signer: Signer;
  #parent: Uint8Array = empty;
  #held: { name: string; texts: string[]; size: number } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(publisher: Publisher, signer: Signer) {
    this.#publisher = publisher;
    this.#signer = signer;
  }

  /** From here on outputs belong to the request with this header, as JSON. */
  belongTo(parent: Uint8Array): void {
    this.flush();
    this.#parent = parent;
  }

  /** Publishes something that was captured. */
  async show(captured: Captured): Promise<void> {
    if (captured.kind === "stream") {
      if (this.#held && this.#held.name !== captured.name) this.flush();
      this.#held ??= { name: captured.name, texts: [], size: 0 };
      this.#held.texts.push(captured.text);
      this.#held.size += captured.text.length;
      if (this.#held.size >= hold.characters) this.flush();
      else this.#timer ??= setTimeout(() => this.flush(), hold.milliseconds);
    } else {
      this.flush();
      const { type, metadata, content, buffers } = captured;
      this.publish(type, content, { metadata: json(metadata), buffers });
    }
    await this.#publisher.drain(64 * 1024 * 1024);
  }

  /** Publishes what is held back. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const held = this.#held;
    if (!held) return;
    this.#held = null;
    this.publish("stream", json({ name: held.name, text: held.texts.join("") }));
  }

  /** Publishes a message at once. */
  publish(
    type: Header["msg_type"],
    content: Uint8Array,
    { parent = this.#parent, metadata = empty, buffers = [] }: {
      parent?: Uint8Array;
      metadata?: Uint8Array;
      buffers?: Uint8Array[];
    } = {},
  ): void {
    const topic = new TextEncoder().encode(`kernel.${this.#signer.session}.${type}`);
    this.#publisher.send(
      this.#signer.wrap([json(this.#signer.header(type)), parent, metadata, content], {
        identities: [topic],
        buffers,
      }),
    );
  }

  /** Says whether the kernel works on the request with this header. */
  status(state: "starting" | "busy" | "idle", parent: Uint8Array = empty): void {
    this.publish("status", json({ execution_state: state }), { parent });
  }
}
