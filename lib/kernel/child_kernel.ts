import { randomUUID } from "node:crypto";
import { Capture, type Captured, fragment, type OnCaptured } from "./capture.ts";
import { type ChildProcess, spawnChild } from "./child_process.ts";
import { type ConnectionInfo, writeConnectionFile } from "./connection_file.ts";
import { knownVersions } from "./deno_version.ts";
import { installCapture } from "./install_capture.ts";
import { contentOf, json, type Message, parsePart, type SignedParts, Signer } from "./message.ts";
import { connect } from "./sockets.ts";
import type { ZmtpConnection } from "./zmtp_connection.ts";

/** How the outputs of a kernel are brought in: by the FIFO, or by IOPub and a sentinel. */
export type Way = "side channel" | "sentinel";

/** What {@link ChildKernel.start} needs. */
export interface ChildKernelOptions {
  /** Called with each output of the kernel. */
  onCaptured: OnCaptured;
  /** Called with each question for the person. */
  onInput(question: Message): void;
  /**
   * The way to try first; the sentinel is used where the side channel fails.
   * @default "side channel" for a known version of Deno
   */
  way?: Way;
  /**
   * The version of Deno to take this one for.
   * @default its own
   */
  version?: string;
}

const shown = new Set([
  "stream",
  "display_data",
  "update_display_data",
  "execute_result",
  "error",
  "clear_output",
  "comm_open",
  "comm_msg",
  "comm_close",
]);

/** Deno's own kernel, run behind the proxy. */
export class ChildKernel {
  /** Its answer to kernel_info_request. */
  info!: Record<string, unknown>;
  way: Way = "sentinel";
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
  #sentinels = new Map<string, () => void>();
  #shows: Promise<void> = Promise.resolve();
  #deaf = true;

  private constructor(folder: string, info: ConnectionInfo, { onCaptured }: ChildKernelOptions) {
    this.#signer = new Signer(info.key);
    // What is said before the kernel is ready is about its start, not about a cell.
    this.#captured = (captured) => this.#deaf ? undefined : onCaptured(captured);
    this.#streams = (["stdout", "stderr"] as const).map((name) =>
      new Capture(`${folder}/${name === "stdout" ? "out" : "err"}`, {
        name,
        onCaptured: (captured) => this.#captured(captured),
      })
    );
    this.process = spawnChild(
      [Deno.execPath(), "jupyter", "--kernel", "--conn", `${folder}/connection.json`],
      { folder },
    );
  }

  /**
   * Starts the kernel and tests that its outputs arrive.
   *
   * @throws {Error} when it does not start
   */
  static async start(options: ChildKernelOptions): Promise<ChildKernel> {
    const folder = Deno.makeTempDirSync({ prefix: "kindred-kernel-" });
    const made = new Deno.Command("mkfifo", {
      args: ["-m", "600", `${folder}/out`, `${folder}/err`],
    }).outputSync();
    if (!made.success) throw new Error(`Cannot make FIFOs in "${folder}"`);
    const info = writeConnectionFile(`${folder}/connection.json`);
    const kernel = new ChildKernel(folder, info, options);
    await kernel.#connect(info, options);
    await kernel.#chooseWay(`${folder}/out`, { ...options, info });
    for (const name of ["out", "err", "connection.json"]) Deno.removeSync(`${folder}/${name}`);
    kernel.#deaf = false;
    return kernel;
  }

  async #connect(info: ConnectionInfo, { onInput }: ChildKernelOptions): Promise<void> {
    const open = (port: number) =>
      connect({ type: "DEALER", hostname: info.ip, port, patience: 20_000 });
    const ended = this.process.status.then(({ code, signal }) => {
      throw new Error(`Cannot start Deno's kernel: it ended with ${signal ?? code}`);
    });
    [this.#shell, this.#control, this.#stdin] = await Promise.race([
      Promise.all([open(info.shell_port), open(info.control_port), open(info.stdin_port)]),
      ended,
    ]);
    ended.catch(() => {});
    this.#listen(this.#shell, (message) => this.#answered(message));
    this.#listen(this.#control, (message) => this.#answered(message));
    this.#listen(this.#stdin, onInput);
    this.info = contentOf(await this.ask("kernel_info_request", {}));
  }

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
      if (await this.#installed(fifo)) {
        this.way = "side channel";
        return;
      }
      this.warning = "The fast way to capture outputs failed its test; a slower one is used.\n";
    } else if (way === undefined) {
      this.warning = `Deno ${version} is not one of those this kernel was tested with (${
        knownVersions.join(", ")
      }); a slower way to capture outputs is used.\n`;
    }
    const iopub = await connect({ type: "SUB", hostname: info.ip, port: info.iopub_port });
    this.#listen(iopub, (message) => {
      this.#shows = this.#shows.then(() => this.#published(message));
    });
    // The kernel counts a subscriber only after it has heard from it.
    await this.ask("kernel_info_request", {});
  }

  /** Puts the side channel in and looks whether a stream, a display and a result come through it, in this order. */
  async #installed(fifo: string): Promise<boolean> {
    const test = randomUUID();
    const seen: string[] = [];
    const captured = this.#captured;
    this.#captured = (found: Captured) => {
      const text = found.kind === "stream" ? found.text : new TextDecoder().decode(found.content);
      if (text.includes(test)) seen.push(found.kind === "stream" ? found.name : found.type);
    };
    const options = { fifo, magic: Array.from(this.#streams[0].magic), fragment };
    const code = `(${installCapture.toString()})(${JSON.stringify(options)});
console.log("${test}");
console.error("${test}");
await Deno.jupyter.display({ "text/plain": "${test}" }, { raw: true });
"${test}"`;
    const reply = contentOf(await this.#execute(code, { silent: false }));
    await Promise.all(this.#streams.map((stream) => stream.fence()));
    this.#captured = captured;
    return reply.status === "ok" &&
      seen.join() === "stdout,stderr,display_data,execute_result";
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

  async #published({ header, parts, buffers }: Message): Promise<void> {
    if (!shown.has(header.msg_type)) return;
    const content = parsePart(parts[3]);
    if (header.msg_type === "stream") {
      const resolve = this.#sentinels.get(String(content.text).trim());
      if (resolve) return resolve();
      const name = content.name === "stderr" ? "stderr" : "stdout";
      return await this.#captured({ kind: "stream", name, text: String(content.text) });
    }
    if ("transient" in content) content.transient ??= {};
    await this.#captured({
      kind: "message",
      type: header.msg_type,
      metadata: parsePart(parts[2]),
      content: json(content),
      buffers,
    });
  }

  /** Sends a request of our own on the shell; resolves with the reply. */
  ask(type: string, content: Record<string, unknown>): Promise<Message> {
    const header = this.#signer.header(type);
    return this.forward([json(header), json({}), json({}), json(content)], { id: header.msg_id });
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
    const parts: SignedParts = [
      json(this.#signer.header("input_reply")),
      json({}),
      json({}),
      json({ status: "ok", value }),
    ];
    this.#stdin.send(this.#signer.wrap(parts));
  }

  /** Resolves when every output that the kernel made before its last reply has been handed on. */
  async fence(): Promise<void> {
    if (this.way === "sentinel") {
      const mark = randomUUID();
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#sentinels.set(mark, resolve);
      this.#execute(`console.log("${mark}")`, { silent: true });
      await promise;
      this.#sentinels.delete(mark);
    }
    await Promise.all(this.#streams.map((stream) => stream.fence()));
  }

  interrupt(): void {
    const header = this.#signer.header("interrupt_request");
    const parts: SignedParts = [json(header), json({}), json({}), json({})];
    this.forward(parts, { id: header.msg_id, channel: "control" });
  }
}
