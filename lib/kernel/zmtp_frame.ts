/** One frame of ZMTP 3.0: a part of a message, or a command. */
export interface ZmtpFrame {
  body: Uint8Array;
  /** Whether another frame of the same message follows. */
  more: boolean;
  command: boolean;
}

/** Largest frame that is accepted, in bytes; a notebook output of 512 MB helps nobody. */
export const largestFrame = 512 * 1024 * 1024;

/** Largest command that is accepted, in bytes. */
const largestCommand = 64 * 1024;

/** The bytes of a frame as it goes over the wire; the body is not copied. */
export function encodeFrame({ body, more, command }: ZmtpFrame): Uint8Array[] {
  const flags = (more ? 1 : 0) | (command ? 4 : 0);
  if (body.length < 256) return [Uint8Array.of(flags, body.length), body];
  const head = new Uint8Array(9);
  head[0] = flags | 2;
  new DataView(head.buffer).setBigUint64(1, BigInt(body.length));
  return [head, body];
}

/** Where {@link FrameReader} gets its bytes: a TCP connection. */
export interface ByteSource {
  read(into: Uint8Array): Promise<number | null>;
}

/** Reads frames from a stream of bytes that is not trusted. */
export class FrameReader {
  #source: ByteSource;
  #buffer = new Uint8Array(64 * 1024);
  #start = 0;
  #end = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /**
   * Exactly `count` bytes.
   *
   * @throws {RangeError} when the stream ends before that
   */
  async bytes(count: number): Promise<Uint8Array> {
    if (count <= this.#end - this.#start) {
      this.#start += count;
      return this.#buffer.slice(this.#start - count, this.#start);
    }
    // Memory grows with what arrives, not with what the length claims.
    let bytes = new Uint8Array(Math.min(count, 1024 * 1024));
    let filled = 0;
    while (filled < count) {
      if (filled === bytes.length) {
        const grown = new Uint8Array(Math.min(count, 2 * bytes.length));
        grown.set(bytes);
        bytes = grown;
      }
      if (this.#start < this.#end) {
        const taken = Math.min(this.#end - this.#start, bytes.length - filled);
        bytes.set(this.#buffer.subarray(this.#start, this.#start + taken), filled);
        this.#start += taken;
        filled += taken;
      } else if (bytes.length - filled >= this.#buffer.length) {
        filled += await this.#read(bytes.subarray(filled));
      } else {
        this.#end = await this.#read(this.#buffer);
        this.#start = 0;
      }
    }
    return bytes;
  }

  async #read(into: Uint8Array): Promise<number> {
    const count = await this.#source.read(into);
    if (count === null) throw new RangeError("Cannot read a frame: the stream has ended");
    return count;
  }

  /**
   * The next frame.
   *
   * @throws {SyntaxError} when the flags are not those of a frame
   * @throws {RangeError} when it is larger than is accepted, or the stream ends
   */
  async frame(): Promise<ZmtpFrame> {
    const [flags] = await this.bytes(1);
    const command = (flags & 4) !== 0;
    const more = (flags & 1) !== 0;
    if (flags & ~7 || (command && more)) {
      throw new SyntaxError(`Cannot read a frame: its flags are ${flags}, expected 0 to 4 or 6`);
    }
    let length;
    if (flags & 2) {
      const wide = new DataView((await this.bytes(8)).buffer).getBigUint64(0);
      if (wide > BigInt(largestFrame)) {
        throw new RangeError(`Cannot read a frame of ${wide} bytes, at most ${largestFrame}`);
      }
      length = Number(wide);
    } else {
      [length] = await this.bytes(1);
    }
    if (command && length > largestCommand) {
      throw new RangeError(`Cannot read a command of ${length} bytes, at most ${largestCommand}`);
    }
    return { body: await this.bytes(length), more, command };
  }
}
