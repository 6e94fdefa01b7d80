import assert from "node:assert/strict";
import { element, escapeXml, normalise, serialise } from "../../lib/figure/dom.ts";
import { theme } from "../../lib/figure/theme.ts";

Deno.test("normalise() counts ids anew, cuts decimals and leaves words and colours alone", () => {
  const root = element("svg", { class: "plot" }, [
    element("clipPath", { id: "plot-clip-17" }),
    element("path", {
      d: "M0.123456,1e-16L-2.005,3",
      "clip-path": "url(#plot-clip-17)",
      fill: "#e6e9ed",
      stroke: "currentColor",
      "aria-label": "0.123456",
    }),
    element("use", { href: "#plot-clip-17" }),
    element("text", { dy: "0.32em", "font-size": 20 }, ["1.23456"]),
  ]);
  normalise(root, "01-name");
  assert.equal(
    serialise(root),
    `<svg>
<clipPath id="01-name-1"/>
<path aria-label="0.123456" clip-path="url(#01-name-1)" d="M0.12,0L-2,3" fill="#e6e9ed" stroke="${theme.ink}"/>
<use href="#01-name-1"/>
<text dy="6.4" font-size="20">1.23456</text>
</svg>
`,
  );
});

Deno.test("escapeXml() leaves no markup, quote or character that XML forbids", () => {
  assert.equal(escapeXml(`<a b="c">&'`), "&#60;a b=&#34;c&#34;&#62;&#38;&#39;");
  assert.equal(escapeXml("a\u0000b\u001f\uffff"), "a\ufffdb\ufffd\ufffd");
});

Deno.test("serialise() escapes texts and attributes", () => {
  const node = element("text", { "aria-label": `"<script>` }, ["</text><script>"]);
  assert.equal(
    serialise(node),
    `<text aria-label="&#34;&#60;script&#62;">&#60;/text&#62;&#60;script&#62;</text>\n`,
  );
});
