import { type AssetChange, assetRepairs, repairableKinds } from "../graph/audit/asset_repairs.ts";
import { type AssetAudit, auditAssets } from "../graph/audit/audit_assets.ts";
import { fieldPlace } from "../graph/audit/audit_fault.ts";
import { type AssetSnapshot, readAssetSnapshot } from "../snapshot/asset_snapshot.ts";
import { type CorrectedCopy, writeCorrectedCopy } from "../snapshot/corrected_copy.ts";
import { formatCsv } from "../source/csv.ts";
import { readNoAssets } from "../source/no_assets.ts";
import { UsageError } from "./cli.ts";
import { removeOnInterrupt } from "./interrupt.ts";
import { locate } from "../snapshot/locate.ts";
import { totalOf } from "./print_audit.ts";
import { progress } from "../display/progress.ts";
import { withProgress } from "../display/with_progress.ts";
import { numberText, printable } from "../display/text_table.ts";
import { wrap } from "./wrap.ts";

/** What was written, as `deno task audit --json` prints it. */
export interface CorrectedReport extends CorrectedCopy {
  /** The folder of the copy. */
  folder: string;
  /** Changes that were made, in the order of the records. */
  changes: AssetChange[];
  /** Number of faults of the input and of the copy. */
  faults: { before: number; after: number };
}

/** Faults of parts that are in no record, or otherwise than they stand, so that YAML made from records cannot hold them. */
const lostKinds: ReadonlySet<string> = new Set([
  ...["noName", "noType", "notARecord", "fieldNotText", "duplicateKey", "raggedRow", "mergeKey"],
  ...["otherKey", "cellNotText", "itemNotText", "itemWithColon"],
]);

/** Writes the corrected copy, reads it again and says what has become of the faults. */
export async function correct(
  snapshot: AssetSnapshot,
  { audit, input, out, kinds }: {
    audit: AssetAudit;
    input: string;
    out: string;
    kinds: readonly string[];
  },
): Promise<{ report: CorrectedReport; text: string }> {
  const wanted = repairableKinds.filter((kind) => kinds.length === 0 || kinds.includes(kind));
  if (wanted.length === 0) {
    throw new UsageError(
      `--out repairs only ${repairableKinds.join(", ")}, of which --kind names none`,
    );
  }
  const { edits, changes } = assetRepairs(snapshot, { kinds: wanted });
  const { path } = await locate(input);
  let made: AssetChange[] = [];
  let unwatch = () => {};
  const write = () =>
    writeCorrectedCopy(path, {
      snapshot,
      edits,
      folder: out,
      extra(copy) {
        // By now the folder is known to be the copy's own.
        unwatch = removeOnInterrupt(`${out.replace(/\/+$/, "")}.tmp`);
        made = changes.filter((_, i) => !copy.leftOut.includes(edits[i])).flat();
        if (copy.anew) made.push(...unreadable(snapshot));
        return new Map([["changes.csv", changesCsv(made)]]);
      },
    });
  const copy = await withProgress("Writing the corrected copy", write).finally(() => unwatch());
  const after = await auditWithBar(await readAssetSnapshot(out));
  const report = {
    folder: out,
    ...copy,
    changes: made,
    faults: { before: totalOf(audit.kinds), after: totalOf(after.kinds) },
  };
  return { report, text: textOf(report, snapshot) };
}

/** Audits a snapshot of assets, with a progress bar on what takes longer than a second. */
export async function auditWithBar(snapshot: AssetSnapshot): Promise<AssetAudit> {
  const noAssets = await readNoAssets();
  const bar = progress("Auditing", { total: 1 });
  try {
    return auditAssets(snapshot, { noAssets, onProgress: (share) => bar.update(share) });
  } finally {
    bar.end();
  }
}

/** Lists of a CSV that could not be read: written as `unknown`, with what stood there beside it. */
function unreadable({ faults }: AssetSnapshot): AssetChange[] {
  return faults.filter(({ kind }) => kind === "unreadableList").map((fault) => ({
    ...fault,
    original: fault.found,
    changed: "unknown",
  }));
}

function changesCsv(changes: readonly AssetChange[]): string {
  const columns = ["file", "line", "asset", "field", "original", "new", "kind"];
  return formatCsv(
    changes.map(({ changed, ...change }) => ({ ...change, new: changed })),
    { columns },
  );
}

function textOf(
  { folder, files, leftOut, anew, changes, faults }: CorrectedReport,
  snapshot: AssetSnapshot,
): string {
  const lines = [
    `Wrote a corrected copy to ${folder}: ${
      files.length === 1 ? "1 YAML file" : `${numberText(files.length)} YAML files`
    } and changes.csv`,
    `  changes: ${numberText(changes.length)}`,
    `  faults: ${numberText(faults.before)} before, ${numberText(faults.after)} after`,
  ];
  const byFile = Map.groupBy(snapshot.records, ({ file }) => file);
  for (const { file, record, field, repair } of leftOut) {
    const own = byFile.get(file)![record];
    const { asset, line } = fieldPlace(own, field);
    const reason = own.lines?.shared?.includes(field)
      ? "it is written with an anchor, an alias or a tag"
      : "the copy would be read otherwise";
    lines.push(printable(
      `  not repaired: ${file}:${line}  ${asset}, ${field}: ${repair}; ${reason}`,
    ));
  }
  if (anew) {
    const lost = snapshot.faults.filter(({ kind }) => lostKinds.has(kind)).length;
    lines.push(
      `  The YAML was written from the records as they were read: layout, comments and what could not be read as it stands (${
        numberText(lost)
      } faults) are not in it`,
    );
  }
  return lines.map((line) => wrap(line, { width: 100, indent: "    " })).join("\n");
}
