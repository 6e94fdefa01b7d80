import { encodeFrame, FrameReader } from "./zmtp_frame.ts";

/** Types of ZeroMQ sockets that Jupyter needs. */
export type SocketType = "ROUTER" | "DEALER" | "PUB" | "SUB" | "REP" | "REQ";

/** Which types may speak with which, as ZMTP 3.0 has it. */
const partners: Record<SocketType, readonly string[]> = {
  ROUTER: ["REQ", "DEALER", "ROUTER"],
  DEALER: ["REP", "DEALER", "ROUTER"],
  PUB: ["SUB", "XSUB"],
  SUB: ["PUB", "XPUB"],
  REP: ["REQ", "DEALER"],
  REQ: ["REP", "ROUTER"],
};

/** Most frames of one message that are accepted. */
const mostFrames = 4096;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function greeting(): Uint8Array {
  const bytes = new Uint8Array(64);
  bytes[0] = 0xff;
  bytes[9] = 0x7f;
  bytes[10] = 3;
  bytes.set(encoder.encode("NULL"), 12);
  return bytes;
}

function ready(metadata: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const parts: number[] = [5, ...encoder.encode("READY")];
  for (const [name, value] of metadata) {
    parts.push(name.length, ...encoder.encode(name), 0, 0, value.length >> 8, value.length & 255);
    parts.push(...value);
  }
  return Uint8Array.from(parts);
}

/** The metadata of a READY command, names in lower case. */
function readReady(body: Uint8Array): Map<string, Uint8Array> {
  if (body[0] !== 5 || decoder.decode(body.subarray(1, 6)) !== "READY") {
    throw new SyntaxError("Cannot shake hands: the first command is not READY");
  }
  const metadata = new Map<string, Uint8Array>();
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  for (let at = 6; at < body.length;) {
    const name = decoder.decode(body.subarray(at + 1, at + 1 + body[at]));
    at += 1 + body[at];
    if (at + 4 > body.length) throw new SyntaxError("Cannot shake hands: READY is cut off");
    const length = view.getUint32(at);
    at += 4;
    if (at + length > body.length) throw new SyntaxError("Cannot shake hands: READY is cut off");
    metadata.set(name.toLowerCase(), body.subarray(at, at + length));
    at += length;
  }
  return metadata;
}

/** A ZMTP 3.0 connection with the NULL mechanism, after its handshake. */
export class ZmtpConnection {
  /** What the peer calls itself; empty when it gave no name. */
  readonly identity: Uint8Array;
  #conn: Deno.TcpConn;
  #reader: FrameReader;
  #outgoing: Uint8Array[] = [];
  #queued = 0;
  #written: Promise<void> = Promise.resolve();
  #pumping = false;
  #closed = false;

  private constructor(conn: Deno.TcpConn, reader: FrameReader, identity: Uint8Array) {
    this.#conn = conn;
    this.#reader = reader;
    this.identity = identity;
  }

  /**
   * Shakes hands over a fresh TCP connection, which is closed when that fails or takes longer than ten seconds.
   *
   * @param options.identity What to call this side.
   * @throws {SyntaxError} when the peer speaks something else, or is a socket of a type that does not fit
   */
  static async open(
    conn: Deno.TcpConn,
    { type, identity }: { type: SocketType; identity?: Uint8Array },
  ): Promise<ZmtpConnection> {
    const timer = setTimeout(() => close(conn), 10_000);
    try {
      conn.setNoDelay(true);
      const reader = new FrameReader(conn);
      const metadata: [string, Uint8Array][] = [["Socket-Type", encoder.encode(type)]];
      if (identity) metadata.push(["Identity", identity]);
      const command = encodeFrame({ body: ready(metadata), more: false, command: true });
      await writeAll(conn, join([greeting(), ...command]));
      const theirs = await reader.bytes(64);
      const mechanism = decoder.decode(theirs.subarray(12, 32)).replace(/\0+$/, "");
      if (theirs[0] !== 0xff || (theirs[9] & 1) !== 1 || theirs[10] < 3 || mechanism !== "NULL") {
        throw new SyntaxError("Cannot shake hands: the peer does not speak ZMTP 3 with NULL");
      }
      const first = await reader.frame();
      if (!first.command) throw new SyntaxError("Cannot shake hands: found no READY command");
      const peer = readReady(first.body);
      const peerType = decoder.decode(peer.get("socket-type"));
      if (!partners[type].includes(peerType)) {
        throw new SyntaxError(`Cannot shake hands: the peer is "${peerType}", this is ${type}`);
      }
      const name = peer.get("identity") ?? new Uint8Array(0);
      if (name.length > 255) throw new SyntaxError("Cannot shake hands: the identity is too long");
      return new ZmtpConnection(conn, reader, name);
    } catch (error) {
      close(conn);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Bytes that were sent and are not yet handed to the system. */
  get queued(): number {
    return this.#queued;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The next message, or null when the peer has gone or broke the protocol; then the connection is closed. */
  async receive(): Promise<Uint8Array[] | null> {
    const frames: Uint8Array[] = [];
    try {
      while (true) {
        const { body, more, command } = await this.#reader.frame();
        if (command) {
          this.#command(body);
          continue;
        }
        frames.push(body);
        if (!more) return frames;
        if (frames.length >= mostFrames) throw new RangeError("Cannot read so many frames");
      }
    } catch {
      this.close();
      return null;
    }
  }

  /** Answers PING; a peer of ZMTP 3.1 subscribes by a command, which is not for us, as we say we are 3.0. */
  #command(body: Uint8Array): void {
    if (decoder.decode(body.subarray(1, 1 + body[0])) !== "PING") return;
    const pong = Uint8Array.from([4, ...encoder.encode("PONG"), ...body.subarray(7)]);
    this.#push(encodeFrame({ body: pong, more: false, command: true }));
  }

  /** Sends a message; resolves when it is with the system, or the connection is closed. Messages keep their order. */
  send(frames: readonly Uint8Array[]): Promise<void> {
    return this.#push(
      frames.flatMap((body, i) =>
        encodeFrame({ body, more: i < frames.length - 1, command: false })
      ),
    );
  }

  #push(chunks: readonly Uint8Array[]): Promise<void> {
    if (this.#closed) return Promise.resolve();
    for (const chunk of chunks) {
      this.#outgoing.push(chunk);
      this.#queued += chunk.length;
    }
    if (!this.#pumping) this.#written = this.#pump();
    return this.#written;
  }

  async #pump(): Promise<void> {
    this.#pumping = true;
    try {
      while (this.#outgoing.length > 0) {
        const bytes = join(this.#outgoing);
        this.#outgoing = [];
        await writeAll(this.#conn, bytes);
        this.#queued -= bytes.length;
      }
    } catch {
      this.close();
    }
    this.#pumping = false;
  }

  close(): void {
    this.#closed = true;
    this.#outgoing = [];
    this.#queued = 0;
    close(this.#conn);
  }
}

function close(conn: Deno.TcpConn): void {
  try {
    conn.close();
  } catch {
    // It was closed by the other side, or by the timer.
  }
}

function join(chunks: readonly Uint8Array[]): Uint8Array {
  if (chunks.length === 1) return chunks[0];
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

async function writeAll(conn: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await conn.write(bytes.subarray(at));
}
