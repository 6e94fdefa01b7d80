import assert from "node:assert/strict";
import { patternsFigure } from "../../../lib/figure/assets/patterns.ts";
import { layoutFaults } from "../layout.ts";
import { patternsInput } from "./patterns_input.ts";

const source = { snapshot: "hand-made", sha256: null, simulated: false };
const options = { source, variant: "aliased", resolved: true } as const;

Deno.test("patternsFigure() has a row for each pattern and null, and says seeds and runs", () => {
  const { rows, values, caption, note, alt } = patternsFigure(
    patternsInput((name) => name),
    options,
  );
  assert.equal(rows.length, 16);
  assert.deepEqual(rows[0], {
    keeps: "typesAndOrder",
    pattern: "broadcast",
    count: 12_345,
    fixed: false,
    nullMean: 900,
    nullSd: 150,
    ratio: 12_345 / 900,
    z: 76.3,
    p: 0.02,
    holm: 0.02,
    low: 700,
    high: 1300,
  });
  assert.equal(values["triangle: ratio, types and order"], 180);
  assert.equal(values["triangle: ratio, degrees, types and order"], 3);
  assert.equal(values["broadcast: ratio, degrees, types and order"], null);
  for (const text of ["1,234 dependencies", "99 random graphs", "8 tests", "Seeds 1 and 1"]) {
    assert.ok(caption.includes(text), text);
  }
  assert.match(note, /Wedges: beyond the axis, or no instance\./);
  assert.match(alt, /Diamond: 3, none in random graphs, with the same degrees 1\.5 times/);
  assert.match(alt, /Pipeline across three: 0, against 9\.0 in random graphs/);
});

Deno.test("patternsFigure() says in the picture what filled and hollow marks mean, where both are drawn", () => {
  const { censuses: [edges, degrees], examples } = patternsInput((name) => name);
  const drawn = (holm?: number) => {
    const [first, second] = [edges, degrees].map((census) => ({
      ...census,
      rows: census.rows.map((row) => ({ ...row, holm: holm ?? row.holm })),
    }));
    return patternsFigure({ censuses: [first, second], examples }, options).svg;
  };
  const both = drawn();
  assert.match(both, />filled: unlikely by chance \(p at most 0\.05, adjusted\)</);
  assert.match(both, />hollow: within chance</);
  assert.deepEqual(layoutFaults(both), []);
  for (const one of [0.01, 0.9]) assert.doesNotMatch(drawn(one), />(filled|hollow): /);
});

Deno.test("patternsFigure() keeps its texts apart when no pattern occurs and when names are long", () => {
  const { censuses: [edges, degrees], examples } = patternsInput((name) => name);
  const none = (census: typeof edges) => ({
    ...census,
    rows: census.rows.map((row) => ({
      ...row,
      count: 0,
      nullMean: 0,
      nullSd: 0,
      interval: [0, 0] as [number, number],
      ratio: null,
      z: null,
    })),
  });
  const empty = examples.map((example) => ({ ...example, examples: [] }));
  const nothing = patternsFigure(
    { censuses: [none(edges), none(degrees)], examples: empty },
    options,
  );
  assert.deepEqual(layoutFaults(nothing.svg), []);
  const long = patternsFigure(
    patternsInput((name) => `${name} with quite a long name`.repeat(3)),
    options,
  );
  assert.deepEqual(layoutFaults(long.svg), []);
});

Deno.test("patternsFigure() refuses a graph without edges", () => {
  const { censuses: [edges, degrees], examples } = patternsInput((name) => name);
  assert.throws(
    () => patternsFigure({ censuses: [edges, { ...degrees, edges: 0 }], examples }, options),
    { name: "RangeError", message: /found 0 edges, expected some/ },
  );
});
