/**
 * Measures the memory and the speed of `deno task fetch hub` on a server of this machine.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { numberText } from "../display/text_table.ts";
import { readRawManifest } from "../source/raw_manifest.ts";
import { command, integer } from "./cli.ts";
import { endProcess } from "./end_process.ts";
import { v8Flags } from "./v8_flags.ts";

const help = `
Runs the crawl of deno task fetch hub on a simulated Hub, a server on 127.0.0.1 in a process of its own, and says how much
memory it takes at most and how many models a second it reads. What it fetches is removed.

  deno task bench:crawl [--models N]

  --models N    models of the simulated Hub, default 3100000, as many as the Hub has; they take about three minutes
`;

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** The first line that a process prints. */
async function firstLine(process: Deno.ChildProcess): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const bytes of process.stdout.values({ preventCancel: true })) {
    text += decoder.decode(bytes, { stream: true });
    if (text.includes("\n")) return text.slice(0, text.indexOf("\n"));
  }
  throw new Error("Cannot start the simulated Hub: it ended at once");
}

/** Peak of a process's resident memory in MB (10^6 bytes) so far, 0 where the system does not tell. */
function peakOf(pid: number): number {
  try {
    const found = /VmHWM:\s+(\d+) kB/.exec(Deno.readTextFileSync(`/proc/${pid}/status`));
    return found === null ? 0 : Number(found[1]) * 1024 / 1e6;
  } catch {
    return 0;
  }
}

await command({
  help,
  options: { models: { type: "string", default: "3100000" } },
  positionals: [0, 0],
  async run(values) {
    const models = integer(values.models, { name: "models", least: 100 });
    const data = await Deno.makeTempDir({ prefix: "kindred-bench-" });
    const hub = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--allow-net=127.0.0.1", file("bench_crawl_server.ts"), `${models}`],
      stdout: "piped",
    }).spawn();
    try {
      const host = `127.0.0.1:${await firstLine(hub)}`;
      const begun = performance.now();
      const crawl = new Deno.Command(Deno.execPath(), {
        args: [
          "run",
          "--quiet",
          `--v8-flags=${v8Flags["fetch:hub"]}`,
          `--allow-net=${host}`,
          "--allow-read",
          `--allow-write=${data}`,
          "--allow-env",
          file("fetch/hub.ts"),
          "--name",
          "bench",
          "--no-pack",
        ],
        env: { HF_ENDPOINT: `http://${host}`, KINDRED_DATA: data },
      }).spawn();
      let megabytes = 0;
      const ticks = setInterval(() => megabytes = Math.max(megabytes, peakOf(crawl.pid)), 100);
      const { success } = await crawl.status.finally(() => clearInterval(ticks));
      if (!success) throw new Error("Cannot measure the crawl: it failed");
      const seconds = (performance.now() - begun) / 1000;
      const bytes = readRawManifest(`${data}/raw/bench`).files
        .reduce((sum, file) => sum + file.bytes, 0);
      console.log(
        `${numberText(models)} models in ${numberText(seconds, { digits: 1 })} s, ${
          numberText(Math.round(models / seconds))
        } a second; at most ${
          megabytes === 0 ? "an unknown number of" : numberText(Math.round(megabytes))
        } MB resident; ${numberText(Math.round(bytes / 1e6))} MB on disk`,
      );
    } finally {
      await endProcess(hub);
      await Deno.remove(data, { recursive: true });
    }
  },
});
