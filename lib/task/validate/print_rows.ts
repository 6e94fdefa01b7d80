import { formatCsv } from "../../source/csv.ts";
import { numberText, percent, table } from "../../display/text_table.ts";
import type { Plan } from "./plan_jobs.ts";
import type { Row } from "./summary.ts";

/** Rows as CSV, numbers in full. */
export function printCsv(rows: readonly Row[]): string {
  return formatCsv(rows.map((row) => ({ ...row })));
}

/** The two tables as people read them, each with its header. */
function printCells(
  rows: readonly Row[],
): { numbers: string[][]; tests: string[][] } {
  const share = (value: number | null) =>
    value === null || Number.isNaN(value) ? "–" : percent(value, 1);
  const number = (value: number | null, like: number) =>
    numberText(value, { digits: Math.abs(like) >= 10 ? 1 : 4 });
  const verdict = ({ passed }: Row) => passed === null ? "" : passed ? "yes" : "NO";
  return {
    numbers: [
      [
        "number",
        "truth",
        "mean",
        "bias",
        "coverage",
        "±",
        "above",
        "below",
        "width",
        "naive coverage",
        "naive width",
        "no interval",
        "as it should be",
      ],
      ...rows.filter(({ truth }) => truth !== null).map((row) => [
        row.name,
        number(row.truth, row.truth!),
        number(row.mean, row.truth!),
        number(row.bias, row.truth!),
        share(row.coverage),
        share(row.coverageError),
        share(row.above),
        share(row.below),
        number(row.width, row.truth!),
        share(row.naiveCoverage),
        number(row.naiveWidth, row.truth!),
        share(row.unsaid),
        verdict(row),
      ]),
    ],
    tests: [
      ["test at 5%", "ecosystems", "rejected", "±", "as it should be"],
      ...rows.filter(({ rejected }) => rejected !== null).map((row) => [
        row.name,
        numberText(row.ecosystems),
        share(row.rejected),
        share(row.rejectedError),
        verdict(row),
      ]),
    ],
  };
}

/** Both tables for a terminal. */
export function printRows(rows: readonly Row[]): string {
  const { numbers, tests } = printCells(rows);
  return `${table(numbers)}\n\n${table(tests)}`;
}

/** The committed page: what was simulated, both tables, how to read them. */
export function printPage(
  rows: readonly Row[],
  { seeds, families, replicates, tests, testFamilies, deals }: Plan,
): string {
  const cells = printCells(rows);
  const parts = [
    "# Validation",
    wrap(
      "Written by `deno task validate`; `validation.csv` beside it has the same numbers in full.",
    ),
    wrap(
      `${numberText(seeds)} ecosystems of ${
        numberText(families)
      } families each, once as rows and once as texts, ` +
        `seeds 1 to ${seeds}. What is planted: see \`lib/task/validate/plan.ts\`. The truth is ` +
        "computed exactly from it (`truth.ts`), never simulated.",
    ),
    pipeTable(cells.numbers),
    [
      "**coverage**: share of the 95% intervals that hold the truth, families resampled " +
      `(${numberText(replicates)} times).`,
      "**±**: Monte-Carlo standard error of the share before it.",
      "**above**, **below**: share of the intervals that lie above or below the truth.",
      "**naive**: the same method when it takes edges as independent; of kin, the sub-trees of each " +
      "parent, which hold whole groups of siblings.",
      "**no interval**: share of the ecosystems of which the library gives none, since too few " +
      "families count.",
      "**as it should be**: coverage between 92% and 98%; rejections between 3% and 7%.",
    ].map((item) => wrap(`- ${item}`, "  ")).join("\n"),
    wrap(
      "The permutation test deals children again among the parents of their relation and month, " +
        `${numberText(deals)} times in each of ${numberText(tests)} ecosystems of ${
          numberText(testFamilies)
        } families. ` +
        "Without an effect siblings are alike all the same, because they follow the fashion of one month.",
    ),
    pipeTable(cells.tests),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** Text in lines of at most 100 characters, as `deno fmt` breaks them. */
function wrap(text: string, indent = ""): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > 100) {
      lines.push(line);
      line = indent + word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}

/** A Markdown table, its columns padded as `deno fmt` pads them. */
function pipeTable(cells: readonly string[][]): string {
  const rows = cells.map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = rows[0].map((_, i) => Math.max(3, ...rows.map((row) => row[i].length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(" | ")} |`;
  const [head, ...body] = rows;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}
