/** Fetches the paper's data from where HF_ENDPOINT leads, and is killed when the files of the snapshot begin to be hashed. */
import { paperDataset } from "../../../lib/fetch/dataset/dataset_sources.ts";
import { fetchDataset } from "../../../lib/fetch/dataset/fetch_dataset.ts";

let hashing = false;
await fetchDataset(paperDataset, {
  storage: [],
  client: { backoff: 1 },
  onStep: (step) => void (hashing = step === "hashing"),
  onBytes: () => hashing && Deno.kill(Deno.pid, "SIGKILL"),
});
