import assert from "node:assert/strict";
import {
  Candidates,
  hashPrime,
  hashSeed,
  mostCandidates,
  wordBytes,
} from "../../../lib/core/terms/candidates.ts";

function find(candidates: Candidates, token: string): number {
  const bytes = new TextEncoder().encode(`..${token}.`);
  let hash = hashSeed;
  for (const byte of bytes.subarray(2, -1)) {
    hash = Math.imul(hash ^ (byte < 128 ? wordBytes[byte] : byte), hashPrime);
  }
  return candidates.find(bytes, 2, bytes.length - 1, hash);
}

Deno.test("Candidates.find() gives each token its code, whatever the case of ASCII letters, and others 0", () => {
  const tokens = Array.from({ length: mostCandidates - 2 }, (_, i) => `token${i * 7919}`);
  const candidates = new Candidates([...tokens, "größe", "__proto__"]);
  assert.equal(candidates.codes, mostCandidates + 2);
  tokens.forEach((token, i) => {
    assert.equal(find(candidates, token), i + 2);
    assert.equal(find(candidates, token.toUpperCase()), i + 2);
    assert.equal(find(candidates, `${token}x`), 0);
  });
  assert.equal(find(candidates, "größe"), mostCandidates);
  assert.equal(find(candidates, "__proto__"), mostCandidates + 1);
  assert.equal(find(candidates, "constructor"), 0);
});

Deno.test("Candidates.find() finds nothing when there are no candidates", () => {
  assert.equal(find(new Candidates([]), "model"), 0);
});

Deno.test("Candidates() refuses when there are more tokens than codes", () => {
  const tokens = Array.from({ length: mostCandidates + 1 }, (_, i) => `t${i}`);
  assert.throws(() => new Candidates(tokens), {
    name: "RangeError",
    message: "Cannot count 1023 candidate tokens: expected at most 1022",
  });
});
