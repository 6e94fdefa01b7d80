import type {
  SizeClass,
  SizeRow,
  SizeSeries,
  SizeTrends,
} from "../../../lib/measure/assets/fields/size_trends.ts";

/** Sizes of a few models and datasets, made by hand. */
export function sizeInput(n: (plain: string) => string): SizeTrends {
  const row = (name: string, date: string, size: number, kind: SizeClass): SizeRow => ({
    name: n(name),
    organization: n("Lab"),
    created: Date.parse(date),
    year: Number(date.slice(0, 4)),
    size,
    kind,
  });
  const models = [
    row("GPT-J", "2021-06-04", 6e9, "dense"),
    row("Alone", "2021-12-01", 1.2e12, "sparse"),
    row("T0", "2022-01-15", 11e9, "dense"),
    row("Codex", "2022-07-01", 12e9, "not said"),
    row("GPT-NeoX", "2023-02-01", 20e9, "dense"),
  ];
  const coverage = {
    records: 7,
    known: 6,
    read: 5,
    missing: { unknown: 1, none: 0, absent: 0 },
    undated: 0,
    units: [{ unit: "parameters" as const, records: 5 }],
  };
  return {
    models: [
      series("parameters", "all", models),
      ...(["dense", "sparse", "not said"] as const).map((of) =>
        series("parameters", of, models.filter(({ kind }) => kind === of))
      ),
    ],
    datasets: [
      series("tokens", "all", []),
      series("bytes", "all", [
        row("The Pile", "2020-12-31", 825e9, "not said"),
        row("P3", "2022-03-01", 40e9, "not said"),
      ]),
    ],
    coverage: { model: coverage, dataset: { ...coverage, records: 4, known: 2, read: 2 } },
    unread: [{
      name: n("arXiv reader"),
      type: "model",
      text: "8x7B",
      reason: "experts and the size of one, not of all",
      file: "lab.yaml",
      line: 3,
    }],
    seed: 1,
  };
}

function series(unit: SizeSeries["unit"], of: SizeSeries["of"], rows: SizeRow[]): SizeSeries {
  const doublingsPerYear = rows.length === 5
    ? { estimate: 0.5, low: -0.25, high: 1.5 }
    : { estimate: rows.length > 1 ? -1 : null, low: null, high: null };
  const fit = {
    rows: rows.length,
    clusters: rows.length,
    doublingsPerYear,
    doublingMonths: { estimate: null, low: null, high: null },
    line: rows.length < 2 ? [] : [rows[0], rows.at(-1)!].map(({ created, size }) => ({
      created,
      size,
      low: rows.length === 5 ? size / 2 : null,
      high: rows.length === 5 ? size * 3 : null,
    })),
  };
  return {
    unit,
    of,
    rows,
    years: rows.map((row) => ({ year: row.year, rows: 1, median: row.size, largest: row })),
    typical: fit,
    largest: fit,
  };
}
