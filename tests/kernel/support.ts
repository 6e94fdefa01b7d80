import {
  runKernel,
  type RunKernelOptions,
  type RunningKernel,
} from "../../lib/kernel/run_kernel.ts";

/** What a cell showed: one text a message. */
export interface Shown {
  status: string;
  error: string;
  /** `stdout: text`, `stderr: text`, `display_data: text`, `execute_result: text`, `error: name: message`. */
  outputs: string[];
  /** Types and states of all messages, in their order. */
  order: string[];
  milliseconds: number;
}

/** Colours of the terminal. */
// deno-lint-ignore no-control-regex
const colours = /\x1b\[[0-9;]*m/g;

/** Runs a cell and collects what it showed; streams of one name that follow each other are joined. */
export async function cell(
  { client }: Pick<RunningKernel, "client">,
  code: string,
  { onInput }: { onInput?: (prompt: string) => string } = {},
): Promise<Shown> {
  const outputs: string[] = [];
  const order: string[] = [];
  let stream = "";
  const start = performance.now();
  const { status, error } = await client.execute(code, {
    onInput,
    onMessage(type, content) {
      order.push(type === "status" ? String(content.execution_state) : type);
      if (type === "stream") {
        if (stream === content.name) outputs[outputs.length - 1] += content.text;
        else outputs.push(`${content.name}: ${content.text}`);
        stream = String(content.name);
        return;
      }
      if (type !== "status" && type !== "execute_input") stream = "";
      if (type === "error") outputs.push(`error: ${content.ename}: ${content.evalue}`);
      else if ("data" in content) {
        const text = String((content.data as Record<string, unknown>)["text/plain"]);
        outputs.push(`${type}: ${text.replace(colours, "")}`);
      }
    },
  });
  const milliseconds = performance.now() - start;
  return { status, error: error.evalue, outputs, order, milliseconds };
}

/** Runs a test with a kernel that ends with it. */
export async function withKernel(
  options: RunKernelOptions,
  test: (kernel: RunningKernel) => Promise<void>,
): Promise<void> {
  const kernel = await runKernel(options);
  try {
    await test(kernel);
  } finally {
    await kernel.end();
  }
}

/** Sends an interrupt after some milliseconds, as the stop button does. */
export function interruptAfter({ client }: RunningKernel, milliseconds: number): void {
  setTimeout(() => client.send("control", "interrupt_request"), milliseconds);
}

/** Resolves when `condition` holds. @throws {Error} when it does not within `milliseconds` */
export async function until(
  condition: () => boolean,
  { what, milliseconds = 5000 }: { what: string; milliseconds?: number },
): Promise<void> {
  for (const start = performance.now(); !condition();) {
    if (performance.now() - start > milliseconds) throw new Error(`Not so in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
