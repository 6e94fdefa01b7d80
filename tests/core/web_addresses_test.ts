import assert from "node:assert/strict";
import { webAddresses } from "../../lib/core/web_addresses.ts";

Deno.test("webAddresses() finds addresses in prose and Markdown, each once", () => {
  const cases: [text: string, found: string[]][] = [
    ["See https://a.org/b, http://c.org.", ["https://a.org/b", "http://c.org"]],
    ["[https://a.org/x](https://a.org/x)", ["https://a.org/x"]],
    ["[it](https://a.org/b_(c)) and (https://a.org)", ["https://a.org/b_(c)", "https://a.org"]],
    ['<a href="https://a.org/?q=1&b=2#c">', ["https://a.org/?q=1&b=2#c"]],
    ["HTTPS://A.org/X!", ["HTTPS://A.org/X"]],
    ["**https://a.org/b_c**", ["https://a.org/b_c"]],
  ];
  for (const [text, found] of cases) assert.deepEqual(webAddresses(text), found, text);
});

Deno.test("webAddresses() takes no other scheme, no password and nothing that it would have to complete", () => {
  const none = [
    "javascript:alert(1)",
    "data:text/html,<script>",
    "mailto:a@b.org",
    "ftp://a.org file:///etc/passwd",
    "a.org www.a.org //a.org",
    "https://user:secret@a.org/ https://user@a.org",
    "https:// http://",
    `https://a.org/${"x".repeat(3000)}`,
    "xhttps://a.org",
  ];
  for (const text of none) assert.deepEqual(webAddresses(text), [], text);
});

Deno.test("webAddresses() ends an address where a control or direction character stands", () => {
  assert.deepEqual(webAddresses("https://a.org/\u202efdp.exe https://b.org/\u0000c"), [
    "https://a.org/",
    "https://b.org/",
  ]);
});

Deno.test("webAddresses() reads long hostile texts in linear time", () => {
  for (
    const text of ["https://a.org/(".repeat(20_000), "http".repeat(100_000), "(".repeat(300_000)]
  ) {
    assert.ok(webAddresses(text).length <= 1);
  }
});
