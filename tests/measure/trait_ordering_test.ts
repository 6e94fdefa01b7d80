import assert from "node:assert/strict";
import { forwardTraffic } from "../../lib/core/ordering/linear_ordering.ts";
import { random } from "../../lib/core/random.ts";
import { StringColumn } from "../../lib/core/string_column.ts";
import { traitOrdering, traitOrderingProgram } from "../../lib/measure/trait_ordering.ts";
import type { Transitions } from "../../lib/measure/transitions.ts";
import type { TraitColumn } from "../../lib/snapshot/traits.ts";
import { type PublishedOrdering, publishedOrderings } from "../fixtures/published_orderings.ts";

interface Flow {
  from: string;
  to: string;
  count: number;
}

/** Transitions between named values, and a column in which the values occur 1, 2, 3 ... times from the last name to the first. */
function traffic(
  names: string[],
  flows: Flow[],
): { transitions: Transitions; column: TraitColumn } {
  const values = StringColumn.from(names);
  const codes = names.flatMap((_, code) => new Array<number>(names.length - code).fill(code));
  return {
    column: {
      values,
      codes: Uint32Array.from(codes),
      offsets: Uint32Array.of(0, codes.length),
    },
    transitions: {
      values,
      total: flows.reduce((sum, { count }) => sum + count, 0),
      pairs: flows.length,
      from: Uint32Array.from(flows, ({ from }) => names.indexOf(from)),
      to: Uint32Array.from(flows, ({ to }) => names.indexOf(to)),
      count: Float64Array.from(flows, ({ count }) => count),
    },
  };
}

/** Whole parts of a sum, as even as possible. */
function parts(sum: number, n: number): number[] {
  return Array.from({ length: n }, (_, i) => Math.floor((sum + i) / n));
}

/**
 * Net traffic with the published sizes: neighbours in the published order hold together more strongly than everything that goes
 * against it, so that no other order is as good.
 */
function flowsLike(
  { order, forward, netTraffic, compatible, edges }: PublishedOrdering,
  seed: number,
): Flow[] {
  const rng = random({ seed });
  const apart: [string, string][] = [];
  for (let a = 0; a < order.length; a++) {
    for (let b = a + 2; b < order.length; b++) apart.push([order[a], order[b]]);
  }
  for (let i = apart.length - 1; i > 0; i--) {
    const j = rng.below(i + 1);
    [apart[i], apart[j]] = [apart[j], apart[i]];
  }
  const neighbours = order.length - 1;
  const strong = parts(Math.floor(forward / 2), neighbours);
  const weak = parts(Math.ceil(forward / 2), compatible - neighbours);
  const against = parts(netTraffic - forward, edges - compatible);
  return [
    ...strong.map((count, a) => ({ from: order[a], to: order[a + 1], count })),
    ...weak.map((count) => {
      const [from, to] = apart.pop()!;
      return { from, to, count };
    }),
    ...against.map((count) => {
      const [to, from] = apart.pop()!;
      return { from, to, count };
    }),
  ];
}

for (const published of publishedOrderings) {
  const { trait, order, forward, netTraffic, compatible, edges } = published;
  Deno.test(`traitOrdering() finds the published order of ${trait} in traffic of the published sizes`, async () => {
    const names = [...order].sort();
    const { transitions, column } = traffic(names, flowsLike(published, 1));
    const found = traitOrdering(transitions, column, { n: order.length });
    assert.deepEqual(found.traits, order);
    assert.equal(found.forward, forward);
    assert.equal(found.netTraffic, netTraffic);
    assert.equal(found.edges.length, edges);
    assert.equal(found.edges.filter((edge) => edge.forward).length, compatible);
    assert.equal(found.unique, true);
    assert.equal(found.orders, 1);
    const program = await traitOrderingProgram(transitions, column, {
      n: order.length,
      subsets: 1,
    });
    assert.deepEqual({ ...program, edges: null }, { ...found, edges: null });
  });

  Deno.test(`forwardTraffic() weighs the published order of ${trait} against every move of one value`, () => {
    const net = order.map(() => new Array<number>(order.length).fill(0));
    for (const { from, to, count } of flowsLike(published, 2)) {
      net[order.indexOf(from)][order.indexOf(to)] = count;
      net[order.indexOf(to)][order.indexOf(from)] = -count;
    }
    const places = order.map((_, i) => i);
    assert.equal(forwardTraffic(net, { order: places }), forward);
    assert.equal(forwardTraffic(net, { order: [...places].reverse() }), netTraffic - forward);
    for (const item of places) {
      const others = places.filter((other) => other !== item);
      for (let at = 0; at <= others.length; at++) {
        const moved = [...others.slice(0, at), item, ...others.slice(at)];
        assert.ok(forwardTraffic(net, { order: moved }) < forward || at === item);
      }
    }
  });
}

Deno.test("traitOrdering() names ties, violations and moves when traffic goes round in a circle", () => {
  //   mit --5--> apache --4--> gpl --1--> mit (2 there, 1 back), gemma --3--> gpl; "other" says nothing
  const { transitions, column } = traffic(["mit", "apache", "other", "gpl", "gemma"], [
    { from: "mit", to: "apache", count: 5 },
    { from: "apache", to: "gpl", count: 4 },
    { from: "gpl", to: "mit", count: 2 },
    { from: "mit", to: "gpl", count: 1 },
    { from: "gemma", to: "gpl", count: 3 },
    { from: "other", to: "mit", count: 100 },
  ]);
  const found = traitOrdering(transitions, column);
  assert.deepEqual(found, {
    traits: ["mit", "apache", "gemma", "gpl"],
    frequency: [5, 4, 1, 2],
    netTraffic: 13,
    forward: 12,
    bound: 12,
    optimal: true,
    unique: false,
    orders: 3,
    free: [["apache", "gemma"], ["mit", "gemma"]],
    undecided: [],
    edges: [
      { from: "mit", to: "apache", net: 5, forward: true },
      { from: "apache", to: "gpl", net: 4, forward: true },
      { from: "gemma", to: "gpl", net: 3, forward: true },
      { from: "gpl", to: "mit", net: 1, forward: false },
    ],
    moves: 15,
    movesForward: 13,
  });
  assert.deepEqual(traitOrdering(transitions, column, { n: 1 }).traits, ["mit"]);
  assert.deepEqual(traitOrdering(transitions, column, { n: 0 }).traits, []);
});

Deno.test("traitOrdering() takes names of any kind and nothing at all", async () => {
  const names = ["__proto__", "constructor", "<script>", '"', "=cmd()"];
  const { transitions, column } = traffic(
    names,
    names.slice(1).map((to, i) => ({ from: names[i], to, count: 1 })),
  );
  assert.deepEqual(traitOrdering(transitions, column).traits, names);
  assert.deepEqual((await traitOrderingProgram(transitions, column)).traits, names);
  const none = traffic(names, []);
  assert.deepEqual(traitOrdering(none.transitions, none.column).traits, []);
  assert.equal(traitOrdering(none.transitions, none.column).unique, true);
});

Deno.test("traitOrdering() and traitOrderingProgram() refuse sizes that they cannot prove", async () => {
  const { transitions, column } = traffic(["a", "b"], [{ from: "a", to: "b", count: 1 }]);
  for (const n of [-1, 1.5, 21, NaN]) {
    assert.throws(() => traitOrdering(transitions, column, { n }), RangeError);
  }
  for (const n of [-1, 61]) {
    await assert.rejects(traitOrderingProgram(transitions, column, { n }), RangeError);
  }
});
