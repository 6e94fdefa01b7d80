import type { AssetAudit } from "../graph/audit/audit_assets.ts";
import type { ModelAudit } from "../graph/audit/audit_models.ts";
import type { Report } from "../measure/report.ts";
import { showAssetReport } from "./asset_sections.ts";
import { showAssetAudit, showModelAudit } from "./audit_sections.ts";
import { showModelReport } from "./model_sections.ts";
import type { Shown } from "./shown.ts";

/** What {@link showReport} shows. */
export type AnyReport = Report | AssetAudit | ModelAudit;

/** Whether something is a report or an audit. */
export function isReport(what: unknown): what is AnyReport {
  const { kind, snapshot, counts, kinds } = Object(what) as Record<string, unknown>;
  return (kind === "models" || kind === "assets") && typeof Object(snapshot).name === "string" &&
    (Array.isArray(kinds) || typeof counts === "object");
}

/** A report or an audit as headings and tables. */
export function showReport(report: AnyReport): Shown {
  if (report.kind === "models") {
    return "kinds" in report ? showModelAudit(report) : showModelReport(report);
  }
  return "kinds" in report ? showAssetAudit(report) : showAssetReport(report);
}
