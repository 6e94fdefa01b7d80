import { Buffer } from "node:buffer";
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";

/** The header of a Jupyter message. */
export interface Header {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  date: string;
  version: string;
}

/** The four parts of a Jupyter message that are signed, as JSON: header, parent header, metadata, content. */
export type SignedParts = [Uint8Array, Uint8Array, Uint8Array, Uint8Array];

/** A Jupyter message as it came: only the header has been looked into. */
export interface Message {
  /** Frames before the delimiter: a topic, or routing ids. */
  identities: Uint8Array[];
  header: Header;
  parts: SignedParts;
  buffers: Uint8Array[];
}

/** Text of the frame that separates routing from message. */
const delimiter = Buffer.from("<IDS|MSG>");

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/** JSON as bytes. */
export function json(value: unknown): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}

/**
 * One signed part of a message, parsed.
 *
 * @throws {SyntaxError} when it is not a JSON object
 */
export function parsePart(part: Uint8Array): Record<string, unknown> {
  const value = JSON.parse(decoder.decode(part));
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new SyntaxError("Cannot read a message: a part is no JSON object");
  }
  return value;
}

/** The parsed content of a message. */
export function contentOf({ parts }: Message): Record<string, unknown> {
  return parsePart(parts[3]);
}

/** Signs and reads Jupyter messages with the key of a connection file. */
export class Signer {
  /** Names this side in the headers it writes. */
  readonly session: string = randomUUID();
  #key: string;
  #seen = new Set<string>();

  /** @param key Secret of the connection; empty for none. */
  constructor(key: string) {
    this.#key = key;
  }

  #sign(parts: readonly Uint8Array[]): string {
    if (this.#key === "") return "";
    const hmac = createHmac("sha256", this.#key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }

  /** A fresh header. */
  header(type: string): Header {
    return {
      msg_id: randomUUID(),
      msg_type: type,
      session: this.session,
      username: "kernel",
      date: new Date().toISOString(),
      version: "5.3",
    };
  }

  /** A request of this side's own, and its id. */
  request(type: string, content: Record<string, unknown>): { parts: SignedParts; id: string } {
    const header = this.header(type);
    return { parts: [json(header), json({}), json({}), json(content)], id: header.msg_id };
  }

  /** The frames of a message that is passed on as it is, with this side's signature. */
  wrap(
    parts: SignedParts,
    { identities = [], buffers = [] }: { identities?: Uint8Array[]; buffers?: Uint8Array[] } = {},
  ): Uint8Array[] {
    return [...identities, delimiter, encoder.encode(this.#sign(parts)), ...parts, ...buffers];
  }

  /**
   * Reads a message.
   *
   * @throws {SyntaxError} when it is no Jupyter message
   * @throws {RangeError} when its signature is wrong, or was used before
   */
  read(frames: readonly Uint8Array[]): Message {
    const at = frames.findIndex((frame) => delimiter.equals(frame));
    if (at < 0 || frames.length < at + 6) {
      throw new SyntaxError(`Cannot read a message of ${frames.length} frames: too few`);
    }
    const parts = frames.slice(at + 2, at + 6) as SignedParts;
    if (this.#key !== "") this.#verify(frames[at + 1], parts);
    const header = parsePart(parts[0]);
    for (const field of ["msg_id", "msg_type", "session"]) {
      if (typeof header[field] !== "string") {
        throw new SyntaxError(`Cannot read a message: its header has no text "${field}"`);
      }
    }
    return {
      identities: frames.slice(0, at),
      header: header as unknown as Header,
      parts,
      buffers: frames.slice(at + 6),
    };
  }

  #verify(found: Uint8Array, parts: SignedParts): void {
    const wanted = this.#sign(parts);
    if (found.length !== wanted.length || !timingSafeEqual(found, encoder.encode(wanted))) {
      throw new RangeError("Cannot accept a message: its signature is wrong");
    }
    if (this.#seen.has(wanted)) {
      throw new RangeError("Cannot accept a message: its signature was used before");
    }
    this.#seen.add(wanted);
    if (this.#seen.size > 65_536) {
      for (const old of this.#seen) {
        this.#seen.delete(old);
        if (this.#seen.size <= 32_768) break;
      }
    }
  }
}
