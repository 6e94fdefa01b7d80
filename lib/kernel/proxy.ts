import type { BoundPorts } from "./bind_ports.ts";
import type { Captured } from "./capture.ts";
import { ChildKernel } from "./child_kernel.ts";
import type { ChildKernelOptions } from "./child_kernel_options.ts";
import { contentOf, json, type Message, parsePart, type SignedParts, Signer } from "./message.ts";
import { keepInterrupting } from "./keep_interrupting.ts";
import { Outputs } from "./outputs.ts";
import { type Request, RunningCell } from "./running_cell.ts";
import { type Arrival, echo, Publisher, Router } from "./sockets.ts";

/** Requests to which Deno's kernel gives no reply on the shell. */
const unanswered = new Set(["comm_msg", "comm_close"]);

/** Requests to which it gives one. */
const answered = new Set([
  "kernel_info_request",
  "complete_request",
  "inspect_request",
  "is_complete_request",
  "history_request",
  "comm_info_request",
  "comm_open",
]);

/** Stands between front ends and Deno's kernel: publishes outputs before idle, in their own cell, in order. */
export class Proxy {
  #signer: Signer;
  #publisher: Publisher;
  #shell: Router;
  #control: Router;
  #stdin: Router;
  #outputs: Outputs;
  #kernel!: ChildKernel;
  #queue: Request[] = [];
  #serving = false;
  #started = Promise.withResolvers<void>();
  #current: RunningCell | null = null;
  #count = 0;
  /** What the next cell says first. */
  #warning = "";
  #interrupts = 0;
  #end: (code: number) => void;
  #ending = false;

  /** @param options.onEnd Called when the proxy should exit, with the exit code. */
  constructor({ info, listeners }: BoundPorts, { onEnd }: { onEnd: (code: number) => void }) {
    this.#end = onEnd;
    this.#signer = new Signer(info.key);
    this.#publisher = new Publisher(listeners.iopub_port);
    this.#outputs = new Outputs(this.#publisher, this.#signer);
    echo(listeners.hb_port);
    this.#shell = new Router(listeners.shell_port, (arrival) => {
      this.#taken(arrival, (request) => {
        this.#queue.push(request);
        this.#serve();
      });
    });
    this.#control = new Router(listeners.control_port, (arrival) => {
      this.#taken(arrival, (request) => this.#controlled(request));
    });
    this.#stdin = new Router(listeners.stdin_port, (arrival) => {
      this.#taken(arrival, (request) => this.#told(request));
    });
    this.#outputs.status("starting");
  }

  /** Starts the kernel; requests that have come are served from then on. */
  async start({ way, version }: Pick<ChildKernelOptions, "way" | "version"> = {}): Promise<void> {
    this.#kernel = await ChildKernel.start({
      way,
      version,
      onCaptured: (captured) => this.#captured(captured),
      onInput: (question) => this.#ask(question),
    });
    this.#warning = this.#kernel.warning;
    this.#kernel.process.status.then((status) => this.#died(status));
    this.#started.resolve();
  }

  /** Reads an arrival; one that is forged or broken is dropped without an answer. */
  #taken({ from, frames }: Arrival, take: (request: Request) => void): void {
    let message;
    try {
      message = this.#signer.read(frames);
    } catch (error) {
      console.error(`dropped: ${(error as Error).message}`);
      return;
    }
    take({ from, message });
  }

  async #serve(): Promise<void> {
    if (this.#serving) return;
    this.#serving = true;
    await this.#started.promise;
    await this.#publisher.untilHeard(1000);
    for (let request; (request = this.#queue.shift());) {
      const { header, parts } = request.message;
      this.#outputs.status("busy", parts[0]);
      try {
        if (header.msg_type === "execute_request") await this.#execute(request);
        else await this.#pass(request);
      } catch (error) {
        console.error(`${header.msg_type}: ${(error as Error).message}`);
      }
      this.#outputs.flush();
      this.#outputs.status("idle", parts[0]);
    }
    this.#serving = false;
  }

  /** Passes on a request that shows nothing, and its reply. */
  async #pass({ from, message }: Request): Promise<void> {
    const { header, parts, buffers } = message;
    if (unanswered.has(header.msg_type)) this.#kernel.tell(parts, { buffers });
    if (!answered.has(header.msg_type)) return;
    const reply = await this.#kernel.forward(parts, { id: header.msg_id, buffers });
    if (reply.header.msg_type === "comm_close") {
      this.#outputs.publish("comm_close", reply.parts[3], { parent: parts[0] });
    } else this.#reply(this.#shell, from, reply.parts);
  }

  #reply(router: Router, to: string, parts: SignedParts): Promise<void> {
    return router.send(to, this.#signer.wrap(parts));
  }

  /** Sends a reply of our own. */
  #respond(router: Router, { from, message }: Request, content: unknown): Promise<void> {
    const header = this.#signer.header(message.header.msg_type.replace("request", "reply"));
    return this.#reply(router, from, [
      json(header),
      message.parts[0],
      json({}),
      json(content),
    ]);
  }

  async #execute(request: Request): Promise<void> {
    const { header, parts, buffers } = request.message;
    const { code = "", silent = false, store_history = true, stop_on_error = true } = parsePart(
      parts[3],
    );
    if (!silent && store_history) this.#count++;
    const current = this.#current = new RunningCell(request);
    this.#outputs.belongTo(parts[0]);
    if (!silent) {
      this.#outputs.publish("execute_input", json({ code, execution_count: this.#count }));
      const text = this.#warning;
      this.#warning = "";
      if (text) await this.#outputs.show({ kind: "stream", name: "stderr", text });
    }
    const reply = await this.#kernel.forward(parts, { id: header.msg_id, buffers });
    current.replied = true;
    await this.#kernel.fence();
    if (current.kept) {
      await this.#outputs.show({ kind: "stream", name: "stderr", text: current.kept });
    }
    this.#outputs.flush();
    this.#current = null;
    const content = await current.corrected(contentOf(reply));
    const failed = content.status === "error";
    const { ename, evalue, traceback } = content;
    if (failed && !silent) this.#outputs.publish("error", json({ ename, evalue, traceback }));
    const [head, parent, metadata] = reply.parts;
    this.#reply(this.#shell, request.from, [head, parent, metadata, json(content)]);
    if (failed && stop_on_error && !silent) this.#abort(header.session);
  }

  /** Answers the execute requests of one client that wait, as nothing should run after an error. */
  #abort(session: string): void {
    const waiting = this.#queue;
    this.#queue = [];
    for (const request of waiting) {
      const { header, parts } = request.message;
      if (header.msg_type !== "execute_request" || header.session !== session) {
        this.#queue.push(request);
        continue;
      }
      this.#outputs.status("busy", parts[0]);
      this.#respond(this.#shell, request, { status: "aborted", execution_count: this.#count });
      this.#outputs.status("idle", parts[0]);
    }
  }

  async #captured(captured: Captured): Promise<void> {
    const current = this.#current;
    if (current && captured.kind === "message" && captured.type === "error") {
      current.failure = captured.content;
    } else if (current?.keeps(captured)) {
      current.keep(captured.text);
    } else await this.#outputs.show(captured);
  }

  /** Passes a question of the kernel to the client whose cell asks. */
  #ask(question: Message): void {
    const current = this.#current;
    if (!current || !this.#stdin.has(current.request.from)) {
      this.#kernel.answer("");
      return;
    }
    current.asked = true;
    this.#outputs.flush();
    const [header, , metadata, content] = question.parts;
    this.#reply(this.#stdin, current.request.from, [
      header,
      current.request.message.parts[0],
      metadata,
      content,
    ]);
  }

  #told({ from, message }: Request): void {
    const current = this.#current;
    if (message.header.msg_type !== "input_reply" || !current?.asked) return;
    if (current.request.from !== from) return;
    current.asked = false;
    this.#kernel.answer(String(contentOf(message).value ?? ""));
  }

  async #controlled(request: Request): Promise<void> {
    const type = request.message.header.msg_type;
    const parent = request.message.parts[0];
    if (type === "kernel_info_request") {
      await this.#started.promise;
      this.#outputs.status("busy", parent);
      this.#respond(this.#control, request, this.#kernel.info);
      this.#outputs.status(this.#current ? "busy" : "idle", parent);
    } else if (type === "interrupt_request") {
      this.interrupt();
      this.#respond(this.#control, request, { status: "ok" });
    } else if (type === "shutdown_request") {
      const { restart = false } = contentOf(request.message);
      this.#ending = true;
      await this.#started.promise;
      await this.#kernel.process.end();
      await this.#respond(this.#control, request, { status: "ok", restart });
      this.#end(0);
    }
  }

  /** Stops the running cell if it can be stopped, else says in the cell that it cannot. */
  interrupt(): void {
    const current = this.#current;
    if (!current || current.replied) return;
    const turn = ++this.#interrupts;
    current.interrupted = true;
    this.#kernel.interrupt();
    if (current.asked) {
      current.asked = false;
      this.#kernel.answer("");
    }
    keepInterrupting({
      runs: () => this.#current === current && !current.replied && turn === this.#interrupts,
      interrupt: () => this.#kernel.interrupt(),
      tell: (text) => {
        this.#outputs.show({ kind: "stream", name: "stderr", text });
        this.#outputs.flush();
      },
    });
  }

  /** Ends the kernel and what it started. */
  async close(): Promise<void> {
    this.#ending = true;
    if (this.#kernel) await this.#kernel.process.end();
  }

  /** Tells the running cell that the kernel has died, then ends: the front end starts another or says so. */
  async #died({ code, signal }: Deno.CommandStatus): Promise<void> {
    if (this.#ending) return;
    this.#ending = true;
    const current = this.#current;
    const text = `The kernel has ended unexpectedly (${
      signal ?? `exit code ${code}`
    }); when memory ran out, give it more: deno task kernel --heap MB\n`;
    await this.#outputs.show({ kind: "stream", name: "stderr", text });
    this.#outputs.flush();
    if (current) {
      const error = { ename: "KernelDied", evalue: text.trim(), traceback: [text.trim()] };
      this.#outputs.publish("error", json(error));
      this.#respond(this.#shell, current.request, {
        status: "error",
        execution_count: this.#count,
        ...error,
      });
      this.#outputs.status("idle", current.request.message.parts[0]);
    }
    await this.#kernel.process.end();
    await this.#publisher.drain(0);
    this.#end(1);
  }
}
