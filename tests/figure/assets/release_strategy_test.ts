import assert from "node:assert/strict";
import { releaseStrategyFigure } from "../../../lib/figure/assets/release_strategy.ts";
import { source } from "../inputs.ts";
import { layoutFaults } from "../layout.ts";
import { releaseInput } from "./release_input.ts";

const input = releaseInput((name) => name);

Deno.test("releaseStrategyFigure() counts what it does not draw", () => {
  const { note, values, rows } = releaseStrategyFigure(input, { source });
  assert.match(note, /1 record from before 2021 counted, not drawn/);
  assert.deepEqual(
    [values["model: open"], values["model: known"], values.dated, values.undated],
    [101, 117, 130, 3],
  );
  assert.equal(rows.filter(({ panel }) => panel === "license family").length, 4 * 9);
});

Deno.test("releaseStrategyFigure() draws nine years at most", () => {
  const years = Array.from(
    { length: 30 },
    (_, i) => ({ ...input.licenses.years[1], year: 1995 + i }),
  );
  const figure = releaseStrategyFigure(
    { ...input, licenses: { ...input.licenses, years } },
    { source },
  );
  assert.equal(figure.values.from, 2016);
  assert.deepEqual(layoutFaults(figure.svg), []);
});

Deno.test("releaseStrategyFigure() refuses records without a date", () => {
  const licenses = { ...input.licenses, years: [] };
  assert.throws(() => releaseStrategyFigure({ ...input, licenses }, { source }), RangeError);
});
