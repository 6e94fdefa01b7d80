/** Fetches the papers that it is given, without a pause and two at a time, so that tests can kill it. */
import { fetchCategories } from "../../../lib/fetch/arxiv/fetch_categories.ts";

const manifest = await fetchCategories(Deno.args, {
  day: "2026-11-21",
  snapshots: "all",
  pause: 0,
  batch: 2,
});
console.log(manifest.name);
