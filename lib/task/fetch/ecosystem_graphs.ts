import { withProgress } from "../../display/with_progress.ts";
import { numberText, printable } from "../../display/text_table.ts";
import { commitReference } from "../../fetch/ecosystem_graphs/commit_reference.ts";
import {
  ecosystemGraphsRepository,
  fetchEcosystemGraphs,
} from "../../fetch/ecosystem_graphs/fetch_ecosystem_graphs.ts";
import { paths } from "../../paths.ts";
import { command, UsageError } from "../cli.ts";
import { abortOnInterrupt } from "../interrupt.ts";
import { checkPacked } from "./check_packed.ts";
import { packComplete } from "./pack_complete.ts";

const help = `
Fetches Ecosystem Graphs, the asset graph of foundation models, from GitHub at one commit.

  deno task fetch ecosystem-graphs [--at COMMIT or DAY] [--name NAME] [--no-pack]

  --at DAY      the last commit that GitHub lists up to the end of that day, UTC; the paper's data are of 2023-03-20
  --at COMMIT   that commit, by 7 to 40 digits; without --at the newest one
  --name NAME   name of the snapshot; default: ecosystem-graphs-DAY by the day of the commit, and seven digits
                of the commit where another one of that day has this name
  --no-pack     leave it in data/raw, where tasks find it by its name too

data/raw/NAME gets the YAML files (assets/), each compared with the hash that git has of it at that commit, the archive
that they came in, and fetch.json, which says what was fetched, from where and when. A snapshot that is there already is
not fetched again. GITHUB_TOKEN, when set, is sent to GitHub's API only; without it, GitHub answers 60 requests an hour,
of which a fetch takes two or three. KINDRED_GITHUB is the address of a mirror of both its API and its archives, which this
task may not reach: run the file itself, with leave to reach that host:

  KINDRED_GITHUB=https://HOST deno run --allow-net=HOST --allow-read --allow-write=data --allow-env \\
    lib/task/fetch/ecosystem_graphs.ts

  deno task fetch ecosystem-graphs --at 2023-03-20
  deno task assets ecosystem-graphs-2023-03-20 --newest 5
`;

const notice =
  `${ecosystemGraphsRepository} states no licence; its maintainers call the data public for analysis. Please cite
  Bommasani, Soylu, Liao, Creel and Liang: Ecosystem Graphs: The Social Footprint of Foundation Models. 2023.
  arXiv 2303.15772`;

await command({
  help,
  options: { at: { type: "string" }, name: { type: "string" }, "no-pack": { type: "boolean" } },
  positionals: [0, 0],
  async run({ at, name, "no-pack": noPack }) {
    const reference = at as string | undefined;
    try {
      commitReference(reference);
    } catch (error) {
      throw new UsageError(`--at: ${(error as Error).message}`);
    }
    const signal = abortOnInterrupt();
    try {
      const { fetched, commit, manifest } = await withProgress(
        "Fetching Ecosystem Graphs",
        (tell) =>
          fetchEcosystemGraphs({
            at: reference,
            name: name as string | undefined,
            token: Deno.env.get("GITHUB_TOKEN") || undefined,
            tries: 6,
            signal,
            checkName: (name) => noPack || checkPacked(name, { upstream: "ecosystem-graphs" }),
            onStep: tell,
            onWait({ milliseconds, reason }) {
              const wait = printable(`waiting ${Math.ceil(milliseconds / 1000)} s: ${reason}`);
              // A terminal has one line for it.
              if (Deno.stderr.isTerminal()) tell(wait);
              else console.error(wait);
            },
          }),
      );
      const what = `commit ${commit.hash} of ${commit.date.slice(0, 16).replace("T", " ")} UTC`;
      if (fetched) {
        console.log(`Fetched ${what}\n  into ${paths.raw}${manifest.name}`);
      } else console.log(`"${manifest.name}" is there already: ${what}`);
      console.log(
        `  ${numberText(manifest.counts.files)} YAML files, sha256 ${
          manifest.sha256.slice(0, 12)
        }…, each as git has it`,
      );
      if (!noPack) await packComplete(manifest, signal);
      console.log(notice);
    } catch (error) {
      if (!signal.aborted) throw error;
      console.error("Interrupted; run the same command again.");
      Deno.exit(130);
    }
  },
});
