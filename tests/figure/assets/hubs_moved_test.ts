import assert from "node:assert/strict";
import { hubsMovedFigure } from "../../../lib/figure/assets/hubs_moved.ts";
import { source } from "../inputs.ts";
import { layoutFaults } from "../layout.ts";
import { hubsMovedInput } from "./hubs_moved_input.ts";

const input = hubsMovedInput((name) => name);
const options = { source, variant: "documented" } as const;

Deno.test("hubsMovedFigure() draws those with most dependants before or after, and names who came and went", () => {
  const { rows, values, svg, caption } = hubsMovedFigure(input, { ...options, top: 4 });
  assert.deepEqual(
    rows.map(({ panel, name, before, after }) => [panel, name, before, after]),
    [
      ["direct", "The Pile", 9, 17],
      ["direct", "ChatGPT API", 13, 12],
      ["direct", "LLaMA", 0, 12],
      ["direct", "P3", 9, 9],
      ["transitive", "The Pile", 15, 32],
      ["transitive", "arXiv", 4, 29],
      ["transitive", "LLaMA", 0, 24],
      ["transitive", "ChatGPT API", 13, 12],
    ],
  );
  assert.deepEqual([values.stayed, values.appeared, values.vanished], [4, 2, 1]);
  assert.match(caption, /LLaMA rose most, from 0 to 12 direct dependants\.$/);
  assert.ok(!svg.includes("gone"));
  const whole = hubsMovedFigure(input, options).svg;
  assert.ok(whole.includes("6 → gone") && whole.includes("new → 7"));
});

Deno.test("hubsMovedFigure() says in the note what the earlier snapshot is", () => {
  assert.match(
    hubsMovedFigure(input, options).note,
    /Before: a cut by date of the same snapshot, its records up to 2023-03-20; 3 later records left out, 1 undated one in both\.$/,
  );
  const without = { ...input.cut!, undated: 2, undatedAre: "left out" } as const;
  assert.match(
    hubsMovedFigure({ ...input, cut: without }, options).note,
    /; 3 later records left out, 2 undated ones left out\.$/,
  );
  assert.match(
    hubsMovedFigure({ ...input, cut: null }, options).note,
    /Before: snapshot hand-made until 2023-03-20 \(sha256 01234567\)\.$/,
  );
});

Deno.test("hubsMovedFigure() keeps its texts apart when counts and names are long", () => {
  const hubs = Array.from({ length: 40 }, (_, i) => ({
    ...input.hubs[i % 7],
    name: `a hub with a rather long name ${i}`,
    direct: { before: 1_234_567, after: 7_654_321 - i, change: 6e6, rankBefore: 1, rankAfter: 1 },
  }));
  assert.deepEqual(layoutFaults(hubsMovedFigure({ ...input, hubs }, options).svg), []);
});

Deno.test("hubsMovedFigure() refuses nothing to compare and no hubs", () => {
  assert.throws(() => hubsMovedFigure(null, options), {
    name: "RangeError",
    message: "Cannot draw how hubs moved: no earlier snapshot was compared",
  });
  assert.throws(() => hubsMovedFigure({ ...input, hubs: [] }, options), {
    name: "RangeError",
    message: "Cannot draw how hubs moved: found 0 hubs, expected at least 1",
  });
});
