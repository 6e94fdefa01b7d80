import { randomUUID } from "node:crypto";
import type { ConnectionInfo } from "./connection_file.ts";
import { contentOf, type Message, parsePart, Signer } from "./message.ts";
import { connect, type ConnectOptions } from "./sockets.ts";
import type { ZmtpConnection } from "./zmtp_connection.ts";

/** How a cell ended. */
export interface Execution {
  status: "ok" | "error" | "aborted";
  /** Number of the cell, as shown beside it. */
  count: number | null;
  /** Name and message of the error; empty when there was none. */
  error: { ename: string; evalue: string };
}

/** What {@link KernelClient.execute} may be told. */
export interface ExecuteOptions {
  /** Called with each message on IOPub that belongs to the cell, status messages included. */
  onMessage?(type: string, content: Record<string, unknown>): void;
  /** Answers a question of the cell; without it the cell may ask none. */
  onInput?(prompt: string, options: { password: boolean }): string;
  /** @default false */
  silent?: boolean;
}

type Channel = "shell" | "control";

type Channels = Record<Channel | "stdin" | "iopub", ZmtpConnection>;

/** Speaks with a kernel as a front end does. */
export class KernelClient {
  #signer: Signer;
  #channels: Channels;
  #replies = new Map<string, (message: Message) => void>();
  #watchers = new Map<string, (type: string, content: Record<string, unknown>) => void>();
  #asked = new Map<string, ExecuteOptions["onInput"]>();
  /** Rejected when no more comes by a channel. */
  #ended = {
    shell: Promise.withResolvers<never>(),
    control: Promise.withResolvers<never>(),
    stdin: Promise.withResolvers<never>(),
    iopub: Promise.withResolvers<never>(),
  };
  /** Called with every message on IOPub, whoever it is for. */
  onPublished: (type: string, content: Record<string, unknown>, parent: string) => void = () => {};

  private constructor(signer: Signer, channels: Channels) {
    this.#signer = signer;
    this.#channels = channels;
    for (const channel of ["shell", "control"] as const) {
      this.#listen(channel, (message) => {
        const parent = String(parsePart(message.parts[1]).msg_id);
        this.#replies.get(parent)?.(message);
        this.#replies.delete(parent);
      });
    }
    this.#listen("iopub", (message) => {
      const parent = String(parsePart(message.parts[1]).msg_id);
      const content = contentOf(message);
      this.onPublished(message.header.msg_type, content, parent);
      this.#watchers.get(parent)?.(message.header.msg_type, content);
    });
    this.#listen("stdin", (message) => this.#input(message));
  }

  /** Connects to a kernel, trying for `patience` milliseconds while it starts. */
  static async connect(
    info: ConnectionInfo,
    { patience = 60_000, signal }: Pick<ConnectOptions, "patience" | "signal"> = {},
  ): Promise<KernelClient> {
    const identity = new TextEncoder().encode(randomUUID());
    const open = (type: "DEALER" | "SUB", port: number) =>
      connect({ type, hostname: info.ip, port, identity, patience, signal });
    const [iopub, shell, control, stdin] = await Promise.all([
      open("SUB", info.iopub_port),
      open("DEALER", info.shell_port),
      open("DEALER", info.control_port),
      open("DEALER", info.stdin_port),
    ]);
    return new KernelClient(new Signer(info.key), { iopub, shell, control, stdin });
  }

  async #listen(channel: keyof Channels, take: (message: Message) => void): Promise<void> {
    // Nobody may be waiting for it.
    this.#ended[channel].promise.catch(() => {});
    const connection = this.#channels[channel];
    try {
      for (let frames; (frames = await connection.receive());) take(this.#signer.read(frames));
      this.#ended[channel].reject(new Error("The kernel ended before it replied"));
    } catch (error) {
      // It is no message of our kernel.
      this.close();
      for (const { reject } of Object.values(this.#ended)) reject(error);
    }
  }

  /** Sends a message and returns the id it has. */
  send(
    channel: Channel | "stdin",
    type: string,
    { content = {}, buffers }: { content?: Record<string, unknown>; buffers?: Uint8Array[] } = {},
  ): string {
    const { parts, id } = this.#signer.request(type, content);
    this.#channels[channel].send(this.#signer.wrap(parts, { buffers }));
    return id;
  }

  /**
   * Sends a request and returns the content of the reply.
   *
   * @throws {Error} when the kernel ends before it replies, or another answers in its place
   */
  async ask(
    channel: Channel,
    type: string,
    { content }: { content?: Record<string, unknown> } = {},
  ): Promise<Record<string, unknown>> {
    return contentOf(await this.#reply(this.send(channel, type, { content }), channel));
  }

  async #reply(id: string, channel: Channel): Promise<Message> {
    const { promise, resolve } = Promise.withResolvers<Message>();
    this.#replies.set(id, resolve);
    return await Promise.race([promise, this.#ended[channel].promise]);
  }

  /**
   * Resolves when the kernel answers and publishes to this client.
   *
   * @throws {Error} when the kernel ends before that
   */
  async ready(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const tell = this.onPublished;
    this.onPublished = (...message) => {
      resolve();
      tell(...message);
    };
    // A kernel may miss a subscription until it has heard a request, so that only an answer to a later one is published.
    for (let heard = false; !heard;) {
      await this.ask("shell", "kernel_info_request");
      let timer;
      const late = new Promise<boolean>((later) => timer = setTimeout(later, 100, false));
      heard = await Promise.race([promise.then(() => true), late, this.#ended.iopub.promise]);
      clearTimeout(timer);
    }
    this.onPublished = tell;
  }

  /**
   * Runs a cell; resolves when its reply and its idle have come.
   *
   * @throws {Error} when the kernel ends before that
   */
  async execute(
    code: string,
    { onMessage, onInput, silent = false }: ExecuteOptions = {},
  ): Promise<Execution> {
    const idle = Promise.withResolvers<void>();
    const id = this.send("shell", "execute_request", {
      content: {
        code,
        silent,
        store_history: !silent,
        user_expressions: {},
        allow_stdin: onInput !== undefined,
        stop_on_error: true,
      },
    });
    this.#asked.set(id, onInput);
    this.#watchers.set(id, (type, content) => {
      onMessage?.(type, content);
      if (type === "status" && content.execution_state === "idle") idle.resolve();
    });
    try {
      const { status, execution_count, ename = "", evalue = "" } = contentOf(
        await this.#reply(id, "shell"),
      );
      await Promise.race([idle.promise, this.#ended.iopub.promise]);
      return {
        status: status as Execution["status"],
        count: typeof execution_count === "number" ? execution_count : null,
        error: { ename: String(ename), evalue: String(evalue) },
      };
    } finally {
      this.#watchers.delete(id);
      this.#asked.delete(id);
    }
  }

  #input(message: Message): void {
    const { prompt, password } = contentOf(message);
    const answer = this.#asked.get(String(parsePart(message.parts[1]).msg_id));
    if (message.header.msg_type !== "input_request" || !answer) return;
    const value = answer(String(prompt), { password: password === true });
    this.send("stdin", "input_reply", { content: { value } });
  }

  close(): void {
    for (const channel of Object.values(this.#channels)) channel.close();
  }
}
