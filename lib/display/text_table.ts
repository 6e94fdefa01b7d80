/** Making a format takes thirty times as long as using it. */
const formats = new Map<string, Intl.NumberFormat>();

/** From here on numbers have no decimals, and from there on they are no longer written out. */
const whole = 2 ** 53;
const long = 1e21;

/**
 * A number as people read it: `1,860,411`, with `digits` decimals where numbers of its size have any; an en dash where there is none. What
 * is rounded to zero has no sign.
 */
export function numberText(
  value: number | bigint | null,
  { digits = 0, grouped = true }: {
    /** @default 0 */ digits?: number;
    /** Whether thousands are separated. @default true */ grouped?: boolean;
  } = {},
): string {
  if (value === null || Number.isNaN(value)) return "–";
  if (typeof value === "number" && Number.isFinite(value)) {
    if (Math.abs(value) >= long) return value.toExponential(1);
    if (Math.abs(value) >= whole) digits = 0;
  }
  const key = `${digits} ${grouped}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat("en-US", {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      useGrouping: grouped,
      signDisplay: "negative",
    });
    formats.set(key, format);
  }
  return format.format(value);
}

/** A share as a percentage with one decimal. */
export function percent(part: number, whole: number): string {
  return whole > 0 ? `${(100 * part / whole).toFixed(1)}%` : "–";
}

/**
 * Text for a terminal: control characters, which could move its cursor, and those that turn the direction of what follows
 * become visible escapes.
 */
export function printable(text: string): string {
  return text.replace(
    // deno-lint-ignore no-control-regex
    /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A text on one line and at most `width` characters long, with an ellipsis where it was cut. */
export function cut(text: string, { width = 40 }: { /** @default 40 */ width?: number } = {}) {
  const characters = [...text.replace(/\s+/g, " ")];
  return characters.length <= width
    ? characters.join("")
    : `${characters.slice(0, width - 1).join("")}…`;
}

/** Rows as aligned columns with two blanks between; numbers and percentages to the right, all else to the left. */
export function table(
  rows: readonly (readonly string[])[],
  { indent = "  ", numbers = true }: {
    indent?: string;
    /**
     * Whether columns with a number in them go to the right; or which columns do.
     * @default true
     */
    numbers?: boolean | readonly boolean[];
  } = {},
): string {
  const clean = rows.map((row) => row.map(printable));
  const widths: number[] = [];
  for (const row of clean) {
    row.forEach((cell, i) => widths[i] = Math.max(widths[i] ?? 0, [...cell].length));
  }
  const numeric = widths.map((_, i) =>
    typeof numbers === "object"
      ? numbers[i]
      : numbers && clean.slice(1).some((row) => /^[\d,.–%+-]+$/.test(row[i] ?? ""))
  );
  return clean
    .map((row) =>
      indent + row
        .map((cell, i) => {
          const gap = " ".repeat(widths[i] - [...cell].length);
          return numeric[i] ? gap + cell : cell + gap;
        })
        .join("  ")
        .trimEnd()
    )
    .join("\n");
}
