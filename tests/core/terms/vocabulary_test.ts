import assert from "node:assert/strict";
import fc from "fast-check";
import { random } from "../../../lib/core/random.ts";
import { Candidates } from "../../../lib/core/terms/candidates.ts";
import { DocumentEncoder, inverseFrequencies } from "../../../lib/core/terms/encode_documents.ts";
import { mostFrequent, sampleCandidates } from "../../../lib/core/terms/sample_candidates.ts";
import { TermCounts } from "../../../lib/core/terms/term_counts.ts";
import { TokenCodes } from "../../../lib/core/terms/token_codes.ts";
import { chooseVocabulary, type Vocabulary } from "../../../lib/core/terms/vocabulary.ts";
import { slowTerms, slowVectors } from "../../oracle/slow_vectors.ts";

interface Chosen {
  vocabulary: Vocabulary;
  stream: Uint8Array;
  documents: Uint8Array;
}

function choose(
  texts: (string | null)[],
  { candidates, size = 512 }: { candidates: Candidates; size?: number },
): Chosen {
  const codes = new TokenCodes(candidates);
  for (const text of texts) {
    codes.text(text ?? "w0 w1 w0");
    codes.end();
  }
  const stream = codes.take();
  const documents = Uint8Array.from(texts, (text) => Number(text !== null));
  const counts = new TermCounts(candidates);
  counts.add(stream, documents);
  const vocabulary = chooseVocabulary(counts, { candidates, buckets: codes.buckets, size });
  return { vocabulary, stream, documents };
}

function slowCounts(texts: (string | null)[]): Map<string, { count: number; documents: number }> {
  const found = new Map<string, { count: number; documents: number }>();
  for (const text of texts) {
    const terms = text === null ? [] : slowTerms(text);
    for (const [i, term] of terms.entries()) {
      const entry = found.get(term) ?? { count: 0, documents: 0 };
      entry.count++;
      if (terms.indexOf(term) === i) entry.documents++;
      found.set(term, entry);
    }
  }
  return found;
}

/** Documents of words whose frequencies fall slowly, so that the edge of a small vocabulary is crowded. */
function someTexts(seed: number, { words = 60, documents = 40 } = {}): (string | null)[] {
  const rng = random({ seed });
  return Array.from({ length: documents }, () => {
    if (rng.chance(0.1)) return null;
    return Array.from({ length: rng.below(30) }, () => `w${rng.below(1 + rng.below(words))}`)
      .join(" ");
  });
}

Deno.test("chooseVocabulary() takes the most frequent terms with their counts and proves it when the bound allows", () => {
  fc.assert(fc.property(fc.nat(), fc.integer({ min: 1, max: 80 }), (seed, size) => {
    const texts = someTexts(seed);
    const { vocabulary } = choose(texts, {
      candidates: sampleCandidates(texts.filter((text) => text !== null)),
      size,
    });
    const slow = [...slowCounts(texts)].sort(([a, x], [b, y]) =>
      y.count - x.count || (a < b ? -1 : 1)
    );
    const wanted = slow.slice(0, size).sort(([a], [b]) => a < b ? -1 : 1);
    assert.deepEqual(vocabulary.terms, wanted.map(([term]) => term));
    assert.deepEqual([...vocabulary.counts], wanted.map(([, { count }]) => count));
    assert.deepEqual([...vocabulary.frequencies], wanted.map(([, { documents }]) => documents));
    assert.equal(vocabulary.documents, texts.filter((text) => text !== null).length);
    const { proof } = vocabulary;
    const edge = slow.length >= size ? slow[size - 1][1].count : 0;
    assert.equal(proof.edge, edge);
    assert.equal(proof.ties, slow.slice(size).filter(([, { count }]) => count === edge).length);
  }));
});

Deno.test("chooseVocabulary() never calls a wrong vocabulary exact when some tokens are no candidates", () => {
  let exact = 0;
  let open = 0;
  for (let seed = 0; seed < 300; seed++) {
    const texts = someTexts(seed, { words: 200, documents: 60 });
    const size = 5 + seed % 40;
    const sample = texts.filter((text) => text !== null).slice(0, 1 + seed % 20);
    const all = sampleCandidates(sample).tokens;
    const { vocabulary: { terms, proof } } = choose(texts, {
      candidates: new Candidates(all.slice(0, 20 + seed % 120)),
      size,
    });
    if (!proof.exact) {
      open++;
      continue;
    }
    exact++;
    const slow = [...slowCounts(texts)].sort(([a, x], [b, y]) =>
      y.count - x.count || (a < b ? -1 : 1)
    );
    assert.deepEqual(terms, slow.slice(0, size).map(([term]) => term).sort());
  }
  assert.ok(exact > 20 && open > 20, `${exact} exact, ${open} open`);
});

Deno.test("TermCounts.merge() equals counting all documents in one go", () => {
  const texts = someTexts(7);
  const candidates = sampleCandidates(texts.filter((text) => text !== null));
  const counted = (some: (string | null)[]) => {
    const codes = new TokenCodes(candidates);
    for (const text of some) {
      codes.text(text ?? "");
      codes.end();
    }
    const counts = new TermCounts(candidates);
    counts.add(codes.take(), Uint8Array.from(some, (text) => Number(text !== null)));
    return counts;
  };
  const both = counted(texts.slice(0, 15));
  both.merge(counted(texts.slice(15)));
  const whole = counted(texts);
  assert.equal(both.documents, whole.documents);
  // Every third number is the document seen last, which is not merged.
  const kept = (_: number, i: number) => i % 3 < 2;
  assert.deepEqual(both.table.filter(kept), whole.table.filter(kept));
});

Deno.test("DocumentEncoder equals vectors made with maps when documents are random", () => {
  for (let seed = 0; seed < 40; seed++) {
    const texts = someTexts(seed);
    const candidates = sampleCandidates(texts.filter((text) => text !== null));
    const { vocabulary, stream, documents } = choose(texts, { candidates });
    const slow = slowVectors(texts);
    assert.deepEqual(vocabulary.terms, slow.terms);
    const encoder = new DocumentEncoder(vocabulary);
    const wanted = documents.map((one, i) => one === 1 && i % 3 > 0 ? 1 : 0);
    const { rows, entries, ends, scale } = encoder.add(stream, { documents, wanted });
    inverseFrequencies(vocabulary).forEach((value, t) =>
      assert.ok(Math.abs(value - slow.idf[t]) < 1e-12)
    );
    for (const weighting of ["bagOfWords", "tfidf"] as const) {
      assert.equal(encoder.all[weighting].nonzero, slow.all[weighting].nonzero);
      encoder.all[weighting].sum.forEach((value, t) =>
        assert.ok(Math.abs(value - slow.all[weighting].sum[t]) < 1e-9)
      );
      scale[weighting].forEach((value, i) =>
        assert.ok(Math.abs(value - slow.scale[weighting][rows[i]]) < 1e-12)
      );
    }
    const found = new Map(
      [...rows].map((row, i) => [row, [...entries.subarray(i > 0 ? ends[i - 1] : 0, ends[i])]]),
    );
    for (let i = 0; i < texts.length; i++) {
      const row = found.get(i) ?? [];
      const wantedRow = wanted[i]
        ? [...slow.entries.subarray(slow.offsets[i], slow.offsets[i + 1])].sort((a, b) => a - b)
        : [];
      assert.deepEqual(row.sort((a, b) => a - b), wantedRow);
    }
  }
});

Deno.test("DocumentEncoder writes several entries when a term occurs more than 127 times", () => {
  const texts = ["model ".repeat(300)];
  const { vocabulary, stream, documents } = choose(texts, {
    candidates: new Candidates(["model"]),
  });
  const { entries, ends } = new DocumentEncoder(vocabulary).add(stream, {
    documents,
    wanted: documents,
  });
  const totals = [0, 0];
  for (const entry of entries) totals[entry & 511] += entry >>> 9;
  assert.deepEqual(vocabulary.terms, ["model", "model model"]);
  assert.deepEqual(totals, [300, 299]);
  assert.equal(ends[0], entries.length);
});

Deno.test("mostFrequent() sorts by count, then by code units, and keeps as many as there are codes", () => {
  const counts = new Map(Array.from({ length: 2000 }, (_, i) => [`t${i}`, 5]));
  counts.set("often", 6);
  const { tokens } = mostFrequent(counts);
  assert.equal(tokens.length, 1022);
  assert.deepEqual(tokens.slice(0, 4), ["often", "t0", "t1", "t10"]);
});
