import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { FigureInput } from "../../lib/figure/figure_input.ts";
import type { FigureEntry } from "../../lib/figure/figures_manifest.ts";
import { paths } from "../../lib/paths.ts";
import { loadAssets } from "../../lib/snapshot/load.ts";
import type { Tier } from "../../lib/snapshot/model_snapshot.ts";
import { readModels } from "../../lib/snapshot/read_models.ts";
import {
  checkLocked,
  figureInputs,
  figureTables,
  tiersToDraw,
} from "../../lib/task/reproduce_inputs.ts";
import { inFolder } from "../fixtures/chunks.ts";
import { writeRaw } from "../fixtures/write_raw.ts";

const row = '{"id":"a/b"}\n';

Deno.test("figureInputs() names every snapshot and table that figures rest on, with its sha256", () =>
  inFolder(async (dir) => {
    const raw = `${dir}/hub-1`;
    const files = [{ name: "rows-0001.jsonl", role: "rows", content: row }] as const;
    const { sha256, from, to } = await writeRaw(raw, files, { name: "hub-1" });
    const snapshot = await readModels(raw);
    const fetched = { upstream: "hub", revision: null, from, to };
    const assets = await loadAssets();
    const { origin } = assets;
    const before = { ...assets, name: "earlier" };
    const inputs = await figureInputs({ models: snapshot, assets, before });
    assert.deepEqual(inputs.slice(0, 3), [
      { role: "models", name: "hub-1", sha256, fetched },
      { role: "assets", name: "assets", sha256: origin.sha256 },
      { role: "before", name: "earlier", sha256: origin.sha256 },
    ]);
    const embedded = inputs.filter(({ name }) => name.endsWith(".csv"));
    assert.deepEqual(
      embedded.map(({ name, sha256 }) => [name, sha256]),
      [...figureTables, "arxiv_categories.csv"].map((name) => [
        name,
        createHash("sha256").update(Deno.readFileSync(join(paths.data, name))).digest("hex"),
      ]),
    );
    checkLocked(inputs, inputs);
  }));

Deno.test("figureTables has every table of data/ but those that no figure uses", () => {
  const elsewhere = [
    "alignment_check.csv",
    "arxiv_categories.csv",
    "hub_owners.csv",
    "no_assets.csv",
    "validation.csv",
  ];
  const tables = [...Deno.readDirSync(paths.data)].map(({ name }) => name)
    .filter((name) => name.endsWith(".csv"));
  assert.deepEqual(tables.sort(), [...figureTables, ...elsewhere].sort());
});

/** An input of some digits. */
function input(role: FigureInput["role"], name: string, digit: string): FigureInput {
  return { role, name, sha256: digit.repeat(64) };
}

const hub = { upstream: "hub", revision: null, from: null, to: "2026-11-21T01:00:00.000Z" };

Deno.test("checkLocked() accepts the same inputs under other names, in another order", () => {
  const locked = [
    input("models", "hub", "a"),
    input("table", "x.csv", "b"),
    input("table", "y.csv", "c"),
  ];
  checkLocked([locked[2], locked[1], { ...locked[0], name: "copy", fetched: hub }], locked);
});

Deno.test("checkLocked() names each other input with both digests and what to do", () => {
  const fetched = { ...hub, upstream: "ecosystem-graphs", revision: "0123456789" };
  const table = input("table", "arxiv-categories-2026-11-21", "7");
  const cases: [FigureInput[], FigureInput[], string[]][] = [
    [
      [input("models", "simulated-hub", "1")],
      [{ ...input("models", "hub-1", "2"), fetched: hub }],
      [
        'models: found "simulated-hub" (sha256 111111111111…), expected "hub-1" (sha256 222222222222…); give --snapshot hub-1, which came from hub (2026-11-21); deno task snapshots lists what is here',
      ],
    ],
    [[input("assets", "eco", "1")], [{ ...input("assets", "eco", "2"), fetched }], [
      'assets: found "eco" (sha256 111111111111…), expected "eco" (sha256 222222222222…); it was changed or fetched again: deno task verify eco says what',
    ]],
    [[], [{ ...input("before", "eco", "2"), fetched }], [
      'before: found none, expected "eco" (sha256 222222222222…); give --before eco, which came from ecosystem-graphs at 0123456789 (2026-11-21); deno task snapshots lists what is here',
    ]],
    [[input("before", "eco", "1")], [], [
      'before: found "eco" (sha256 111111111111…), expected none; leave --before out',
    ]],
    [[input("table", "x.csv", "1"), table], [input("table", "x.csv", "2")], [
      'table: found "x.csv" (sha256 111111111111…), expected "x.csv" (sha256 222222222222…); take data/x.csv from the commit that the figures are from',
      `table: found "arxiv-categories-2026-11-21" (sha256 777777777777…), expected none; take it out of ${paths.raw}, or set KINDRED_DATA to a folder without it`,
    ]],
    [[], [{ ...table, fetched: hub }], [
      `table: found none, expected "arxiv-categories-2026-11-21" (sha256 777777777777…); put the raw snapshot back below ${paths.raw}`,
    ]],
    [[{ role: "models", name: "x", sha256: null }], [{ role: "models", name: "x", sha256: null }], [
      'models: found "x" (no sha256), expected "x" (no sha256); it was changed or fetched again: deno task verify x says what',
    ]],
  ];
  for (const [used, locked, lines] of cases) {
    assert.throws(() => checkLocked(used, locked), (error: Error) => {
      assert.deepEqual(error.message.split("\n").slice(1, -1), lines.map((line) => `  ${line}`));
      assert.match(error.message, lines.length === 1 ? /: an input is not/ : /: 2 inputs are not/);
      return true;
    });
  }
});

Deno.test("tiersToDraw() keeps to the tiers of locked figures, and refuses to remove those of another", () => {
  const locked = (...tiers: (Tier | null)[]) => ({
    figures: tiers.map((tier) => ({ tier }) as FigureEntry),
  });
  assert.deepEqual(tiersToDraw(null, null), ["raw", "cleaned"]);
  assert.deepEqual(tiersToDraw("raw", null), ["raw"]);
  assert.deepEqual(tiersToDraw(null, locked(null, "cleaned", "raw")), ["raw", "cleaned"]);
  assert.deepEqual(tiersToDraw(null, locked(null, "raw")), ["raw"]);
  assert.deepEqual(tiersToDraw("cleaned", locked("cleaned")), ["cleaned"]);
  assert.deepEqual(tiersToDraw("cleaned", locked(null)), ["cleaned"]);
  for (const named of ["raw", "cleaned"] as const) {
    assert.throws(() => tiersToDraw(named, locked(null, "raw", "cleaned")), {
      name: "UsageError",
      message: /^--tier is .*, but .* of the tiers raw and cleaned; leave --tier out/,
    });
  }
  assert.throws(() => tiersToDraw("raw", locked("cleaned")), /of the tier cleaned; leave/);
});
