import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";

/** Something that the kernel showed. */
export type Captured =
  | { kind: "stream"; name: "stdout" | "stderr"; text: string }
  | {
    kind: "message";
    type: string;
    metadata: Record<string, unknown>;
    /** JSON. */
    content: Uint8Array;
    buffers: Uint8Array[];
  };

/** Called with what was captured, in order; the pipe is read on when it has resolved. */
export type OnCaptured = (captured: Captured) => void | Promise<void>;

/** Writes of at most so many bytes to a pipe are never torn: 4,096 on Linux, 512 elsewhere. */
export const fragment = Deno.build.os === "linux" ? 4096 : 512;

const fenceKind = "f".charCodeAt(0);

/**
 * Reads one FIFO to which the kernel and all its subprocesses and workers write. Between fragments, which start with secret bytes, is
 * what was written by others than the kernel itself: it is taken for the stream that the FIFO stands in for.
 */
export class Capture {
  /** Starts with a byte that no text has, so that the end of a text never has to wait for what follows. */
  readonly magic: Uint8Array = Uint8Array.of(0xff, ...randomBytes(15));
  #name: "stdout" | "stderr";
  #captured: OnCaptured;
  #read: Deno.FsFile;
  #write: Deno.FsFile;
  #rest: Uint8Array = new Uint8Array(0);
  #fragments: Uint8Array[] = [];
  #texts = { raw: new TextDecoder(), stdout: new TextDecoder(), stderr: new TextDecoder() };
  #fences = new Map<number, () => void>();
  #fenced = 0;
  #closed = false;

  /** @param fifo A FIFO that exists. */
  constructor(fifo: string, { name, onCaptured }: {
    name: "stdout" | "stderr";
    onCaptured: OnCaptured;
  }) {
    this.#name = name;
    this.#captured = onCaptured;
    // Open for both, so that it opens without the other side and never ends.
    this.#read = Deno.openSync(fifo, { read: true, write: true });
    this.#write = Deno.openSync(fifo, { read: true, write: true });
    this.#loop();
  }

  /** Resolves when all that was written before has been handed on. */
  fence(): Promise<void> {
    return this.#passed(() => {});
  }

  /** Ends the reading, after what was written before. */
  close(): Promise<void> {
    return this.#passed(() => {
      this.#closed = true;
    });
  }

  #passed(act: () => void): Promise<void> {
    const id = ++this.#fenced;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#fences.set(id, () => {
      act();
      resolve();
    });
    const bytes = new Uint8Array(this.magic.length + 7);
    bytes.set(this.magic);
    bytes[this.magic.length] = fenceKind;
    bytes[this.magic.length + 1] = 128;
    bytes[this.magic.length + 2] = 4;
    new DataView(bytes.buffer).setUint32(this.magic.length + 3, id);
    this.#write.write(bytes);
    return promise;
  }

  async #loop(): Promise<void> {
    const chunk = new Uint8Array(64 * 1024);
    for (let count; !this.#closed && (count = await this.#read.read(chunk)) !== null;) {
      await this.#take(chunk.subarray(0, count));
    }
    this.#read.close();
    this.#write.close();
  }

  async #take(chunk: Uint8Array): Promise<void> {
    const bytes = this.#rest.length > 0
      ? Buffer.concat([this.#rest, chunk])
      : Buffer.from(chunk.buffer, 0, chunk.length);
    const head = this.magic.length + 3;
    let at = 0;
    while (true) {
      const found = bytes.indexOf(this.magic, at);
      if (found < 0) break;
      if (found > at) await this.#raw(bytes.subarray(at, found));
      at = found;
      if (bytes.length < found + head) break;
      const first = bytes[found + this.magic.length];
      const high = bytes[found + this.magic.length + 1];
      const length = ((high & 127) << 8) | bytes[found + this.magic.length + 2];
      if (bytes.length < found + head + length) break;
      const body = bytes.subarray(found + head, found + head + length);
      at = found + head + length;
      if (first === fenceKind) {
        const id = new DataView(body.buffer, body.byteOffset).getUint32(0);
        this.#fences.get(id)?.();
        this.#fences.delete(id);
        continue;
      }
      // A message that an interrupt cut off is dropped when the next one starts.
      if (first < 128) this.#fragments = [];
      this.#fragments.push(body);
      if (high & 128) {
        const whole = this.#fragments.length === 1 ? body : Buffer.concat(this.#fragments);
        this.#fragments = [];
        await this.#message(String.fromCharCode(first & 127), whole);
      }
    }
    const tail = bytes.subarray(at);
    const kept = tail.indexOf(this.magic) === 0 ? tail.length : this.#startOfMagic(tail);
    if (kept < tail.length) await this.#raw(tail.subarray(0, tail.length - kept));
    // Copies, since the chunk is read into again; a slice of a Buffer is none.
    this.#rest = Uint8Array.from(tail.subarray(tail.length - kept));
    this.#fragments = this.#fragments.map((part) => Uint8Array.from(part));
  }

  /** How many bytes at the end of `tail` may be the start of a fragment. */
  #startOfMagic(tail: Uint8Array): number {
    for (let length = Math.min(tail.length, this.magic.length - 1); length > 0; length--) {
      const end = tail.subarray(tail.length - length);
      if (end.every((byte, i) => byte === this.magic[i])) return length;
    }
    return 0;
  }

  async #raw(bytes: Uint8Array): Promise<void> {
    const text = this.#texts.raw.decode(bytes, { stream: true });
    if (text) await this.#captured({ kind: "stream", name: this.#name, text });
  }

  async #message(kind: string, body: Uint8Array): Promise<void> {
    if (kind !== "j") {
      const name = kind === "e" ? "stderr" : "stdout";
      const text = this.#texts[name].decode(body, { stream: true });
      if (text) await this.#captured({ kind: "stream", name, text });
      return;
    }
    const line = body.indexOf(10);
    const { type, metadata, buffers } = JSON.parse(
      new TextDecoder().decode(body.subarray(0, line)),
    ) as { type: string; metadata: Record<string, unknown>; buffers: string[] };
    await this.#captured({
      kind: "message",
      type,
      metadata,
      content: Uint8Array.from(body.subarray(line + 1)),
      buffers: buffers.map((text) => Buffer.from(text, "base64")),
    });
  }
}
