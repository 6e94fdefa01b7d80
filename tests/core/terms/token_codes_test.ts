import assert from "node:assert/strict";
import fc from "fast-check";
import { bucketOf, Candidates, hashPrime, hashSeed } from "../../../lib/core/terms/candidates.ts";
import { TokenCodes } from "../../../lib/core/terms/token_codes.ts";
import { tokens } from "../../../lib/core/tokens.ts";
import { expected, readStream } from "./streams.ts";

const encoder = new TextEncoder();
const many = Array.from({ length: 300 }, (_, i) => `w${i}`);
const candidates = new Candidates(["model", "en", "größe", "日本語", ...many]);

/** Words, some of them candidates of one or two bytes, between all kinds of separators. */
const texts = fc.array(
  fc.tuple(
    fc.oneof(
      fc.constantFrom("model", "MODEL", "en", "x", "w0", "W123", "w124", "w299", "größe", "日本語"),
      fc.string({ maxLength: 6 }),
      fc.string({ unit: "binary", maxLength: 4 }),
    ),
    fc.constantFrom(" ", "-", "/", "_", "", "🦙", "\u0000"),
  ),
  { maxLength: 12 },
).map((parts) => parts.flat().join(""));
const isAscii = (text: string) => !/[^\0-\x7f]/.test(text);

function ascii(codes: TokenCodes, text: string): void {
  codes.room(text.length);
  codes.ascii(encoder.encode(text), 0, text.length);
}

function add(codes: TokenCodes, text: string): void {
  if (isAscii(text)) ascii(codes, text);
  else codes.text(text);
}

function bucketOfToken(token: string): number {
  let hash = hashSeed;
  for (const byte of encoder.encode(token)) hash = Math.imul(hash ^ byte, hashPrime);
  return bucketOf(hash);
}

Deno.test("TokenCodes writes the candidates of every text in order, and counts all other tokens, when texts are random", () => {
  fc.assert(fc.property(fc.array(texts, { maxLength: 8 }), (documents) => {
    const codes = new TokenCodes(candidates);
    for (const text of documents) {
      add(codes, text);
      codes.end();
    }
    assert.deepEqual(
      readStream(codes.take(), candidates),
      documents.map((text) => expected(text, candidates)),
    );
    const buckets = new Uint32Array(codes.buckets.length);
    for (const token of documents.flatMap(tokens)) {
      if (!candidates.tokens.includes(token)) buckets[bucketOfToken(token)]++;
    }
    assert.deepEqual(codes.buckets, buckets);
  }));
});

Deno.test("TokenCodes.text() equals TokenCodes.ascii() when the text is ASCII", () => {
  fc.assert(fc.property(texts.filter(isAscii), (text) => {
    const [a, b] = [new TokenCodes(candidates), new TokenCodes(candidates)];
    ascii(a, text);
    b.text(text);
    a.end();
    b.end();
    assert.deepEqual(readStream(a.take(), candidates), readStream(b.take(), candidates));
    assert.deepEqual(a.buckets, b.buckets);
  }));
});

Deno.test("TokenCodes.phrase() adds what ascii() would, between other texts and any number of times", () => {
  fc.assert(fc.property(fc.array(texts.filter(isAscii), { minLength: 1, maxLength: 5 }), (list) => {
    const [a, b] = [new TokenCodes(candidates), new TokenCodes(candidates)];
    b.text("model before ");
    const numbers = list.map((text) => b.learn(encoder.encode(text), 0, text.length));
    a.text("model before ");
    for (const i of [...list.keys(), ...list.keys()]) {
      ascii(a, list[i]);
      b.room(list[i].length);
      b.phrase(numbers[i]);
    }
    a.end();
    b.end();
    assert.deepEqual(readStream(a.take(), candidates), readStream(b.take(), candidates));
    assert.deepEqual(a.buckets, b.buckets);
  }));
});

Deno.test("TokenCodes.again() adds what note() did, with other texts between", () => {
  fc.assert(fc.property(texts.filter(isAscii), texts.filter(isAscii), (text, other) => {
    const [a, b] = [new TokenCodes(candidates), new TokenCodes(candidates)];
    for (const document of [text, other]) {
      b.room(2 * document.length + other.length);
      b.note(encoder.encode(document), 0, document.length);
      b.ascii(encoder.encode(other), 0, other.length);
      b.again();
      for (const part of [document, other, document]) {
        ascii(a, part);
      }
      a.end();
      b.end();
    }
    assert.deepEqual(readStream(a.take(), candidates), readStream(b.take(), candidates));
    assert.deepEqual(a.buckets, b.buckets);
  }));
});

Deno.test("TokenCodes.back() forgets the document under way and nothing else", () => {
  const codes = new TokenCodes(candidates);
  codes.text("model en");
  codes.end();
  codes.text("en w1 w299");
  codes.back();
  codes.text("w2");
  codes.end();
  codes.text("not ended");
  assert.deepEqual(readStream(codes.take(), candidates), [["model", "en"], ["w2"]]);
  codes.text("w3");
  codes.end();
  assert.deepEqual(readStream(codes.take(), candidates), [["w3"]]);
});

Deno.test("TokenCodes.ascii() reads only the bytes from start to end", () => {
  const codes = new TokenCodes(candidates);
  codes.room(5);
  codes.ascii(encoder.encode("xmodelx"), 1, 6);
  codes.end();
  assert.deepEqual(readStream(codes.take(), candidates), [["model"]]);
});

Deno.test("TokenCodes.end() refuses when no room was made", () => {
  const codes = new TokenCodes(candidates);
  const long = "model ".repeat(100_000);
  codes.ascii(encoder.encode(long), 0, long.length);
  assert.throws(() => codes.end(), { name: "RangeError", message: /there was no room for it$/ });
});
