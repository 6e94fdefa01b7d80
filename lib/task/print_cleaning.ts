import type { CleaningReport } from "../graph/clean_models.ts";
import { numberText, percent, table } from "../display/text_table.ts";

/** What the cleaned tier leaves out, as text for a terminal: one line a rule that matches anything. */
export function printCleaning({ models, removed, orphaned, rules }: CleaningReport): string {
  const rows = rules.filter(({ matched }) => matched > 0).map((rule) => [
    rule.rule,
    rule.kind,
    numberText(rule.matched),
    numberText(rule.removed),
    numberText(rule.matched - rule.removed),
    rule.examples[0] ?? "",
  ]);
  const head = ["rule", "kind", "matched", "left out", "kept", "for example"];
  return [
    `Cleaned tier: ${numberText(removed)} of ${numberText(models)} models left out (${
      percent(removed, models)
    })`,
    ...(rows.length > 0 ? [table([head, ...rows])] : []),
    `  ${numberText(orphaned.edges)} edges of kept models lost their parent; ${
      numberText(orphaned.models)
    } of these models have no other`,
  ].join("\n");
}
