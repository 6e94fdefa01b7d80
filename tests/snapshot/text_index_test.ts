import assert from "node:assert/strict";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Candidates } from "../../lib/core/terms/candidates.ts";
import type { TermVectors } from "../../lib/core/term_vectors.ts";
import { modelTexts } from "../../lib/snapshot/model_texts.ts";
import { openModelsAndText } from "../../lib/snapshot/open_text.ts";
import { packModels } from "../../lib/snapshot/pack_models.ts";
import { readModels, readModelsAndText } from "../../lib/snapshot/read_models.ts";
import { streamTexts, TextIndex } from "../../lib/snapshot/text_index.ts";
import { kinshipCard } from "../../lib/source/kinship_card.ts";
import { rowText } from "../../lib/source/row_text.ts";
import { simulateHub } from "../../lib/source/simulate.ts";
import type { TextKind } from "../../lib/source/row_codes.ts";
import { slowVectors } from "../oracle/slow_vectors.ts";

const decoder = new TextDecoder();

/** Two thousand models, one of them twice, between lines that are refused. */
function someLines(): string[] {
  const lines: string[] = [];
  for (const block of simulateHub({ models: 2000, seed: 5, cards: true })) {
    lines.push(...decoder.decode(block).trimEnd().split("\n"));
  }
  const twice = lines[100];
  lines.splice(1500, 0, twice, "not JSON", "");
  lines.splice(7, 0, '{"id":"odd","tags":["größe \\" x"],"f":1.50}');
  return lines;
}

interface Expected {
  documents: Uint8Array;
  texts: (string | null)[];
}

/** What each row of the snapshot says; every tenth is no document. */
function expectedOf(lines: string[], kind: TextKind): Expected {
  const seen = new Set<string>();
  const texts: (string | null)[] = [];
  const documents: number[] = [];
  for (const line of lines) {
    let row: { id: string };
    try {
      row = JSON.parse(line);
    } catch {
      continue;
    }
    if (seen.has(row.id)) continue;
    seen.add(row.id);
    const { text, card } = rowText(row);
    const read = kind === "rows" ? text : card === null ? null : kinshipCard(card);
    const counts = texts.length % 10 > 0 && read !== null;
    documents.push(Number(counts));
    texts.push(counts ? read : null);
  }
  return { documents: Uint8Array.from(documents), texts };
}

/** Rows as sorted entries and scales: what does not depend on the order of entries. */
function readable(vectors: TermVectors) {
  return Array.from({ length: vectors.rows }, (_, i) => ({
    entries: [...vectors.entries.subarray(vectors.offsets[i], vectors.offsets[i + 1])].sort(),
    scale: [vectors.scale.bagOfWords[i], vectors.scale.tfidf[i]].map((x) => x.toFixed(12)),
  }));
}

async function check(text: TextIndex, lines: string[]): Promise<void> {
  for (const kind of ["rows", "cards"] as const) {
    const { documents, texts } = expectedOf(lines, kind);
    const slow = slowVectors(texts);
    const { vectors, proof } = await text.vectors(kind, { documents, wanted: documents });
    assert.ok(proof.exact);
    assert.equal(vectors.documents, slow.documents);
    assert.deepEqual(vectors.terms, slow.terms);
    assert.deepEqual(readable(vectors), readable(slow));
    for (const weighting of ["bagOfWords", "tfidf"] as const) {
      assert.equal(vectors.all[weighting].nonzero, slow.all[weighting].nonzero);
      vectors.all[weighting].sum.forEach((value, t) =>
        assert.ok(Math.abs(value - slow.all[weighting].sum[t]) < 1e-8)
      );
    }
    const wanted = documents.map((one, i) => one === 1 && i % 3 === 0 ? 1 : 0);
    const last = await text.vectors(kind, { documents, wanted: documents, last: true });
    assert.deepEqual(last.vectors.terms, vectors.terms);
    const arena = await text.gather(kind, wanted);
    texts.forEach((row, i) => {
      const bytes = arena.end[i] > arena.start[i]
        ? arena.pieces[arena.piece[i]].slice(arena.start[i], arena.end[i])
        : new Uint8Array();
      assert.equal(decoder.decode(bytes), wanted[i] === 1 ? row : "");
    });
    const some = await text.vectors(kind, { documents, wanted });
    assert.deepEqual(some.vectors.all, vectors.all);
    assert.deepEqual(
      readable(some.vectors),
      readable(vectors).map((row, i) =>
        wanted[i] ? row : { entries: [], scale: ["0.000000000000", "0.000000000000"] }
      ),
    );
  }
}

async function withFile(
  lines: string[],
  { use, gzip = false }: { use: (path: string) => Promise<void>; gzip?: boolean },
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, gzip ? "models.jsonl.gz" : "models.jsonl");
    const bytes = new TextEncoder().encode(`${lines.join("\n")}\n`);
    Deno.writeFileSync(path, gzip ? gzipSync(bytes) : bytes);
    await use(path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("readModelsAndText() gives the vectors and texts of all rows, with one thread, with three and from gzip", async () => {
  const lines = someLines();
  for (const workers of [1, 3]) {
    await withFile(lines, {
      async use(path) {
        const { snapshot, text } = await readModelsAndText(path, { workers });
        try {
          assert.deepEqual(snapshot.ids.bytes, (await readModels(path)).ids.bytes);
          await check(text, lines);
        } finally {
          text.close();
        }
      },
    });
  }
  await withFile(lines, {
    gzip: true,
    async use(path) {
      await check((await readModelsAndText(path)).text, lines);
    },
  });
});

Deno.test("openModelsAndText() gives the same from a packed snapshot, and reports how far it is", async () => {
  const lines = someLines();
  await withFile(lines, {
    async use(path) {
      const folder = `${path}.packed`;
      await packModels(path, { name: "some", folder });
      let last = [0, 0];
      const { text, snapshot } = await openModelsAndText(folder, {
        onProgress: (done, total) => last = [done, total],
      });
      assert.deepEqual(last, [snapshot.models, snapshot.models]);
      await check(text, lines);
    },
  });
});

Deno.test("TextIndex.vectors() reads the text again until the vocabulary is proved when the candidates were badly chosen", async () => {
  const lines = someLines();
  await withFile(lines, {
    async use(path) {
      const snapshot = await readModels(path);
      const texts = () => modelTexts(path, { snapshot });
      for (const candidates of [[], ["license"], ["no", "such", "tokens"]]) {
        const poor = new Candidates(candidates);
        const streams = await streamTexts(texts(), { rows: poor, cards: poor });
        const index = new TextIndex(snapshot, { streams, texts });
        const { documents } = expectedOf(lines, "rows");
        const { proof } = await index.vectors("rows", { documents, wanted: documents });
        assert.ok(proof.passes > 1);
        await check(index, lines);
      }
    },
  });
});

Deno.test("TextIndex.vectors() gives empty vectors when there is no document", async () => {
  await withFile(['{"id":"a","tags":["en"]}'], {
    async use(path) {
      const { text } = await readModelsAndText(path);
      const none = new Uint8Array(1);
      const { vectors, proof } = await text.vectors("cards", { documents: none, wanted: none });
      assert.deepEqual(vectors.terms, []);
      assert.equal(vectors.documents, 0);
      assert.deepEqual([...vectors.offsets], [0, 0]);
      assert.ok(proof.exact);
    },
  });
});

Deno.test("readModelsAndText() gives with several threads what it gives with one when a file has several ranges", async () => {
  const lines: string[] = [];
  for (const block of simulateHub({ models: 60_000, seed: 6 })) {
    lines.push(...decoder.decode(block).trimEnd().split("\n"));
  }
  // A later row of another thread repeats the first one.
  lines.splice(55_000, 0, lines[0], '{"id":"odd","tags":["größe \\" x"],"f":1.50}');
  await withFile(lines, {
    async use(path) {
      const found: { vectors: TermVectors; texts: string[] }[] = [];
      for (const workers of [1, 2]) {
        const { snapshot, text } = await readModelsAndText(path, { workers });
        try {
          const documents = new Uint8Array(snapshot.models).fill(1);
          const wanted = documents.map((_, i) => Number(i % 7 === 0));
          const { vectors } = await text.vectors("rows", { documents, wanted });
          const { pieces, piece, start, end } = await text.gather("rows", wanted);
          const texts = Array.from(
            start,
            (from, i) => end[i] > from ? decoder.decode(pieces[piece[i]].slice(from, end[i])) : "",
          );
          found.push({ vectors, texts });
        } finally {
          text.close();
        }
      }
      const [one, two] = found;
      assert.deepEqual(two.texts, one.texts);
      assert.deepEqual(two.vectors.terms, one.vectors.terms);
      assert.deepEqual(two.vectors.offsets, one.vectors.offsets);
      assert.deepEqual(two.vectors.scale, one.vectors.scale);
      assert.deepEqual(two.vectors.all, one.vectors.all);
      for (let i = 0; i < one.vectors.rows; i += 7) {
        const row = ({ entries, offsets }: TermVectors) =>
          [...entries.subarray(offsets[i], offsets[i + 1])].sort();
        assert.deepEqual(row(two.vectors), row(one.vectors));
      }
    },
  });
});
