import assert from "node:assert/strict";
import { random } from "../../lib/core/random.ts";
import { ModelBuilder } from "../../lib/snapshot/model_builder.ts";
import type { ModelSnapshot } from "../../lib/snapshot/model_snapshot.ts";
import { HubScanner } from "../../lib/source/hub_scanner.ts";

const origin = { name: "rows.jsonl", format: "jsonl", bytes: 0, sha256: "" };

function blockOf(rows: readonly unknown[]): Uint8Array {
  return new TextEncoder().encode(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
}

/** Everything in a snapshot that is data. */
function content({ ids, tags, tasks, libraries, ...columns }: ModelSnapshot) {
  const { find: _, findCaseTwin: __, ...rest } = columns;
  const strings = [ids, tags, tasks, libraries].map((column) => column.toArray());
  return { ...rest, strings };
}

Deno.test("ModelBuilder gives the same snapshot however many scanners read the blocks, and wherever they are cut", () => {
  const rng = random({ seed: 8 });
  const pick = (n: number) => `${["x", "ü", "__proto__"][n % 3]}${n}`;
  const rows = Array.from({ length: 4000 }, (_, i) => ({
    id: `user/m${rng.below(3800)}`,
    tags: Array.from({ length: rng.below(6) }, () => pick(rng.below(2500))),
    ...(rng.chance(0.5) && { pipeline_tag: pick(rng.below(40)), library_name: pick(rng.below(9)) }),
    ...(rng.chance(0.5) && { likes: i, downloads: 2 ** 33 + i, private: rng.chance(0.5) }),
    ...(rng.chance(0.5) && { createdAt: "2024-05-17T01:02:03.004Z", modelCard: "é".repeat(i % 9) }),
  }));
  function build(scanners: number, size: number): ModelSnapshot {
    const readers = Array.from({ length: scanners }, () => new HubScanner());
    const builder = new ModelBuilder();
    for (let i = 0, b = 0; i < rows.length; i += size, b++) {
      const scanner = scanners === 1 ? 0 : rng.below(scanners);
      builder.append(readers[scanner].scan(blockOf(rows.slice(i, i + size))), { scanner });
    }
    return builder.finish({ name: "rows", origin });
  }
  const whole = build(1, rows.length);
  const first = new Map(rows.toReversed().map((row) => [row.id, row]));
  assert.equal(whole.models, first.size);
  assert.deepEqual(
    Array.from({ length: whole.models }, (_, row) =>
      Array.from(
        whole.tagCodes.subarray(whole.tagOffsets[row], whole.tagOffsets[row + 1]),
        (code) => whole.tags.at(code),
      )),
    whole.ids.toArray().map((id) => first.get(id)!.tags),
  );
  for (const [scanners, size] of [[1, 7], [2, 500], [3, 111]]) {
    assert.deepEqual(content(build(scanners, size)), content(whole));
  }
});

Deno.test("ModelBuilder keeps the first row of an id, and no tag of the others", () => {
  const builder = new ModelBuilder({ unit: "row" });
  const scanner = new HubScanner();
  const kept = builder.append(scanner.scan(blockOf([
    { id: "a", tags: ["one"] },
    { id: "A", tags: ["two"] },
    { id: "a", tags: ["lost"], pipeline_tag: "lost" },
  ])));
  assert.deepEqual([...kept], [1, 1, 0]);
  assert.deepEqual([...builder.append(scanner.scan(blockOf([{ id: "A", tags: ["lost"] }])))], [0]);
  const snapshot = builder.finish({ name: "rows", origin });
  assert.deepEqual(snapshot.tags.toArray(), ["one", "two"]);
  assert.deepEqual(snapshot.tasks.toArray(), []);
  assert.deepEqual(snapshot.issues.map(({ kind, examples }) => [kind, examples]), [
    ["idsDifferByCase", ["a / A"]],
    ["duplicateId", ["row 3: a", "row 4: A"]],
  ]);
  assert.ok(Object.isFrozen(snapshot));
});

Deno.test("ModelBuilder marks a snapshot as simulated when its rows say so", () => {
  for (const [tag, simulated] of [["region:simulated", true], ["region:us", false]] as const) {
    const builder = new ModelBuilder();
    builder.append(new HubScanner().scan(blockOf([{ id: "a" }, { id: "b", tags: [tag] }])));
    assert.equal(builder.finish({ name: "rows", origin }).origin.simulated, simulated);
  }
});

Deno.test("ModelBuilder refuses to finish without a row, and says what it found instead", () => {
  assert.throws(() => new ModelBuilder().finish({ name: "rows", origin }), {
    name: "SyntaxError",
    message:
      'Cannot read "rows.jsonl" as Hub models: no usable row in 0 lines; expected one JSON object with an "id" a row',
  });
  const builder = new ModelBuilder({ unit: "row" });
  builder.append(new HubScanner().scan(new TextEncoder().encode('{"name":"x"}\n\n[]\n')));
  assert.throws(
    () => builder.finish({ name: "rows", origin }),
    /no usable row in 3 rows \(1 x noId, e\.g\. "row 1: .*1 x notAnObject, e\.g\. "row 3: \[\]"\)/,
  );
});
