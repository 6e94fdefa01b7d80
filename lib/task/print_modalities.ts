import type { ModalityTrends } from "../measure/assets/fields/modality_trends.ts";
import { cut, numberText, percent, table } from "../display/text_table.ts";

/** Most modalities and pairs that are listed. */
const listed = 15;

/** Modalities by year. */
export function printModalities({ type, records, trends, pairs }: ModalityTrends): string {
  const lines = [`${numberText(records)} ${type} records; one has often several modalities`];
  for (const { side, years, rows, totals, leftOut } of trends) {
    const left = Object.entries(leftOut).filter(([, count]) => count > 0)
      .map(([state, count]) => `${numberText(count)} ${state}`).join(", ");
    lines.push(
      "",
      `${side}, share of the records of each year${left === "" ? "" : ` (left out: ${left})`}`,
      table([
        ["year", ...years.map(({ year }) => String(year)), "all"],
        ["records", ...years.map(({ records }) => numberText(records)), ""],
        ...totals.slice(0, listed).map(({ modality, records }) => [
          cut(modality),
          ...years.map(({ year, records }) =>
            percent(
              rows.find((row) => row.year === year && row.modality === modality)?.records ?? 0,
              records,
            )
          ),
          numberText(records),
        ]),
      ]),
    );
  }
  if (pairs.length > 0) {
    lines.push(
      "",
      "Pairs of input and output, with 95% intervals of the share",
      table([
        ["input", "output", "records", "share", "from", "to"],
        ...pairs.slice(0, listed).map(({ input, output, records, share, low, high }) => [
          cut(input),
          cut(output),
          numberText(records),
          percent(share, 1),
          percent(low, 1),
          percent(high, 1),
        ]),
      ]),
    );
  }
  return lines.join("\n");
}
