import assert from "node:assert/strict";
import { intervalsFigure } from "../../lib/figure/intervals.ts";
import { hostile, source } from "./inputs.ts";

const options = {
  name: "40_rates",
  title: "Rates",
  caption: "Rates with their intervals.",
  alt: "Dots with bars.",
  graph: "fine-tune edges",
  source,
  label: "Rate",
  series: [{ label: "families", fill: "#0072b2" }, { label: "edges", fill: "#e69f00" }],
};
const rows = [
  { group: "License", series: "families", value: 0.2, low: 0.1, high: 0.3 },
  { group: "License", series: "edges", value: 0.2, low: null, high: null },
  { group: "Task", series: "families", value: null, low: null, high: null },
];

function count(svg: string, pattern: RegExp): number {
  return [...svg.matchAll(pattern)].length;
}

Deno.test("intervalsFigure() draws a dot a number, a bar an interval, and says both", () => {
  const { svg, rows: plotted, width } = intervalsFigure(rows, options);
  const [, marks] = svg.split('aria-label="rule"');
  const [bars, dots] = marks.split('aria-label="dot"');
  assert.equal(count(bars, /<line /g), 1);
  assert.equal(count(dots, /<circle /g), 2);
  assert.match(svg, />20\.0% \(10\.0% to 30\.0%\)</);
  assert.match(svg, />20\.0%</);
  // A group without a number is not drawn, but its row is in the table.
  assert.doesNotMatch(svg, />Task</);
  assert.deepEqual(plotted, rows);
  assert.equal(width, 672);
});

Deno.test("intervalsFigure() shows numbers below 0, plain ones, and no legend for one series", () => {
  const { svg } = intervalsFigure(
    [{ group: "Cards", series: "edges", value: -1234.5, low: -2000, high: 12 }],
    { ...options, series: [options.series[1]], format: "number" },
  );
  assert.match(svg, />−1,234 \(−2,000 to 12\)</);
  assert.doesNotMatch(svg, /aria-label="legend"/);
});

Deno.test("intervalsFigure() takes any text as a group and draws it the same twice", () => {
  const strange = hostile.map((group) => ({ ...rows[0], group }));
  const { svg } = intervalsFigure(strange, options);
  assert.equal(svg, intervalsFigure(strange, options).svg);
  assert.doesNotMatch(svg, /<script/);
});

Deno.test("intervalsFigure() refuses rows without a number and a series without a colour", () => {
  assert.throws(() => intervalsFigure([rows[2]], options), {
    name: "RangeError",
    message: /found no row with a number/,
  });
  assert.throws(() => intervalsFigure([{ ...rows[0], series: "models" }], options), {
    name: "RangeError",
    message: /found the series "models", expected "families" or "edges"/,
  });
});
