import assert from "node:assert/strict";
import { isShown, numbersIn, shownNumbers } from "../../../lib/task/notebook/numbers.ts";
import { type FigureValues, unboundNumbers } from "../../../lib/task/notebook/prose.ts";

/** The numbers of a prose that outputs do not show. */
function unbound(
  prose: string,
  data: Record<string, string> = {},
  values: FigureValues = {},
): string[] {
  const notebook = {
    cells: [
      { cell_type: "markdown", source: prose, metadata: {} },
      {
        cell_type: "code",
        source: "const secret = 4321;",
        metadata: {},
        outputs: [{ output_type: "display_data", data, metadata: {} }],
      },
    ],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  };
  return unboundNumbers(notebook, { values }).map(({ message }) => message.split(" is in no")[0]);
}

Deno.test("numbersIn() reads numbers with their units and leaves names out", () => {
  const read = (text: string) => numbersIn(text).map(({ text }) => text);
  assert.deepEqual(read("1,860,411 and 13.5% of 1.9 million, 20k, 3x, -0.25, 12-15 (4)."), [
    ...["1,860,411", "13.5%", "1.9 million", "20k", "3x", "0.25", "12", "15", "4"],
  ]);
  assert.deepEqual(read("v2, 8bit, the 3rd, 2.9.6, 2024-02-29, 2508.06811, T5, _7"), []);
});

Deno.test("isShown() compares as the prose rounds", () => {
  const shown = (prose: string, ...outputs: string[]) =>
    isShown(numbersIn(prose)[0], shownNumbers(outputs));
  const yes = [
    ["13.5%", "13.49%"],
    ["13.5%", "0.1349"],
    ["13.5 per cent", "13.49"],
    ["1.9 million", "1,860,411"],
    ["20k", "20,000"],
    ["20,000", "20000"],
    ["12", "12.3"],
    ["0.25", "-0.2521"],
    ["0.135", "13.5%"],
    ["3", "a \u001b[33m3\u001b[39m b"],
  ];
  for (const [prose, output] of yes) assert.ok(shown(prose, output), `${prose} of ${output}`);
  const no = [
    ["13.5%", "13.56%"],
    ["13.5%", "1.349"],
    ["35", "35%"],
    ["1.8 million", "1,860,411"],
    ["5,700", "5,760"],
    ["3", "3.2"],
    ["3", "v3"],
    ["3", "33"],
  ];
  for (const [prose, output] of no) assert.ok(!shown(prose, output), `${prose} of ${output}`);
});

Deno.test("unboundNumbers() looks at prose, not at code, links, names, years and what is called by a number", () => {
  const prose = `# 3. Claims of 41

1. GPT-3 and \`Llama 42\` in 2024, 2019–2024 and the 1990s; see [page 43](x44.html), notebook 05, figures 11 and 12 (Definition 7.1).
2. With 95% intervals (arXiv 2508.06811), <b id="45">by</b> https://a.example/46.

\`\`\`ts
const a = 47;
\`\`\`

| a | 48 |
`;
  assert.deepEqual(unbound(prose), ["41", "48"]);
});

Deno.test("unboundNumbers() finds numbers in text, tables, captions and alternative texts, not in ticks, scripts and code", () => {
  const data = {
    "text/plain": "51",
    "text/html": `<table><tr><td class="c61">5&nbsp;200</td><td>53</td></tr></table>
      <script>62</script><style>.a { width: 63px }</style><figcaption>of 54</figcaption>`,
    "image/svg+xml": `<svg aria-label="55"><title>56</title><text x="65">64</text></svg>`,
    "application/json": "66",
  };
  const shown = "51 200 53 54 55 56";
  const hidden = ["61", "62", "63", "64", "65", "66", "4321"];
  assert.deepEqual(unbound(`${shown} ${hidden.join(" ")}`, data), hidden);
});

Deno.test("unboundNumbers() takes the values of a figure that the notebook names, of no other", () => {
  const values = { "11_trait": { rate: 0.1349, "text: x": "of 77" }, "12_other": { n: 88 } };
  assert.deepEqual(unbound("13.5%, 77, 88: ![](../figures/11_trait.svg)", {}, values), ["88"]);
  assert.deepEqual(unbound("13.5%", {}, values), ["13.5%"]);
});

Deno.test("unboundNumbers() names the cell and quotes the sentence", () => {
  const notebook = {
    cells: [{
      cell_type: "markdown",
      source: ["# Drift of 9\n", "First. It falls\nby **12%** <script>. Last 8."],
      metadata: {},
    }],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  };
  assert.deepEqual(unboundNumbers(notebook), [
    { cell: 1, message: '9 is in no output of this notebook: "# Drift of 9"' },
    {
      cell: 1,
      message: '12% is in no output of this notebook: "It falls by **12%** <script>."',
    },
    { cell: 1, message: '8 is in no output of this notebook: "Last 8."' },
  ]);
});
