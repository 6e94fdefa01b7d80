import { runKernel, type RunningKernel } from "../kernel/run_kernel.ts";

/** Medians in milliseconds. */
export interface KernelSpeed {
  /** From the start of the process to its first answer. */
  start: number;
  /** A cell `1 + 1`, to its idle and its output. */
  sum: number;
  /** A cell of 200 console lines, to its idle and its last line. */
  lines: number;
}

function median(times: number[]): number {
  return times.sort((a, b) => a - b)[times.length >> 1];
}

/** Milliseconds until a cell is idle and a text has come. */
async function time({ client }: RunningKernel, code: string, last: string): Promise<number> {
  const start = performance.now();
  const { promise, resolve } = Promise.withResolvers<void>();
  // Without the proxy an output may come after idle, under another cell.
  client.onPublished = (_, content) => {
    const { text = "", data } = content as { text?: string; data?: Record<string, string> };
    if (`${text}${data?.["text/plain"] ?? ""}`.includes(last)) resolve();
  };
  await Promise.all([client.execute(code), promise]);
  return performance.now() - start;
}

/**
 * Times the kernel with and without the proxy, in turns.
 *
 * @param rounds How many kernels of each are started.
 */
export async function kernelSpeed(rounds: number): Promise<Record<"proxy" | "bare", KernelSpeed>> {
  const times = {
    proxy: { start: [] as number[], sum: [] as number[], lines: [] as number[] },
    bare: { start: [] as number[], sum: [] as number[], lines: [] as number[] },
  };
  for (let round = 0; round < rounds; round++) {
    for (const way of ["bare", "proxy"] as const) {
      const start = performance.now();
      const kernel = await runKernel({ way: way === "bare" ? way : undefined });
      times[way].start.push(performance.now() - start);
      // The first requests of a client may come before its subscription is counted.
      await kernel.client.execute("0");
      await kernel.client.execute("0");
      for (let i = 0; i < 30; i++) {
        times[way].sum.push(await time(kernel, `1 + ${1e6 + i}`, String(1e6 + i + 1)));
      }
      for (let i = 0; i < 10; i++) {
        const code = `for (let i = 0; i < 200; i++) console.log("line ${i}." + i)`;
        times[way].lines.push(await time(kernel, code, `line ${i}.199\n`));
      }
      await kernel.end();
    }
  }
  const of = ({ start, sum, lines }: typeof times.proxy): KernelSpeed => ({
    start: median(start),
    sum: median(sum),
    lines: median(lines),
  });
  return { proxy: of(times.proxy), bare: of(times.bare) };
}
