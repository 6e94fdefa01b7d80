import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { simulateHub, type SimulateOptions } from "../../lib/source/simulate.ts";
import { simulatedTag } from "../../lib/source/simulate/tags.ts";
import { mutationRate, readHub, tally } from "./simulate_reader.ts";

function lines(options: SimulateOptions): string[] {
  const decoder = new TextDecoder();
  const text = [...simulateHub(options)].map((block) => decoder.decode(block)).join("");
  assert.ok(text.endsWith("\n"));
  return text.slice(0, -1).split("\n");
}

function sha256(options: SimulateOptions): string {
  const hash = createHash("sha256");
  for (const block of simulateHub(options)) hash.update(block);
  return hash.digest("hex");
}

const keys = [
  "id",
  "likes",
  "trendingScore",
  "private",
  "downloads",
  "tags",
  "pipeline_tag",
  "library_name",
  "createdAt",
  "modelId",
  "modelCard",
];

Deno.test("simulateHub() writes rows as JSON.stringify does, keys in the Hub's order", () => {
  const rows = lines({ models: 3000, seed: 5, cards: true });
  assert.equal(rows.length, 3000);
  let withAll = 0;
  for (const line of rows) {
    const row = JSON.parse(line);
    assert.equal(JSON.stringify(row), line);
    const found = Object.keys(row);
    assert.deepEqual(found, keys.filter((key) => key in row));
    for (const key of keys.slice(0, 6)) assert.ok(key in row, `${key} in ${line}`);
    assert.equal(row.modelId, row.id);
    assert.match(row.createdAt, /^202[2-5]-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
    assert.equal(new Date(row.createdAt).toISOString(), row.createdAt);
    assert.ok(row.createdAt >= "2022-03-02" && row.createdAt < "2025-07-16");
    assert.equal(row.tags.at(-1), simulatedTag);
    assert.ok(!row.tags.includes("region:us"));
    if (found.length === keys.length) withAll++;
  }
  assert.ok(withAll > 500);
});

Deno.test("simulateHub() never gives two models ids that are equal up to case", () => {
  const ids = lines({ models: 20_000, seed: 9 }).map((line) => JSON.parse(line).id.toLowerCase());
  assert.equal(new Set(ids).size, 20_000);
  for (const id of ids) assert.match(id, /^[\w.-]+\/[\w.-]+$/);
});

Deno.test("simulateHub() yields blocks of complete lines", () => {
  const blocks = [...simulateHub({ models: 12_000 })];
  assert.ok(blocks.length > 1);
  for (const block of blocks) {
    assert.equal(block[0], "{".charCodeAt(0));
    assert.equal(block.at(-1), "\n".charCodeAt(0));
  }
});

Deno.test("simulateHub() gives the same bytes for the same seed on every machine", () => {
  const options = { models: 1000, seed: 1, cards: true };
  assert.equal(sha256(options), sha256({ ...options }));
  assert.notEqual(sha256(options), sha256({ ...options, seed: 2 }));
  assert.equal(sha256(options), "2e41a6ff2e8c75225e7b2ae6ffdec206eca3b18e01a6faf809637b26e4377c49");
});

Deno.test("simulateHub() changes nothing but the cards with cards", () => {
  const plain = lines({ models: 2000, seed: 3 });
  const carded = lines({ models: 2000, seed: 3, cards: true });
  const stripped = carded.map((line) => {
    const { modelCard: _, ...row } = JSON.parse(line);
    return JSON.stringify(row);
  });
  assert.deepEqual(stripped, plain);
});

Deno.test("simulateHub() returns the counts that a reader finds", () => {
  const blocks: Uint8Array[] = [];
  const hub = simulateHub({ models: 8000, seed: 4, faults: 20 });
  let last = hub.next();
  for (; !last.done; last = hub.next()) blocks.push(last.value);
  const { models, references, edges } = readHub(blocks);
  assert.deepEqual(last.value, {
    models: models.length,
    references: references.length,
    edges: edges.length,
  });
});

Deno.test("simulateHub() reports its progress up to the last block", () => {
  const seen: number[] = [];
  for (const _ of simulateHub({ models: 12_000, onProgress: (done) => seen.push(done) }));
  assert.ok(seen.length > 0);
  assert.deepEqual(seen, [...seen].sort((a, b) => a - b));
  assert.ok(seen.at(-1)! <= 12_000);
});

Deno.test("simulateHub() puts parents before their children and makes no cycle without faults", () => {
  const { models, edges, selfLoops } = readHub(simulateHub({ models: 20_000, seed: 6, faults: 0 }));
  const row = new Map(models.map(({ id }, i) => [id, i]));
  for (const { parentId, parent, child } of edges) {
    assert.ok(row.get(parentId)! < row.get(child.id)!);
    assert.ok(parent!.createdAt <= child.createdAt);
  }
  assert.equal(selfLoops, 0);
});

Deno.test("simulateHub() makes small cycles at a higher rate of faults", () => {
  const options = { models: 20_000, seed: 6, faults: 100 };
  const { models, references, edges } = readHub(simulateHub(options));
  const row = new Map(models.map(({ id }, i) => [id, i]));
  const backward = edges.filter(({ parentId, child }) => row.get(parentId)! > row.get(child.id)!);
  // Edges that the wrong case took out of the snapshot counted when the cycles were planted.
  const ids = new Set(models.map(({ id }) => id.toLowerCase()));
  const meant = references.filter(({ parentId }) => ids.has(parentId.toLowerCase())).length;
  assert.equal(backward.length, Math.round(100 * (12 / 903_939) * meant));
  const parents = new Map<string, string[]>();
  for (const { parentId, child } of edges) {
    parents.set(child.id, [...parents.get(child.id) ?? [], parentId]);
  }
  for (const { parentId: later, child: earlier } of backward) {
    const up = parents.get(later)!;
    assert.ok(up.includes(earlier.id) || up.some((id) => parents.get(id)!.includes(earlier.id)));
  }
});

Deno.test("simulateHub() takes its mutation rates from the options", () => {
  const still = { language: 0, license: 0, task: 0, library: 0 };
  const calm = readHub(simulateHub({ models: 10_000, mutation: still }));
  for (const name of ["language", "license", "task", "library"] as const) {
    const { edges, rate } = mutationRate(calm, name);
    assert.ok(edges > 100);
    assert.equal(rate, 0);
  }
  const wild = readHub(simulateHub({ models: 10_000, mutation: { license: 0.6, task: 0.1 } }));
  assert.ok(Math.abs(mutationRate(wild, "license").rate - 0.6) < 0.05);
  assert.ok(Math.abs(mutationRate(wild, "task").rate - 0.1) < 0.05);
  assert.ok(Math.abs(mutationRate(wild, "library").rate - 0.021) < 0.03);
});

/** Cosine of two bags of tags. */
function likeness(a: string[], b: string[]): number {
  const shared = a.filter((tag) => b.includes(tag)).length;
  return shared / Math.sqrt(a.length * b.length);
}

/** Mean likeness of parent and first child, and of the first two children, over parents of finetuned or adapted models. */
function likenesses(siblings: number): { parent: number; sibling: number } {
  const hub = readHub(simulateHub({ models: 20_000, seed: 8, siblings }));
  const children = new Map<string, string[][]>();
  for (const { parentId, child, relation } of hub.edges) {
    if (relation !== "finetune" && relation !== "adapter") continue;
    children.set(parentId, [...children.get(parentId) ?? [], child.tags]);
  }
  const forks = [...children].filter(([, tags]) => tags.length >= 2);
  let parent = 0;
  let sibling = 0;
  for (const [id, [first, second]] of forks) {
    parent += likeness(hub.byId.get(id)!.tags, first) / forks.length;
    sibling += likeness(first, second) / forks.length;
  }
  return { parent, sibling };
}

Deno.test("simulateHub() makes siblings more alike than parent and child, by the option siblings", () => {
  const usual = likenesses(0.85);
  assert.ok(usual.sibling > usual.parent + 0.08, JSON.stringify(usual));
  assert.ok(likenesses(0).sibling < usual.sibling - 0.05);
});

Deno.test("simulateHub() uploads the children of some hubs automatically: few accounts, equal tags", () => {
  const hub = readHub(simulateHub({ models: 60_000, seed: 2 }));
  const children = hub.edges.filter(({ parentId }) => parentId === "Qwen/Qwen1.5-0.5B");
  const machine = children.filter(({ child }) => /\/Qwen-Qwen1\.5-0\.5B-\d{10}$/.test(child.id));
  const share = machine.length / children.length;
  assert.ok(share > 0.98 && share < 1, `${share}`);
  assert.equal(new Set(machine.map(({ child }) => child.tags.join())).size, 1);
  const accounts = tally(machine.map(({ child }) => child.id.split("/")[0]));
  assert.ok(Math.max(...accounts.values()) > 20);
  assert.ok(accounts.size < machine.length / 8);
  for (const { child } of machine) {
    const second = Number(child.id.slice(-10));
    const created = Date.parse(child.createdAt) / 1000;
    assert.equal(created, second);
  }
});

Deno.test("simulateHub() refuses options outside their range", () => {
  const bad: [SimulateOptions, RegExp][] = [
    [{ models: 99 }, /models is 99, expected a whole number from 100 to 16000000/],
    [{ models: 100.5 }, /models is 100\.5/],
    [{ models: NaN }, /models is NaN/],
    [{ models: 1e9 }, /models is 1000000000/],
    [{ seed: 0.5 }, /seed is 0\.5, expected a whole number/],
    [{ seed: 2 ** 52 }, /seed is/],
    [{ siblings: -0.1 }, /siblings is -0\.1, expected a number from 0 to 1/],
    [{ faults: -1 }, /faults is -1/],
    [{ mutation: { license: 2 } }, /mutation\.license is 2, expected a number from 0 to 1/],
    [{ mutation: { task: NaN } }, /mutation\.task is NaN/],
  ];
  for (const [options, message] of bad) {
    assert.throws(() => simulateHub(options), { name: "RangeError", message });
  }
});

Deno.test("simulateHub() works at its fewest models, for any seed", () => {
  for (const seed of [-7, 0, 1, 123_456_789_012]) {
    const rows = lines({ models: 100, seed, cards: true, faults: 100 });
    assert.equal(rows.length, 100);
    for (const line of rows) JSON.parse(line);
  }
});
