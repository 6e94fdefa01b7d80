import assert from "node:assert/strict";
import { transitionGraphsFigure } from "../../lib/figure/transition_graphs.ts";
import { taskGroup, taskGroups } from "../../lib/measure/task_groups.ts";
import { source } from "./inputs.ts";
import { layoutFaults } from "./layout.ts";
import { crowdedOrdering, orderingInput } from "./ordering_input.ts";

const plain = orderingInput((name) => name);

Deno.test("transitionGraphsFigure() has a row for each value and each arc, and marks those against the order", () => {
  const { rows, values, svg } = transitionGraphsFigure(plain, { source });
  assert.equal(rows.length, 4 + 5 + 3 + 1);
  assert.deepEqual(rows.filter(({ forward }) => forward === false), [{
    trait: "license",
    value: "mit",
    to: "gemma",
    net: 2,
    forward: false,
    place: null,
    models: null,
    group: null,
  }]);
  assert.equal(values["license: edges forward"], 4);
  assert.equal(values["task: optimal orders"], 3);
  // One arc and its head, and the same two in the legend.
  assert.equal(svg.split('"#b3261e"').length - 1, 4);
});

Deno.test("transitionGraphsFigure() keeps its texts in the frame and apart in one column", () => {
  const names = Array.from({ length: 20 }, (_, i) => `a value with a very long name indeed ${i}`);
  const crowded = { trait: "library" as const, ordering: crowdedOrdering(names), groups: null };
  const { svg, width } = transitionGraphsFigure([...plain, crowded], { source, columns: 1 });
  assert.equal(width, 336);
  assert.deepEqual(layoutFaults(svg), []);
});

Deno.test("transitionGraphsFigure() refuses nothing, more than twenty values and groups that do not match", () => {
  const { ordering } = plain[0];
  const many = { ...ordering, traits: Array.from({ length: 21 }, (_, i) => `value ${i}`) };
  for (
    const data of [
      [],
      [plain[2]],
      [{ trait: "license" as const, ordering: many, groups: null }],
      [{ trait: "license" as const, ordering, groups: ["permissive" as const] }],
    ]
  ) {
    assert.throws(() => transitionGraphsFigure(data, { source }), RangeError);
  }
});

Deno.test("taskGroup() knows tasks of every group and calls the rest other", () => {
  const tasks = [
    "fill-mask",
    "text-to-image",
    "text-to-speech",
    "any-to-any",
    "robotics",
    "tabular-regression",
    "__proto__",
  ];
  assert.deepEqual(tasks.map(taskGroup), taskGroups);
  for (const task of ["constructor", "", "Fill-Mask"]) assert.equal(taskGroup(task), "other");
});
