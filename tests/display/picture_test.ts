import assert from "node:assert/strict";
import * as Plot from "@observablehq/plot";
import { familyTreesFigure, show, svgDocument } from "kindred";
import { parseHTML } from "linkedom";

const figure = familyTreesFigure(
  [{ root: "a/<b>", models: 2, edges: [{ parent: "a/<b>", child: "c", relation: "merge" }] }],
  { source: { snapshot: "s", sha256: null, simulated: false } },
);

/** The SVG that an image of a page holds. */
function svgInside(html: string): string {
  const { document } = parseHTML(`<body>${html}</body>`);
  const [head, data] = (document.querySelector("img")!.getAttribute("src") as string).split(",");
  assert.equal(head, "data:image/svg+xml;base64");
  return new TextDecoder().decode(Uint8Array.from(atob(data), (c) => c.charCodeAt(0)));
}

Deno.test("show() draws a figure as page with caption, PDF, SVG and text", async () => {
  const bundle = await show(figure).bundle();
  const svg = bundle["image/svg+xml"];
  assert.equal(svgInside(bundle["text/html"]), svg);
  assert.match(svg, /^<svg [^]*@font-face[^]*font-weight:600[^]*<\/svg>\n$/);
  assert.ok(bundle["text/html"].includes("large family from the root downwards"));
  assert.ok(bundle["text/html"].includes("a/&#60;b&#62;: 2 models"));
  assert.equal(atob(bundle["application/pdf"]).slice(0, 5), "%PDF-");
  assert.deepEqual(bundle["text/plain"].split("\n\n"), [figure.title, figure.caption, figure.alt]);
  assert.ok(JSON.stringify(bundle).length < 150_000);
});

Deno.test("show() embeds the glyphs of each weight only", async () => {
  const { "image/svg+xml": svg } = await show(figure).bundle();
  const [plain, bold] = [...svg.matchAll(/base64,([^)]*)\)/g)].map(([, font]) => font.length);
  assert.ok(bold < plain / 2, `${bold} and ${plain}`);
});

Deno.test("show() takes a drawing of Plot as it is, and makes a document of its SVG", async () => {
  const plot = Plot.dot([[1, 2]]).plot({ document: svgDocument, width: 320, ariaLabel: "One dot" });
  const bundle = await show(plot as { outerHTML: string }).bundle();
  const svg = bundle["image/svg+xml"];
  assert.equal(svgInside(bundle["text/html"]), svg);
  assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  assert.equal(svg.match(/ xmlns="/g)!.length, 1);
  assert.match(bundle["text/html"], /width="336"/);
  assert.equal(bundle["text/plain"], "<svg> One dot");
});

Deno.test("show() leaves other elements as they are", async () => {
  const outerHTML = "<p>One &amp; two</p>";
  assert.deepEqual(await show({ outerHTML }).bundle(), {
    "text/html": outerHTML,
    "text/plain": "<p>",
  });
});

Deno.test("show() reads the label of a drawing as a browser does", async () => {
  const plot = Plot.dot([[1, 2]]).plot({ document: svgDocument, ariaLabel: 'a "q" > & <b>' });
  const bundle = await show(plot as { outerHTML: string }).bundle();
  assert.equal(bundle["text/plain"], '<svg> a "q" > & <b>');
  const { document } = parseHTML(`<body>${bundle["text/html"]}</body>`);
  assert.equal(document.querySelector("img")!.getAttribute("alt"), 'a "q" > & <b>');
  assert.equal(bundle["image/svg+xml"].match(/ xmlns="/g)!.length, 1);
  const other = { outerHTML: "<svg aria-label='&#x41;&#66;&amp;lt; &__proto__;' width='5'></svg>" };
  assert.equal(String(show(other)), "<svg> AB&lt; &__proto__;");
});
