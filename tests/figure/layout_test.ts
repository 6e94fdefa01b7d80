import assert from "node:assert/strict";
import fc from "fast-check";
import { allFigures } from "../../lib/figure/all_figures.ts";
import { taskGroups } from "../../lib/measure/task_groups.ts";
import { hostile, inputs } from "./inputs.ts";
import { layoutFaults } from "./layout.ts";
import { crowdedOrdering } from "./ordering_input.ts";

function faultsOf(names: readonly string[], simulated = false): string[] {
  const { figures, leftOut } = allFigures(inputs({ names, simulated }));
  assert.deepEqual(leftOut, []);
  return figures.flatMap(({ name, svg }) => layoutFaults(svg).map((fault) => `${name}: ${fault}`));
}

Deno.test("layoutFaults() finds texts that overlap, leave the frame or are too small", () => {
  const svg = (texts: string) => `<svg viewBox="0 0 100 50" font-size="10">${texts}</svg>`;
  assert.deepEqual(layoutFaults(svg('<text x="5" y="20">fits</text>')), []);
  assert.match(layoutFaults(svg('<text x="90" y="20">leaves</text>'))[0], /leaves the frame/);
  assert.match(
    layoutFaults(svg('<text x="5" y="20">one</text><text x="9" y="24">two</text>'))[0],
    /overlap by/,
  );
  assert.match(
    layoutFaults(svg('<text x="5" y="20" font-size="8">small</text>'))[0],
    /at least 7 points/,
  );
  assert.deepEqual(
    layoutFaults(svg(
      '<g transform="translate(50,40) rotate(-90)"><text>up</text></g><text x="56" y="40">x</text>',
    )),
    [],
  );
});

Deno.test("every figure keeps its texts in the frame and apart", () => {
  assert.deepEqual(faultsOf([], true), []);
});

Deno.test("every figure keeps hostile names in the frame, apart and escaped", () => {
  assert.deepEqual(faultsOf(hostile), []);
  const { figures } = allFigures(inputs({ names: hostile }));
  for (const { svg, name } of figures) {
    assert.ok(!svg.includes("<script"), name);
    // deno-lint-ignore no-control-regex
    assert.ok(!/[\u0000\u202e\ud800]/u.test(svg), name);
  }
  assert.ok(figures.some(({ svg }) => svg.includes("&#60;script&#62;")));
});

Deno.test("every figure keeps any names in the frame and apart", () => {
  const name = fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), fc.string({ maxLength: 80 }));
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 25, maxLength: 25 }), (names) => {
      assert.deepEqual(faultsOf(names), []);
    }),
    { numRuns: 8, seed: 1 },
  );
});

Deno.test("every figure keeps its texts apart when there is as much as it can show", () => {
  const many = inputs();
  const letters = Array.from({ length: 26 }, (_, i) => `organisation-or-model-${i}`);
  const { assets, models } = many;
  const figures = allFigures({
    assets: {
      ...assets,
      hubs: assets.hubs.map((ego) => ({
        ...ego,
        dependants: Array.from({ length: 45 }, (_, i) => ({
          name: `a dependant with quite a long name ${i}`,
          type: (["model", "dataset", "application"] as const)[i % 3],
          organization: "",
          dependants: i,
        })),
      })),
      flows: letters.flatMap((from, i) =>
        letters.slice(i + 1).map((to) => ({ from, to, edges: 1234 * (i + 1) }))
      ),
    },
    models: {
      ...models,
      topTens: {
        models: 3_000_000,
        panels: {
          ...models.topTens.panels,
          datasets: {
            reporting: 3_000_000,
            rows: letters.slice(0, 10).map((value) => ({ value, count: 2_999_999 })),
          },
          categories: {
            ...models.topTens.panels.categories,
            reporting: 3_000_000,
            links: 3_999_999,
            rows: letters.slice(0, 10).map((value) => ({ value, count: 2_999_999 })),
            tables: letters.map((name) => ({ name, sha256: "0".repeat(64) })),
          },
        },
      },
      families: [{
        root: "root/of-everything",
        models: 33_000,
        edges: Array.from({ length: 32_000 }, (_, i) => ({
          parent: i < 26 ? "root/of-everything" : letters[i % 26],
          child: i < 26 ? letters[i] : `leaf-${i}`,
          relation: (["finetune", "quantized", "adapter"] as const)[i % 3],
        })),
      }],
      growth: {
        ...models.growth,
        families: letters.slice(0, 12).map((root, i) => ({
          root,
          models: 30_000 - i,
          months: [{ month: "2024-01", added: 30_000 - i }],
        })),
      },
      transitions: (["license", "language", "task", "library"] as const).map((trait) => ({
        trait,
        values: letters.slice(0, 10).map((name) => `${name}-${trait}`),
        net: letters.slice(0, 10).map((_, i) =>
          letters.slice(0, 10).map((_, j) => Math.sign(j - i) * 10 ** (Math.abs(j - i) - 1))
        ),
        total: 123_456_789,
      })),
      orderings: (["license", "language", "task", "library"] as const).map((trait) => ({
        trait,
        ordering: crowdedOrdering(letters.map((name) => `${name} with a long name, ${trait}`)),
        groups: trait === "task" ? letters.slice(0, 20).map((_, i) => taskGroups[i % 7]) : null,
      })),
    },
  }).figures;
  assert.deepEqual(
    figures.flatMap(({ name, svg }) => layoutFaults(svg).map((fault) => `${name}: ${fault}`)),
    [],
  );
});
