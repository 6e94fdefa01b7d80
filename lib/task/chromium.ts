/** A page of a headless Chromium. */
export interface BrowserPage {
  goto(url: string): Promise<void>;
  /** The value of a JavaScript expression in the page; promises are awaited. @throws {Error} when it throws */
  evaluate(expression: string): Promise<unknown>;
  /** Resolves when an expression is truthy. @throws {Error} when it is not within so many seconds */
  until(expression: string, seconds: number): Promise<void>;
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
 * @throws {Error} when it does not start
 */
export async function openBrowser(program: string): Promise<BrowserPage> {
  const profile = Deno.makeTempDirSync({ prefix: "kindred-chromium-" });
  const browser = new Deno.Command(program, {
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
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const port = await debuggingPort(`${profile}/DevToolsActivePort`);
  const pages = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json() as {
    type: string;
    webSocketDebuggerUrl: string;
  }[];
  const socket = new WebSocket(pages.find(({ type }) => type === "page")!.webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  const waiting = new Map<number, (reply: Reply) => void>();
  socket.onmessage = ({ data }) => {
    const reply = JSON.parse(data) as Reply;
    if (reply.id !== undefined) waiting.get(reply.id)?.(reply);
  };
  let count = 0;
  async function send(method: string, params: object): Promise<Record<string, unknown>> {
    const id = ++count;
    const reply = await new Promise<Reply>((resolve) => {
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ id, method, params }));
    });
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
    evaluate,
    async until(expression, seconds) {
      for (let tenths = 0; tenths < 10 * seconds; tenths++) {
        // A page that is being loaded has no context to ask in.
        if (await evaluate(expression).catch(() => false)) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(`Not so after ${seconds} s: ${expression}`);
    },
    async close() {
      await send("Browser.close", {}).catch(() => {});
      await browser.status;
      socket.close();
      Deno.removeSync(profile, { recursive: true });
    },
  };
}

/** The port on which Chromium listens, which it writes into its profile when it is ready. */
async function debuggingPort(file: string): Promise<number> {
  for (let tenths = 0; tenths < 300; tenths++) {
    try {
      const port = Number(Deno.readTextFileSync(file).split("\n")[0]);
      if (port > 0) return port;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("Cannot start Chromium: it opened no port in 30 s");
}
