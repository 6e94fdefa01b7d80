import type { Relation } from "../graph/lineage.ts";
import type { ModelComparison } from "../measure/compare/compare_models.ts";
import { metrics } from "../measure/compare/metrics.ts";
import type { Change } from "../measure/compare/row_diff.ts";
import { numberText, printable, table } from "../display/text_table.ts";

const marks: Readonly<Record<Change, string>> = { shared: "=", lost: "-", gained: "+" };
/** Most values of one kind that are listed, and width of a line. */
const listed = 12;
const lineWidth = 76;

/** How one model was made from the other. */
export interface Kinship {
  parent: string;
  child: string;
  relation: Relation;
}

/** A comparison as text for a terminal, about 80 columns wide. */
export function printComparison(
  comparison: ModelComparison,
  { name, kinship }: { name: string; kinship: Kinship | null },
): string {
  const { a, b, metric, kind, texts, weighting, value, terms, row, tokens } = comparison;
  const weights = weighting === "tfidf" ? "tf-idf" : "bag of words";
  const lines = [
    `${printable(a)}  ->  ${printable(b)}`,
    kinship === null
      ? `No edge between them in snapshot "${printable(name)}".`
      : `Edge: ${printable(kinship.parent)} -${kinship.relation}-> ${printable(kinship.child)}`,
    "",
    `${metric} ${kind} of ${texts === "rows" ? "rows" : "cards"} (${weights}): ${
      value === null
        ? "none, as one of them has no such text, or none of the terms"
        : value.toPrecision(6)
    }`,
    `  ${metrics[metric].says}; of the ${numberText(terms.vocabulary)} most frequent terms`,
    `  the first has ${numberText(terms.a)}, the second ${numberText(terms.b)}, both ${
      numberText(terms.shared)
    }`,
    "",
    "What the rows say (= both, - only the first, + only the second)",
  ];
  const cells: string[][] = [];
  for (const change of ["shared", "lost", "gained"] as const) {
    const parts = [...new Set(row.map(({ part }) => part))];
    for (const part of parts) {
      const values = row.filter((d) => d.part === part && d.change === change);
      for (const { value } of values.slice(0, listed)) {
        cells.push([part, marks[change], value.trim() === "" ? JSON.stringify(value) : value]);
      }
      if (values.length > listed) {
        cells.push([part, marks[change], `... and ${numberText(values.length - listed)} more`]);
      }
    }
  }
  const order = [...new Set(row.map(({ part }) => part as string))];
  cells.sort((x, y) => order.indexOf(x[0]) - order.indexOf(y[0]));
  lines.push(cells.length === 0 ? "  neither says anything" : table(cells));
  lines.push("", `Tokens of the two ${texts === "rows" ? "rows" : "cards"}`);
  for (const change of ["shared", "lost", "gained"] as const) {
    const found = tokens.filter((token) => token.change === change);
    lines.push(
      ...wrap(`${marks[change]} ${numberText(found.length)}`, found.map(({ token }) => token)),
    );
  }
  return lines.join("\n");
}

/** Words after a head, in lines; what does not fit into six of them is counted. */
function wrap(head: string, words: readonly string[]): string[] {
  const indent = " ".repeat(9);
  const lines = [`  ${head}`.padEnd(indent.length)];
  for (let i = 0; i < words.length; i++) {
    const word = printable(words[i]);
    const line = lines.length - 1;
    if (lines[line].length + 1 + word.length <= lineWidth || lines[line].trim() === "") {
      lines[line] += ` ${word}`;
    } else if (lines.length === 6) {
      lines.push(`${indent} ... and ${numberText(words.length - i)} more`);
      break;
    } else {
      lines.push(`${indent} ${word}`);
    }
  }
  return lines.map((line) => line.trimEnd());
}
