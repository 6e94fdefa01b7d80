import assert from "node:assert/strict";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { buildLineage } from "../../lib/graph/build_lineage.ts";
import { measureModels } from "../../lib/measure/model_report.ts";
import type { ModelReport } from "../../lib/measure/report.ts";
import { paths } from "../../lib/paths.ts";
import type { ModelSnapshot } from "../../lib/snapshot/model_snapshot.ts";
import { openModels, packModels } from "../../lib/snapshot/pack_models.ts";
import { readModels } from "../../lib/snapshot/read_models.ts";
import { type HubRow, writeFormats } from "../fixtures/write_formats.ts";
import { needsShared } from "../support.ts";
import { assertEqualsTruth } from "./truth.ts";

function reportOf(snapshot: ModelSnapshot): ModelReport {
  return measureModels(snapshot, buildLineage(snapshot)).report;
}

/** A report without what depends on the file's name and bytes. */
function numbers({ snapshot, ...rest }: ModelReport) {
  return { models: snapshot.models, ...rest };
}

for (const name of ["radar-2026-08-22", "families-2025-04"]) {
  Deno.test({
    name:
      `measureModels() equals the reference of ${name}, raw, packed and in every format (skipped where the shared data is absent)`,
    ignore: needsShared(`truth/${name}.json`),
    async fn() {
      const folder = await Deno.makeTempDir();
      try {
        const path = `${paths.shared}data/huggingface/${name}.jsonl.gz`;
        const truth = JSON.parse(Deno.readTextFileSync(`${paths.shared}truth/${name}.json`));
        const raw = reportOf(await readModels(path));
        assert.ok(assertEqualsTruth(raw, truth).largest <= 1e-9);
        await packModels(path, { name, folder: join(folder, "packed") });
        assert.deepEqual(reportOf(openModels(join(folder, "packed"))), raw);
        const text = new TextDecoder().decode(gunzipSync(Deno.readFileSync(path)));
        const rows: HubRow[] = text.trimEnd().split("\n").map((line) => JSON.parse(line));
        const formats = await writeFormats(rows, folder);
        assert.ok(formats.length >= 12);
        for (const { format, path } of formats) {
          assert.deepEqual(numbers(reportOf(await readModels(path))), numbers(raw), format);
        }
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}
