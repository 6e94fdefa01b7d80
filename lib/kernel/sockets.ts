import { type SocketType, ZmtpConnection } from "./zmtp_connection.ts";

/** A message of a peer of a {@link Router}. */
export interface Arrival {
  /** The peer: hand it to {@link Router.send} to answer. */
  from: string;
  frames: Uint8Array[];
}

/** Bytes as text, one character each, so that they can be a key. */
function byteKey(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

/** Accepts ZMTP connections on a listener until it is closed; peers that fail the handshake are dropped. */
async function acceptAll(
  listener: Deno.TcpListener,
  type: SocketType,
  serve: (connection: ZmtpConnection) => Promise<void>,
): Promise<void> {
  for await (const conn of listener) {
    ZmtpConnection.open(conn, { type }).then(serve).catch(() => {});
  }
}

/** A ROUTER socket: knows its peers by identity. */
export class Router {
  #peers = new Map<string, ZmtpConnection>();
  #unnamed = 0;
  #listener: Deno.TcpListener;

  /** @param receive Called with each message, in order of arrival. */
  constructor(listener: Deno.TcpListener, receive: (arrival: Arrival) => void) {
    this.#listener = listener;
    acceptAll(listener, "ROUTER", async (connection) => {
      // Names that the peers did not give start with a zero byte, as the standard has it.
      const from = connection.identity.length > 0
        ? byteKey(connection.identity)
        : `\0${this.#unnamed++}`;
      this.#peers.get(from)?.close();
      this.#peers.set(from, connection);
      for (let frames; (frames = await connection.receive());) receive({ from, frames });
      if (this.#peers.get(from) === connection) this.#peers.delete(from);
    });
  }

  /** Sends to one peer; a message to a peer that has gone is dropped, as ZeroMQ does. */
  async send(to: string, frames: readonly Uint8Array[]): Promise<void> {
    await this.#peers.get(to)?.send(frames);
  }

  has(peer: string): boolean {
    return this.#peers.has(peer);
  }

  close(): void {
    this.#listener.close();
    for (const peer of this.#peers.values()) peer.close();
  }
}

/** A PUB socket: sends each message to every subscriber whose topics fit its first frame. */
export class Publisher {
  #subscribers = new Map<ZmtpConnection, string[]>();
  #listener: Deno.TcpListener;
  #waiting: (() => void)[] = [];

  constructor(listener: Deno.TcpListener) {
    this.#listener = listener;
    acceptAll(listener, "PUB", async (connection) => {
      const topics: string[] = [];
      this.#subscribers.set(connection, topics);
      for (let frames; (frames = await connection.receive());) {
        const topic = byteKey(frames[0].subarray(1));
        if (frames[0][0] === 1) topics.push(topic);
        else if (frames[0][0] === 0 && topics.includes(topic)) {
          topics.splice(topics.indexOf(topic), 1);
        }
        for (const resolve of this.#waiting.splice(0)) resolve();
      }
      this.#subscribers.delete(connection);
    });
  }

  /** Whether anyone has subscribed. */
  get heard(): boolean {
    return this.#subscribers.values().some((topics) => topics.length > 0);
  }

  /** Resolves when there is a subscriber, or after some milliseconds. */
  async untilHeard(milliseconds: number): Promise<void> {
    if (this.heard) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    const timer = setTimeout(resolve, milliseconds);
    await promise;
    clearTimeout(timer);
  }

  /** Sends without waiting; see {@link drain}. */
  send(frames: readonly Uint8Array[]): void {
    const topic = byteKey(frames[0].subarray(0, 256));
    for (const [connection, topics] of this.#subscribers) {
      if (topics.some((start) => topic.startsWith(start))) connection.send(frames);
    }
  }

  /** Resolves when no subscriber has more than `most` bytes before it; one that takes nothing for 20 s is cut off. */
  async drain(most: number): Promise<void> {
    for (const connection of this.#subscribers.keys()) {
      let left = connection.queued;
      for (let idle = 0; connection.queued > most;) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        idle = connection.queued < left ? 0 : idle + 1;
        left = connection.queued;
        if (idle > 4000) connection.close();
      }
    }
  }

  close(): void {
    this.#listener.close();
    for (const connection of this.#subscribers.keys()) connection.close();
  }
}

/** Answers each message with itself, as a heartbeat does. */
export function echo(listener: Deno.TcpListener): void {
  acceptAll(listener, "REP", async (connection) => {
    for (let frames; (frames = await connection.receive());) connection.send(frames);
  });
}

/** What {@link connect} needs to know. */
export interface ConnectOptions {
  type: "DEALER" | "SUB" | "REQ";
  hostname: string;
  port: number;
  identity?: Uint8Array;
  /**
   * For how long to try again while nobody listens, or what listens is something else, in milliseconds.
   * @default 0
   */
  patience?: number;
  /** Ends the trying. */
  signal?: AbortSignal;
}

/**
 * Connects to a listening socket; a SUB subscribes to everything.
 *
 * @throws {Deno.errors.ConnectionRefused} when nobody listens there
 * @throws {SyntaxError} when what listens there does not speak as a partner of this type does
 */
export async function connect(
  { type, hostname, port, identity, patience = 0, signal }: ConnectOptions,
): Promise<ZmtpConnection> {
  const start = performance.now();
  while (true) {
    try {
      const conn = await Deno.connect({ hostname, port });
      const own = conn.localAddr as Deno.NetAddr;
      if (own.port === port && own.hostname === (conn.remoteAddr as Deno.NetAddr).hostname) {
        conn.close();
        // The system lets a socket connect to itself, and then the port is taken for whom it is meant.
        throw new Deno.errors.ConnectionRefused(`Nobody listens on port ${port} of ${hostname}`);
      }
      const connection = await ZmtpConnection.open(conn, { type, identity });
      if (type === "SUB") await connection.send([Uint8Array.of(1)]);
      return connection;
    } catch (error) {
      if (signal?.aborted || performance.now() - start >= patience) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
