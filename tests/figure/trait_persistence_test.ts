import assert from "node:assert/strict";
import { traitPersistenceFigure } from "../../lib/figure/trait_persistence.ts";
import { source } from "./inputs.ts";
import { persistenceInput } from "./persistence_input.ts";

const data = () => persistenceInput((plain) => plain);
const count = (rows: Record<string, unknown>[], panel: string) =>
  rows.filter((row) => row.panel === panel).length;

Deno.test("traitPersistenceFigure() draws generations of 30 lineages and more", () => {
  const { rows, values, svg } = traitPersistenceFigure(data(), { source });
  assert.equal(count(rows, "license"), 4 * 3);
  assert.equal(count(rows, "task"), 3);
  assert.equal(count(rows, "license, adapter"), 2 * 3);
  assert.equal(count(rows, "license, merge"), 0);
  assert.equal(values["license, one step: kept"], 0.75);
  assert.ok(svg.includes("Any license restriction") && svg.includes("half-life"));
});

Deno.test("traitPersistenceFigure() shows violations by family and year, other years in the total only", () => {
  const { rows, note } = traitPersistenceFigure(data(), { source });
  const cell = (panel: string, year: number | string | null) =>
    rows.find((row) => row.panel === `terms, ${panel}` && row.year === year)?.share;
  assert.equal(cell("commercial-terms", 2024), 0.25);
  assert.equal(cell("non-commercial", "all"), 0.2);
  assert.equal(cell("permissive", null), 0);
  assert.equal(cell("undeclared", 2024), undefined);
  assert.equal(cell("all", "all"), 31 / 400);
  assert.match(note, /other or unknown years, 20, stand under all years only/);
});

Deno.test("traitPersistenceFigure() says so when no edge can be judged", () => {
  const plain = data();
  const violations = { ...plain.violations, byYear: [], byFamilyAndYear: [], share: null };
  const { svg } = traitPersistenceFigure({ ...plain, violations }, { source });
  assert.ok(svg.includes("no edge can be judged"));
});

Deno.test("traitPersistenceFigure() refuses when there is nothing to draw", () => {
  assert.throws(() => traitPersistenceFigure(null, { source }), {
    name: "RangeError",
    message: "Cannot draw trait persistence: it was not measured",
  });
  const { traits, ...rest } = data();
  const none = { ...traits.task, generations: [] };
  assert.throws(
    () =>
      traitPersistenceFigure({
        ...rest,
        traits: { license: none, language: none, task: none, library: none },
      }, { source }),
    { name: "RangeError", message: /found 0 traits with a generation of 30 lineages/ },
  );
});
