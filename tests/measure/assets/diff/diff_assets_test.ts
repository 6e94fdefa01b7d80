import assert from "node:assert/strict";
import { type Random, random } from "../../../../lib/core/random.ts";
import { AssetGraph, assetVariants } from "../../../../lib/graph/assets.ts";
import { directHubs, transitiveHubs } from "../../../../lib/measure/assets/asset_hubs.ts";
import { type AssetDiff, diffAssets } from "../../../../lib/measure/assets/diff/diff_assets.ts";
import type { AssetSnapshot } from "../../../../lib/snapshot/asset_snapshot.ts";
import type { AssetCell } from "../../../../lib/source/asset_cell.ts";
import { assetRecord, randomAssets, snapshotOf } from "../../../oracle/random_assets.ts";
import { slowJoin } from "../../../oracle/slow_asset_diff.ts";

const known = (value: string | string[], explanation: string | null = null): AssetCell => ({
  state: "known",
  value,
  explanation,
});
const unknown: AssetCell = { state: "unknown", value: "unknown", explanation: null };

//  before:  web ---> C4 ---> OPT ---> Chat       Pile ---> OPT     Neeva
//  after:   Web ---> C4 ---> opt                 Pile ---> opt     Bot (same url as Neeva)     Pile ---> Bot
const before = snapshotOf([
  assetRecord({ name: "C4", type: "dataset", organization: "Google", dependencies: ["web"] }),
  assetRecord({ name: "Pile", type: "dataset", cells: { access: unknown, size: known("800 GB") } }),
  assetRecord({ name: "OPT", organization: "Meta AI", dependencies: ["Pile", "C4"] }),
  assetRecord({ name: "Chat", organization: "Old", dependencies: ["OPT"] }),
  assetRecord({
    name: "Neeva",
    type: "application",
    cells: { url: known("http://www.bot.example/") },
  }),
]);
const after = snapshotOf([
  assetRecord({ name: "C4", type: "dataset", organization: "Google", dependencies: ["Web"] }),
  assetRecord({ name: "Web", type: "dataset", organization: "New" }),
  assetRecord({
    name: "Pile",
    type: "dataset",
    cells: { access: known("open"), size: known("800 gb", "on disk") },
  }),
  assetRecord({ name: "opt", organization: "Meta  ai", dependencies: ["C4", "Pile"] }),
  assetRecord({
    name: "Bot",
    type: "application",
    dependencies: ["Pile"],
    cells: { url: known("https://bot.example"), dependencies: known(["Pile"]) },
  }),
]);

Deno.test("diffSnapshots() tells assets added, removed, renamed and changed as by hand", () => {
  const { assets, organizations } = diffAssets(before, after);
  assert.deepEqual(assets.added, [
    { name: "Web", type: "dataset", organization: "New", named: true },
  ]);
  assert.deepEqual(assets.removed, [
    { name: "Chat", type: "model", organization: "Old", named: false },
  ]);
  assert.deepEqual(assets.renamed.map(({ before, after, by }) => [before, after, by]), [
    ["Neeva", "Bot", "url"],
    ["OPT", "opt", "name"],
  ]);
  assert.deepEqual(
    assets.renamed[0].changes.map(({ field, change }) => [field, change]),
    [["dependencies", "state"], ["url", "value"]],
  );
  // The order of dependencies does not count.
  assert.deepEqual(assets.renamed[1].changes, []);
  assert.deepEqual(assets.changed.map(({ name }) => name), ["C4", "Pile"]);
  assert.deepEqual(assets.changed[1].changes, [
    { field: "access", change: "state", explanation: false, before: unknown, after: known("open") },
    {
      field: "size",
      change: "spelling",
      explanation: true,
      before: known("800 GB"),
      after: known("800 gb", "on disk"),
    },
  ]);
  assert.equal(assets.unchanged, 0);
  assert.deepEqual(assets.states, [
    { field: "access", from: "unknown", to: "known", assets: 1 },
    { field: "dependencies", from: "absent", to: "known", assets: 1 },
  ]);
  assert.deepEqual(assets.fields[0], {
    field: "dependencies",
    state: 1,
    value: 0,
    spelling: 1,
    explanation: 0,
  });
  assert.deepEqual(organizations, {
    added: ["New"],
    removed: ["Old"],
    renamed: [{ before: "Meta AI", after: "Meta  ai" }],
    kept: 1,
  });
});

Deno.test("diffSnapshots() joins the edges of renamed assets, and undocumented names with the assets they became", () => {
  const { edges } = diffAssets(before, after);
  assert.deepEqual(edges, {
    added: [{ dependency: "Pile", dependant: "Bot", bothEnds: true }],
    removed: [{ dependency: "OPT", dependant: "Chat", bothEnds: false }],
    changed: [{ dependency: "Web", dependant: "C4", documented: true }],
    kept: 3,
  });
  const stubs = diffAssets(before, after, { variant: "stubs" }).edges;
  assert.deepEqual([stubs.added.length, stubs.removed.length, stubs.kept], [2, 2, 2]);
  assert.equal(diffAssets(before, after, { variant: "documented" }).edges.kept, 2);
});

Deno.test("diffSnapshots() says how hubs moved as by hand", () => {
  const { hubs } = diffAssets(before, after);
  assert.deepEqual(hubs.map(({ name, status }) => [name, status]), [
    ["opt", "vanished"],
    ["Pile", "stayed"],
    ["C4", "stayed"],
    ["Web", "stayed"],
  ]);
  const [opt, pile] = hubs;
  assert.equal(opt.formerly, "OPT");
  assert.deepEqual(pile.direct, {
    before: 1,
    after: 2,
    change: 1,
    rankBefore: 2.5,
    rankAfter: 1,
  });
  assert.deepEqual(pile.transitive, {
    before: 2,
    after: 2,
    change: 0,
    rankBefore: 2.5,
    rankAfter: 1.5,
  });
});

Deno.test("diffSnapshots() takes a shared url for no sign of a new name, and type for a part of it", () => {
  const url = known("https://lab.example/models");
  const asset = (name: string, type: "model" | "dataset" = "model") =>
    assetRecord({ name, type, cells: { url } });
  const renamed = (a: AssetSnapshot, b: AssetSnapshot) => diffAssets(a, b).assets.renamed.length;
  assert.equal(renamed(snapshotOf([asset("a")]), snapshotOf([asset("b")])), 1);
  assert.equal(renamed(snapshotOf([asset("a")]), snapshotOf([asset("b", "dataset")])), 0);
  assert.equal(renamed(snapshotOf([asset("a")]), snapshotOf([asset("b"), asset("c")])), 0);
  assert.equal(renamed(snapshotOf([asset("a"), asset("c")]), snapshotOf([asset("b")])), 0);
  const words = { url: known("see the paper") };
  assert.equal(
    renamed(
      snapshotOf([assetRecord({ name: "a", cells: words })]),
      snapshotOf([assetRecord({ name: "b", cells: words })]),
    ),
    0,
  );
});

Deno.test("diffSnapshots() takes names that are alike for one asset where the type is the same, in every graph", () => {
  const of = (name: string, type: "model" | "dataset") =>
    snapshotOf([
      assetRecord({ name, type }),
      assetRecord({ name: "App", type: "application", dependencies: [name] }),
    ]);
  for (const variant of assetVariants) {
    const same = diffAssets(of("OPT", "model"), of("opt", "model"), { variant });
    assert.deepEqual(same.assets.renamed.map(({ by }) => by), ["name"]);
    assert.equal(same.edges.kept, 1);
    const other = diffAssets(of("OPT", "model"), of("opt", "dataset"), { variant });
    assert.deepEqual([other.assets.renamed, other.edges.kept], [[], 0]);
    assert.deepEqual([other.assets.added[0].name, other.assets.removed[0].name], ["opt", "OPT"]);
  }
});

Deno.test("diffSnapshots() counts a renaming once, not again in the dependencies on it", () => {
  //  before:  Old Model ---> App       after:  New Model ---> App
  const of = (name: string, ...dependencies: string[]) =>
    snapshotOf([
      assetRecord({ name, cells: { url: known("https://lab.example/model") } }),
      assetRecord({
        name: "App",
        dependencies,
        cells: { dependencies: { state: "known", value: dependencies, explanation: null } },
      }),
    ]);
  const old = of("Old Model", "Old Model", "C4");
  const renamed = diffAssets(old, of("New Model", "C4", "New Model"));
  assert.deepEqual(renamed.assets.renamed.map(({ before, after }) => [before, after]), [
    ["Old Model", "New Model"],
  ]);
  assert.deepEqual([renamed.assets.changed, renamed.assets.fields], [[], []]);
  assert.equal(renamed.assets.unchanged, 1);
  const change = (after: AssetSnapshot) => {
    const [there, back] = [diffAssets(old, after), diffAssets(after, old)]
      .map(({ assets }) => assets.changed.flatMap(({ changes }) => changes[0].change));
    assert.deepEqual(there, back);
    return there[0];
  };
  // A dependant that keeps the earlier name has not changed.
  assert.equal(change(of("New Model", "Old Model", "C4")), undefined);
  assert.equal(change(of("New Model", "C4", "new  model")), "spelling");
  assert.equal(change(of("New Model", "c4", "New Model")), "spelling");
  assert.equal(change(of("New Model", "New Model")), "value");
  assert.equal(change(of("New Model", "C4", "Newer Model")), "value");
});

Deno.test("diffSnapshots() keeps states apart, and does not count how unknown or none are spelt", () => {
  const pair = (a: AssetCell | null, b: AssetCell | null) => {
    const of = (cell: AssetCell | null) =>
      snapshotOf([assetRecord({ name: "a", cells: cell === null ? {} : { license: cell } })]);
    return diffAssets(of(a), of(b)).assets.changed[0]?.changes[0] ?? null;
  };
  const none = (value: string | null): AssetCell => ({ state: "none", value, explanation: null });
  assert.equal(pair(none("none"), none(null)), null);
  assert.equal(pair(unknown, { ...unknown, value: "n/a" }), null);
  assert.equal(pair(known("mit"), known(["mit"])), null);
  assert.equal(pair(known(["a", "b"]), known(["b", "a"]))?.change, "value");
  assert.equal(pair(known("MIT"), known("mit "))?.change, "spelling");
  assert.equal(pair(unknown, none("none"))?.change, "state");
  assert.equal(pair(null, unknown)?.before.state, "absent");
  const explained = pair(known("mit"), known("mit", "as the page says"));
  assert.deepEqual([explained?.change, explained?.explanation], ["explanation", true]);
  const both = pair(known("mit"), known("gpl", "as the page says"));
  assert.deepEqual([both?.change, both?.explanation], ["value", true]);
});

Deno.test("diffSnapshots() survives hostile names and fields", () => {
  const names = ["__proto__", "constructor", "<script>", '"', "=cmd()", "toString", "a\u0000b"];
  const of = (all: string[]) =>
    snapshotOf(all.map((name, i) =>
      assetRecord({
        name,
        organization: name,
        dependencies: [names[(i + 1) % names.length]],
        cells: Object.assign(Object.create(null), { ["__proto__"]: known(`${all.length}`) }),
      })
    ));
  const { assets, organizations, hubs } = diffAssets(of(names.slice(2)), of(names));
  assert.deepEqual(assets.added.map(({ name }) => name), ["__proto__", "constructor"]);
  assert.deepEqual(organizations.added, ["__proto__", "constructor"]);
  assert.equal(assets.changed.length, 5);
  assert.equal(hubs.length, 7);
});

Deno.test("diffSnapshots() finds no difference of a snapshot to itself, and all of it to an empty one", () => {
  const same = diffAssets(before, before);
  assert.equal(same.assets.unchanged, 5);
  assert.deepEqual([same.edges.kept, same.edges.added, same.edges.removed], [4, [], []]);
  assert.ok(same.hubs.every(({ direct, status }) => direct.change === 0 && status === "stayed"));
  const none = diffAssets(before, snapshotOf([]));
  assert.deepEqual([none.assets.removed.length, none.edges.removed.length, none.hubs.length], [
    5,
    4,
    4,
  ]);
});

/** Random assets with some spellings of names that are alike, and a random field. */
function drawn(rng: Random): AssetSnapshot {
  return snapshotOf(
    randomAssets(rng).records.map((record) => {
      const cells: Record<string, AssetCell> = {};
      if (rng.chance(0.5)) cells.size = [unknown, known("1"), known("2")][rng.below(3)];
      const name = rng.chance(0.3) ? record.name.toUpperCase().replace(" ", "") : record.name;
      return { ...record, name, cells, type: rng.chance(0.6) ? "model" : record.type };
    }),
  );
}

function assertAgrees(a: AssetSnapshot, b: AssetSnapshot, diff: AssetDiff): void {
  const { variant } = diff;
  const [then, now] = [a, b].map((snapshot) => new AssetGraph(snapshot, { variant }));
  const joined = slowJoin(then, now);
  const named = ({ names, dependency, dependant }: AssetGraph) =>
    Array.from(dependency, (from, e) => [names[from], names[dependant[e]]]);
  const later = new Set(named(now).map(String));
  const kept = new Set<string>();
  const removed: string[] = [];
  for (const [from, to] of named(then)) {
    const key = String([joined.get(from) ?? "no", joined.get(to) ?? "no"]);
    if (later.has(key)) kept.add(key);
    else removed.push(String([from, to]));
  }
  const keys = (edges: { dependency: string; dependant: string }[]) =>
    edges.map(({ dependency, dependant }) => String([dependency, dependant])).sort();
  assert.equal(diff.edges.kept, kept.size);
  assert.deepEqual(keys(diff.edges.removed), removed.sort());
  assert.deepEqual(keys(diff.edges.added), [...later.difference(kept)].sort());
  const own = (names: readonly { name: string }[]) => names.map(({ name }) => name).sort();
  const isAsset = new Set(own(b.assets));
  assert.deepEqual(
    own(diff.assets.removed),
    own(a.assets.filter(({ name }) => !isAsset.has(joined.get(name) ?? ""))),
  );
  for (const { before, after } of diff.assets.renamed) assert.equal(joined.get(before), after);
  const { added, renamed, changed, unchanged } = diff.assets;
  assert.equal(added.length + renamed.length + changed.length + unchanged, b.assets.length);
  const former = new Map([...joined].map(([x, y]) => [y, x]));
  for (const [part, hubs] of [["direct", directHubs], ["transitive", transitiveHubs]] as const) {
    const counts = (graph: AssetGraph) =>
      new Map(hubs(graph, { n: Infinity }).map(({ name, dependants }) => [name, dependants]));
    const [x, y] = [counts(then), counts(now)];
    const isThere = new Set(now.names);
    for (const hub of diff.hubs) {
      // A name may be a node that vanished before and another that is there after.
      const gone = hub[part].after === null;
      const old = gone ? hub.name : former.get(hub.name);
      assert.equal(hub[part].before, old === undefined ? null : x.get(old) ?? 0);
      assert.equal(hub[part].after, gone ? null : y.get(hub.name) ?? 0);
      assert.ok(gone || isThere.has(hub.name));
    }
    const total = (all: Map<string, number>) => all.values().reduce((sum, n) => sum + n, 0);
    for (const [side, all] of [["before", x], ["after", y]] as const) {
      assert.equal(diff.hubs.reduce((sum, hub) => sum + (hub[part][side] ?? 0), 0), total(all));
    }
  }
}

Deno.test("diffSnapshots() agrees with the definition, and reads the same backwards, when pairs are random", () => {
  const rng = random({ seed: 12 });
  let [renamed, changed] = [0, 0];
  for (let round = 0; round < 300; round++) {
    const [a, b] = [drawn(rng), drawn(rng)];
    for (const variant of assetVariants) {
      const diff = diffAssets(a, b, { variant });
      assertAgrees(a, b, diff);
      const back = diffAssets(b, a, { variant });
      assert.deepEqual(back.assets.added, diff.assets.removed);
      assert.deepEqual(back.assets.fields, diff.assets.fields);
      renamed += diff.assets.renamed.length;
      changed += diff.edges.changed.length;
    }
  }
  assert.ok(renamed > 50 && changed > 50);
});
