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
  /** Of an error. */
  traceback: string[];
}

/** Colours of the terminal. */
// deno-lint-ignore no-control-regex
const colours = /\x1b\[[0-9;]*m/g;

/** Runs a cell and collects what it showed; streams of one name that follow each other are joined. */
export async function cell(
  { client }: Pick<RunningKernel, "client">,
  code: string,
  { onInput, onOutput }: { onInput?(prompt: string): string; onOutput?(): void } = {},
): Promise<Shown> {
  const outputs: string[] = [];
  const order: string[] = [];
  let stream = "";
  let traceback: string[] = [];
  const start = performance.now();
  const { status, error } = await client.execute(code, {
    onInput,
    onMessage(type, content) {
      order.push(type === "status" ? String(content.execution_state) : type);
      if (type === "stream") {
        onOutput?.();
        if (stream === content.name) outputs[outputs.length - 1] += content.text;
        else outputs.push(`${content.name}: ${content.text}`);
        stream = String(content.name);
        return;
      }
      if (type !== "status" && type !== "execute_input") stream = "";
      if (type === "error") {
        outputs.push(`error: ${content.ename}: ${content.evalue}`);
        traceback = content.traceback as string[];
      } else if ("data" in content) {
        const text = String((content.data as Record<string, unknown>)["text/plain"]);
        outputs.push(`${type}: ${text.replace(colours, "")}`);
      }
    },
  });
  const milliseconds = performance.now() - start;
  return { status, error: error.evalue, outputs, order, milliseconds, traceback };
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

/** Runs a cell that says "on" when it has begun, and interrupts it then, as the stop button does; its milliseconds count from there. */
export async function interrupted(kernel: RunningKernel, code: string): Promise<Shown> {
  let start = 0;
  const { client } = kernel;
  const shown = await cell(kernel, `console.log("on"); ${code}`, {
    onOutput() {
      if (start > 0) return;
      start = performance.now();
      client.send("control", "interrupt_request");
    },
  });
  return { ...shown, milliseconds: performance.now() - start };
}

/**
 * Measures up to three times and checks that once it took less than a limit: a machine that does other things only adds.
 *
 * @param measure Returns milliseconds.
 */
export async function takesLess(limit: number, measure: () => Promise<number>): Promise<void> {
  const found: number[] = [];
  while (found.length < 3) {
    found.push(await measure());
    if (found.at(-1)! < limit) return;
  }
  throw new Error(`Took ${found.map((time) => time.toFixed(0)).join(", ")} ms, at most ${limit}`);
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
