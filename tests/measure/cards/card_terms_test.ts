import assert from "node:assert/strict";
import { random } from "../../../lib/core/random.ts";
import { CardTerms, type CardTermsOptions } from "../../../lib/measure/cards/card_terms.ts";

type Edge = [parent: number, child: number];

function termsOf(
  cards: readonly string[],
  edges: readonly Edge[],
  options: CardTermsOptions = {},
) {
  const terms = new CardTerms({
    parent: Uint32Array.from(edges, ([parent]) => parent),
    child: Uint32Array.from(edges, ([, child]) => child),
    read: new Uint8Array(cards.length).fill(1),
  }, { least: 1, ...options });
  cards.forEach((card, row) => terms.add(row, card.split(" ").filter((word) => word !== "")));
  return terms.result();
}

/** The same in the words of Monroe, Colaresi and Quinn: y of w documents with a term, prior a. */
function slowScores(
  cards: readonly string[],
  edges: readonly Edge[],
  { weigh, prior }: { weigh: "parents" | "edges"; prior: number },
): Map<string, { z: number; logOdds: number }> {
  const children = (parent: number) => edges.filter(([p]) => p === parent).length;
  const weight = ([parent]: Edge) => weigh === "edges" ? 1 : 1 / children(parent);
  const has = (row: number, term: string) => cards[row].split(" ").includes(term);
  const votes = edges.reduce((sum, edge) => sum + weight(edge), 0);
  const scores = new Map<string, { z: number; logOdds: number }>();
  const all = edges.flat().flatMap((row) => cards[row].split(" ")).filter((word) => word !== "");
  for (const term of new Set(all)) {
    let [yParent, yChild] = [0, 0];
    for (const edge of edges) {
      if (has(edge[0], term)) yParent += weight(edge);
      if (has(edge[1], term)) yChild += weight(edge);
    }
    const alpha = prior * (yParent + yChild) / (2 * votes);
    const odds = (y: number) => (y + alpha) / (votes - y + prior - alpha);
    const delta = Math.log(odds(yChild)) - Math.log(odds(yParent));
    const variance = [yParent, yChild].reduce(
      (sum, y) => sum + 1 / (y + alpha) + 1 / (votes - y + prior - alpha),
      0,
    );
    scores.set(term, { z: delta / Math.sqrt(variance), logOdds: delta });
  }
  return scores;
}

Deno.test("CardTerms gives the scores of the definition when cards and edges are random", () => {
  const words = ["__proto__", "constructor", "llama", "模型", "gguf", "train"];
  let compared = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const rng = random({ seed });
    const n = 4 + rng.below(8);
    const cards = Array.from(
      { length: n },
      () => words.filter(() => rng.chance(0.4)).concat(rng.chance(0.3) ? "llama" : []).join(" "),
    );
    const edges: Edge[] = [];
    for (let v = 1; v < n; v++) {
      for (let u = 0; u < v; u++) if (rng.chance(0.4)) edges.push([u, v]);
    }
    for (const weigh of ["parents", "edges"] as const) {
      const prior = [0.5, 1, 10][seed % 3];
      const { gained, lost, edges: counted } = termsOf(cards, edges, { weigh, prior, n: 99 });
      assert.equal(counted, edges.length);
      const want = slowScores(cards, edges, { weigh, prior });
      for (const { term, z, logOdds } of [...gained, ...lost]) {
        const slow = want.get(term)!;
        // In all cards of both sides: the definition has log(0 / 0) there but for rounding.
        if (Math.abs(slow.z) < 1e-6) continue;
        assert.ok(Math.abs(z - slow.z) < 1e-9 && Math.abs(logOdds - slow.logOdds) < 1e-9, term);
        compared++;
      }
      assert.deepEqual(gained.map(({ z }) => z), gained.map(({ z }) => z).sort((a, b) => b - a));
      assert.ok(gained.every(({ z }) => z > 0) && lost.every(({ z }) => z < 0));
    }
  }
  assert.ok(compared > 300, `${compared}`);
});

Deno.test("CardTerms counts cards, not words, and every parent once", () => {
  //   0 -> 1, 0 -> 2, 0 -> 3, 4 -> 5
  const cards = ["base base base", "tuned", "tuned", "tuned base", "base", "base", "never"];
  const edges: Edge[] = [[0, 1], [0, 2], [0, 3], [4, 5]];
  const { gained, lost, parents, children, terms } = termsOf(cards, edges);
  assert.deepEqual([parents, children, terms], [2, 4, 2]);
  assert.equal(gained[0].term, "tuned");
  assert.ok(Math.abs(gained[0].childShare - 0.5) < 1e-12);
  assert.equal(gained[0].parentShare, 0);
  assert.equal(lost[0].term, "base");
  assert.equal(lost[0].parentShare, 1);
  assert.ok(Math.abs(lost[0].childShare - (1 / 3 + 1) / 2) < 1e-12);
  assert.equal(lost[0].cards, 4);
  assert.equal(termsOf(cards, edges, { weigh: "edges" }).gained[0].childShare, 3 / 4);
});

Deno.test("CardTerms finds nothing gained or lost when there is no edge or all cards are alike", () => {
  for (const edges of [[], [[0, 1]]] as Edge[][]) {
    const { gained, lost } = termsOf(["same words", "same words"], edges);
    assert.deepEqual([gained, lost], [[], []]);
  }
});

Deno.test("CardTerms keeps frequent terms and says by how much it may miscount when memory is short", () => {
  const cards: string[] = [];
  const edges: Edge[] = [];
  for (let i = 0; i < 400; i += 2) {
    cards.push(`common parent${i}`, `common gain rare${i}`);
    edges.push([i, i + 1]);
  }
  const whole = termsOf(cards, edges, { least: 100 });
  const small = termsOf(cards, edges, { least: 100, capacity: 20 });
  assert.equal(whole.undercount, 0);
  assert.ok(small.undercount > 0 && small.undercount < 40, `${small.undercount}`);
  assert.equal(small.gained[0].term, "gain");
  assert.ok(200 - small.gained[0].cards <= small.undercount);
});

Deno.test("CardTerms refuses options out of range", () => {
  const edges = { parent: new Uint32Array(), child: new Uint32Array(), read: new Uint8Array() };
  for (
    const options of [{ n: 0 }, { least: NaN }, { capacity: -1 }, { prior: 0 }, { prior: NaN }]
  ) {
    assert.throws(() => new CardTerms(edges, options), /^RangeError: Cannot compare cards with/);
  }
});
