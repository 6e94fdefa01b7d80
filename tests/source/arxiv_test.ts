import assert from "node:assert/strict";
import { arxivId, isArxivCategory, templatePaper } from "../../lib/source/arxiv.ts";

Deno.test("arxivId() gives the canonical identifier of both forms", () => {
  const canonical = {
    "2305.12345": "2305.12345",
    "2305.12345v2": "2305.12345",
    " 2305.12345 ": "2305.12345",
    "0704.0001": "0704.0001",
    "1412.9999v10": "1412.9999",
    "1501.00001": "1501.00001",
    "hep-th/9901001": "hep-th/9901001",
    "hep-th/9108001v3": "hep-th/9108001",
    "math.GT/0309136": "math/0309136",
    "MATH.gt/0309136": "math/0309136",
    "cond-mat/0703772": "cond-mat/0703772",
  };
  for (const [text, id] of Object.entries(canonical)) {
    assert.equal(arxivId(text), id, text);
    assert.equal(arxivId(arxivId(text)!), id);
  }
  assert.equal(arxivId(templatePaper), templatePaper);
});

Deno.test("arxivId() gives null for what arXiv cannot have", () => {
  for (
    const text of [
      "",
      "2305.1234",
      "2305.123456",
      "1412.12345",
      "1501.0001",
      "0703.0001",
      "2313.12345",
      "2300.12345",
      "2305.12345v0",
      "2305.12345v",
      "2305.12345,2305.12346",
      "2305.12345&max_results=9",
      "2305.12345#x",
      "２３０５.１２３４５",
      "arXiv:2305.12345",
      "hep-th/9107001",
      "hep-th/0704001",
      "hep-th/9913001",
      "hep-th/99010011",
      "made-up/9901001",
      "constructor/9901001",
      "__proto__",
      "../../etc/passwd",
      "<script>",
      "=cmd()",
      '"',
      "\u202e2305.12345",
      "2305.12345\n2305.12346",
      `${" ".repeat(100)}2305.12345`,
    ]
  ) assert.equal(arxivId(text), null, JSON.stringify(text));
});

Deno.test("isArxivCategory() tells categories from classes of the ACM and MSC, and from anything else", () => {
  for (
    const term of [
      "cs.LG",
      "hep-th",
      "math-ph",
      "cond-mat.mtrl-sci",
      "astro-ph.GA",
      "stat.ML",
      "eess.AS",
      "q-bio.NC",
      "cmp-lg",
    ]
  ) assert.equal(isArxivCategory(term), true, term);
  for (
    const term of [
      "",
      "I.2.7",
      "68T50",
      "I.2.6; I.2.7",
      "CS.LG",
      "cs.",
      "cs.LG ",
      "cs.LG.x",
      "constructor",
      "__proto__",
      "<b>cs</b>",
      "=cs.LG",
      `cs.${"x".repeat(100)}`,
    ]
  ) assert.equal(isArxivCategory(term), false, term);
});
