import assert from "node:assert/strict";
import { contentOf, json, type SignedParts, Signer } from "../../lib/kernel/message.ts";

const parts = (signer: Signer, content: unknown): SignedParts => [
  json(signer.header("execute_request")),
  json({}),
  json({}),
  json(content),
];

Deno.test("Signer reads what it wrapped, identities and buffers included", () => {
  const signer = new Signer("secret");
  const identities = [Uint8Array.of(1), Uint8Array.of(2)];
  const buffers = [Uint8Array.of(3)];
  const message = new Signer("secret").read(
    signer.wrap(parts(signer, { __proto__: null, code: "<script>" }), { identities, buffers }),
  );
  assert.deepEqual(message.identities, identities);
  assert.deepEqual(message.buffers, buffers);
  assert.deepEqual(contentOf(message), { code: "<script>" });
  assert.equal(message.header.msg_type, "execute_request");
});

Deno.test("Signer refuses what was forged, changed, repeated or cut off", () => {
  const signer = new Signer("secret");
  const frames = signer.wrap(parts(signer, { code: "1" }));
  assert.throws(() => new Signer("other").read(frames), /signature is wrong/);
  for (const place of [1, 2, 3, 4, 5]) {
    const changed = frames.with(place, Uint8Array.from(frames[place], (byte) => byte ^ 1));
    assert.throws(() => new Signer("secret").read(changed), /signature is wrong/);
  }
  for (const signature of ["", "0", "0".repeat(64), "0".repeat(65)]) {
    const forged = frames.with(1, new TextEncoder().encode(signature));
    assert.throws(() => new Signer("secret").read(forged), /signature is wrong/);
  }
  const reader = new Signer("secret");
  reader.read(frames);
  assert.throws(() => reader.read(frames), /used before/);
  assert.throws(() => reader.read([]), SyntaxError);
  assert.throws(() => reader.read(frames.slice(0, 5)), SyntaxError);
  assert.throws(() => reader.read(frames.slice(1)), SyntaxError);
});

Deno.test("Signer refuses headers that are no headers, even when they are signed", () => {
  for (const header of [null, [], "x", 1, {}, { msg_id: 1, msg_type: "a", session: "b" }]) {
    const signer = new Signer("");
    const frames = signer.wrap([json(header), json({}), json({}), json({})]);
    assert.throws(() => signer.read(frames), SyntaxError, JSON.stringify(header));
  }
});
