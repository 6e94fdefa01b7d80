import assert from "node:assert/strict";
import { removalFigure } from "../../../lib/figure/assets/removal.ts";
import { removalInput } from "./removal_input.ts";

const source = { snapshot: "test", sha256: null, simulated: false };
const data = removalInput((name) => name);

Deno.test("removalFigure() draws the twelve largest radii, and writes every row", () => {
  const { values, rows, svg } = removalFigure(data, { source });
  assert.equal(values.largest, "Asset number 0");
  assert.equal(values.lostShare, 1378 / 2600);
  assert.equal(values.guarantee, 0.97);
  assert.equal(rows.length, 14 + 12);
  assert.ok(svg.includes(">Asset number 11<") && !svg.includes(">Asset number 12<"));
});

Deno.test("removalFigure() draws a sequence that ends early", () => {
  const worst = { ...data.worst, removals: data.worst.removals.slice(0, 1) };
  const { values, caption } = removalFigure({ ...data, worst }, { source });
  assert.equal(values.removals, 1);
  assert.match(caption, / 50\.0% after 1, in random order 0\.8% /);
});

Deno.test("removalFigure() says that spellings of undocumented names count apart, where the graph has such names", () => {
  const spellings = /\. Each spelling of an undocumented name counts apart\.$/;
  assert.match(removalFigure(data, { source }).caption, spellings);
  const [ranking, worst] = [data.ranking, data.worst].map((part) => ({
    ...part,
    variant: "documented" as const,
  })) as [typeof data.ranking, typeof data.worst];
  assert.doesNotMatch(removalFigure({ ranking, worst }, { source }).caption, spellings);
});

Deno.test("removalFigure() refuses a graph without edges, and a sequence of another kind", () => {
  const none = { ...data.ranking, rows: data.ranking.rows.slice(13) };
  assert.throws(() => removalFigure({ ...data, ranking: none }, { source }), {
    name: "RangeError",
    message: "Cannot draw removals: found 0 dependencies, expected some",
  });
  for (const wrong of [{ reading: "any" }, { variant: "stubs" }] as const) {
    const worst = { ...data.worst, ...wrong };
    assert.throws(() => removalFigure({ ...data, worst }, { source }), {
      name: "RangeError",
      message: /found a sequence of the reading .* expected "all" in the aliased graph/,
    });
  }
});
