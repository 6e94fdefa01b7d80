import assert from "node:assert/strict";
import { Issues } from "../../../lib/core/issues.ts";
import { readFeed } from "../../../lib/fetch/arxiv/read_feed.ts";
import { entry, errorEntry, feed } from "./fake_arxiv.ts";

function read(xml: string) {
  const issues = new Issues();
  const { papers, refusal } = readFeed(xml, issues);
  return { papers: Object.fromEntries(papers), refusal, issues };
}

Deno.test("readFeed() gives the categories of each entry, the primary one first, versions dropped", () => {
  const { papers, refusal, issues } = read(feed([
    entry("2305.12345", { version: 12, categories: ["cs.LG", "cs.AI", "stat.ML"] }),
    entry("hep-th/9901001", { categories: ["hep-th"] }, { host: "https://arxiv.org" }),
    entry("math.GT/0309136", { categories: ["math.GT"] }),
  ]));
  assert.deepEqual(papers, {
    "2305.12345": { primary: "cs.LG", categories: ["cs.LG", "cs.AI", "stat.ML"] },
    "hep-th/9901001": { primary: "hep-th", categories: ["hep-th"] },
    "math/0309136": { primary: "math.GT", categories: ["math.GT"] },
  });
  assert.equal(refusal, null);
  assert.deepEqual(issues.list(), []);
});

Deno.test("readFeed() puts the primary category first when the list has it later or not at all", () => {
  const filed = (categories: string) =>
    read(feed([
      `<entry><id>http://arxiv.org/abs/2305.12345v1</id>${categories}
       <a:primary_category xmlns:a="http://arxiv.org/schemas/atom" term="cs.LG"/></entry>`,
    ])).papers["2305.12345"];
  assert.deepEqual(filed('<category term="cs.AI"/><category term="cs.LG"/>'), {
    primary: "cs.LG",
    categories: ["cs.LG", "cs.AI"],
  });
  assert.deepEqual(filed(""), { primary: "cs.LG", categories: ["cs.LG"] });
});

Deno.test("readFeed() keeps categories of arXiv only, and counts classes and hostile text", () => {
  const hostile = [
    "I.2.7",
    "68T50 (Primary)",
    "=cmd()",
    "<script>alert(1)</script>",
    "__proto__",
    "constructor",
    '"; drop',
    "\u202ecs.LG",
    "../x",
    `cs.${"x".repeat(5000)}`,
  ];
  const { papers, issues } = read(feed([
    entry("2305.12345", { categories: ["cs.CL", ...hostile, "cs.LG"] }),
    entry("2305.12346", { categories: hostile }),
  ]));
  assert.deepEqual(papers, {
    "2305.12345": { primary: "cs.CL", categories: ["cs.CL", "cs.LG"] },
  });
  // The second entry says its primary class as well.
  assert.equal(issues.count("otherClass"), 2 * hostile.length + 1);
  assert.equal(issues.count("noCategory"), 1);
});

Deno.test("readFeed() leaves out entries that are no papers", () => {
  const { papers, issues } = read(feed([
    entry("2305.12345", { categories: ["cs.CL"] }, { host: "http://arxiv.org.evil.example" }),
    entry("__proto__", { categories: ["cs.CL"] }),
    "<entry><title>no id</title></entry>",
    "<entry><id>2305.12345</id></entry>",
  ]));
  assert.deepEqual(papers, {});
  assert.equal(issues.count("unknownEntry"), 4);
});

Deno.test("readFeed() says what arXiv refuses", () => {
  assert.equal(read(feed([errorEntry("1234.5678")])).refusal, "incorrect id format for 1234.5678");
});

Deno.test("readFeed() refuses what is no feed", () => {
  const whole = feed([entry("2305.12345", { categories: ["cs.CL"] })]);
  for (
    const [xml, message] of [
      [whole.slice(0, -10), /no XML/],
      [whole.slice(0, 300), /no XML/],
      ["", /no XML/],
      ["Rate exceeded.", /no XML/],
      [`${whole}more`, /no XML/],
      [whole.replace("<title>", "<title>&nbsp;"), /no XML/],
      [`${"<a>".repeat(5_000)}${"</a>".repeat(5_000)}`, /no XML|the element "a"/],
      ["<html><body>Busy</body></html>", /the element "html", expected a feed/],
      ["<feed><entry/></feed>", /the element "feed", expected a feed/],
      [`<!DOCTYPE feed>${whole.slice(whole.indexOf("<feed"))}`, /document type/],
      [
        `<!DOCTYPE feed [<!ENTITY a "ha">]>${whole.slice(whole.indexOf("<feed"))}`,
        /document type/,
      ],
      [
        `<!DOCTYPE feed [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><feed xmlns="http://www.w3.org/2005/Atom">&b;</feed>`,
        /no XML/,
      ],
      [
        `<!DOCTYPE feed [<!ENTITY a SYSTEM "file:///etc/passwd">]><feed xmlns="http://www.w3.org/2005/Atom">&a;</feed>`,
        /no XML/,
      ],
    ] as const
  ) {
    assert.throws(() => read(xml), (error: Error) => {
      assert.ok(error instanceof SyntaxError);
      assert.match(error.message, message);
      return true;
    }, xml.slice(0, 80));
  }
});
