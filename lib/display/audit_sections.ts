import { plural } from "../figure/format.ts";
import type { AssetAudit } from "../graph/audit/audit_assets.ts";
import type { ModelAudit } from "../graph/audit/audit_models.ts";
import { type Section, showSections } from "./sections.ts";
import { shaWords } from "./shares.ts";
import type { Shown } from "./shown.ts";
import { numberText } from "./text_table.ts";

/** An audit of assets: a table of kinds, then the faults of each with their places. */
export function showAssetAudit({ snapshot, kinds, faults }: AssetAudit): Shown {
  const byKind = Map.groupBy(faults, ({ kind }) => kind);
  return showSections(`Audit of ${snapshot.name}`, {
    words: [
      `${plural(snapshot.records, "record")} of ${plural(snapshot.assets, "asset")}${
        shaWords(snapshot.sha256)
      }.`,
    ],
    sections: [
      {
        title: "Kinds of faults",
        words: kinds.length === 0 ? ["No fault was found."] : [],
        rows: kinds.map(({ kind, count, repairable, partOf, rule }) => ({
          kind,
          count,
          repairable,
          partOf,
          rule,
        })),
        options: { headings: { rule: "what the rule does", partOf: "part of" } },
      },
      ...kinds.map(({ kind, count, listed, suggestion }): Section => ({
        title: `${kind} (${numberText(count)})`,
        words: [
          suggestion,
          ...listed < count
            ? [
              `${
                numberText(count - listed)
              } without a place, which the snapshot was packed without.`,
            ]
            : [],
        ],
        rows: (byKind.get(kind) ?? []).map((
          { file, line, asset, field, found, detail, repair },
        ) => ({
          place: `${file}:${line}`,
          asset,
          field,
          found,
          detail,
          repair: repair === null ? null : repair.to ?? "remove it",
        })),
        options: { first: 5, last: 0 },
      })),
    ],
  });
}

/** An audit of models: a table of kinds with the first examples. */
export function showModelAudit({ snapshot, kinds }: ModelAudit): Shown {
  return showSections(`Audit of ${snapshot.name}`, {
    words: [
      `${plural(snapshot.models, "model")}${shaWords(snapshot.sha256)}. ` +
      "Kinds are counted and the first examples kept; not the places of single faults.",
    ],
    sections: [{
      title: "Kinds of faults",
      words: kinds.length === 0 ? ["No fault was found."] : [],
      rows: kinds.map(({ kind, count, rule, suggestion, examples }) => ({
        kind,
        count,
        rule,
        suggestion,
        examples: examples.slice(0, 3),
      })),
      options: { headings: { rule: "what the rule does", suggestion: "what to do" } },
    }],
  });
}
