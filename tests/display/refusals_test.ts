import assert from "node:assert/strict";
import {
  AssetGraph,
  buildLineage,
  familyOf,
  type FamilyTree,
  readModelBlocks,
  show,
  withProgress,
} from "kindred";
import { assetSnapshot } from "./inputs.ts";

// What a person without a type checker may write.
// deno-lint-ignore no-explicit-any
const untyped = show as (...values: any[]) => unknown;

/** Says what calls are refused with, each time as a TypeError or RangeError of the library. */
function refusals(...calls: (() => unknown)[]): string[] {
  return calls.map((call) => {
    try {
      call();
    } catch (error) {
      assert.ok(error instanceof TypeError || error instanceof RangeError);
      return `${error.name}: ${error.message}`;
    }
    return "nothing";
  });
}

Deno.test("show() says what it was given where it has no way to show it", () => {
  const kinds = ": expected a figure, an element, rows, a family, an asset graph or a report";
  const given: [unknown, string][] = [
    ["hello \u202e", `"hello \\u202e"${kinds}`],
    ["x".repeat(100_000), `"${"x".repeat(60)}…"${kinds}`],
    [{}, `an empty object${kinds}`],
    [{ a: 1 }, `an object with the key "a"${kinds}`],
    [new Map(), `a Map${kinds}`],
    [new Date(0), `a Date${kinds}`],
    [Symbol("s"), `Symbol(s)${kinds}`],
    [() => 1, `a function${kinds}`],
    [Promise.resolve([]), "a Promise: await it first"],
  ];
  for (const [what, wanted] of given) {
    assert.deepEqual(refusals(() => untyped(what)), [`TypeError: Cannot show ${wanted}`]);
  }
  const shown = show([{ a: 1 }]);
  assert.equal(show(shown), shown);
});

Deno.test("show() refuses rows that are none", () => {
  const wanted = "expected an object in every row, or a value in every row";
  assert.deepEqual(
    refusals(
      () => untyped([null]),
      () => untyped([, { a: 1 }]),
      () => untyped([{ a: 1 }, "b"]),
    ),
    [
      `TypeError: Cannot show the row at index 0: found null, ${wanted}`,
      `TypeError: Cannot show the row at index 0: found undefined, ${wanted}`,
      `TypeError: Cannot show the row at index 1: found "b", ${wanted}`,
    ],
  );
});

Deno.test("show() refuses options of rows that are unknown or not of their shape", () => {
  const row = [{ a: 1 }];
  const names = '"columns", "headings", "units", "digits", "first", "last", "caption"';
  const refused = (options: unknown) => refusals(() => untyped(row, options))[0];
  const wanted: [unknown, string][] = [
    [
      null,
      `TypeError: Cannot show rows with these options: found null, expected an object of ${names}`,
    ],
    [
      { colums: ["a"] },
      'TypeError: Cannot show rows with the option "colums": did you mean "columns"?',
    ],
    [
      { zzz: 1 },
      `TypeError: Cannot show rows with the option "zzz": expected an object of ${names}`,
    ],
    [
      { columns: "a" },
      'TypeError: Cannot show rows with the option "columns": found "a", expected an array of keys such as ["name"]',
    ],
    [
      { digits: 2 },
      'TypeError: Cannot show rows with the option "digits": found 2, expected an object by column such as {"name": …}',
    ],
    [
      { digits: { a: -1 } },
      'RangeError: Cannot show the column "a" with the option "digits": found -1, expected a whole number from 0 to 20',
    ],
    [
      { digits: { a: 200 } },
      'RangeError: Cannot show the column "a" with the option "digits": found 200, expected a whole number from 0 to 20',
    ],
    [
      { units: { a: 3 } },
      'TypeError: Cannot show rows with the option "units": found 3, expected a text for the column "a"',
    ],
    [
      { headings: { a: 3 } },
      'TypeError: Cannot show rows with the option "headings": found 3, expected a text for the column "a"',
    ],
    [
      { caption: 5 },
      'TypeError: Cannot show rows with the option "caption": found 5, expected a text',
    ],
    [
      { first: "3" },
      'TypeError: Cannot show rows with the option "first": found "3", expected a whole number of at least 0, or Infinity',
    ],
  ];
  for (const [options, message] of wanted) assert.equal(refused(options), message);
  assert.deepEqual(refusals(() => untyped({ outerHTML: "<p></p>" }, { width: 3 })), [
    'TypeError: Cannot show this with the option "width": expected no options',
  ]);
});

Deno.test("show() refuses families that do not hang together", () => {
  const edge = { parent: "r", child: "c", relation: "merge" };
  const family = (parts: object) => ({ root: "r", models: 2, edges: [edge], ...parts });
  assert.deepEqual(
    refusals(
      () => untyped(family({ about: 5 })),
      () => untyped(family({ edges: [{ ...edge, parent: "x" }] })),
      () => untyped(family({ edges: [{ ...edge, relation: "__proto__" }] })),
      () => untyped(family({ edges: [5] })),
      () => untyped(family({ models: NaN })),
      () => untyped(family({}), { nodes: "3" }),
      () => untyped(family({}), { node: 3 }),
    ),
    [
      'TypeError: Cannot show the family of "r": found 5 as "about", expected a function of an id',
      'RangeError: Cannot show the family of "r": found an edge from "x", expected one from the root or from the child of an edge before',
      'RangeError: Cannot show the family of "r": found the relation "__proto__" of "c", expected one of "untyped", "finetune", "quantized", "adapter", "merge"',
      'TypeError: Cannot show the family of "r": found 5 as edge 0, expected an object with the ids "parent" and "child" and a "relation"',
      'RangeError: Cannot show the family of "r" with the option "models": found NaN, expected a whole number from 1 to 4294967296',
      'TypeError: Cannot draw with the option "nodes": found "3", expected a whole number from 1 to 500',
      'TypeError: Cannot show a family with the option "node": did you mean "nodes"?',
    ],
  );
});

Deno.test("familyOf() refuses what is no snapshot with its lineage, and ids that are no texts", async () => {
  const rows = new TextEncoder().encode('{"id":"a"}\n');
  const snapshot = await readModelBlocks([rows], { name: "one" });
  const { lineage } = buildLineage(snapshot);
  // deno-lint-ignore no-explicit-any
  const find = familyOf as (...values: any[]) => FamilyTree;
  const both = 'expected an object with the keys "snapshot" and "lineage"';
  const [first, ...others] = refusals(
    () => find(snapshot, "a"),
    () => find(null, "a"),
    () => find({ snapshot, lineage }),
    () => find({ snapshot, lineage }, 5),
    () => find({ snapshot, lineage }, "a", null),
    () => find({ snapshot, lineage }, "a", { grap: "all" }),
  );
  assert.match(
    first,
    /^TypeError: Cannot find a family: found an object with the keys .*, expected an object with/,
  );
  assert.deepEqual(others, [
    `TypeError: Cannot find a family: found null, ${both}`,
    "TypeError: Cannot find a family: found undefined, expected the id of a model",
    "TypeError: Cannot find a family: found 5, expected the id of a model",
    'TypeError: Cannot find a family with these options: found null, expected an object of "graph"',
    'TypeError: Cannot find a family with the option "grap": did you mean "graph"?',
  ]);
});

Deno.test("show() names the options of an asset graph that it refuses", async () => {
  const graph = new AssetGraph(
    await assetSnapshot("- {type: dataset, name: A, dependencies: [B]}\n"),
  );
  assert.deepEqual(
    refusals(
      () => untyped(graph, null),
      () => untyped(graph, { around: "A", step: 2 }),
      () => untyped(graph, { around: "A", steps: "2" }),
      () => untyped(graph, { around: "A", steps: -1 }),
      () => untyped(graph, { around: "A", nodes: "3" }),
      () => untyped(graph, { around: "A", direction: "left" }),
    ),
    [
      'TypeError: Cannot show an asset graph with these options: found null, expected an object of "around", "steps", "direction", "nodes"',
      'TypeError: Cannot show an asset graph with the option "step": did you mean "steps"?',
      'TypeError: Cannot show an asset graph with the option "steps": found "2", expected a whole number of at least 0, or Infinity',
      'RangeError: Cannot show an asset graph with the option "steps": found -1, expected a whole number of at least 0, or Infinity',
      'TypeError: Cannot draw with the option "nodes": found "3", expected a whole number from 1 to 500',
      'RangeError: Cannot show an asset graph with the option "direction": found "left", expected one of "up", "down", "both"',
    ],
  );
  assert.match(
    String(show(graph, { around: "A", steps: Infinity })),
    /1 name within any number of steps,/,
  );
});

Deno.test("withProgress() refuses work that is no function and labels that are no texts", async () => {
  await assert.rejects(withProgress("x", undefined as never), {
    name: "TypeError",
    message:
      'Cannot show the progress of "x": found undefined, expected a function that does the work',
  });
  await assert.rejects(withProgress(5 as never, () => 1), {
    name: "TypeError",
    message: "Cannot show progress: found 5, expected a text as its label",
  });
});
