import assert from "node:assert/strict";
import * as Plot from "@observablehq/plot";
import { plotFigure, type PlotFigureOptions } from "../../lib/figure/plot_figure.ts";
import { saveFigures } from "../../lib/figure/save.ts";
import { theme } from "../../lib/figure/theme.ts";
import { hostile, source } from "./inputs.ts";
import { layoutFaults } from "./layout.ts";

const rows = [{ name: "gemma-2b", rate: 0.25 }, { name: "Qwen1.5-7B", rate: 0.125 }];
const parts: PlotFigureOptions = {
  name: "40_rates",
  title: "Rates",
  caption: "Of {edges} edges {rate:.1%} change.",
  alt: "Bars.",
  graph: "fine-tune edges",
  source,
  rows,
  values: { edges: 12345, rate: 0.25, best: "gemma-2b" },
};

function bars(data: readonly { name: string; rate: number }[] = rows): Plot.PlotOptions {
  return {
    height: 90,
    marginLeft: 120,
    marginRight: 30,
    marks: [Plot.barX(data, { x: "rate", y: "name", fill: theme.bar })],
  };
}

Deno.test("plotFigure() draws a plot in the theme, with note, rows and values", () => {
  const drawn = plotFigure(bars(), parts);
  assert.equal(drawn.caption, "Of 12,345 edges 25.0% change.");
  assert.equal(drawn.function, "plotFigure");
  assert.deepEqual([drawn.width, drawn.rows, drawn.values], [672, rows, parts.values]);
  assert.match(drawn.note, /^Source: snapshot hand-made \(sha256 01234567\); fine-tune edges\.$/);
  assert.match(drawn.svg, new RegExp(`fill="${theme.bar}"`));
  assert.doesNotMatch(drawn.svg, /currentColor|<style|class=|→|↑/);
  assert.deepEqual(layoutFaults(drawn.svg), []);
  assert.equal(plotFigure(bars(), parts).svg, drawn.svg);
});

Deno.test("plotFigure() puts names of colours above the plot and says what it is told to", () => {
  const plain = plotFigure(bars(), parts);
  const drawn = plotFigure(bars(), {
    ...parts,
    legend: [{ label: "rate", fill: theme.bar }],
    width: "column",
    remark: "{best} leads.",
    seed: 7,
    function: "rates",
    source: { ...source, simulated: true, tier: "cleaned" },
  });
  assert.deepEqual([drawn.width, drawn.function], [336, "rates"]);
  assert.match(drawn.svg, /<title>Rates, cleaned tier</);
  assert.equal(drawn.name, "40_rates_cleaned");
  assert.match(drawn.note, /^Simulated data\. .* gemma-2b leads\. Random numbers from seed 7\.$/);
  assert.match(drawn.svg, /SIMULATED DATA/);
  assert.ok(drawn.height > plain.height);
  assert.deepEqual(layoutFaults(drawn.svg), []);
});

Deno.test("plotFigure() draws facets only where the plot has them", () => {
  const facets = plotFigure({ ...bars(), fx: { label: "shown" } }, parts).svg;
  assert.deepEqual(layoutFaults(facets), []);
  const marks = [Plot.barX(rows, { x: "rate", fy: "name", fill: theme.bar })];
  assert.match(plotFigure({ marginRight: 90, marks }, parts).svg, />Qwen1\.5-7B</);
});

Deno.test("plotFigure() keeps hostile names escaped, printable and out of its texts' templates", () => {
  for (const name of hostile) {
    const { svg, caption } = plotFigure(bars([{ name, rate: 0.1 }]), {
      ...parts,
      caption: "{best} of {constructor}.",
      values: { best: "{edges} <script>", constructor: name },
    });
    assert.equal(caption, `{edges} <script> of ${name}.`);
    assert.doesNotMatch(svg, /<script|[\u202a-\u202e\u2066-\u2069]/);
  }
});

Deno.test("plotFigure() refuses numbers and places that no value fills", () => {
  const refuse = (texts: Partial<PlotFigureOptions>, error: { name: string; message: RegExp }) =>
    assert.throws(() => plotFigure(bars(), { ...parts, ...texts }), error);
  const name = "RangeError";
  refuse({ caption: "Of 12 edges." }, {
    name,
    message: /"40_rates": caption says 12, which is no/,
  });
  refuse({ alt: "Bars, 25.0%." }, { name, message: /alt says 25\.0%/ });
  refuse({ remark: "Since 2023." }, { name, message: /remark says 2023/ });
  refuse({ caption: "{edge}" }, { name, message: /asks for \{edge\}, expected one of \["edges"/ });
  refuse({ caption: "{toString}" }, { name, message: /asks for \{toString\}/ });
  refuse({ caption: "{rate:zz}" }, { name: "SyntaxError", message: /a format of d3/ });
  refuse({ caption: "{best:.1%}" }, { name: "SyntaxError", message: /found "gemma-2b"/ });
  refuse({ name: "rates" }, { name, message: /expected a name like "01_slug"/ });
});

Deno.test("plotFigure() takes numbers of values and rows, of names, and the level of an interval", () => {
  const { caption } = plotFigure(bars(), {
    ...parts,
    caption: `12,345 edges, 0.125 of Qwen1.5-7B
      in 2022-03; 95% intervals.`,
  });
  assert.equal(caption, "12,345 edges, 0.125 of Qwen1.5-7B in 2022-03; 95% intervals.");
});

Deno.test("plotFigure() refuses rows that make no table and plots that are no single drawing", () => {
  const refuse = (rows: object[], error: { name: string; message: RegExp }) =>
    assert.throws(() => plotFigure(bars(), { ...parts, rows }), error);
  refuse([], { name: "RangeError", message: /found 0 rows/ });
  refuse([{ a: 1 }, { b: 1 }], { name: "TypeError", message: /row 1 has the keys \["b"\]/ });
  refuse([{ a: undefined }], { name: "TypeError", message: /"a" of row 0 is undefined/ });
  refuse([{ a: 1 }, { a: [1] }], { name: "TypeError", message: /"a" of row 1 is 1, expected/ });
  assert.throws(() => plotFigure({ ...bars(), title: "Mine" }, parts), TypeError);
});

Deno.test("saveFigures() writes a figure of one's own into the gallery", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const { figures } = await saveFigures([plotFigure(bars(), parts)], folder);
    assert.deepEqual(
      figures[0].files.map(({ name }) => name),
      ["svg", "png", "pdf", "csv"].map((ending) => `40_rates.${ending}`),
    );
    assert.equal(
      await Deno.readTextFile(`${folder}/40_rates.csv`),
      "name,rate\ngemma-2b,0.25\nQwen1.5-7B,0.125\n",
    );
    const page = await Deno.readTextFile(`${folder}/index.html`);
    assert.match(page, /Of 12,345 edges 25\.0% change\./);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
