import { format } from "d3";
import type { Cell } from "./figure.ts";

/** What {@link fillValues} fills with. */
export interface FillValuesOptions {
  /** What `{name}` stands for. */
  values: Readonly<Record<string, Cell>>;
  /** Rows whose numbers may be said as well. */
  rows: readonly Readonly<Record<string, Cell>>[];
  /** Which text it is, for errors. */
  what: string;
  /** Name of the figure, for errors. */
  name: string;
}

/** `{name}` or `{name:format}`. */
const places = /\{([^{}:]+)(?::([^{}]*))?\}/g;

/**
 * Fills `{name}` and `{name:format}` in a text with values; a number without a format gets thousands separators, white space is made one
 * space.
 * A number that is written out must be a value or stand in a row, so that no text says what the data do not: 95% is none, it is
 * the level of an interval.
 *
 * @throws {RangeError} when there is no such value, or a number is none of them
 * @throws {SyntaxError} when a format is none of d3's, or a value with a format no number
 */
export function fillValues(text: string, { values, rows, what, name }: FillValuesOptions): string {
  const action = `Cannot draw figure ${JSON.stringify(name)}`;
  const line = text.replace(/\s+/g, " ").trim();
  checkNumbers(line.replace(places, ""), { values, rows, action, what });
  return line.replace(places, (place, key: string, spec?: string) => {
    if (!Object.hasOwn(values, key)) {
      throw new RangeError(
        `${action}: ${what} asks for ${place}, expected one of ${
          JSON.stringify(Object.keys(values))
        }`,
      );
    }
    const value = values[key];
    if (spec === undefined) {
      return typeof value === "number" ? value.toLocaleString("en-US") : String(value ?? "none");
    }
    if (typeof value !== "number") {
      throw new SyntaxError(
        `${action}: ${what} formats ${place}, found ${JSON.stringify(value)}, expected a number`,
      );
    }
    try {
      return format(spec)(value);
    } catch {
      throw new SyntaxError(
        `${action}: ${what} asks for ${place}, expected a format of d3 such as ".1%"`,
      );
    }
  });
}

/** Numbers that stand alone: not part of a name such as Qwen1.5-7B or of a month such as 2022-03. */
const numbers = /(?<![\p{L}\p{N}_.-])\d[\d,]*(?:\.\d+)?%?(?![\p{L}\p{N}_-])/gu;

function checkNumbers(
  text: string,
  { values, rows, action, what }: Pick<FillValuesOptions, "values" | "rows" | "what"> & {
    action: string;
  },
): void {
  const said = text.match(numbers)?.map((number) => number.replace(/,$/, "")) ?? [];
  if (said.length === 0) return;
  const known = new Set(["95%"]);
  for (const cell of [...Object.values(values), ...rows.flatMap((row) => Object.values(row))]) {
    if (typeof cell === "number") known.add(String(cell)).add(cell.toLocaleString("en-US"));
  }
  const stray = said.find((number) => !known.has(number));
  if (stray !== undefined) {
    throw new RangeError(
      `${action}: ${what} says ${stray}, which is no value; put it into values and write {its name}`,
    );
  }
}
