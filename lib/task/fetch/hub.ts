import { numberText } from "../../display/text_table.ts";
import { fetchHub } from "../../fetch/hub/fetch_hub.ts";
import { upstreamAddress } from "../../fetch/hosts.ts";
import { paths } from "../../paths.ts";
import type { RawManifest } from "../../source/raw_manifest.ts";
import { command, day, showIssues, UsageError } from "../cli.ts";
import { abortOnInterrupt } from "../interrupt.ts";
import { checkPacked } from "./check_packed.ts";
import { hubProgress } from "./hub_progress.ts";
import { passOver } from "./model_snapshots.ts";
import { packComplete } from "./pack_complete.ts";

const help = `
Fetches a snapshot of all models of the Hugging Face Hub through its API, a page of 1,000 at a time.

  deno task fetch hub [--name NAME] [--cards] [--no-pack]
  deno task fetch hub --since DAY [--base NAME] [--name NAME] [--cards] [--no-pack]

  --name NAME   name of the snapshot; default: the one that is unfinished, else hub-DAY by the Hub's clock
  --cards       fetch the model cards (README.md) as well, 16 at a time; for millions of models that takes weeks, since
                the Hub limits requests
  --since DAY   fetch only what was created or changed since a day such as 2026-11-01, and merge it into a base. Models
                that did not change keep the likes and downloads that they have there, and models that were
                deleted stay: the list of changes does not name them
  --base NAME   raw snapshot of models for --since that reaches to that day: of the Hub, begun then or later, or of another
                upstream, with models created then or later; with --cards one that has cards; default: the newest of the
                Hub's
  --no-pack     leave it in data/raw, where tasks find it by its name too

Run the same command again to go on with a snapshot that was interrupted, at the page where it stopped. data/raw/NAME gets
the rows (rows-0001.jsonl.zst ...), their cards, an index of the pages, and fetch.json, which says what was fetched, from
where and when. HF_TOKEN, when set, is sent to the Hub only; with it the Hub answers more requests. HF_ENDPOINT is the
address of another Hub, which this task may not reach: for a mirror run the file itself, with leave to reach its host:

  HF_ENDPOINT=https://HOST deno run --allow-net=HOST --allow-read --allow-write=data --allow-env lib/task/fetch/hub.ts

  deno task fetch hub
  deno task fetch hub --since 2026-11-01 && deno task diff hub-2026-11-01 hub-2026-11-21
`;

await command({
  help,
  options: {
    name: { type: "string" },
    since: { type: "string" },
    base: { type: "string" },
    cards: { type: "boolean", default: false },
    "no-pack": { type: "boolean", default: false },
  },
  positionals: [0, 0],
  async run({ name, since, base, cards, "no-pack": noPack }) {
    if (since !== undefined) day(since, { name: "since" });
    if (base !== undefined && since === undefined) {
      throw new UsageError("--base is for --since, which is missing");
    }
    const signal = abortOnInterrupt();
    const bar = { now: hubProgress("Fetching models of the Hub") };
    let begun: string | null = null;
    let manifest: RawManifest;
    try {
      manifest = await fetchHub({
        endpoint: upstreamAddress("https://huggingface.co", { variable: "HF_ENDPOINT" }),
        token: Deno.env.get("HF_TOKEN") || undefined,
        name: name as string | undefined,
        since: since as string | undefined,
        base: base as string | undefined,
        cards: cards === true,
        signal,
        checkName(name, base) {
          if (!noPack) checkPacked(name, { upstream: "hub", base });
        },
        onDamaged: passOver,
        onWait: (wait) => bar.now.waits(wait),
        onBegin({ name, resumed, path }) {
          begun = path;
          bar.now.end();
          console.error(
            resumed ? `Going on with "${name}" in ${path}` : `Fetching "${name}" to ${path}`,
          );
          bar.now = hubProgress(`Fetching ${name}`);
        },
        onProgress: (progress) => bar.now.update(progress),
      }).finally(() => bar.now.end());
    } catch (error) {
      if (signal.aborted) {
        console.error(
          begun === null
            ? "Interrupted; run the same command again."
            : "Interrupted; what was fetched is kept, run the same command again to go on.",
        );
        Deno.exit(130);
      }
      if (begun === null || !(error instanceof Error)) throw error;
      throw new Error(
        `${error.message}\nWhat was fetched is kept, run the same command again to go on.`,
        { cause: error },
      );
    }
    showIssues(manifest.issues);
    console.log(
      begun === null
        ? `"${manifest.name}" is complete already, in ${paths.raw}${manifest.name}`
        : `Fetched "${manifest.name}" to ${paths.raw}${manifest.name}`,
    );
    for (const [what, count] of Object.entries(manifest.counts)) {
      console.log(`  ${what}: ${numberText(count)}`);
    }
    console.log(`  from ${manifest.from} to ${manifest.to}`);
    for (const { name, bytes, sha256 } of manifest.files) {
      console.log(`  ${name}: ${numberText(bytes)} bytes, sha256 ${sha256.slice(0, 12)}…`);
    }
    console.log(`  sha256 ${manifest.sha256}`);
    if (!noPack) await packComplete(manifest, signal);
    console.log(`Use it by its name: deno task measure ${manifest.name}`);
  },
});
