import assert from "node:assert/strict";
import { allFigures } from "../../lib/figure/all_figures.ts";
import type { Cell, Figure, FigureSource } from "../../lib/figure/figure.ts";
import { saveFigures } from "../../lib/figure/save.ts";
import { compareTiers, tierPairs } from "../../lib/figure/tier_pairs.ts";
import { inputs } from "./inputs.ts";

const { assets, models } = inputs();
const { figures } = allFigures({ assets, models });
const rates = figures.find(({ name }) => name === "07_mutation_rates")!;

/** A raw figure and its cleaned twin with these rows. */
function twins(raw: Record<string, Cell>[], cleaned: Record<string, Cell>[]): Figure[] {
  return [
    { ...rates, rows: raw },
    {
      ...rates,
      name: `${rates.name}_cleaned`,
      rows: cleaned,
      source: { ...rates.source, tier: "cleaned" },
    },
  ];
}

function compared(raw: Record<string, Cell>[], cleaned: Record<string, Cell>[]) {
  return compareTiers(twins(raw, cleaned)).get("07_mutation_rates_cleaned");
}

Deno.test("compareTiers() takes differences as a share of the largest number of the column", () => {
  const rows = (a: number, b: number) => [{ trait: "a", n: a, m: 5 }, { trait: "b", n: b, m: 5 }];
  assert.deepEqual(compared(rows(1000, 0), rows(1000, 0)), { agrees: true, difference: 0 });
  assert.deepEqual(compared(rows(1000, 10), rows(1000, 0)), { agrees: true, difference: 0.01 });
  assert.deepEqual(compared(rows(1000, 11), rows(1000, 0)), { agrees: false, difference: 0.011 });
  assert.deepEqual(compared(rows(-200, 1), rows(200, 1)), { agrees: false, difference: 2 });
  assert.deepEqual(compared([], []), { agrees: true, difference: 0 });
});

Deno.test("compareTiers() finds rows about other things to disagree", () => {
  const apart = { agrees: false, difference: null };
  assert.deepEqual(compared([{ a: "x", n: 1 }], [{ a: "y", n: 1 }]), apart);
  assert.deepEqual(compared([{ a: "x" }], [{ a: "x" }, { a: "y" }]), apart);
  assert.deepEqual(compared([{ a: 1 }], [{ a: null }]), apart);
  assert.deepEqual(compared([{ a: 1 }], [{ b: 1 }]), apart);
  assert.deepEqual(compared([{ a: null, __proto: 1 }], [{ a: null, __proto: 1 }]), {
    agrees: true,
    difference: 0,
  });
});

Deno.test("tierPairs() puts twins together and leaves others alone, in their order", () => {
  const alone = { ...figures[0] };
  const [raw, cleaned] = twins([], []);
  assert.deepEqual(tierPairs([alone, raw, cleaned]), [
    { figure: alone, cleaned: null },
    { figure: raw, cleaned },
  ]);
  assert.deepEqual(tierPairs([cleaned, alone]), [
    { figure: cleaned, cleaned: null },
    { figure: alone, cleaned: null },
  ]);
});

Deno.test("allFigures() draws a figure of models in both tiers and says which in name and drawing", () => {
  const both = allFigures({
    assets,
    models,
    cleaned: { ...models, source: { ...models.source, tier: "cleaned" } },
  });
  assert.deepEqual(both.leftOut, []);
  const pairs = tierPairs(both.figures);
  assert.equal(pairs.length, figures.length);
  for (const { figure, cleaned } of pairs) {
    if (figure.source.tier === undefined) {
      assert.equal(cleaned, null);
      continue;
    }
    assert.equal(cleaned!.name, `${figure.name}_cleaned`);
    assert.match(figure.note, /; raw tier, automatic uploads included\./);
    assert.match(cleaned!.note, /; cleaned tier, automatic, course and test uploads left out\./);
    assert.deepEqual(cleaned!.rows, figure.rows);
  }
});

Deno.test("saveFigures() shows tiers side by side where they disagree only, in page, manifest and values", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const other = { ...rates, name: "06_other", title: "Other" };
    const cleaned: FigureSource = { ...rates.source, tier: "cleaned" };
    const set: Figure[] = [
      other,
      { ...other, name: "06_other_cleaned", source: cleaned },
      rates,
      {
        ...rates,
        name: "07_mutation_rates_cleaned",
        source: cleaned,
        rows: rates.rows.map((row) => ({ ...row, edges: 1 })),
      },
    ];
    const manifest = await saveFigures(set, folder, {
      cleaning: {
        models: 10,
        removed: 2,
        rules: [{
          rule: "unix-time",
          kind: "machine",
          matched: 3,
          removed: 2,
          kept: { known: 1, first: 0, mirror: 0, quantiser: 0 },
          examples: ["<script>/x-1719012345"],
        }],
        orphaned: { edges: 4, models: 1 },
      },
    });
    assert.deepEqual(manifest.figures.map(({ tier }) => tier), [
      "raw",
      "cleaned",
      "raw",
      "cleaned",
    ]);
    assert.deepEqual(manifest.figures.map(({ againstRaw }) => againstRaw?.agrees ?? null), [
      null,
      true,
      null,
      false,
    ]);
    assert.equal(manifest.cleaning!.removed, 2);
    const page = await Deno.readTextFile(`${folder}/index.html`);
    const article = (name: string) =>
      page.match(new RegExp(`<article id="${name}"[^]*?</article>`))![0];
    assert.doesNotMatch(article("06_other"), /<h3>/);
    assert.match(
      article("06_other"),
      /The cleaned tier shows the same \(<a href="06_other_cleaned\.svg"/,
    );
    assert.match(article("07_mutation_rates"), /<h3>Raw tier<\/h3>[^]*<h3>Cleaned tier<\/h3>/);
    assert.match(article("cleaning"), /unix-time[^]*&#60;script&#62;/);
    assert.match(page, /more than 1% of the largest number/);
    const values = JSON.parse(await Deno.readTextFile(`${folder}/values.json`));
    assert.equal(values["07_mutation_rates_cleaned"].tier, "cleaned");
    assert.equal(values["07_mutation_rates"].tier, "raw");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
