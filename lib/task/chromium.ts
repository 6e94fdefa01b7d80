import { endProcess } from "./end_process.ts";
import { removeFolder } from "./remove_folder.ts";

/** A page of a headless Chromium. */
export interface BrowserPage {
  goto(url: string): Promise<void>;
  /** The value of a JavaScript expression in the page; promises are awaited. @throws {Error} when it throws */
  evaluate(expression: string): Promise<unknown>;
  /** Resolves when an expression is truthy. @throws {Error} when it is not within so many seconds */
  until(expression: string, seconds: number): Promise<void>;
  /** Sets what the page sees as the size of its window, in pixels. */
  resize(size: { width: number; height: number }): Promise<void>;
  /** What the window shows, as PNG. */
  screenshot(): Promise<Uint8Array>;
  close(): Promise<void>;
}

interface Reply {
  id?: number;
  result?: Record<string, unknown>;
  error?: { message: string };
}

/**
 * Starts Chromium without a window and without traffic of its own.
 *
 * @param program Its path.
 * @param options.signal Ends it when it is given.
 * @throws {Error} when it does not start
 */
export async function openBrowser(
  program: string,
  { signal }: { signal: AbortSignal },
): Promise<BrowserPage> {
  const profile = Deno.makeTempDirSync({ prefix: "kindred-chromium-" });
  let process: Deno.ChildProcess | undefined;
  async function close(): Promise<void> {
    if (process) await endProcess(process);
    await removeFolder(profile);
  }
  try {
    process = new Deno.Command(program, {
      args: [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
        "--remote-debugging-port=0",
        "--window-size=1200,900",
        `--user-data-dir=${profile}`,
        "about:blank",
      ],
      env: { TMPDIR: profile },
      signal,
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    const port = await debuggingPort(`${profile}/DevToolsActivePort`, process);
    return { ...await firstPage(port), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The page with which Chromium starts. */
async function firstPage(port: number): Promise<Omit<BrowserPage, "close">> {
  const pages = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json() as {
    type: string;
    webSocketDebuggerUrl: string;
  }[];
  const socket = new WebSocket(pages.find(({ type }) => type === "page")!.webSocketDebuggerUrl);
  const gone = Promise.withResolvers<never>();
  gone.promise.catch(() => {});
  socket.onclose = () => gone.reject(new Error("Chromium has ended"));
  await Promise.race([new Promise((resolve) => socket.onopen = resolve), gone.promise]);
  const waiting = new Map<number, (reply: Reply) => void>();
  socket.onmessage = ({ data }) => {
    const reply = JSON.parse(data) as Reply;
    if (reply.id !== undefined) waiting.get(reply.id)?.(reply);
  };
  let count = 0;
  async function send(method: string, params: object): Promise<Record<string, unknown>> {
    const id = ++count;
    const replied = new Promise<Reply>((resolve) => waiting.set(id, resolve));
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ id, method, params }));
    const reply = await Promise.race([replied, gone.promise]);
    waiting.delete(id);
    if (reply.error) throw new Error(`Chromium refused ${method}: ${reply.error.message}`);
    return reply.result ?? {};
  }
  async function evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
    }) as {
      result: { value?: unknown };
      exceptionDetails?: { text: string; exception?: { description?: string } };
    };
    if (exceptionDetails) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    return result.value;
  }
  return {
    async goto(url) {
      await send("Page.navigate", { url });
    },
    async resize({ width, height }) {
      const size = { width, height, deviceScaleFactor: 1, mobile: false };
      await send("Emulation.setDeviceMetricsOverride", size);
    },
    async screenshot() {
      const { data } = await send("Page.captureScreenshot", { format: "png" });
      return Uint8Array.fromBase64(String(data));
    },
    evaluate,
    async until(expression, seconds) {
      const end = performance.now() + 1000 * seconds;
      while (performance.now() < end) {
        // A page that is being loaded has no context to ask in.
        if (await evaluate(expression).catch(() => false)) return;
        await Promise.race([new Promise((resolve) => setTimeout(resolve, 100)), gone.promise]);
      }
      throw new Error(`Not so after ${seconds} s: ${expression}`);
    },
  };
}

/** The port on which Chromium listens, which it writes into its profile when it is ready. */
async function debuggingPort(file: string, process: Deno.ChildProcess): Promise<number> {
  let ended = false;
  process.status.then(() => ended = true);
  for (let tenths = 0; tenths < 300 && !ended; tenths++) {
    try {
      const port = Number(Deno.readTextFileSync(file).split("\n")[0]);
      if (port > 0) return port;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Cannot start Chromium: it ${ended ? "ended" : "opened no port in 30 s"}`);
}
