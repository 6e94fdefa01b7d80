import assert from "node:assert/strict";
import { cardProse } from "../../../lib/measure/cards/card_prose.ts";

const cases: [what: string, card: string, prose: string[]][] = [
  ["nothing", "", []],
  ["front matter", "---\nlicense: mit\ntags:\n- a\n---\nText.", ["Text."]],
  ["front matter after blank lines, CRLF", "\r\n---\r\na: 1\r\n---  \r\nText.\r\n", ["Text."]],
  ["front matter that never ends", "---\nText here.", ["Text here."]],
  ["a rule in the text", "One.\n\n---\n\nTwo.\n---\n", ["One.", "Two."]],
  ["paragraphs over lines", "One\ntwo.\n\nThree.", ["One two.", "Three."]],
  ["headings", "# A *b* `c`\ntext\n## D ##e", ["A b", "text", "D ##e"]],
  ["lists", "* one\n- two\n  more\n1. three\n- [x] four", ["one", "two more", "three", "four"]],
  ["quotes", "> said\n> he", ["said he"]],
  ["fenced code", "a\n```py\nx = 1\n\n# no heading\n```\nb\n~~~\n```\n~~~\nc", ["a", "b", "c"]],
  ["a fence that never ends", "a\n```\nb\nc", ["a"]],
  ["tables", "a\n| x | y |\n|---|---|\n| 1 | 2 |\nb", ["a", "b"]],
  ["links and images", '[![b](i.png)](l) See [the *docs*](https://a.b "t") or [it][1].\n\n[1]: u', [
    "See the docs or it.",
  ]],
  ["addresses", "At https://a.b/c?d=e, or <https://f.g>.", ["At or."]],
  ["HTML", '<p align="center">Hi&nbsp;&amp; <b>you</b></p><!-- no\nno --> there', [
    "Hi & you there",
  ]],
  ["style and script", "a\n<style>\np { x: y }\n</style>\n<script>alert(1)</script>b", ["a", "b"]],
  ["comparisons", "loss < 1 and a > 2", ["loss < 1 and a > 2"]],
  ["names with underscores", "learning_rate _is_ __big__", ["learning_rate is big"]],
  ["hostile names", "__proto__ and constructor =cmd()", ["proto and constructor =cmd()"]],
  ["emphasis inside words", "a__b and ___c___ _d_, e_", ["a__b and c d, e"]],
  ["a comment that never ends", "a <!-- b\n\nc", ["a <!-- b", "c"]],
  ["two scripts", "<script>a</script>b<SCRIPT x>c</script >d", ["b d"]],
  ["other scripts", "模型\n\nשלום *עולם*\n\nработает", ["模型", "שלום עולם", "работает"]],
  ["marks alone", "***\n* \n!!!\n", []],
];

for (const [what, card, prose] of cases) {
  Deno.test(`cardProse() leaves prose of a card with ${what}`, () => {
    assert.deepEqual(cardProse(card), prose);
  });
}

Deno.test("cardProse() keeps what follows a mark that is never closed", () => {
  const marks = ["[", "<", "`", "![", "<!--", "*", "_", "<pre>", "<pre", "[a](", "> ", "</pre"];
  for (const mark of marks) {
    // Looking for the end of each mark anew would take minutes.
    const blocks = cardProse(`x ${mark.repeat(100_000)}\n\nend`);
    assert.equal(blocks.at(-1), "end", mark);
  }
});
