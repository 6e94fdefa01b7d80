import assert from "node:assert/strict";
import { hubsMovedFigure } from "../../lib/figure/assets/hubs_moved.ts";
import { assetGrowthFigure } from "../../lib/figure/assets/asset_growth.ts";
import { fetchedText, inputText } from "../../lib/figure/figure_input.ts";
import { hubsMovedInput } from "./assets/hubs_moved_input.ts";
import { source } from "./inputs.ts";

const sha256 = "0123456789abcdef".repeat(4);
const hub = {
  upstream: "hub",
  revision: null,
  from: "2026-11-21T23:00:00.000Z",
  to: "2026-11-22T01:00:00.000Z",
};

Deno.test("inputText() names a snapshot, its digest, and where and when it was fetched", () => {
  const revision = "fedcba9876543210";
  assert.equal(fetchedText(hub), "hub, fetched 2026-11-21 to 2026-11-22");
  assert.equal(fetchedText({ ...hub, revision, to: null }), "hub fedcba98, fetched 2026-11-21");
  assert.equal(fetchedText({ ...hub, revision, from: hub.to }), "hub fedcba98, fetched 2026-11-22");
  assert.equal(fetchedText({ ...hub, from: null, to: null }), "hub");
  assert.equal(inputText({ name: "x", sha256: null }), "snapshot x");
  assert.equal(inputText({ name: "x", sha256 }), "snapshot x (sha256 01234567)");
  assert.equal(
    inputText({ name: "x", sha256, fetched: hub }),
    "snapshot x (sha256 01234567, hub, fetched 2026-11-21 to 2026-11-22)",
  );
  assert.equal(
    inputText({ name: "x", sha256: null, fetched: { ...hub, from: null } }),
    "snapshot x (hub, fetched 2026-11-22)",
  );
});

Deno.test("figure() says in its note where and when the snapshot was fetched", () => {
  const growth = { months: [{ month: "2021-03", type: "model" as const, added: 2 }], undated: 0 };
  const { note, svg } = assetGrowthFigure(growth, { source: { ...source, fetched: hub } });
  const said = "(sha256 01234567, hub, fetched 2026-11-21 to 2026-11-22)";
  assert.ok(note.startsWith(`Source: snapshot hand-made ${said}; `), note);
  assert.match(svg, /fetched 2026-11-21/);
});

Deno.test("hubsMovedFigure() binds to the earlier snapshot, unless that is a cut of the later one", () => {
  const data = hubsMovedInput((name) => name);
  const options = { source, variant: "documented" as const };
  const before = { name: "2023", sha256, fetched: hub };
  const two = hubsMovedFigure({ ...data, before, cut: null }, options);
  assert.deepEqual(two.source.before, before);
  assert.match(two.note, /Before: snapshot 2023 \(sha256 01234567, hub, fetched /);
  const cut = { until: "2023-03-20", later: 1, undated: 0, undatedAre: "kept" } as const;
  assert.equal(hubsMovedFigure({ ...data, before, cut }, options).source.before, undefined);
});
