import type { CleaningReport } from "../graph/clean_models.ts";
import { percent, show, table } from "./table.ts";

/** What the cleaned tier leaves out, as text for a terminal: one line a rule that matches anything. */
export function printCleaning({ models, removed, orphaned, rules }: CleaningReport): string {
  const rows = rules.filter(({ matched }) => matched > 0).map((rule) => [
    rule.rule,
    rule.kind,
    show(rule.matched),
    show(rule.removed),
    show(rule.matched - rule.removed),
    rule.examples[0] ?? "",
  ]);
  const head = ["rule", "kind", "matched", "left out", "kept", "for example"];
  return [
    `Cleaned tier: ${show(removed)} of ${show(models)} models left out (${
      percent(removed, models)
    })`,
    ...(rows.length > 0 ? [table([head, ...rows])] : []),
    `  ${show(orphaned.edges)} edges of kept models lost their parent; ${
      show(orphaned.models)
    } of these models have no other`,
  ].join("\n");
}
