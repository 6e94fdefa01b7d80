import assert from "node:assert/strict";
import { printable } from "../../lib/display/text_table.ts";

Deno.test("printable() shows what moves the cursor or turns the direction as escapes, all else as it is", () => {
  assert.equal(
    printable("A\u001b[31mred\u0007\u202eevil\u009b31m"),
    "A\\u001b[31mred\\u0007\\u202eevil\\u009b31m",
  );
  const unseen = [...Array.from({ length: 32 }, (_, i) => i)];
  for (let code = 0x7f; code <= 0x9f; code++) unseen.push(code);
  for (let code = 0x202a; code <= 0x202e; code++) unseen.push(code);
  for (let code = 0x2066; code <= 0x2069; code++) unseen.push(code);
  for (const code of [...unseen, 0x061c, 0x200e, 0x200f, 0x2028, 0x2029]) {
    const hex = code.toString(16).padStart(4, "0");
    assert.equal(printable(`a${String.fromCharCode(code)}b`), `a\\u${hex}b`);
  }
  const plain = 'GPT-4 \u05d0\u0639 \u{1f917}\u200d "<script>" \\u001b';
  assert.equal(printable(plain), plain);
});
