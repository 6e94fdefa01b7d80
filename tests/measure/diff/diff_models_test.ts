import assert from "node:assert/strict";
import { type Random, random } from "../../../lib/core/random.ts";
import { buildLineage } from "../../../lib/graph/build_lineage.ts";
import { diffModels } from "../../../lib/measure/diff/diff_models.ts";
import { descendants } from "../../../lib/graph/reach.ts";
import { type Row, slowLineage, slowTrait } from "../../oracle/model_rows.ts";
import { snapshotOfRows } from "../../oracle/random_lineage.ts";

//  before:  base -finetune-> tuned -quantized-> gguf     alone     old -untyped-> child
//  after:   base -adapter-> tuned     base -finetune-> new     alone     child      (rows in another order)
const before: Row[] = [
  { id: "base", tags: ["en", "license:mit"], pipeline_tag: "text-generation" },
  { id: "tuned", tags: ["base_model:finetune:base", "license:mit", "en", "fr"] },
  { id: "gguf", tags: ["base_model:quantized:tuned"] },
  { id: "alone", tags: ["b", "a", "a"], library_name: "transformers" },
  { id: "old" },
  { id: "child", tags: ["base_model:old"] },
];
const after: Row[] = [
  { id: "new", tags: ["base_model:finetune:base"] },
  { id: "child", tags: ["base_model:old", "license:gpl"] },
  { id: "alone", tags: ["a", "b"], library_name: "peft" },
  { id: "tuned", tags: ["base_model:adapter:base", "license:apache-2.0", "fr", "en"] },
  { id: "base", tags: ["en"], pipeline_tag: "text-generation" },
];

async function differ(a: readonly Row[], b: readonly Row[], n?: number) {
  return diffModels(await snapshotOfRows(a), await snapshotOfRows(b), { n });
}

Deno.test("diffSnapshots() tells models, edges, relations and traits as by hand", async () => {
  const { models, edges, traits, rows } = await differ(before, after);
  assert.deepEqual(models, {
    added: 1,
    removed: 2,
    kept: 4,
    listed: { added: ["new"], removed: ["old", "gguf"] },
  });
  assert.deepEqual(edges, {
    added: 1,
    removed: 2,
    relationChanged: 1,
    kept: 1,
    addedBetweenKept: 0,
    removedBetweenKept: 0,
    listed: {
      added: [{ parent: "base", child: "new", relation: "finetune" }],
      removed: [
        { parent: "tuned", child: "gguf", relation: "quantized" },
        { parent: "old", child: "child", relation: "untyped" },
      ],
      relationChanged: [{ parent: "base", child: "tuned", before: "finetune", after: "adapter" }],
    },
  });
  assert.deepEqual(traits.license, {
    changed: 3,
    gained: 1,
    lost: 1,
    listed: [
      { id: "base", lost: ["mit"], gained: [] },
      { id: "child", lost: [], gained: ["gpl"] },
      { id: "tuned", lost: ["mit"], gained: ["apache-2.0"] },
    ],
  });
  assert.deepEqual(traits.library.listed, [
    { id: "alone", lost: ["transformers"], gained: ["peft"] },
  ]);
  // Neither the order of tags nor a repeated one is a change.
  assert.deepEqual([traits.language.changed, traits.task.changed, traits.tags.changed], [0, 0, 3]);
  assert.deepEqual([...rows.afterOf], [4, 3, -1, 2, -1, 1]);
  assert.deepEqual([...rows.beforeOf], [-1, 5, 3, 1, 0]);
  assert.deepEqual([...rows.traits.library], [2]);
});

Deno.test("diffSnapshots() says how the children of models moved, with mean ranks", async () => {
  const { hubs } = await differ(before, after);
  assert.deepEqual([hubs.grown, hubs.shrunk], [1, 2]);
  assert.deepEqual(hubs.moves.map(({ id, status }) => [id, status]), [
    ["base", "stayed"],
    ["old", "vanished"],
    ["tuned", "vanished"],
  ]);
  assert.deepEqual(hubs.moves[0].children, {
    before: 1,
    after: 2,
    change: 1,
    rankBefore: 2,
    rankAfter: 1,
  });
  assert.deepEqual(hubs.moves[0].descendants, { before: 2, after: 2, change: 0 });
  assert.deepEqual(hubs.moves[1].children, {
    before: 1,
    after: null,
    change: -1,
    rankBefore: 2,
    rankAfter: null,
  });
});

Deno.test("diffSnapshots() lists n models and counts all, and takes lineages that are there", async () => {
  const short = await differ(before, after, 1);
  assert.deepEqual(short.models.listed, { added: ["new"], removed: ["old"] });
  assert.deepEqual([short.models.removed, short.rows.removed.length], [2, 2]);
  assert.deepEqual(short.hubs.moves.map(({ id }) => id), ["base"]);
  const none = await differ(before, after, 0);
  assert.deepEqual([none.edges.listed.removed, none.hubs.moves, none.edges.removed], [[], [], 2]);
  const [a, b] = await Promise.all([before, after].map(snapshotOfRows));
  const lineages = [buildLineage(a).lineage, buildLineage(b).lineage] as const;
  assert.deepEqual(diffModels(a, b, { lineages, n: 1 }).edges, short.edges);
});

Deno.test("diffSnapshots() refuses lists of a negative length", async () => {
  for (const n of [-1, NaN]) {
    await assert.rejects(differ(before, after, n), {
      name: "RangeError",
      message: `Cannot list what differs: n is ${n}, expected a number of at least 0`,
    });
  }
});

const ids = ["a", "A", "b/c", "__proto__", "constructor", "<script>", "é", "=cmd()", '"', "x", "y"];

function drawn(rng: Random): Row[] {
  const tags = ["en", "fr", "license:mit", "license:gpl", "license:mit", "gguf"];
  const relation = () => ["", "finetune:", "quantized:", "adapter:", "merge:"][rng.below(5)];
  return ids.filter(() => rng.chance(0.75)).sort(() => rng.below(3) - 1).map((id) => ({
    id,
    tags: [
      ...tags.filter(() => rng.chance(0.4)),
      ...Array.from(
        { length: rng.below(3) },
        () => `base_model:${relation()}${ids[rng.below(ids.length)]}`,
      ),
    ].sort(() => rng.below(3) - 1),
    pipeline_tag: rng.chance(0.5) ? ["text", "image"][rng.below(2)] : null,
    library_name: rng.chance(0.5) ? ["peft", "diffusers"][rng.below(2)] : null,
  }));
}

Deno.test("diffSnapshots() agrees with sets of strings when pairs of models are random", async () => {
  const rng = random({ seed: 8 });
  for (let round = 0; round < 150; round++) {
    const [a, b] = [drawn(rng), drawn(rng)];
    if (a.length === 0 || b.length === 0) continue;
    const [first, second] = [await snapshotOfRows(a), await snapshotOfRows(b)];
    const diff = diffModels(first, second, { n: Infinity });
    const [then, now] = [a, b].map((rows) => new Map(rows.map((row) => [row.id, row])));
    const both = [...then.keys()].filter((id) => now.has(id));
    const sorted = (items: Iterable<string>) => [...items].sort();
    assert.deepEqual(
      sorted(diff.models.listed.added),
      sorted(now.keys().filter((id) => !then.has(id))),
    );
    assert.deepEqual(
      sorted(diff.models.listed.removed),
      sorted(then.keys().filter((id) => !now.has(id))),
    );
    const edges = [a, b].map((rows) =>
      new Map(
        slowLineage(rows).edges.map(({ parent, child, relation }) => [
          JSON.stringify([parent, child]),
          relation,
        ]),
      )
    );
    const keys = (rows: { parent: string; child: string }[]) =>
      sorted(rows.map(({ parent, child }) => JSON.stringify([parent, child])));
    const { listed, addedBetweenKept, removedBetweenKept, kept } = diff.edges;
    const only = (x: Map<string, string>, y: Map<string, string>) =>
      sorted(x.keys().filter((key) => !y.has(key)));
    const between = (edge: string) => JSON.parse(edge).every((id: string) => both.includes(id));
    assert.deepEqual(keys(listed.added), only(edges[1], edges[0]));
    assert.deepEqual(keys(listed.removed), only(edges[0], edges[1]));
    assert.equal(addedBetweenKept, only(edges[1], edges[0]).filter(between).length);
    assert.equal(removedBetweenKept, only(edges[0], edges[1]).filter(between).length);
    assert.equal(kept, edges[0].keys().filter((key) => edges[1].has(key)).toArray().length);
    assert.deepEqual(
      sorted(listed.relationChanged.map((row) => JSON.stringify(row))),
      sorted(
        edges[0].entries()
          .filter(([key, relation]) => edges[1].has(key) && edges[1].get(key) !== relation)
          .map(([key, relation]) => {
            const [parent, child] = JSON.parse(key);
            return JSON.stringify({ parent, child, before: relation, after: edges[1].get(key) });
          }),
      ),
    );
    for (const trait of ["language", "license", "task", "library", "tags"] as const) {
      const values = (row: Row) => new Set(trait === "tags" ? row.tags : slowTrait(row, trait));
      const changed = both.filter((id) =>
        values(then.get(id)!).symmetricDifference(values(now.get(id)!)).size > 0
      );
      const found = diff.traits[trait];
      assert.deepEqual(sorted(found.listed.map(({ id }) => id)), sorted(changed), trait);
      assert.equal(found.gained, changed.filter((id) => values(then.get(id)!).size === 0).length);
      assert.equal(found.lost, changed.filter((id) => values(now.get(id)!).size === 0).length);
      for (const { id, lost, gained } of found.listed) {
        const [x, y] = [values(then.get(id)!), values(now.get(id)!)];
        assert.deepEqual([new Set(lost), new Set(gained)], [x.difference(y), y.difference(x)]);
      }
    }
    const [lineage, later] = [first, second].map((snapshot) => buildLineage(snapshot).lineage);
    const children = (id: string, rows: Map<string, Row>, i: number) =>
      rows.has(id)
        ? edges[i].keys().filter((key) => JSON.parse(key)[0] === id).toArray().length
        : null;
    const moved = ids.map((id) => ({ id, was: children(id, then, 0), is: children(id, now, 1) }))
      .filter(({ was, is }) => (was ?? 0) !== (is ?? 0));
    assert.equal(diff.hubs.moves.length, moved.length);
    for (const { id, children, descendants: below } of diff.hubs.moves) {
      const { was, is } = moved.find((one) => one.id === id)!;
      assert.deepEqual([children.before, children.after], [was, is]);
      const reach = ({ children: csr }: typeof lineage, row: number) =>
        row < 0 ? null : descendants(csr, [row]).length;
      assert.equal(below.before, reach(lineage, first.find(id)));
      assert.equal(below.after, reach(later, second.find(id)));
    }
  }
});
