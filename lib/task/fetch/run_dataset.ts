import { numberText } from "../../display/text_table.ts";
import type { DatasetSource } from "../../fetch/dataset/dataset_sources.ts";
import { fetchDataset } from "../../fetch/dataset/fetch_dataset.ts";
import { paths } from "../../paths.ts";
import { showIssues } from "../cli.ts";
import { abortOnInterrupt } from "../interrupt.ts";
import { downloadProgress } from "./download_progress.ts";

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
  try {
    const { manifest, known } = await fetchDataset(source, {
      original,
      at,
      name,
      token: Deno.env.get("HF_TOKEN") || undefined,
      signal,
      onWait: (wait) => bar.waits(wait),
      onStep: (step) => bar.step(step),
      onBytes: (done, total) => bar.bytes(done, total),
      onBegin({ name, resumed, path }) {
        begun = true;
        console.error(
          resumed ? `Going on with "${name}" in ${path}` : `Fetching "${name}" to ${path}`,
        );
      },
    }).finally(() => bar.end());
    showIssues(manifest.issues);
    const { name: fetched, revision, request, counts, files } = manifest;
    const folder = `${paths.raw}${fetched}`;
    console.log(
      known ? `"${fetched}" is there already, in ${folder}` : `Fetched "${fetched}" to ${folder}`,
    );
    console.log(`  ${source.dataset} at commit ${revision}, ${formOf(request)}`);
    for (const [what, count] of Object.entries(counts)) {
      console.log(`  ${what}: ${numberText(count)}`);
    }
    for (const { name, bytes, sha256 } of files) {
      console.log(`  ${name}: ${numberText(bytes)} bytes, sha256 ${sha256.slice(0, 12)}…`);
    }
    signal.throwIfAborted();
    if (pack) {
      // Loaded now, since fetching needs none of it.
      const { packFetched } = await import("./pack_fetched.ts");
      await packFetched(manifest);
    }
    console.log(`Use it by its name: deno task measure ${fetched}`);
  } catch (error) {
    const kept = begun ? "what was fetched is kept, run the same command again to go on." : "";
    if (signal.aborted) {
      console.error(`Interrupted; ${kept || "run the same command again."}`);
      Deno.exit(130);
    }
    if (!begun || !(error instanceof Error)) throw error;
    throw new Error(`${error.message}\nW${kept.slice(1)}`, { cause: error });
  }
}

function formOf({ form, splits }: Record<string, unknown>): string {
  return form === "parquet"
    ? `the Hub's Parquet of ${(splits as string[]).join(", ")}`
    : "the files as they were published";
}
