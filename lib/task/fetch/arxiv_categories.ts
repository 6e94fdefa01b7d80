import { join } from "node:path";
import { numberText, printable } from "../../display/text_table.ts";
import { pauseReason } from "../../fetch/arxiv/arxiv_client.ts";
import { fetchCategories } from "../../fetch/arxiv/fetch_categories.ts";
import { papersToAsk } from "../../fetch/arxiv/papers_to_ask.ts";
import { paths } from "../../paths.ts";
import { prefixColumn } from "../../snapshot/traits.ts";
import { readPaperCategories } from "../../source/paper_categories.ts";
import { command, showIssues, UsageError } from "../cli.ts";
import { abortOnInterrupt } from "../interrupt.ts";
import { load } from "../load.ts";
import { modelSnapshots } from "./model_snapshots.ts";
import { papersProgress } from "./papers_progress.ts";

/** What arXiv asks of whoever uses its API, in milliseconds. */
const pause = 3000;

const help = `
Fetches the arXiv categories of the papers that models link, for the summary figure and the report.

  deno task fetch arxiv-categories [--snapshot NAME]...

  --snapshot NAME  the snapshot whose papers are asked for, by name, file or folder; may be repeated (default: all
                   snapshots of models in data/cache and data/raw)

Papers whose categories are known already, from data/arxiv_categories.csv or from an earlier run, are not asked for
again, nor are those that arXiv did not have then: to ask for them again, remove the data/raw/arxiv-categories-DATE that
counts them as missing and run this again, which asks for all papers of it.

arXiv is asked for a hundred papers at a time over one connection, with three seconds after each answer, as it asks:
10,000 papers take some six minutes. What was fetched becomes data/raw/arxiv-categories-DATE, which every task and
figure then uses. Interrupted, the same command goes on where it stopped. KINDRED_ARXIV is the address of a mirror, which
this task may not reach: run the file itself, with leave to reach that host:

  KINDRED_ARXIV=https://HOST deno run --allow-net=HOST --allow-read --allow-write=data --allow-env \\
    lib/task/fetch/arxiv_categories.ts

  deno task fetch arxiv-categories
  deno task fetch arxiv-categories --snapshot hub-2026
`;

await command({
  help,
  options: { snapshot: { type: "string", multiple: true } },
  positionals: [0, 0],
  async run({ snapshot: given }) {
    const inputs = given === undefined ? modelSnapshots() : [...new Set(given as string[])];
    if (inputs.length === 0) {
      throw new UsageError(
        `found no snapshot of models in ${paths.cache} or ${paths.raw}; fetch or pack one, or name a file with --snapshot`,
      );
    }
    const known = await readPaperCategories();
    const { names, written } = await papersOf(inputs);
    const { ask, known: before, issues } = papersToAsk(written, known);
    showIssues(issues);
    const linked = `${numberText(ask.length + before)} papers linked by ${
      printable(names.join(", "))
    }`;
    if (ask.length === 0) {
      console.log(`${linked}: all are known, nothing to fetch`);
      return;
    }
    console.error(`${linked}: ${numberText(before)} known, ${numberText(ask.length)} to ask for`);
    const signal = abortOnInterrupt();
    const progress = papersProgress({ pause: pause / 1000 });
    try {
      const manifest = await fetchCategories(ask, {
        day: new Date().toISOString().slice(0, 10),
        snapshots: given === undefined ? "all" : names,
        issues,
        pause,
        signal,
        onWait: (wait) => wait.reason !== pauseReason && progress.waits(wait),
        onProgress: progress.update,
      });
      progress.end();
      const { name, counts, sha256 } = manifest;
      showIssues(manifest.issues.filter(({ kind }) => issues.every((one) => one.kind !== kind)));
      console.log(
        `${join(paths.raw, name)}: ${numberText(counts.papers)} papers, ${
          numberText(counts.found)
        } with categories, ${numberText(counts.missing)} not at arXiv; sha256 ${
          sha256.slice(0, 12)
        }…`,
      );
    } catch (error) {
      progress.end();
      if (!signal.aborted) throw error;
      console.error("Interrupted. The same command goes on where it stopped.");
      Deno.exit(130);
    }
  },
});

/** What stands in the `arxiv:` tags of some snapshots, and their names. */
async function papersOf(
  inputs: readonly string[],
): Promise<{ names: string[]; written: Set<string> }> {
  const names: string[] = [];
  const written = new Set<string>();
  for (const input of inputs) {
    const snapshot = await load(input);
    if (snapshot.kind === "assets") {
      throw new UsageError(`--snapshot "${input}" holds assets, which link no papers of arXiv`);
    }
    names.push(snapshot.name);
    const { values } = prefixColumn(snapshot, "arxiv:");
    for (let value = 0; value < values.length; value++) written.add(values.at(value));
  }
  return { names, written };
}
