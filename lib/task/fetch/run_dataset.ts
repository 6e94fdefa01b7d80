import { numberText, printable } from "../../display/text_table.ts";
import type { DatasetSource } from "../../fetch/dataset/dataset_sources.ts";
import { fetchDataset } from "../../fetch/dataset/fetch_dataset.ts";
import { paths } from "../../paths.ts";
import type { RawManifest } from "../../source/raw_manifest.ts";
import { showIssues } from "../cli.ts";
import { abortOnInterrupt } from "../interrupt.ts";
import { checkPacked } from "./check_packed.ts";
import { downloadProgress } from "./download_progress.ts";
import { packComplete } from "./pack_complete.ts";

/** What the help of every dataset says: how to go on, what is written, and how to reach a mirror with the program `file`. */
export function datasetHelp(file: string): string {
  return `Run the same command again to go on where it was interrupted: bytes that are on disk are not fetched again. Each file is
compared with the hash that the Hub lists for it. data/raw/NAME gets the files (rows/) and fetch.json, which says what
was fetched, from where and when. HF_TOKEN, when set, is sent to the Hub and not to its storage. HF_ENDPOINT is the
address of another Hub, which this task may not reach: for a mirror run the file itself, with leave to reach its host and
the Hub's storage, where its files may lie:

  HF_ENDPOINT=https://HOST deno run --allow-net=HOST,*.hf.co --allow-read --allow-write=data --allow-env \\
    lib/task/fetch/${file}`;
}

/** Fetches a dataset, says what it did and where, and packs it. */
export async function runDataset(
  source: DatasetSource,
  { original = false, at, name, pack }: {
    original?: boolean;
    at?: string;
    name?: string;
    pack: boolean;
  },
): Promise<void> {
  const signal = abortOnInterrupt();
  const bar = downloadProgress(`Fetching ${source.dataset}`);
  let begun = false;
  const { manifest, known } = await fetchDataset(source, {
    original,
    at,
    name,
    token: Deno.env.get("HF_TOKEN") || undefined,
    signal,
    onWait: (wait) => bar.waits(wait),
    onStep: (step) => bar.step(step),
    onBytes: (done, total) => bar.bytes(done, total),
    checkName: (name) => pack && checkPacked(name, source),
    onBegin({ name, resumed, path }) {
      begun = true;
      console.error(
        resumed ? `Going on with "${name}" in ${path}` : `Fetching "${name}" to ${path}`,
      );
    },
  }).catch((error: unknown) => {
    const kept = begun ? "what was fetched is kept, run the same command again to go on." : "";
    if (signal.aborted) {
      bar.end();
      console.error(`Interrupted; ${kept || "run the same command again."}`);
      Deno.exit(130);
    }
    if (!begun || !(error instanceof Error)) throw error;
    throw new Error(`${error.message}\nW${kept.slice(1)}`, { cause: error });
  }).finally(() => bar.end());
  showIssues(manifest.issues);
  for (const line of linesOn(manifest, { source, known })) console.log(printable(line));
  if (pack) await packComplete(manifest, signal);
  console.log(`Use it by its name: deno task measure ${manifest.name}`);
}

/** What was fetched, where to, and what it is. */
function linesOn(
  { name, revision, request, counts, files }: RawManifest,
  { source, known }: { source: DatasetSource; known: boolean },
): string[] {
  const folder = `${paths.raw}${name}`;
  return [
    known ? `"${name}" is there already, in ${folder}` : `Fetched "${name}" to ${folder}`,
    `  ${source.dataset} at commit ${revision}, ${formOf(request)}`,
    ...Object.entries(counts).map(([what, count]) => `  ${what}: ${numberText(count)}`),
    ...files.map(({ name, bytes, sha256 }) =>
      `  ${name}: ${numberText(bytes)} bytes, sha256 ${sha256.slice(0, 12)}…`
    ),
  ];
}

function formOf({ form, splits }: Record<string, unknown>): string {
  return form === "parquet"
    ? `the Hub's Parquet of ${(splits as string[]).join(", ")}`
    : "the files as they were published";
}
