import assert from "node:assert/strict";
import { sizeText } from "../../../lib/figure/assets/size_panel.ts";
import { sizeTrendsFigure } from "../../../lib/figure/assets/size_trends.ts";
import { random } from "../../../lib/core/random.ts";
import { sizeTrends } from "../../../lib/measure/assets/fields/size_trends.ts";
import { readCell } from "../../../lib/source/asset_cell.ts";
import { assetRecord, snapshotOf } from "../../oracle/random_assets.ts";
import { hostile, source } from "../inputs.ts";
import { layoutFaults } from "../layout.ts";
import { sizeInput } from "./size_input.ts";

const input = sizeInput((name) => name);

Deno.test("sizeText() is short and names its unit", () => {
  assert.deepEqual(
    [175e9, 1.2e12, 6e9, 100e6, 999, 1e3].map((size) => sizeText(size, "parameters")),
    ["175B", "1.2T", "6B", "100M", "999", "1k"],
  );
  assert.deepEqual(
    [825e9, 10.5e12, 214e3, 9e18].map((size) => sizeText(size, "bytes")),
    ["825 GB", "10.5 TB", "214 kB", "9000 PB"],
  );
});

Deno.test("sizeTrendsFigure() says in the caption what could not be read", () => {
  const { caption, values, rows } = sizeTrendsFigure(input, { source });
  assert.match(caption, /Could not be read: 1 text of 8\./);
  assert.match(caption, /dense 3, sparse 1, not said 1/);
  assert.equal(values["models: doublings a year"], 0.5);
  assert.equal(rows.length, 7);
  assert.equal(rows[0].created, "2021-06-04");
});

Deno.test("sizeTrendsFigure() draws no line when there is no interval", () => {
  const { svg } = sizeTrendsFigure(input, { source });
  assert.match(svg, /2 sizes, too few for a line/);
  assert.match(svg, /0 sizes, too few for a line/);
  assert.equal(svg.match(/aria-label="line"/g)?.length, 1);
});

Deno.test("sizeTrendsFigure() refuses what has no size with a date", () => {
  const none = <T extends { rows: unknown }>(series: T): T => ({ ...series, rows: [], years: [] });
  const empty = { ...input, models: input.models.map(none), datasets: input.datasets.map(none) };
  assert.throws(() => sizeTrendsFigure(empty, { source }), /found 0 sizes with a date/);
});

Deno.test("sizeTrendsFigure() keeps its texts in the frame and apart when dates, sizes and names are any", () => {
  for (let seed = 1; seed <= 12; seed++) {
    const rng = random({ seed });
    const first = Date.UTC(1950 + rng.below(72), rng.below(12));
    const span = rng.uniform() * 10 ** (9 + rng.below(4));
    const count = [1, 2, 30, 300][seed % 4];
    const snapshot = snapshotOf(Array.from({ length: count }, (_, i) => {
      const unit = ["parameters", "tokens", "bytes"][rng.below(3)];
      const size = Math.ceil(10 ** (rng.uniform() * 14));
      return assetRecord({
        name: `${hostile[i % hostile.length]} ${i} with a long name`,
        type: unit === "parameters" ? "model" : "dataset",
        organization: `lab ${rng.below(12)}`,
        created: first + rng.uniform() * span,
        cells: { size: readCell(`${size} ${unit} ${["(dense)", "(sparse)", ""][rng.below(3)]}`) },
      });
    }));
    const { svg } = sizeTrendsFigure(sizeTrends(snapshot, { replicates: 100 }), { source });
    assert.deepEqual(layoutFaults(svg), [], `seed ${seed}`);
  }
});
