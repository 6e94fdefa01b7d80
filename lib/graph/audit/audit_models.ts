import type { IssueCount } from "../../core/issues.ts";
import type { ModelSnapshot } from "../../snapshot/model_snapshot.ts";
import type { LineageReading } from "../build_lineage.ts";
import { adviceOn } from "./advice.ts";

/** Faults of a snapshot of models, by kind. */
export interface ModelAudit {
  /** Tells it from an audit of assets. */
  kind: "models";
  /** What was audited. */
  snapshot: { name: string; models: number; sha256: string | null };
  /** Faults by kind, most frequent first, with the first few examples; places of single faults are not kept for millions of rows. */
  kinds: (IssueCount & { suggestion: string })[];
}

/**
 * Faults of a snapshot of models by kind: those of the reading, and those of its lineage.
 *
 * @example
 * ```ts
 * import { auditModels, buildLineage, readModelBlocks } from "kindred";
 * const rows = '{"id":"a","tags":["base_model:gone"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "one" });
 * auditModels(snapshot, buildLineage(snapshot)).kinds[0].kind; // "missingParent"
 * ```
 */
export function auditModels(snapshot: ModelSnapshot, { issues }: LineageReading): ModelAudit {
  const { name, models, origin } = snapshot;
  const known = new Set(snapshot.issues.map(({ kind }) => kind));
  const kinds = [...snapshot.issues, ...issues.filter(({ kind }) => !known.has(kind))]
    .map((issue) => ({ ...issue, suggestion: adviceOn(issue.kind, "models") }))
    .sort((a, b) => b.count - a.count);
  return { kind: "models", snapshot: { name, models, sha256: origin.sha256 }, kinds };
}
