import assert from "node:assert/strict";
import type { NotebookOutput } from "../../../lib/kernel/notebook_outputs.ts";
import { canonicalText } from "../../../lib/task/notebook/canonical_outputs.ts";
import { outputDifferences } from "../../../lib/task/notebook/differences.ts";

const result = (data: Record<string, unknown>, count = 1): NotebookOutput => ({
  output_type: "execute_result",
  execution_count: count,
  metadata: {},
  data,
});
const stream = (text: string | string[], name = "stdout") => ({
  output_type: "stream",
  name,
  text,
});

function notebook(...cells: NotebookOutput[][]) {
  return {
    cells: cells.map((outputs, i) => ({
      cell_type: "code",
      source: "",
      metadata: {},
      outputs,
      execution_count: i + 1 as number | null,
    })),
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** Messages about a notebook of one cell. */
function compare(expected: NotebookOutput[], found: NotebookOutput[]): string[] {
  return outputDifferences(notebook(expected), notebook(found)).map(({ message }) => message);
}

Deno.test("canonicalText() numbers ids anew and hides times, and nothing else", () => {
  const same: [string, string][] = [
    [
      '<clipPath id="clip-7"/><g clip-path="url(#clip-7)" id="b2"/><a href="#b2">clip-77</a>',
      '<clipPath id="clip-9"/><g clip-path="url(#clip-9)" id="b4"/><a href="#b4">clip-77</a>',
    ],
    [
      "f81d4fae-7dec-11d0-a765-00a0c91e6bf6 took 1.24 s, 35ms, 1,204 ms at 2026-11-21T10:20:30.123Z",
      "f81d4fae-7dec-11d0-a765-00a0c91e6bff took 12 s, 3.5ms, 7 ms at 2026-11-21T11:20:31Z",
    ],
  ];
  for (const [a, b] of same) assert.equal(canonicalText(a), canonicalText(b));
  assert.equal(canonicalText("\u001b[33m2\u001b[39m"), "2");
  const different: [string, string][] = [
    ['<g id="title">a</g>', '<g id="heading">a</g>'],
    ["clip-7", "clip-9"],
    ["the 1990s", "the 2000s"],
    ["12 models", "13 models"],
    ["2026-11-21", "2026-11-22"],
    ["12 steps", "13 steps"],
  ];
  for (const [a, b] of different) assert.notEqual(canonicalText(a), canonicalText(b));
});

Deno.test("outputDifferences() finds none in counts, in how lines are kept, and in tracebacks", () => {
  const error = (traceback: string[]) => ({
    output_type: "error",
    ename: "Error",
    evalue: "no",
    traceback,
  });
  assert.deepEqual(
    compare(
      [stream(["a\n", "b"]), result({ "text/plain": ["x\n", "y"] }, 3), error(["here"])],
      [stream("a\nb"), result({ "text/plain": "x\ny" }, 9), error(["there"])],
    ),
    [],
  );
});

Deno.test("outputDifferences() shows what was expected and what was found, where they part", () => {
  assert.deepEqual(compare([stream("a\nmean 0.61\nc")], [stream("a\nmean 0.62\nc")]), [
    "stdout differs at line 2\n    expected  mean 0.61\n    found     mean 0.62",
  ]);
  assert.deepEqual(compare([stream("a\n")], [stream("a\nb")]), [
    "stdout differs at line 2\n    expected  \n    found     b",
  ]);
  assert.deepEqual(compare([stream("  a")], [stream("a")]), [
    'stdout differs\n    expected  "  a"\n    found     "a"',
  ]);
  const long = (digit: string) => `<svg>${"x".repeat(300)}${digit}${"y".repeat(300)}</svg>`;
  const [message] = compare(
    [result({ "image/svg+xml": long("1"), "text/plain": "t" })],
    [result({ "image/svg+xml": long("2"), "text/plain": "t" })],
  );
  assert.match(message, /^image\/svg\+xml of the result differs\n {4}expected {2}…x{40}1y{59}…\n/);
  assert.deepEqual(
    compare([result({ "text/plain": "t", "text/html": "<b>" })], [result({ "text/plain": "t" })]),
    ["text/html of the result differs\n    expected  <b>\n    found     nothing"],
  );
});

Deno.test("outputDifferences() tells of outputs that came, went or are of another kind", () => {
  assert.deepEqual(compare([], [stream("a")]), [
    "stdout differs\n    expected  nothing\n    found     stdout: a",
  ]);
  assert.deepEqual(compare([stream("a"), stream("b", "stderr")], [stream("a")]), [
    "stderr (output 2) differs\n    expected  stderr: b\n    found     nothing",
  ]);
  assert.match(compare([stream("a")], [result({ "text/plain": "a" })])[0], /found {5}result: a$/);
});

Deno.test("outputDifferences() says of a notebook that was never executed just that", () => {
  const fresh = notebook([], []);
  for (const cell of fresh.cells) cell.execution_count = null;
  assert.deepEqual(outputDifferences(fresh, notebook([stream("a")], [])), [
    { cell: null, message: "was never executed" },
  ]);
  assert.deepEqual(outputDifferences(notebook([], []), notebook([], [stream("a")])).length, 1);
});
