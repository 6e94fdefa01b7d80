import { resolve } from "node:path";
import { paths } from "../paths.ts";

/** `deno task fetch UPSTREAM ...` runs what `deno task fetch:UPSTREAM ...` runs: a program with the permissions of that upstream only. */
const help = `
Fetches a snapshot into data/raw, where it is written once, and packs it into data/cache, so that every task opens it by
its name. What was interrupted goes on when the same command is run again.

  deno task fetch hub                 the whole Hugging Face Hub through its API, page by page
  deno task fetch hub-stats           the Hub in one download: the daily community snapshot
  deno task fetch paper               the data of "Anatomy of a Machine Learning Ecosystem"
  deno task fetch ecosystem-graphs    the asset graph of foundation models (Stanford)
  deno task fetch arxiv-categories    arXiv categories of the papers that the snapshots link

  deno task fetch hub --help          what each takes

Each may reach its own hosts only and write below data/ only (below KINDRED_DATA where that variable is set): deno.json
lists them as fetch:hub and so on.
`;

const upstreams = ["hub", "hub-stats", "paper", "ecosystem-graphs", "arxiv-categories"];

const [upstream, ...rest] = Deno.args;
if (upstream === undefined || upstream === "--help" || upstream === "-h") {
  console.log(help.trim());
  Deno.exit(upstream === undefined ? 2 : 0);
}
if (!upstreams.includes(upstream)) {
  console.error(
    `error: found ${JSON.stringify(upstream)}, expected one of ${upstreams.join(", ")}`,
  );
  console.error("Run the task with --help to see how it is called.");
  Deno.exit(2);
}

const { tasks } = JSON.parse(Deno.readTextFileSync(`${paths.root}deno.json`)) as {
  tasks: Record<string, string>;
};
// Who keeps data elsewhere lets the task write there, and there only.
const data = Deno.env.get("KINDRED_DATA") || null;
const words = tasks[`fetch:${upstream}`].split(" ").slice(1).map((word) =>
  word === "--allow-write=data" && data !== null ? `--allow-write=${resolve(data)}` : word
);
const child = new Deno.Command(Deno.execPath(), {
  args: [...words, ...rest],
  cwd: paths.root,
  env: data === null ? {} : { KINDRED_DATA: resolve(data) },
}).spawn();
// Ctrl-C reaches the child as well, which says how to go on; this one ends with it.
Deno.addSignalListener("SIGINT", () => {});
if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", () => child.kill("SIGTERM"));
Deno.exit((await child.status).code);
