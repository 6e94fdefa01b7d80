import assert from "node:assert/strict";
import { organizationSankeyFigure } from "../../../lib/figure/assets/organization_sankey.ts";
import type { OrganizationFlow } from "../../../lib/measure/assets/organizations/organizations.ts";
import { hostile, source } from "../inputs.ts";
import { layoutFaults } from "../layout.ts";

const options = { source, variant: "aliased" as const };
const flows: OrganizationFlow[] = [
  { from: "A", to: "B", edges: 7 },
  { from: "A", to: "C", edges: 2 },
  { from: "B", to: "C", edges: 4 },
  { from: "C", to: "A", edges: 1 },
  { from: "D", to: "B", edges: 1 },
  { from: "A", to: "D", edges: 1 },
];

Deno.test("organizationSankeyFigure() joins the smaller ones of each side, and loses no edge", () => {
  const { rows, values, caption, svg } = organizationSankeyFigure({ flows }, {
    ...options,
    top: 2,
  });
  assert.deepEqual(rows, [
    { from: "A", to: "B", edges: 7 },
    { from: "A", to: "C", edges: 2 },
    { from: "A", to: null, edges: 1 },
    { from: "B", to: "C", edges: 4 },
    { from: null, to: "B", edges: 1 },
    { from: null, to: null, edges: 1 },
  ]);
  assert.deepEqual(values, {
    edges: 16,
    providers: 4,
    users: 4,
    shownProviders: 2,
    shownUsers: 2,
    givenByShown: 14,
    takenByShown: 14,
    first: "A",
    firstGives: 10,
    firstShare: "62.5%",
  });
  assert.match(caption, /A provides 10 of 16 \(62\.5%\)/);
  assert.match(svg, />2 others</);
});

Deno.test("organizationSankeyFigure() gives one that is left over its own bar", () => {
  const { rows, svg } = organizationSankeyFigure({ flows }, { ...options, top: 3 });
  assert.ok(rows.every(({ from, to }) => from !== null && to !== null));
  assert.ok(!svg.includes("others"));
});

Deno.test("organizationSankeyFigure() stacks the bands of a bar from its top to its bottom", () => {
  const { svg } = organizationSankeyFigure({ flows }, options);
  const bars = [
    ...svg.matchAll(/<rect fill="#[^"]+" height="([\d.]+)" width="10" x="([\d.]+)" y="([\d.]+)"/g),
  ]
    .map(([, height, x, y]) => ({ height: Number(height), x: Number(x), y: Number(y) }));
  const bands = [
    ...svg.matchAll(/d="M([\d.]+),([\d.]+)C[\d.,]+,([\d.]+),([\d.]+)V([\d.]+)C[\d.,]+,([\d.]+)Z"/g),
  ]
    .map(([, ...values]) => values.map(Number));
  assert.equal(bands.length, flows.length);
  assert.equal(bars.length, 8);
  const close = (a: number, b: number) => Math.abs(a - b) < 0.05;
  for (const { height, x, y } of bars) {
    const ends = bands.flatMap(([x1, top1, x2, top2, bottom2, bottom1]) =>
      close(x1, x + 10) ? [[top1, bottom1]] : close(x2, x) ? [[top2, bottom2]] : []
    ).filter(([top, bottom]) => top > y - 0.05 && bottom < y + height + 0.05)
      .sort(([a], [b]) => a - b);
    assert.ok(close(ends[0][0], y), "the first begins at the top");
    assert.ok(close(ends.at(-1)![1], y + height), "the last ends at the bottom");
    for (let i = 1; i < ends.length; i++) assert.ok(close(ends[i - 1][1], ends[i][0]));
  }
});

Deno.test("organizationSankeyFigure() leaves out flows to oneself, and refuses to draw nothing", () => {
  const own = { from: "A", to: "A", edges: 99 };
  assert.equal(organizationSankeyFigure({ flows: [...flows, own] }, options).values.edges, 16);
  for (const none of [[], [own], [{ from: "A", to: "B", edges: 0 }]]) {
    assert.throws(() => organizationSankeyFigure({ flows: none }, options), {
      name: "RangeError",
      message: /found 0 flows, expected at least 1/,
    });
  }
  for (const top of [0, 1.5, NaN, Infinity]) {
    assert.throws(() => organizationSankeyFigure({ flows }, { ...options, top }), RangeError);
  }
});

Deno.test("organizationSankeyFigure() and its note say how owners were read", () => {
  assert.match(organizationSankeyFigure({ flows }, options).note, /organisations as spelt/);
  const { note, caption } = organizationSankeyFigure({ flows }, { ...options, resolved: true });
  assert.match(note, /organisations by the table of aliases/);
  assert.match(caption, /An edge counts for each pair of its owners/);
});

Deno.test("organizationSankeyFigure() keeps many, few and hostile names in the frame and apart", () => {
  const ring = (names: readonly string[], edges: (i: number) => number) =>
    names.flatMap((from, i) =>
      names.slice(i + 1).map((to, j) => ({ from, to, edges: edges(i + j) }))
    );
  const long = Array.from(
    { length: 40 },
    (_, i) => `An Institute of Very Long Names ${i} in Berkeley`,
  );
  for (
    const flows of [
      ring(long, (i) => 1 + i % 5),
      ring(long, (i) => 10 ** (i % 7)),
      ring(hostile, () => 1),
      ring(["A", "B"], () => 1),
    ]
  ) {
    const { svg } = organizationSankeyFigure({ flows }, options);
    assert.deepEqual(layoutFaults(svg), []);
    assert.ok(!svg.includes("<script"));
  }
});
