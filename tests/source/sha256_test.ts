import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { sha256File } from "../../lib/source/sha256.ts";
import { inFolder } from "../fixtures/chunks.ts";

Deno.test("sha256File() equals the digest of the whole when the file takes several pieces", () =>
  inFolder(async (dir) => {
    const bytes = new Uint8Array(9_000_000);
    for (let i = 0; i < bytes.length; i++) bytes[i] = (i * 31) & 255;
    await Deno.writeFile(`${dir}/a`, bytes);
    const seen: number[] = [];
    const digest = await sha256File(`${dir}/a`, { onBytes: (read) => seen.push(read) });
    assert.equal(digest, createHash("sha256").update(bytes).digest("hex"));
    assert.equal(seen.at(-1), 9_000_000);
    assert.ok(seen.length > 1);
    await assert.rejects(sha256File(`${dir}/none`), Deno.errors.NotFound);
  }));
