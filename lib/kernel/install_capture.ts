/** What {@link installCapture} needs; it goes to the kernel as JSON. */
export interface InstallOptions {
  /** The FIFO to write to. */
  fifo: string;
  /** Bytes that start each fragment, as numbers. */
  magic: number[];
  /** Most bytes of a fragment with its head: what the system writes at once. */
  fragment: number;
}

/** Parts of Deno that are not public; the pinned version says for which Deno they were looked up. */
interface Internals {
  Console: new (print: (text: string, level: number) => void) => Console;
  jupyter: { broadcastResult(count: number, result: unknown): Promise<void> };
}

/** What of `Deno.jupyter` is replaced or used; the namespace exists in kernels only. */
interface DenoJupyter {
  broadcast(
    type: string,
    content: Record<string, unknown>,
    options?: { metadata?: Record<string, unknown>; buffers?: (ArrayBuffer | Uint8Array)[] },
  ): Promise<void>;
  display(
    value: unknown,
    options?: { raw?: boolean; update?: boolean; display_id?: string },
  ): Promise<void>;
  format(value: unknown): Promise<Record<string, unknown>>;
}

/**
 * Runs inside the kernel, as text, before any cell: makes all that shows something write to the FIFO at once, so that what a cell showed
 * is there before its reply. Names nothing outside itself. A message is its kind (o stdout, e stderr, j anything else) and its bytes;
 * a message of kind j is a line of JSON, then its content.
 *
 * @throws {TypeError} when Deno's insides are not as expected
 */
export function installCapture({ fifo, magic, fragment }: InstallOptions): void {
  const deno = Deno as unknown as { internal: symbol; jupyter: DenoJupyter };
  const internals = (Deno as unknown as Record<symbol, Internals>)[deno.internal];
  if (typeof internals?.jupyter?.broadcastResult !== "function" || !internals.Console) {
    throw new TypeError("Cannot capture: Deno's insides are not as expected");
  }
  const pipe = Deno.openSync(fifo, { write: true });
  const encoder = new TextEncoder();
  const head = magic.length + 3;
  const room = fragment - head;
  const bytes = new Uint8Array(fragment);
  bytes.set(magic);
  const idle = new Int32Array(new SharedArrayBuffer(4));
  const base64 = (buffer: Uint8Array) => {
    let text = "";
    for (let at = 0; at < buffer.length; at += 8192) {
      text += String.fromCharCode(...buffer.subarray(at, at + 8192));
    }
    return btoa(text);
  };

  function put(length: number): void {
    const out = bytes.subarray(0, length);
    while (true) {
      try {
        pipe.writeSync(out);
        return;
      } catch (error) {
        if (!(error instanceof Deno.errors.WouldBlock)) throw error;
        Atomics.wait(idle, 0, 0, 1);
      }
    }
  }
  function write(kind: string, body: Uint8Array): void {
    const code = kind.charCodeAt(0);
    for (let at = 0;; at += room) {
      const length = Math.min(room, body.length - at);
      const last = at + length >= body.length;
      bytes[magic.length] = code | (at === 0 ? 0 : 128);
      bytes[magic.length + 1] = (length >> 8) | (last ? 128 : 0);
      bytes[magic.length + 2] = length & 255;
      bytes.set(body.subarray(at, at + length), head);
      put(head + length);
      if (last) return;
    }
  }
  function send(
    type: string,
    content: Record<string, unknown>,
    { metadata = {}, buffers = [] }: Parameters<DenoJupyter["broadcast"]>[2] & object = {},
  ): void {
    const line = JSON.stringify({
      type,
      metadata,
      buffers: buffers.map((buffer) => base64(new Uint8Array(buffer as ArrayBuffer))),
    });
    write("j", encoder.encode(`${line}\n${JSON.stringify(content)}`));
  }
  const plain = (value: unknown) => typeof value === "object" && value !== null ? value : {};

  const own = new internals.Console((text, level) =>
    write(level > 1 ? "e" : "o", encoder.encode(text))
  );
  for (const name of Object.getOwnPropertyNames(own)) {
    const method = (own as unknown as Record<string, unknown>)[name];
    if (typeof method === "function") {
      Object.defineProperty(console, name, { value: method, writable: true, configurable: true });
    }
  }

  for (const [stream, kind] of [[Deno.stdout, "o"], [Deno.stderr, "e"]] as const) {
    stream.writeSync = (data) => {
      write(kind, data);
      return data.length;
    };
    // Async, so that a wrong argument rejects as it does in Deno.
    // deno-lint-ignore require-await
    stream.write = async (data) => stream.writeSync(data);
  }

  // deno-lint-ignore require-await
  deno.jupyter.broadcast = async (type, content, options) => {
    const shows = type === "display_data" || type === "update_display_data" ||
      type === "execute_result";
    send(
      type,
      shows
        ? {
          ...content,
          metadata: plain(content.metadata),
          transient: plain(content.transient),
        }
        : content,
      options,
    );
  };
  deno.jupyter.display = async (value, options = {}) => {
    const { raw = false, update = false, display_id } = options;
    const bundle = raw && typeof value === "object" && value !== null && !Array.isArray(value)
      ? value
      : await deno.jupyter.format(value);
    send(update ? "update_display_data" : "display_data", {
      data: bundle,
      metadata: {},
      transient: display_id ? { display_id } : {},
    });
  };
  internals.jupyter.broadcastResult = async (count, result) => {
    if (result === undefined) return;
    try {
      const data = await deno.jupyter.format(result);
      send("execute_result", { execution_count: count, data, metadata: {}, transient: {} });
    } catch (error) {
      const { name, message, stack } = error instanceof Error
        ? error
        : { name: "Error", message: String(error), stack: undefined };
      send("error", {
        ename: name,
        evalue: message,
        traceback: stack?.split("\n") ?? [],
      });
    }
  };
}
