import assert from "node:assert/strict";
import { gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { Issues } from "../../lib/core/issues.ts";
import { detect } from "../../lib/source/detect.ts";
import { openHub } from "../../lib/source/hub_input.ts";
import { parsePythonLiteral } from "../../lib/source/python_literal.ts";
import { inFolder, textOf } from "../fixtures/chunks.ts";
import { hostileRows } from "../fixtures/hostile_rows.ts";
import { pythonRepr, writeFormats } from "../fixtures/write_formats.ts";

/** Reading may end in rows or in one of these. */
const clear = [SyntaxError, RangeError, TypeError];

function assertClear(error: unknown): void {
  assert.ok(clear.some((kind) => error instanceof kind), `not a clear error: ${error}`);
  assert.ok((error as Error).message.length > 10, String(error));
}

function assertUnpolluted(): void {
  assert.deepEqual(Object.keys(Object.prototype), []);
  assert.deepEqual(Object.keys(Array.prototype), []);
  assert.equal(({} as { polluted?: unknown }).polluted, undefined);
}

/** Reads bytes as a Hub file to the end; true when it gave rows. */
async function survives(bytes: Uint8Array, dir: string): Promise<boolean> {
  const path = `${dir}/fuzz`;
  await Deno.writeFile(path, bytes);
  let ended = false;
  try {
    await detect(path);
    const input = await openHub(path, { issues: new Issues() });
    const text = await textOf(input.blocks());
    assert.ok(text === "" || text.endsWith("\n"));
    ended = true;
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error;
    assertClear(error);
  }
  assertUnpolluted();
  return ended;
}

const starts = ["", "{", "[", "modelId,fullJson\n", "model_id,tags\n", "- a: ", "PAR1", "\ufeff["];

Deno.test("openHub() ends in rows or a clear error when the bytes are random", () =>
  inFolder(async (dir) => {
    const bytes = fc.tuple(
      fc.constantFrom(...starts),
      fc.oneof(
        fc.uint8Array({ maxLength: 400 }),
        fc.string({ unit: "binary", maxLength: 300 }).map((text) => new TextEncoder().encode(text)),
      ),
      fc.constantFrom("plain", "gz", "zst"),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async ([start, rest, packed]) => {
        const plain = new Uint8Array([...new TextEncoder().encode(start), ...rest]);
        const pack = {
          plain: () => plain,
          gz: () => gzipSync(plain),
          zst: () => zstdCompressSync(plain),
        };
        await survives(pack[packed as keyof typeof pack](), dir);
      }),
      { seed: 1, numRuns: 300 },
    );
  }));

Deno.test("openHub() ends in rows or a clear error when a file is cut or its bytes are changed", () =>
  inFolder(async (dir) => {
    const written = await writeFormats(hostileRows, dir);
    const files = await Promise.all(written.map(({ path }) => Deno.readFile(path)));
    const change = fc.record({
      file: fc.nat({ max: files.length - 1 }),
      cut: fc.double({ min: 0, max: 1, noNaN: true }),
      edits: fc.array(
        fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat({ max: 255 })),
        {
          maxLength: 4,
        },
      ),
    });
    let ended = 0;
    await fc.assert(
      fc.asyncProperty(change, async ({ file, cut, edits }) => {
        const bytes = files[file].slice(0, Math.ceil(cut * files[file].length));
        for (const [at, byte] of edits) bytes[Math.floor(at * bytes.length)] = byte;
        if (await survives(bytes, dir)) ended++;
      }),
      { seed: 1, numRuns: 600 },
    );
    assert.ok(ended > 20, `only ${ended} mutated files were read`);
  }));

Deno.test("parsePythonLiteral() inverts repr, and ends in a value or a SyntaxError when the text is changed", () => {
  const value = fc.jsonValue({ maxDepth: 3 });
  fc.assert(
    fc.property(value, fc.nat(), fc.string({ unit: "binary", maxLength: 3 }), (json, at, noise) => {
      const text = pythonRepr(json);
      assert.equal(JSON.stringify(parsePythonLiteral(text)), JSON.stringify(json));
      const place = at % (text.length + 1);
      try {
        parsePythonLiteral(text.slice(0, place) + noise + text.slice(place + (at % 3)));
      } catch (error) {
        assert.ok(error instanceof SyntaxError || error instanceof RangeError, String(error));
      }
      assertUnpolluted();
    }),
    { seed: 1, numRuns: 1000 },
  );
});
