/** A number as people read it: `1,860,411`, at most `digits` decimals; an en dash where there is none. */
export function numberText(value: number | null, { digits = 0 }: { digits?: number } = {}): string {
  if (value === null || Number.isNaN(value)) return "–";
  return value.toLocaleString("en-US", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
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
