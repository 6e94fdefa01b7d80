import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { constants, gzipSync, zstdCompressSync } from "node:zlib";
import { compressionOf, contentChunks } from "../../lib/source/content_chunks.ts";
import { inFolder, textOf } from "../fixtures/chunks.ts";

const text = Array.from({ length: 40_000 }, (_, i) => `line ${(i * 7919) % 10_007} é\n`).join("");
const checksum = { params: { [constants.ZSTD_c_checksumFlag]: 1 } };
const compress = {
  gz: (part: string) => gzipSync(part),
  zst: (part: string) => zstdCompressSync(part, checksum),
};
/** A skippable frame of three bytes. */
const skippable = Uint8Array.of(0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3);

function read(bytes: Uint8Array): Promise<string> {
  return inFolder(async (dir) => {
    await Deno.writeFile(`${dir}/x`, bytes);
    return await textOf(contentChunks(`${dir}/x`, { compression: compressionOf(bytes) }));
  });
}

for (const kind of ["gz", "zst"] as const) {
  const whole = compress[kind](text);

  Deno.test(`contentChunks() gives the text when a ${kind} file has one part or several`, async () => {
    assert.equal(await read(whole), text);
    const parts = [text.slice(0, 1000), "", text.slice(1000, 50_000), text.slice(50_000)];
    assert.equal(await read(Buffer.concat(parts.map((part) => compress[kind](part)))), text);
  });

  Deno.test(`contentChunks() refuses a ${kind} file when it is cut anywhere`, async () => {
    const two = Buffer.concat([whole, whole]);
    const cuts = [
      4,
      5,
      9,
      20,
      whole.length >> 1,
      whole.length - 5,
      whole.length - 1,
      two.length - 1,
    ];
    for (const cut of [...cuts, whole.length + 3]) {
      await assert.rejects(read(two.subarray(0, cut)), {
        name: "SyntaxError",
        message:
          /^Cannot read ".*": its (gzip|zstd) stream is (truncated|damaged)|no further frame/,
      }, `cut at ${cut}`);
    }
  });

  Deno.test(`contentChunks() refuses a ${kind} file when it is damaged or followed by something else`, async () => {
    const damaged = Uint8Array.from(whole);
    damaged[damaged.length - 7] ^= 0x55;
    await assert.rejects(read(damaged), { name: "SyntaxError", message: /is damaged/ });
    await assert.rejects(read(Buffer.concat([whole, Buffer.from("some rubbish at the end")])), {
      name: "SyntaxError",
      message: /is damaged|no further frame/,
    });
  });
}

Deno.test("contentChunks() passes over skippable frames when a zst file has them anywhere", async () => {
  const half = text.length >> 1;
  const [a, b] = [compress.zst(text.slice(0, half)), compress.zst(text.slice(half))];
  const bytes = Buffer.concat([skippable, a, skippable, b, skippable]);
  assert.equal(compressionOf(bytes), "zst");
  assert.equal(await read(bytes), text);
  await assert.rejects(read(bytes.subarray(0, -1)), { name: "SyntaxError", message: /truncated/ });
});

Deno.test("contentChunks() streams a zst frame when it is small but its content is not", async () => {
  const zeros = new Uint8Array(20 << 20);
  const frame = zstdCompressSync(zeros);
  assert.ok(frame.length < 1 << 20);
  await inFolder(async (dir) => {
    await Deno.writeFile(`${dir}/x`, Buffer.concat([frame, compress.zst("end")]));
    let length = 0;
    let longest = 0;
    let last: Uint8Array = zeros;
    for await (const chunk of contentChunks(`${dir}/x`, { compression: "zst" })) {
      length += chunk.length;
      longest = Math.max(longest, chunk.length);
      last = chunk;
    }
    assert.deepEqual([length, Buffer.from(last).toString()], [zeros.length + 3, "end"]);
    assert.ok(longest < 1 << 20, `a piece of ${longest} bytes`);
  });
});

Deno.test("contentChunks() stops reading when its reader stops", () =>
  inFolder(async (dir) => {
    for (const kind of ["gz", "zst"] as const) {
      const noise = Array.from({ length: 400_000 }, (_, i) => `${(i * 2654435761) % 1e9}`).join(
        "\n",
      );
      await Deno.writeFile(`${dir}/x`, compress[kind](noise));
      let read = 0;
      const onBytes = (bytes: number) => read = bytes;
      for await (const _ of contentChunks(`${dir}/x`, { compression: kind, onBytes })) break;
      assert.ok(read > 0);
    }
  }));
