import { adviceOn, assetAdvice, modelAdvice } from "../graph/audit/advice.ts";
import { repairableKinds } from "../graph/audit/asset_repairs.ts";
import type { AssetAudit } from "../graph/audit/audit_assets.ts";
import { auditModels, type ModelAudit } from "../graph/audit/audit_models.ts";
import { buildLineage } from "../graph/build_lineage.ts";
import { command, UsageError } from "./cli.ts";
import { auditWithBar, correct } from "./correct.ts";
import { load } from "./load.ts";
import { printAssetAudit, printModelAudit } from "./print_audit.ts";

const help = `
Lists every fault of a snapshot by kind, with file and line, what was done about it and what a person might do.

  deno task audit SNAPSHOT [--json] [--kind KIND]... [--strict] [--out FOLDER]

SNAPSHOT is the name of a packed snapshot or a file or folder in any accepted format. Of assets every fault is listed; in a
CSV the line is the row; a kind that is part of another ("of them") is counted as that one is, by references. Of models kinds
are counted with a few examples.

  --json        print the audit as one JSON object
  --kind KIND   only faults of this kind; may be repeated
  --strict      exit code 1 when there are faults
  --out FOLDER  assets only: also write a corrected copy into this folder, which must be empty or absent

The exit code is 0 when the audit ran, whatever it found, unless --strict is given; 1 after an error; 2 after a wrong call.

A corrected copy holds the YAML files of the snapshot, and changes.csv. Only what is beyond doubt is repaired
(${repairableKinds.join(", ")}; with --kind only those
named). A repaired cell keeps what stood there: {value: open, original: Open, repair: accessCase}; Kindred reads it as its value.

  deno task audit data/assets
  deno task audit ecosystem-graphs/assets --kind aliasOfAsset --kind selfLoop --out corrected
`;

await command({
  help,
  options: {
    json: { type: "boolean" },
    kind: { type: "string", multiple: true },
    strict: { type: "boolean" },
    out: { type: "string" },
  },
  positionals: [1, 1],
  async run(values, [input]) {
    const kinds = (values.kind ?? []) as string[];
    const out = values.out as string | undefined;
    if (out === "") {
      throw new UsageError("--out is empty: which folder shall the copy be written to?");
    }
    const snapshot = await load(input);
    checkKinds(kinds, snapshot.kind);
    if (snapshot.kind === "models" && out !== undefined) {
      throw new UsageError(`--out corrects assets, but "${input}" holds models`);
    }
    const audit = snapshot.kind === "assets"
      ? await auditWithBar(snapshot)
      : auditModels(snapshot, buildLineage(snapshot));
    const shown = narrowed(audit, kinds);
    const copy = snapshot.kind === "assets" && audit.kind === "assets" && out !== undefined
      ? await correct(snapshot, { audit, input, out, kinds })
      : null;
    if (values.json) {
      console.log(JSON.stringify(copy === null ? shown : { ...shown, copy: copy.report }, null, 2));
    } else {
      const width = Deno.stdout.isTerminal() ? Math.max(60, Deno.consoleSize().columns) : 100;
      console.log(
        shown.kind === "assets"
          ? printAssetAudit(shown, { width })
          : printModelAudit(shown, { width }),
      );
      if (copy !== null) console.log(`\n${copy.text}`);
    }
    if (values.strict && shown.kinds.length > 0) Deno.exitCode = 1;
  },
});

function checkKinds(kinds: readonly string[], of: "assets" | "models"): void {
  const wrong = kinds.find((kind) => adviceOn(kind, of) === "");
  if (wrong === undefined) return;
  const known = Object.keys(of === "assets" ? assetAdvice : modelAdvice).sort();
  throw new UsageError(
    `--kind is "${wrong}", expected one of ${known.join(", ")} (the snapshot holds ${of})`,
  );
}

function narrowed<T extends AssetAudit | ModelAudit>(audit: T, kinds: readonly string[]): T {
  if (kinds.length === 0) return audit;
  const of = <K extends { kind: string }>(list: readonly K[]) =>
    list.filter(({ kind }) => kinds.includes(kind));
  return audit.kind === "models"
    ? { ...audit, kinds: of(audit.kinds) }
    : { ...audit, kinds: of(audit.kinds), faults: of(audit.faults) };
}
