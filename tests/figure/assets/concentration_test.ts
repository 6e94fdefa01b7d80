import assert from "node:assert/strict";
import { concentrationFigure } from "../../../lib/figure/assets/concentration.ts";
import { source } from "../inputs.ts";
import { layoutFaults } from "../layout.ts";
import { concentrationInput } from "./concentration_input.ts";

const options = { source, variant: "aliased" } as const;
const data = concentrationInput((name) => name);

Deno.test("concentrationFigure() leaves out years with few assets and says so", () => {
  const { rows, values, note, caption } = concentrationFigure(data, options);
  assert.deepEqual([...new Set(rows.map(({ year }) => year))], [2019, 2020, 2021, 2022, 2023]);
  assert.equal(rows.length, 25);
  const { year, assets, organizations, undated, undocumented, yearsNotDrawn, largest } = values;
  assert.deepEqual({ year, assets, organizations, undated, undocumented, yearsNotDrawn, largest }, {
    year: 2023,
    assets: 243,
    organizations: 81,
    undated: 5,
    undocumented: 17,
    yearsNotDrawn: 1,
    largest: 10,
  });
  assert.equal(values.descendantsGini, data.years[5].descendants.gini);
  assert.equal(values.belowAssets, data.years[5].coverage[2].ofAll);
  assert.match(caption, /In 2023, 243 assets of 81 organisations/);
  assert.match(note, /no intervals\. 5 undated assets and 17 undocumented names left out/);
  const made = rows.filter(({ spread }) => spread === "assets made in the year");
  // Three were made in 2023: too few.
  assert.deepEqual(made.map(({ gini }) => gini === null), [false, false, false, false, true]);
  assert.equal(concentrationFigure(data, { ...options, least: 1 }).rows.length, 30);
});

Deno.test("concentrationFigure() keeps its texts apart with one year, and with many", () => {
  const [, one] = data.years;
  assert.deepEqual(layoutFaults(concentrationFigure({ ...data, years: [one] }, options).svg), []);
  const many = Array.from({ length: 40 }, (_, i) => ({
    ...data.years[5],
    year: 1985 + i,
    assets: 100_000 + i,
    dependants: { ...one.dependants, effective: 4321 },
  }));
  assert.deepEqual(layoutFaults(concentrationFigure({ ...data, years: many }, options).svg), []);
});

Deno.test("concentrationFigure() draws years in which nothing is built on anything", () => {
  const nothing = {
    population: 12,
    positive: 0,
    total: 0,
    gini: null,
    giniOfPositive: null,
    herfindahl: null,
    normalisedHerfindahl: null,
    effective: null,
    top: [{ k: 10, share: null }],
  };
  const row = {
    ...data.years[1],
    dependants: nothing,
    descendants: nothing,
    made: nothing,
    coverage: [{ k: 10, covered: 0, ofAll: 0, ofDependent: null }],
    organizations: {
      owned: nothing,
      external: nothing,
      hubs: [],
      coverage: [{ k: 10, covered: 0, ofAll: 0, ofDependent: null }],
    },
  };
  const { svg, alt, caption } = concentrationFigure({ ...data, years: [row] }, options);
  assert.deepEqual(layoutFaults(svg), []);
  assert.match(alt, /nothing to show/);
  assert.doesNotMatch(caption + svg, /NaN|null|undefined/);
});

Deno.test("concentrationFigure() refuses a snapshot without a year to draw", () => {
  for (const years of [[], [data.years[0]]]) {
    assert.throws(() => concentrationFigure({ ...data, years }, options), {
      name: "RangeError",
      message: /found 0 years with at least 10 assets by their end/,
    });
  }
});
