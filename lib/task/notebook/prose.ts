import type { Notebook } from "../../kernel/run_notebook.ts";
import { joined } from "./canonical_outputs.ts";
import type { Complaint } from "./complaints.ts";
import { isShown, numbersIn, shownNumbers } from "./numbers.ts";

/** Values of figures by their names, as `figures/values.json` has them. */
export type FigureValues = Record<string, Record<string, unknown>>;

/** What is no prose, or holds numbers that nothing is bound to; its place stays, filled with blanks. */
const passages = [
  /^(```|~~~)[\s\S]*?^\1.*$/gm,
  /(`+)[\s\S]*?\1/g,
  /<!--[\s\S]*?-->/g,
  /!?\[[^\]]*\]\([^)]*\)/g,
  /!?\[[^\]]*\]\[[^\]]*\]|^\[[^\]]+\]:.*$/gm,
  /<[^>\n]*>|\bhttps?:\/\/\S+/g,
  // Numbers of headings and of lists.
  /^(?:\s*>)*\s*(?:#+\s+\d+(?:\.\d+)*[.:)]?|\d+[.)])(?=\s)/gm,
  // What a thing is called: figure 11, notebook 05, Definition 7.1.
  /\b(?:figures?|fig\.|notebooks?|sections?|tables?|chapters?|cells?|steps?|pages?|issues?|definitions?|theorems?|equations?|appendix|seed)\s+\d+(?:\.\d+)*(?:(?:\s*[–-]\s*|, | and | to )\d+(?:\.\d+)*)*\b/gi,
  // A method, not a result.
  /\b\d+(?:\.\d+)?\s?% (?:confidence |bootstrap )?intervals?\b/gi,
  // A name: GPT-3, top-10.
  /\b[\p{L}_][\p{L}\p{N}_]*(?:[-–./][\p{L}\p{N}_]+)+/gu,
  // Years, and what is left of a span of them.
  /(?<![\w.,])(?:19|20)\d\d(?:\s?[–-]\s?(?:19|20)?\d\d)?(?![\w%]|[.,-]\d)/g,
];

/**
 * Numbers in the prose of a notebook that neither one of its outputs shows (text, table, caption or alternative text of a figure) nor
 * `values.json` has for a figure that the notebook names.
 *
 * Prose is the text of markdown cells but for code, links, comments and tags. Digits count as a number unless they are a year (1900 to 2099), a
 * day, a version, the number of an arXiv paper, of a heading, of a list or of a thing that is called by it (figure 11, notebook 05, seed
 * 1), the percentage of an interval, or part of a name (`GPT-3`); names with a number apart, such as Llama 2, belong in a code span.
 * Numbers agree when what is shown, rounded to the decimals of the prose, is the same: see {@link isShown}. Numbers in words are not
 * looked at, nor is the sign.
 *
 * @param notebook As it was executed.
 */
export function unboundNumbers(
  notebook: Notebook,
  { values = {} }: { /** @default none */ values?: FigureValues } = {},
): Complaint[] {
  const sources = notebook.cells.map(({ source }) => joined(source)).join("\n");
  const named = Object.entries(values).filter(([figure]) => sources.includes(figure));
  const shown = shownNumbers([
    ...notebook.cells.flatMap(({ outputs = [] }) => outputs.flatMap(visibleTexts)),
    ...named.flatMap(([, of]) => Object.values(of).map(String)),
  ]);
  return notebook.cells.flatMap(({ cell_type, source }, i) => {
    if (cell_type !== "markdown") return [];
    const text = joined(source);
    let prose = text;
    for (const passage of passages) {
      prose = prose.replace(passage, (found) => found.replace(/[^\n]/g, " "));
    }
    return numbersIn(prose)
      .filter((number) => !isShown(number, shown))
      .map((number) => ({
        cell: i + 1,
        message: `${number.text} is in no output of this notebook: "${
          sentenceAt(text, number.at)
        }"`,
      }));
  });
}

/** What a reader sees of an output: its text, its table without tags; of a figure the title, the description and labels for readers. */
function visibleTexts(output: Record<string, unknown>): string[] {
  if (output.output_type === "stream") return [joined(output.text)];
  const { data = {} } = output as { data?: Record<string, unknown> };
  return Object.entries(data).flatMap(([type, value]) => {
    if (/^text\/(?:plain|markdown|latex)$/.test(type)) return [joined(value)];
    return type === "text/html" || type === "image/svg+xml" ? [visibleMarkup(joined(value))] : [];
  });
}

function visibleMarkup(markup: string): string {
  const labels = [...markup.matchAll(/\b(?:aria-label|alt|title)="([^"]*)"/g)].map(([, text]) =>
    text
  );
  const told = [...markup.matchAll(/<(title|desc|figcaption|caption)\b[^>]*>([\s\S]*?)<\/\1>/g)]
    .map(([, , text]) => text);
  const text = markup
    .replace(/<(script|style|svg)\b[\s\S]*?<\/\1>/g, " ");
  return [...labels, ...told, text].join("\n").replace(/<[^>]*>/g, " ")
    .replace(/&(?:#\d+|#x[0-9a-f]+|\w+);/gi, " ");
}

/** The sentence around a place, on one line. */
function sentenceAt(text: string, at: number): string {
  let start = 0;
  let end = text.length;
  for (
    const { index, 0: gap } of text.matchAll(
      /(?<=[.!?:]["”)*_]*)\s+(?=\S)|\n\s*\n|\n(?=\s*[-*#|>])|(?<=^#.*)\n/gm,
    )
  ) {
    if (index + gap.length <= at) start = index + gap.length;
    else {
      end = index;
      break;
    }
  }
  const sentence = text.slice(start, end).replace(/\s+/g, " ").trim();
  return sentence.length > 200 ? `${sentence.slice(0, 199)}…` : sentence;
}
