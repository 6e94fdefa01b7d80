import assert from "node:assert/strict";
import {
  AssetGraph,
  type AssetNetworkOptions,
  buildLineage,
  familyOf,
  readModelBlocks,
  show,
  toGraphology,
} from "kindred";
import type { FamilyTree, Relation } from "kindred";
import { arrange } from "../../lib/display/graph/arrange.ts";
import { familyHierarchy } from "../../lib/display/graph/family_hierarchy.ts";
import { layersOf } from "../../lib/display/graph/layers.ts";
import { assetSnapshot } from "./inputs.ts";

/** A family of edges written as `parent>child`, all fine-tunes unless `relations` says otherwise. */
function family(edges: string, relations: Record<string, Relation> = {}): FamilyTree {
  const pairs = edges.split(" ").map((edge) => edge.split(">"));
  return {
    root: pairs[0][0],
    models: new Set(pairs.flat()).size,
    edges: pairs.map(([parent, child]) => ({
      parent,
      child,
      relation: relations[child] ?? "finetune",
    })),
  };
}

/** A family of so many models, each but the first made from the one before. */
function chainOf(models: number): FamilyTree {
  const name = (i: number) => `owner/a-model-with-a-long-name-${i}`;
  const edges = Array.from({ length: models - 1 }, (_, i) => `${name(i)}>${name(i + 1)}`);
  return family(edges.join(" "));
}

/** Edges of a graph written as `0>1 1>2`. */
function graph(edges: string): { from: number; to: number }[] {
  return edges.split(" ").map((edge) => edge.split(">").map(Number))
    .map(([from, to]) => ({ from, to }));
}

/*
 *        r
 *      / | \ \
 *     a  b  c d
 *    / \    |
 *   e   f   g      and c is a child of a too, which counts once
 */
const tree = family("r>a r>b r>c r>d a>e a>f a>c c>g", { b: "adapter", d: "merge" });

Deno.test("familyHierarchy() hangs each model below its first parent, the largest sub-trees first", () => {
  const root = familyHierarchy(tree, { nodes: 20 });
  const lines: string[] = [];
  root.eachBefore(({ depth, data }) => lines.push(`${" ".repeat(depth)}${data.id} ${data.models}`));
  assert.deepEqual(lines, ["r 8", " a 3", "  e 1", "  f 1", " c 2", "  g 1", " b 1", " d 1"]);
});

Deno.test("familyHierarchy() counts what is not named", () => {
  const root = familyHierarchy(tree, { nodes: 2 });
  const [a, more] = root.children!;
  assert.equal(a.data.id, "a");
  assert.deepEqual(more.data, {
    id: null,
    relation: null,
    models: 4,
    kinds: new Map([["adapter", 1], ["finetune", 1], ["merge", 1]]),
    others: [],
    children: [],
  });
  let models = 0;
  root.each(({ data: { id, models: all } }) => models += id === null ? all : 1);
  assert.equal(models, 8);
});

Deno.test("familyHierarchy() names eight of a model's children without children", () => {
  const star = family(Array.from({ length: 300 }, (_, i) => `r>c${i}`).join(" "));
  const { children } = familyHierarchy(star, { nodes: 50 });
  assert.equal(children!.length, 9);
  assert.equal(children![8].data.models, 292);
});

Deno.test("familyHierarchy() takes a chain of 3,000 models and refuses to draw none or too many", () => {
  const chain = family(Array.from({ length: 2999 }, (_, i) => `m${i}>m${i + 1}`).join(" "));
  assert.equal(familyHierarchy(chain, { nodes: 5 }).height, 5);
  for (const nodes of [0, 1.5, 501, NaN]) {
    assert.throws(() => familyHierarchy(tree, { nodes }), {
      name: "RangeError",
      message:
        `Cannot draw with the option "nodes": found ${nodes}, expected a whole number from 1 to 500`,
    });
  }
});

Deno.test("show() draws a family as page, PDF, SVG and text, hostile names escaped, twice the same", async () => {
  const names = [
    "<script>alert(1)</script>",
    "__proto__",
    '"onload="x',
    "constructor",
    "\u202eexe",
  ];
  const hostile: FamilyTree = {
    root: "r",
    models: 6,
    edges: names.map((child) => ({ parent: "r", child, relation: "finetune" })),
  };
  const bundle = await show(hostile).bundle();
  assert.deepEqual(Object.keys(bundle), [
    "text/html",
    "application/pdf",
    "image/svg+xml",
    "text/plain",
  ]);
  const svg = bundle["image/svg+xml"];
  assert.match(svg, /@font-face/);
  assert.doesNotMatch(svg, /<script|\u202e|<[^>]* onload/);
  assert.ok(
    svg.includes("&#60;script&#62;") && svg.includes("__proto__") && svg.includes("constructor"),
  );
  assert.equal(atob(bundle["application/pdf"]).slice(0, 5), "%PDF-");
  assert.deepEqual(await show(hostile).bundle(), bundle);
});

Deno.test("show() writes a family as an indented tree", () => {
  assert.equal(
    String(show(tree, { nodes: 3 })),
    [
      "Family of 8 models; 7 below this one, 2 generations shown, the 3 with the largest sub-trees are named. " +
      "1 named model has several parents here and hangs below the first.",
      "r",
      "├─ a (fine-tune)",
      "│  └─ + 2 more (fine-tune)",
      "├─ c (fine-tune)",
      "│  └─ + 1 more (fine-tune)",
      "└─ + 2 more",
    ].join("\n"),
  );
});

Deno.test("show() says how large a family is and how much of it is below the root", async () => {
  const rows = ["a", "b", "c", "d"].map((id, i) =>
    JSON.stringify({ id, tags: i === 0 ? [] : [`base_model:finetune:${i === 3 ? "b" : "a"}`] })
  );
  // a -> b -> d and a -> c
  const snapshot = await readModelBlocks([new TextEncoder().encode(rows.join("\n"))], {
    name: "four",
  });
  const { lineage } = buildLineage(snapshot);
  const said = async (id: string) => {
    const { "image/svg+xml": svg, "text/plain": text } = await show(
      familyOf({ snapshot, lineage }, id),
    ).bundle();
    const [line] = text.split("\n");
    assert.ok(svg.includes(`<desc>Family tree. ${line}`), line);
    return line;
  };
  assert.equal(await said("a"), "Family of 4 models; 3 below this one, 2 generations shown.");
  assert.equal(await said("b"), "Family of 4 models; 1 below this one, 1 generation shown.");
  assert.equal(await said("d"), "Family of 4 models; none below this one.");
  const { "image/svg+xml": svg } = await show(familyOf({ snapshot, lineage }, "a")).bundle();
  assert.match(svg, /<title>b\nrelation: fine-tune\nmodels below it: 1<\/title>/);
});

Deno.test("familyHierarchy() never names more models than it may", () => {
  for (const family of [tree, chainOf(2), chainOf(12)]) {
    for (const nodes of [1, 2, 3, 5]) {
      const named = familyHierarchy(family, { nodes }).descendants()
        .filter(({ data }) => data.id !== null);
      assert.ok(named.length <= nodes, `${named.length} of ${nodes}`);
    }
  }
});

Deno.test("show() says which models have more parents than the one that they hang below", async () => {
  const { "image/svg+xml": svg } = await show(tree).bundle();
  assert.match(svg, /<title>c\nrelation: fine-tune\nother parents: a\n/);
  assert.match(svg, /1 named model has several parents here and hangs/);
  const { "image/svg+xml": plain } = await show(chainOf(3)).bundle();
  assert.doesNotMatch(plain, /several parents|other parents/);
});

Deno.test("show() draws six generations as wide as a page, and lets longer families be scrolled", async () => {
  const width = async (family: FamilyTree) => {
    const { "image/svg+xml": svg, "text/html": html } = await show(family).bundle();
    return [
      Number(/width="(\d+)"/.exec(svg)![1]),
      html.includes(`style="--kindred-width`),
    ] as const;
  };
  const [six, scrolled] = await width(chainOf(7));
  assert.ok(six <= 900, String(six));
  assert.equal(scrolled, false);
  assert.equal((await width(chainOf(20)))[1], true);
});

Deno.test("familyOf() gives the traits of its models, and says what is near a misspelt id", async () => {
  const rows = '{"id":"a/base","tags":["en","license:mit"],"downloads":1234}\n' +
    '{"id":"b/tuned","tags":["base_model:finetune:a/base"]}\n';
  const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
  const { lineage } = buildLineage(snapshot);
  const found = familyOf({ snapshot, lineage }, "a/base");
  assert.equal(found.models, 2);
  assert.deepEqual(found.about("a/base"), [
    ["language", "en"],
    ["license", "mit"],
    ["downloads in 30 days", "1,234"],
  ]);
  assert.deepEqual(found.about("__proto__"), []);
  assert.throws(() => familyOf({ snapshot, lineage }, "a/bass"), /did you mean "a\/base"/);
  const { "image/svg+xml": svg } = await show(toGraphology({ snapshot, lineage })).bundle();
  assert.match(svg, /<title>b\/tuned\nmodel\nfine-tune of a\/base/);
});

Deno.test("layersOf() puts each node right of what it was built from, sources near what builds on them", () => {
  // 0 -> 1 -> 2 -> 3, 4 -> 3, 5 alone
  assert.deepEqual(layersOf(6, graph("0>1 1>2 2>3 4>3")).layer, [0, 1, 2, 3, 2, 0]);
});

Deno.test("layersOf() leaves out the edge that closes a cycle", () => {
  assert.deepEqual(layersOf(3, graph("0>1 1>2 2>0")), {
    layer: [0, 1, 2],
    forward: [true, true, false],
  });
});

Deno.test("arrange() keeps nodes of a layer apart and finds an order without crossings", () => {
  // 0 -> 5, 1 -> 4, 2 -> 3: as given all cross
  const { layer, y, height } = arrange(6, graph("0>5 1>4 2>3"));
  assert.deepEqual(layer, [0, 0, 0, 1, 1, 1]);
  assert.equal(height, 3);
  for (const [a, b] of [[0, 5], [1, 4], [2, 3]]) assert.equal(y[a], y[b]);
  assert.deepEqual([...y.slice(0, 3)].sort(), [0.5, 1.5, 2.5]);
});

Deno.test("arrange() gives long edges a way between the nodes that they pass", () => {
  // 0 -> 1 -> 2 and 0 -> 2
  const { y, passes } = arrange(3, graph("0>1 1>2 0>2"));
  assert.deepEqual(passes.map(({ length }) => length), [0, 0, 1]);
  assert.ok(Math.abs(passes[2][0].y - y[1]) >= 0.75);
});

/*
 *   arXiv (undocumented) -> The Pile -> GPT-J -> Chat
 *                             GPT-J -> GPT-J (a loop)
 */
const assets = assetSnapshot(`
- {type: dataset, name: The Pile, organization: EleutherAI, created_date: 2021-01-01, dependencies: [arXiv]}
- {type: model, name: GPT-J, dependencies: [The Pile, GPT-J]}
- {type: application, name: Chat, dependencies: [GPT-J]}
`);

Deno.test("show() draws the neighbourhood of an asset, undocumented names dashed", async () => {
  const graph = new AssetGraph(await assets);
  const { "image/svg+xml": svg, "text/plain": text } = await show(graph, { around: "The Pile" })
    .bundle();
  assert.equal(svg.match(/class="n"/g)!.length, 3);
  assert.match(svg, /stroke-dasharray="2.5 2"/);
  assert.match(
    svg,
    /<title>The Pile\ndataset\norganization: EleutherAI\ndependencies: 1\ndependants: 1\ncreated: 2021-01-01/,
  );
  assert.match(text, /2 names within 1 step/);
  const wide = await show(graph, { around: "The Pile", steps: 2, direction: "down" }).bundle();
  assert.match(wide["image/svg+xml"], /depends on: itself/);
  assert.doesNotMatch(wide["image/svg+xml"], /arXiv/);
});

Deno.test("show() refuses an asset graph without a name in it", async () => {
  const graph = new AssetGraph(await assets);
  assert.throws(() => show(graph, {} as AssetNetworkOptions), {
    name: "TypeError",
    message:
      'Cannot show the whole asset graph: expected the option "around", the name of an asset',
  });
  assert.throws(() => show(graph, { around: "The Pil" }), /did you mean "The Pile"/);
});
