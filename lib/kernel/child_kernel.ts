import { randomUUID } from "node:crypto";
import { stripVTControlCharacters } from "node:util";
import { Capture, type Captured, fragment, type OnCaptured } from "./capture.ts";
import type { ChildKernelOptions, Way } from "./child_kernel_options.ts";
import { type ChildProcess, makeKernelFolder, spawnChild } from "./child_process.ts";
import { type ConnectionInfo, writeConnectionFile } from "./connection_file.ts";
import { knownVersions } from "./deno_version.ts";
import { contentOf, type Message, parsePart, type SignedParts, Signer } from "./message.ts";
import { type Seen, seenOf, sentinelCode, sideChannelCode, sideChannelShows } from "./self_test.ts";
import { Sentinels } from "./sentinels.ts";
import { connect } from "./sockets.ts";
import { subscribeOutputs } from "./subscribe_outputs.ts";
import type { ZmtpConnection } from "./zmtp_connection.ts";

/** How often a kernel is started, each time with other ports, before that has failed. */
const mostStarts = 5;

/** What a kernel says of the sentinel, where it has to use it. */
const slower =
  "a slower way to capture outputs is used, by which Deno may lose large ones (the cell then says so).";

/** For how many milliseconds a kernel may take to answer. */
const patience = 60_000;

/** Deno's own kernel, run behind the proxy. */
export class ChildKernel {
  /** Its answer to kernel_info_request. */
  info!: Record<string, unknown>;
  way: Way = "side channel";
  /** Why the side channel is not used; empty when it is. */
  warning = "";
  readonly process: ChildProcess;
  #signer: Signer;
  #captured: OnCaptured;
  #streams: Capture[];
  #shell!: ZmtpConnection;
  #control!: ZmtpConnection;
  #stdin!: ZmtpConnection;
  #replies = new Map<string, (message: Message) => void>();
  #sentinels = new Sentinels();
  #deaf = true;
  /** Resolves when the kernel has answered the last interrupt. */
  #interrupted: Promise<unknown> = Promise.resolve();
  /** What it said while it was not ready. */
  #said = "";

  private constructor(folder: string, info: ConnectionInfo, { onCaptured }: ChildKernelOptions) {
    this.#signer = new Signer(info.key);
    // What is said before the kernel is ready is about its start, not about a cell.
    this.#captured = (captured) => {
      if (!this.#deaf) return onCaptured(captured);
      if (captured.kind === "stream") this.#said += captured.text;
    };
    this.#streams = (["stdout", "stderr"] as const).map((name) =>
      new Capture(`${folder}/${name === "stdout" ? "out" : "err"}`, {
        name,
        onCaptured: (captured) => this.#take(captured),
      })
    );
    this.process = spawnChild(
      [Deno.execPath(), "jupyter", "--kernel", "--conn", `${folder}/connection.json`],
      { folder },
    );
  }

  /**
   * Starts the kernel and tests that its outputs arrive. It is given ports that are free, which another program may take before it
   * does; then it ends, and is started again with others.
   *
   * @throws {Error} when it does not start
   */
  static async start(options: ChildKernelOptions): Promise<ChildKernel> {
    const { writeConnection = writeConnectionFile } = options;
    for (let tried = 1;; tried++) {
      const folder = makeKernelFolder();
      const info = writeConnection(`${folder}/connection.json`);
      const kernel = new ChildKernel(folder, info, options);
      try {
        await kernel.#begin(info, { ...options, folder });
        return kernel;
      } catch (error) {
        await kernel.#abandon();
        const said = stripVTControlCharacters(kernel.#said).trim();
        if (tried === mostStarts) throw new Error(`${(error as Error).message}\n${said}`.trim());
      }
    }
  }

  async #begin(
    info: ConnectionInfo,
    { folder, ...options }: ChildKernelOptions & { folder: string },
  ): Promise<void> {
    const stop = new AbortController();
    const ended = this.process.status.then(({ code, signal }) => {
      throw new Error(`Cannot start Deno's kernel: it ended with ${signal ?? code}`);
    });
    const ready = this.#connect(info, { ...options, signal: stop.signal })
      .then(() => this.#chooseWay(`${folder}/out`, { ...options, info }));
    // Either may fail when the other has decided.
    ended.catch(() => {});
    ready.catch(() => {});
    try {
      await Promise.race([ready, ended]);
    } finally {
      stop.abort();
    }
    for (const name of ["out", "err", "connection.json"]) Deno.removeSync(`${folder}/${name}`);
    this.#deaf = false;
  }

  async #abandon(): Promise<void> {
    for (const connection of [this.#shell, this.#control, this.#stdin]) connection?.close();
    await this.process.end();
    await Promise.all(this.#streams.map((stream) => stream.close()));
  }

  /** Connects to all once the shell has answered with our key: from then on its ports are its own. */
  async #connect(
    info: ConnectionInfo,
    { onInput, signal }: ChildKernelOptions & { signal: AbortSignal },
  ): Promise<void> {
    const open = (port: number) =>
      connect({ type: "DEALER", hostname: info.ip, port, patience, signal });
    for (let answer: Message | null = null; answer === null;) {
      this.#shell = await open(info.shell_port);
      // Null when another program held the port for a moment.
      answer = await Promise.race([
        this.#listen(this.#shell, (message) => this.#answered(message)).then(() => null),
        this.ask("kernel_info_request", {}),
      ]);
      if (answer) this.info = contentOf(answer);
    }
    [this.#control, this.#stdin] = await Promise.all([
      open(info.control_port),
      open(info.stdin_port),
    ]);
    this.#listen(this.#control, (message) => this.#answered(message));
    this.#listen(this.#stdin, onInput);
  }

  /** Hands on what comes. @throws {RangeError} when it is signed with another key: it is another kernel. */
  async #listen(connection: ZmtpConnection, take: (message: Message) => void): Promise<void> {
    for (let frames; (frames = await connection.receive());) take(this.#signer.read(frames));
  }

  #answered(message: Message): void {
    const parent = parsePart(message.parts[1]).msg_id;
    const resolve = this.#replies.get(String(parent));
    this.#replies.delete(String(parent));
    resolve?.(message);
  }

  async #chooseWay(
    fifo: string,
    { way, version = Deno.version.deno, info }: ChildKernelOptions & { info: ConnectionInfo },
  ): Promise<void> {
    const known = knownVersions.includes(version);
    if (way === "side channel" || (way === undefined && known)) {
      if (await this.#installed(fifo)) return;
      this.warning = `The fast way to capture outputs failed its test; ${slower}\n`;
    } else if (way === undefined) {
      this.warning = `Deno ${version} is not one of those this kernel was tested with (${
        knownVersions.join(", ")
      }); ${slower}\n`;
    }
    await subscribeOutputs(info, {
      signer: this.#signer,
      nudge: () => this.ask("kernel_info_request", {}),
      take: async (captured) => {
        // It comes after what was written to the pipes before.
        if (captured.kind === "message") await this.#piped();
        await this.#take(captured);
      },
    });
    this.way = "sentinel";
    const [seen] = await this.#test(sentinelCode);
    const failure = seen?.said ?? "the test of it failed";
    if (failure) this.warning += `What subprocesses and workers print is lost: ${failure}.\n`;
  }

  /** Puts the side channel in and looks whether a stream, a display and a result come through it, in this order. */
  async #installed(fifo: string): Promise<boolean> {
    const options = { fifo, magic: Array.from(this.#streams[0].magic), fragment };
    const seen = await this.#test((mark) => sideChannelCode(mark, options));
    const works = seen.map(({ by }) => by).join() === sideChannelShows.join();
    const failure = works && seen[0].said;
    if (failure) console.error(`What subprocesses and workers print is lost: ${failure}`);
    return works;
  }

  /** Runs code that shows a mark; what was seen of it, nothing when it failed. */
  async #test(code: (mark: string) => string): Promise<Seen[]> {
    const mark = randomUUID();
    const all: Seen[] = [];
    const captured = this.#captured;
    this.#captured = (found) => {
      const seen = seenOf(found, mark);
      if (seen) all.push(seen);
    };
    const { status } = contentOf(await this.#execute(code(mark), { silent: false }));
    await this.fence();
    this.#captured = captured;
    return status === "ok" ? all : [];
  }

  #execute(code: string, { silent }: { silent: boolean }): Promise<Message> {
    return this.ask("execute_request", {
      code,
      silent,
      store_history: false,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: false,
    });
  }

  /** Hands on what was shown; the marks of sentinels are taken out. */
  async #take(captured: Captured): Promise<void> {
    if (captured.kind === "stream") {
      const text = this.#sentinels.taken(captured.text);
      if (text !== "") await this.#captured({ ...captured, text });
    } else await this.#captured(captured);
  }

  async #piped(): Promise<void> {
    await Promise.all(this.#streams.map((stream) => stream.fence()));
  }

  /** Sends a request of our own on the shell; resolves with the reply. */
  ask(type: string, content: Record<string, unknown>): Promise<Message> {
    const { parts, id } = this.#signer.request(type, content);
    return this.forward(parts, { id });
  }

  /** Passes a request on as it is; resolves with the reply. */
  forward(
    parts: SignedParts,
    { id, buffers, channel = "shell" }: {
      id: string;
      buffers?: Uint8Array[];
      channel?: "shell" | "control";
    },
  ): Promise<Message> {
    const { promise, resolve } = Promise.withResolvers<Message>();
    this.#replies.set(id, resolve);
    const connection = channel === "shell" ? this.#shell : this.#control;
    connection.send(this.#signer.wrap(parts, { buffers }));
    return promise;
  }

  /** Passes on a message to which no reply comes. */
  tell(parts: SignedParts, { buffers }: { buffers?: Uint8Array[] } = {}): void {
    this.#shell.send(this.#signer.wrap(parts, { buffers }));
  }

  /** Answers a question of the kernel. */
  answer(value: string): void {
    const { parts } = this.#signer.request("input_reply", { status: "ok", value });
    this.#stdin.send(this.#signer.wrap(parts));
  }

  /** Resolves when every output that the kernel made before its last reply has been handed on. */
  async fence(): Promise<void> {
    // One that is under way would stop what runs next.
    await this.#interrupted;
    if (this.way === "sentinel") {
      await this.#sentinels.pass((code) => this.#execute(code, { silent: true }));
    }
    await this.#piped();
  }

  /** Asks the kernel to stop what it runs. */
  interrupt(): void {
    const { parts, id } = this.#signer.request("interrupt_request", {});
    this.#interrupted = this.forward(parts, { id, channel: "control" });
  }
}
