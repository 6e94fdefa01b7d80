import assert from "node:assert/strict";
import { notebookText, parseNotebook } from "../../../lib/task/notebook/notebook_file.ts";

const file = "a.ipynb";

Deno.test("notebookText() keeps ids, counts from 1, drops what is of one run, and does not change its own result", () => {
  const given = {
    nbformat_minor: 4,
    nbformat: 4,
    metadata: {
      language_info: { version: "9.9", name: "javascript" },
      kernelspec: { name: "deno", display_name: "Deno" },
      authors: ["a"],
    },
    cells: [
      { cell_type: "markdown", source: "a\nb", metadata: {} },
      {
        source: "1",
        cell_type: "code",
        id: "kept",
        execution_count: 17,
        metadata: { tags: ["t"], execution: { started: "2026" }, scrolled: true },
        outputs: [
          { output_type: "stream", name: "stdout", text: "x\ny" },
          {
            output_type: "execute_result",
            execution_count: 17,
            metadata: {},
            data: { "text/plain": "1\n2", "application/json": { b: 1, a: [1] } },
          },
        ],
      },
      { cell_type: "code", id: "kept", source: [], metadata: {}, outputs: [] },
      { cell_type: "code", source: "2", execution_count: 40, metadata: {}, outputs: [] },
    ],
  };
  const text = notebookText(parseNotebook(JSON.stringify(given), { file }));
  assert.ok(text.startsWith('{\n "cells": [\n  {\n   "cell_type": "markdown",\n   "id": "cell-1"'));
  const saved = JSON.parse(text);
  assert.deepEqual(saved.metadata, {
    authors: ["a"],
    kernelspec: { display_name: "Deno (Kindred)", language: "typescript", name: "kindred-deno" },
    language_info: { file_extension: ".ts", mimetype: "text/x.typescript", name: "typescript" },
  });
  const [prose, first, empty, last] = saved.cells;
  assert.deepEqual(prose.source, ["a\n", "b"]);
  assert.deepEqual(first.metadata, { tags: ["t"] });
  assert.deepEqual([first.execution_count, empty.execution_count, last.execution_count], [
    1,
    null,
    2,
  ]);
  assert.deepEqual([first.id, empty.id, last.id], ["kept", "kept-2", "cell-4"]);
  assert.deepEqual(first.outputs[0].text, ["x\n", "y"]);
  assert.equal(first.outputs[1].execution_count, 1);
  assert.deepEqual(first.outputs[1].data, {
    "application/json": { a: [1], b: 1 },
    "text/plain": ["1\n", "2"],
  });
  assert.equal(notebookText(parseNotebook(text, { file })), text);
});

Deno.test("parseNotebook() refuses what is no notebook and names the file", () => {
  for (
    const [text, error] of [
      ["{", /Cannot read notebook "a\.ipynb": /],
      ["null", /"a\.ipynb": it is no notebook: it has no nbformat/],
      ['{"cells":5}', /"a\.ipynb": it is no notebook: it has no nbformat/],
      ['{"nbformat":3}', /its format is 3, expected 4/],
      ['{"nbformat":4,"cells":{}}', /no list of cells/],
      ['{"nbformat":4,"cells":[{"cell_type":"code","source":7}]}', /cell 1 has no type or no text/],
      ['{"nbformat":4,"cells":[null]}', /cell 1 has no type or no text/],
    ] as const
  ) assert.throws(() => parseNotebook(text, { file }), error);
});

/** The text of a notebook with such metadata. */
function withMetadata(metadata: unknown): string {
  return JSON.stringify({ cells: [], metadata, nbformat: 4 });
}

Deno.test("parseNotebook() refuses a notebook that names another language, in whatever place", () => {
  const info = { name: "typescript" };
  const cases: [unknown, string][] = [
    [{ kernelspec: { name: "python3", display_name: "Python 3" } }, "python3 (Python 3)"],
    [{ kernelspec: { name: "python3" }, language_info: info }, "python3"],
    [{ kernelspec: { name: "deno", language: "R", display_name: "x\u001b" } }, "deno (x\u001b)"],
    [{ kernelspec: { language: "constructor" } }, "constructor"],
    [{ kernelspec: { name: "deno" }, language_info: { name: "python" } }, "python"],
    [{ language_info: { name: "__proto__" } }, "__proto__"],
  ];
  for (const [metadata, found] of cases) {
    const message = `Cannot run "${file}": it is a notebook of ${found}, expected one of Deno`;
    const parse = () => parseNotebook(withMetadata(metadata), { file });
    assert.throws(parse, { name: "TypeError", message });
  }
});

Deno.test("parseNotebook() takes a notebook as ours that names Deno, TypeScript, JavaScript, or nothing", () => {
  for (
    const metadata of [
      undefined,
      {},
      { kernelspec: null, language_info: 5 },
      { kernelspec: { name: "", language: 5 }, language_info: {} },
      { kernelspec: { name: "kindred-deno" } },
      {
        kernelspec: { name: "mine", language: "TypeScript" },
        language_info: { name: "typescript" },
      },
      { kernelspec: { name: "jslab", language: "javascript" } },
    ]
  ) parseNotebook(withMetadata(metadata), { file });
});
