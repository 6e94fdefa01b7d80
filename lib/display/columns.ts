import { isMissing } from "./cell_text.ts";
import { checkCount } from "./check_options.ts";
import { Estimate } from "./estimate.ts";
import { found } from "./found.ts";
import { numberText } from "./text_table.ts";

/** What the cells of a column are; `other` is shown as text. */
export type ColumnKind = "number" | "boolean" | "date" | "other";

/** A column of a shown table. */
export interface ShownColumn {
  /** Key in the rows. */
  key: string;
  /** What stands above it. */
  heading: string;
  /** Unit of its numbers, empty where there is none. */
  unit: string;
  /** What its cells are. */
  kind: ColumnKind;
  /** Decimals of its numbers. */
  digits: number;
  /** Whether its numbers have thousands separators: years have none. */
  grouped: boolean;
}

/** A table as it is shown, of rows with the same keys. */
export interface RowsOptions<Key extends string = string> {
  /** The columns and their order. @default all keys, in the order they are first met */
  columns?: readonly Key[];
  /** What stands above a column. @default the key, `externalDependants` as "external dependants" */
  headings?: Partial<Record<Key, string>>;
  /** Units by column, shown in the head. @default none */
  units?: Partial<Record<Key, string>>;
  /** Decimals by column. @default as many as tell the values apart, three significant digits in the middle */
  digits?: Partial<Record<Key, number>>;
  /** Rows shown from the beginning. @default 10 */
  first?: number;
  /** Rows shown from the end. @default 5 */
  last?: number;
  /** What the table shows. @default none */
  caption?: string;
}

/**
 * The columns of some rows, with the kind of their cells and the decimals of their numbers.
 *
 * @throws {TypeError} when an option is not of its shape
 * @throws {RangeError} when a column that is asked for is in no row, or decimals are not 0 to 20
 */
export function columnsOf(
  rows: readonly object[],
  { columns, headings = {}, units = {}, digits = {} }: RowsOptions,
): ShownColumn[] {
  checkColumns({ columns, headings, units, digits });
  const keys = new Set<string>();
  for (const row of rows) for (const key of Object.keys(row)) keys.add(key);
  const missing = [
    ...columns ?? [],
    ...Object.keys(headings),
    ...Object.keys(units),
    ...Object.keys(digits),
  ]
    .find((key) => !keys.has(key));
  if (missing !== undefined && rows.length > 0) {
    throw new RangeError(
      `Cannot show the column ${JSON.stringify(missing)}: found ${
        [...keys].map((key) => JSON.stringify(key)).join(", ")
      }`,
    );
  }
  return [...columns ?? keys].map((key) => {
    const values = rows.map((row) => cellOf(row, key)).filter((value) => !isMissing(value));
    const kind = kindOf(values);
    return {
      key,
      heading: ownOf(headings, key) ?? words(key),
      unit: ownOf(units, key) ?? "",
      kind,
      digits: ownOf(digits, key) ?? (kind === "number" ? digitsFor(values.filter(isNumber)) : 0),
      grouped: !/(?:^|[^a-z])years?$/i.test(key),
    };
  });
}

/** Checks the options that are about columns. */
function checkColumns({ columns, headings, units, digits }: RowsOptions): void {
  const fail = (option: string, value: unknown, wanted: string) => {
    throw new TypeError(
      `Cannot show rows with the option "${option}": found ${found(value)}, expected ${wanted}`,
    );
  };
  if (
    columns !== undefined &&
    !(Array.isArray(columns) && columns.every((key) => typeof key === "string"))
  ) fail("columns", columns, 'an array of keys such as ["name"]');
  for (const [option, value] of Object.entries({ headings, units, digits })) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      fail(option, value, 'an object by column such as {"name": …}');
    }
  }
  for (const [option, texts] of Object.entries({ headings, units })) {
    for (const [key, text] of Object.entries(texts ?? {})) {
      if (text !== undefined && typeof text !== "string") {
        fail(option, text, `a text for the column ${found(key)}`);
      }
    }
  }
  for (const [key, count] of Object.entries(digits ?? {})) {
    if (count === undefined) continue;
    checkCount("digits", count, {
      action: `show the column ${found(key)}`,
      most: mostDecimals,
    });
  }
}

/** A row's own value of a key. */
export function cellOf(row: object, key: string): unknown {
  return ownOf(row as Record<string, unknown>, key);
}

function ownOf<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function kindOf(values: readonly unknown[]): ColumnKind {
  if (values.length === 0) return "other";
  if (values.every(isNumber)) return "number";
  if (values.every((value) => typeof value === "boolean")) return "boolean";
  return values.every((value) => value instanceof Date) ? "date" : "other";
}

function isNumber(value: unknown): value is number | bigint | Estimate {
  return typeof value === "number" || typeof value === "bigint" || value instanceof Estimate;
}

/** Most decimals that can be asked for. */
const mostDecimals = 20;

/** Most decimals that are chosen without being asked for. */
const mostDigits = 4;

/** Three significant digits of the median, but no more decimals than the values have. */
function digitsFor(values: readonly (number | bigint | Estimate)[]): number {
  const broken = values.map((value) => Number(value instanceof Estimate ? value.value : value))
    .filter((value) => Number.isFinite(value) && !Number.isInteger(value));
  if (broken.length === 0) return 0;
  const sizes = broken.map(Math.abs).sort((a, b) => a - b);
  const wanted = 2 - Math.floor(Math.log10(sizes[sizes.length >> 1]));
  const most = Math.max(
    ...broken.slice(0, 1000).map((value) => decimalsOf(value)),
  );
  return Math.max(1, Math.min(wanted, most, mostDigits));
}

/** Decimals that a number has when it is written out. */
function decimalsOf(value: number): number {
  const decimals = numberText(value, { digits: mostDecimals }).split(".")[1] ?? "";
  return decimals.replace(/0+$/, "").length;
}

/** A key in words: `externalDependants` and `created_date` as "external dependants" and "created date". */
function words(key: string): string {
  if (!/^[a-z][A-Za-z0-9_]*$/.test(key)) return key;
  return key.replaceAll("_", " ").replace(
    /([a-z0-9])([A-Z])(?=[a-z])/g,
    (_, a, b) => `${a} ${b.toLowerCase()}`,
  );
}
