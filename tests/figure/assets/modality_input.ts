import { wilsonInterval } from "../../../lib/core/wilson.ts";
import type { ModalityTrends } from "../../../lib/measure/assets/fields/modality_trends.ts";

/** Six modalities and a seventh that has no room, over four years, the first of which has too few models to be drawn. */
export function modalityInput(n: (plain: string) => string): ModalityTrends {
  const names = ["text", "image", "code", "audio", "video", "robot movements", "depth maps"].map(n);
  const years = [2020, 2021, 2022, 2023].map((year, i) => ({ year, records: 4 + 20 * i }));
  const leftOut = {
    ...{ undated: 2, known: 0, unsplit: 3, unread: 0 },
    ...{ none: 0, unknown: 4, absent: 1 },
  };
  const trend = (side: "input" | "output", off: number) => {
    const rows = years.flatMap(({ year, records: of }, y) =>
      names.flatMap((modality, i) => {
        const records = Math.max(0, Math.floor(of / (1 + i * 3)) - (i > 0 ? y + off : 0));
        return records === 0
          ? []
          : [{ year, modality, records, of, ...wilsonInterval(records, of) }];
      })
    );
    const totals = names.map((modality) => ({
      modality,
      records: rows.reduce((sum, row) => sum + (row.modality === modality ? row.records : 0), 0),
    }));
    return { side, years, rows, totals, leftOut };
  };
  const pairs = names.flatMap((input, i) =>
    names.slice(0, 2).map((output, j) => {
      const records = 120 - 16 * i - 8 * j;
      return { input, output, records, of: 136, ...wilsonInterval(records, 136) };
    })
  );
  return {
    type: "model",
    records: 146,
    trends: [trend("input", 0), trend("output", 2)],
    pairs: pairs.sort((a, b) => b.records - a.records),
  };
}
