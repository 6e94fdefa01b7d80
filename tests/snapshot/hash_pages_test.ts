import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { random } from "../../lib/core/random.ts";
import { hashPages, type PagePlace, readPagePlaces } from "../../lib/snapshot/hash_pages.ts";
import { inFolder } from "../fixtures/chunks.ts";

const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

Deno.test("hashPages() finds the damaged pages, wherever they lie in what is read at a time", () =>
  inFolder(async (dir) => {
    const path = `${dir}/rows`;
    // Three reads: pages of all sizes, some over two reads, some with a gap before them, one of a whole read.
    const bytes = new Uint8Array(9 << 20);
    const rng = random({ seed: 7 });
    for (let i = 0; i < bytes.length; i += 997) bytes[i] = rng.below(256);
    const ends = [1, 2, 4 << 20, (8 << 20) - 1, (8 << 20) + 1, bytes.length];
    while (ends.length < 60) ends.push(1 + rng.below(bytes.length - 1));
    ends.sort((a, b) => a - b);
    const pages: PagePlace[] = [];
    let at = 0;
    for (const end of new Set(ends)) {
      const begin = end - at > 100 && rng.chance(0.3) ? at + 10 : at;
      const sha256 = digest(bytes.subarray(begin, end));
      pages.push({ line: pages.length + 1, file: "rows", at: begin, bytes: end - begin, sha256 });
      at = end;
    }
    await Deno.writeFile(path, bytes);
    const whole = await hashPages(path, { pages });
    assert.deepEqual(whole, { bytes: bytes.length, sha256: digest(bytes), damaged: [] });
    const hit = [0, 1, 20, pages.length - 1];
    for (const i of hit) bytes[pages[i].at + pages[i].bytes - 1] ^= 1;
    await Deno.writeFile(path, bytes);
    const { damaged } = await hashPages(path, { pages });
    assert.deepEqual(
      damaged.map(({ page, found }) => [page.line - 1, found]),
      hit.map((i) => [i, digest(bytes.subarray(pages[i].at, pages[i].at + pages[i].bytes))]),
    );
    const short = pages.at(-1)!.at + 1;
    await Deno.truncate(path, short);
    const cut = await hashPages(path, { pages: pages.slice(-2) });
    assert.deepEqual([cut.bytes, cut.damaged], [short, [{ page: pages.at(-1)!, found: null }]]);
  }));

Deno.test("readPagePlaces() reads an index up to the first line that is none", () => {
  const line = { file: "a", at: 0, bytes: 5, sha256: "x", cursor: 1 };
  const text = (...lines: unknown[]) =>
    lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join("");
  const place = { line: 1, file: "a", at: 0, bytes: 5, sha256: "x" };
  assert.deepEqual(readPagePlaces(text(line, { ...line, at: 5 }, { ...line, file: "b" })), [
    place,
    { ...place, line: 2, at: 5 },
    { ...place, line: 3, file: "b" },
  ]);
  const wrong = [
    "{",
    "null",
    "7",
    { ...line, at: 4 },
    { ...line, at: -1 },
    { ...line, at: 5, bytes: 0 },
    { ...line, at: 5, bytes: 1.5 },
    { ...line, at: "5" },
    { ...line, at: 5, file: 3 },
    { ...line, at: 5, sha256: null },
  ];
  for (const bad of wrong) {
    assert.deepEqual(readPagePlaces(text(line, bad, { ...line, at: 9 })), [place], String(bad));
  }
  assert.deepEqual(readPagePlaces(`${text(line)}${JSON.stringify({ ...line, at: 5 })}`), [place]);
  assert.deepEqual(readPagePlaces(""), []);
});
