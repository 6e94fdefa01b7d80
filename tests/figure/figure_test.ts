import assert from "node:assert/strict";
import { allFigures } from "../../lib/figure/all_figures.ts";
import { assetGrowthFigure } from "../../lib/figure/assets/asset_growth.ts";
import { assetHubsFigure } from "../../lib/figure/assets/asset_hubs.ts";
import { chart } from "../../lib/figure/chart.ts";
import { driftLinesFigure } from "../../lib/figure/drift_lines.ts";
import { familyGrowthFigure } from "../../lib/figure/family_growth.ts";
import { familyTreesFigure } from "../../lib/figure/family_trees.ts";
import { figure } from "../../lib/figure/figure.ts";
import { mutationRatesFigure } from "../../lib/figure/mutation_rates.ts";
import { organizationFlowsFigure } from "../../lib/figure/assets/organization_flows.ts";
import { topTensFigure } from "../../lib/figure/top_tens.ts";
import { transitionMatricesFigure } from "../../lib/figure/transition_matrices.ts";
import { hostile, inputs, source } from "./inputs.ts";

const { assets, models } = inputs();
const options = { source };
const variant = "documented" as const;

Deno.test("figure() shows in the drawing that data are simulated, and only then", () => {
  const simulated = allFigures(inputs({ simulated: true })).figures;
  assert.ok(simulated.every(({ svg }) => svg.includes(">SIMULATED DATA</text>")));
  assert.ok(simulated.every(({ note }) => note.startsWith("Simulated data. ")));
  const real = allFigures(inputs()).figures;
  assert.ok(real.every(({ svg, note }) => !/simulated/i.test(svg + note)));
});

Deno.test("figure() says snapshot, checksum and graph under the drawing", () => {
  for (const { source, note, graph } of allFigures(inputs()).figures) {
    const tier = source.tier === undefined ? "" : "; raw tier, automatic uploads included";
    assert.ok(
      note.startsWith(`Source: snapshot hand-made (sha256 01234567); ${graph}${tier}.`),
      note,
    );
  }
  const { note } = assetHubsFigure(assets.hubs, { source: { ...source, sha256: null }, variant });
  assert.match(note, /snapshot hand-made; documented assets only, edges/);
  const aliased = assetHubsFigure(assets.hubs, { source, variant: "aliased" }).note;
  assert.match(
    aliased,
    /; documented assets and undocumented names \(one that differs from an asset's by case or white space only is that asset\), edges/,
  );
});

Deno.test("figure() refuses a name that is not NN_slug", () => {
  const parts = { ...options, title: "", caption: "", alt: "", graph: "", values: {}, rows: [] };
  for (const name of ["hubs", "1_hubs", "01_Hubs", "../01_hubs", ""]) {
    assert.throws(
      () => figure({ ...parts, name, function: "f", height: 1, panels: [] }),
      { name: "RangeError", message: /expected a name like "01_slug"/ },
    );
  }
});

Deno.test("chart() refuses a plot that is not one svg", () => {
  assert.throws(() => chart({ title: "no", marks: [] }), TypeError);
});

Deno.test("every figure draws the same bytes twice and does not change its rows", () => {
  for (const names of [[], hostile]) {
    const data = inputs({ names });
    const before = JSON.stringify(data);
    const first = JSON.stringify(allFigures(data));
    assert.equal(JSON.stringify(allFigures(data)), first);
    assert.equal(JSON.stringify(data), before);
  }
});

Deno.test("every number of a caption is among its values or rows", () => {
  for (const { name, caption, values, rows } of allFigures(inputs()).figures) {
    const cells = [...Object.values(values), ...rows.flatMap((row) => Object.values(row))];
    const known = new Set([String(rows.length)]);
    for (const cell of cells) {
      if (typeof cell !== "number") continue;
      known.add(String(cell)).add(cell.toLocaleString("en-US")).add(
        Math.round(cell).toLocaleString("en-US"),
      );
      known.add(Math.abs(cell).toFixed(2)).add((100 * cell).toFixed(1)).add(
        Math.abs(cell).toFixed(1),
      );
    }
    // Names and the placeholder date hold digits that are no numbers, and 95% is the level of an interval: shares have a decimal.
    const names = cells.filter((cell) => typeof cell === "string" && cell !== "") as string[];
    const text = [...names, "2022-03-02", "95%"].sort((a, b) => b.length - a.length)
      .reduce((rest, name) => rest.replaceAll(name, ""), caption);
    const numbers = text.match(/\d[\d,]*(\.\d+)?/g)?.map((number) => number.replace(/,$/, "")) ??
      [];
    assert.ok(numbers.length > 0, name);
    for (const number of numbers) {
      assert.ok(known.has(number), `${name}: ${number} of "${caption}"`);
    }
  }
});

Deno.test("assetHubsFigure() plots each dependant and each edge between dependants", () => {
  const { rows, values } = assetHubsFigure(assets.hubs, { source, variant });
  assert.deepEqual(rows.map(({ hub, from, to }) => `${hub}: ${from} -> ${to}`), [
    "The Pile: The Pile -> GPT-J",
    "The Pile: The Pile -> GPT-NeoX",
    "The Pile: The Pile -> Codex",
    "The Pile: GPT-J -> Codex",
    "P3: P3 -> T0",
    "P3: P3 -> arXiv reader",
  ]);
  assert.equal(values["The Pile: transitive"], 4);
  assert.throws(() => assetHubsFigure([], { source, variant }), /found 0 hubs/);
});

Deno.test("assetGrowthFigure() adds up months and counts what lies before its axis", () => {
  const { rows, values, note } = assetGrowthFigure(assets.growth, options);
  assert.deepEqual(rows.at(-1), { month: "2022-03", type: "application", added: 0, total: 3 });
  assert.equal(values.dated, 111);
  assert.equal(values.before, 1);
  assert.match(note, /1 asset from before 2021 counted, not drawn/);
  assert.throws(() => assetGrowthFigure({ months: [], undated: 3 }, options), RangeError);
  assert.throws(
    () =>
      assetGrowthFigure(
        { months: [{ month: "May", type: "model", added: 1 }], undated: 0 },
        options,
      ),
    SyntaxError,
  );
});

Deno.test("organizationFlowsFigure() draws the largest and leaves out flows to oneself", () => {
  const flows = [...assets.flows, { from: "Lab", to: "Lab", edges: 99 }];
  const { values, rows } = organizationFlowsFigure({ flows }, { source, variant, top: 2 });
  assert.equal(values.edges, 8);
  assert.deepEqual(rows, [
    { from: "Lab", to: "Science", edges: 5 },
    { from: "Science", to: "Lab", edges: 1 },
  ]);
  assert.throws(
    () => organizationFlowsFigure({ flows: flows.slice(-1) }, { source, variant }),
    RangeError,
  );
});

Deno.test("topTensFigure() gives shares of those that report and names languages", () => {
  const { rows, svg } = topTensFigure(models.topTens, options);
  assert.deepEqual(rows[0], { panel: "license", value: "apache-2.0", count: 900, share: 0.6 });
  assert.match(svg, />English</);
  assert.match(svg, />none in this snapshot</);
  assert.throws(() => topTensFigure({ ...models.topTens, models: 0 }, options), RangeError);
});

Deno.test("topTensFigure() says how many links have known categories, and which are the template's", () => {
  const { topTens } = models;
  const { caption, note, svg, values, rows } = topTensFigure(topTens, options);
  assert.match(caption, /Of 7 links to papers 3 have known categories \(42\.9%\); 2 links are to/);
  assert.equal(values["categories: links to it"], 2);
  assert.equal(values["categories: paper of the card template"], "1910.09700");
  assert.match(svg, />share of 3 of 7 links</);
  assert.match(note, /Categories: arxiv_categories\.csv \(sha256 01234567\)\./);
  assert.deepEqual(rows.find(({ panel }) => panel === "categories"), {
    panel: "categories",
    value: "cs.CL",
    count: 3,
    share: 1,
  });
  const unknown = { ...topTens.panels.categories, reporting: 0, rows: [], known: 0 };
  const without = topTensFigure(
    { ...topTens, panels: { ...topTens.panels, categories: unknown } },
    options,
  );
  assert.match(without.svg, />known for 0 of 7 links</);
  assert.match(without.svg, />not known here: deno task fetch arxiv-categories</);
  assert.doesNotMatch(without.note, /Categories/);
});

Deno.test("topTensFigure() ranks what is reported by the models that report it", () => {
  const { rows } = topTensFigure(models.topTens, options);
  assert.deepEqual(
    rows.filter(({ panel }) => panel === "reporting").map(({ value, count, share }) => [
      value,
      count,
      share,
    ]),
    [
      ["license", 1500, 0.75],
      ["task", 1000, 0.5],
      ["language", 400, 0.2],
      ["parent", 30, 0.015],
      ["dataset", 12, 0.006],
      ["paper (arXiv)", 3, 0.0015],
    ],
  );
});

Deno.test("familyTreesFigure() plots every mark below the roots", () => {
  const { rows } = familyTreesFigure(models.families, options);
  assert.equal(rows.filter(({ family }) => family === "other/seed").length, 1);
  assert.equal(
    rows.filter(({ family, generation }) => family === "lab/base" && generation === 1)
      .reduce((sum, { models }) => sum + (models as number), 0),
    9,
  );
  assert.throws(() => familyTreesFigure([], options), /found 0 families/);
});

Deno.test("familyGrowthFigure() runs totals from the first model of each family", () => {
  const { rows, values } = familyGrowthFigure(models.growth, options);
  assert.deepEqual(
    rows.filter(({ root }) => root === "other/seed").map(({ month, models }) => [month, models]),
    [["2024-02", 1], ["2024-03", 1], ["2024-04", 2]],
  );
  assert.equal(values.dated, 2000);
  const none = { families: [], creations: [], undated: 5, placeholder: 0 };
  assert.throws(() => familyGrowthFigure(none, options), RangeError);
});

Deno.test("mutationRatesFigure() leaves out and names a trait without edges", () => {
  const { rows, note } = mutationRatesFigure(models.mutation, options);
  assert.deepEqual(rows.map(({ trait }) => trait), ["language", "license", "library"]);
  assert.match(note, /No edge reports task/);
  const none = { edges: 0, mutations: 0, rate: null };
  assert.throws(
    () =>
      mutationRatesFigure({ language: none, license: none, task: none, library: none }, options),
    RangeError,
  );
});

Deno.test("transitionMatricesFigure() plots ordered pairs and refuses what is not square", () => {
  const { rows } = transitionMatricesFigure(models.transitions, options);
  assert.equal(rows.length, 6);
  assert.deepEqual(rows[0], { trait: "license", from: "llama2", to: "apache-2.0", net: 120 });
  assert.throws(() => transitionMatricesFigure([], options), RangeError);
  const [matrix] = models.transitions;
  assert.throws(
    () => transitionMatricesFigure([{ ...matrix, net: [[0]] }], options),
    /expected a square of at most 10/,
  );
});

Deno.test("driftLinesFigure() leaves out panels that no edge fills", () => {
  assert.match(driftLinesFigure(models.drift, options).svg, /Card length/);
  const cards = {
    edges: 0,
    parentCharacters: null,
    childCharacters: null,
    parentAutomatic: null,
    childAutomatic: null,
  };
  const bare = Object.fromEntries(
    Object.entries(models.drift).map(([relation, drift]) => [relation, { ...drift, cards }]),
  ) as typeof models.drift;
  const { svg, note, width } = driftLinesFigure(bare, options);
  assert.doesNotMatch(svg, />Card length/);
  assert.match(note, /Left out.*card length \(characters\), share of automatic cards/);
  assert.equal(width, 336);
  const nothing = { edges: 0, languages: { edges: 0, parent: null, child: null }, cards };
  assert.throws(
    () =>
      driftLinesFigure({
        finetune: nothing,
        adapter: nothing,
        quantized: nothing,
        merge: nothing,
        overall: nothing,
      }, options),
    RangeError,
  );
});

Deno.test("allFigures() names the figures that the inputs cannot fill and draws the rest", () => {
  const { figures, leftOut } = allFigures({ assets: { ...assets, flows: [] }, models });
  assert.equal(figures.length, allFigures(inputs()).figures.length - 2);
  assert.deepEqual(leftOut.map((entry) => entry.function), [
    "organizationFlowsFigure",
    "organizationSankeyFigure",
  ]);
  assert.match(leftOut[0].reason, /found 0 flows/);
});
