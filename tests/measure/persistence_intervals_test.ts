import assert from "node:assert/strict";
import { ratioBootstrap } from "../../lib/core/cluster_bootstrap.ts";
import { random } from "../../lib/core/random.ts";
import { keptPerStep } from "../../lib/measure/half_life.ts";
import type { Persistence } from "../../lib/measure/persistence.ts";
import { persistenceClusters } from "../../lib/measure/persistence_generations.ts";
import { persistenceIntervals } from "../../lib/measure/persistence_intervals.ts";

/** Families with lineages of up to three generations, whose members share a rate around `p`. */
function simulated(
  { seed, families, p }: { seed: number; families: number; p: number },
): Persistence {
  const rng = random({ seed });
  const columns = {
    family: [],
    generation: [],
    relation: [],
    kept: [],
    changed: [],
    lost: [],
  } as Record<"family" | "generation" | "relation" | "kept" | "changed" | "lost", number[]>;
  for (let family = 0; family < families; family++) {
    const own = p + (rng.chance(0.5) ? 0.2 : -0.2);
    for (let generation = 1; generation <= 3; generation++) {
      // Kept with probability p in each generation, so that its share is p and the truth is known.
      const lineages = 1 + rng.below(8);
      let kept = 0;
      for (let i = 0; i < lineages; i++) kept += Number(rng.chance(own));
      const lost = Math.floor((lineages - kept) / 2);
      columns.family.push(family);
      columns.generation.push(generation);
      columns.relation.push(1);
      columns.kept.push(kept);
      columns.changed.push(lineages - kept - lost);
      columns.lost.push(lost);
    }
  }
  const { family, generation, relation, kept, changed, lost } = columns;
  return {
    cells: {
      family: Uint32Array.from(family),
      generation: Uint32Array.from(generation),
      relation: Uint8Array.from(relation),
      kept: Float64Array.from(kept),
      changed: Float64Array.from(changed),
      lost: Float64Array.from(lost),
      retained: Float64Array.from(kept),
    },
    lineages: 0,
    undeclared: 0,
    rootless: 0,
  };
}

Deno.test("persistenceIntervals() hold the truth at about the nominal rate when families share a rate", () => {
  let held = 0;
  const rounds = 150;
  for (let seed = 1; seed <= rounds; seed++) {
    const { generations } = persistenceIntervals(simulated({ seed, families: 40, p: 0.6 }));
    const [low, high] = generations[1].kept!;
    held += Number(low <= 0.6 && 0.6 <= high);
  }
  assert.ok(held / rounds >= 0.9 && held / rounds <= 0.99, `${held} of ${rounds}`);
});

Deno.test("persistenceIntervals() are about as wide as those of ratioBootstrap()", () => {
  const found = simulated({ seed: 3, families: 300, p: 0.5 });
  const { generations } = persistenceIntervals(found);
  for (const { generation, kept } of generations) {
    const { low, high } = ratioBootstrap(persistenceClusters(found, { generation }));
    assert.ok(Math.abs(kept![0] - low!) < 0.01 && Math.abs(kept![1] - high!) < 0.01);
  }
});

Deno.test("persistenceIntervals() of the half-life equal a jackknife that fits again without each family", () => {
  const found = simulated({ seed: 5, families: 200, p: 0.6 });
  const { cells } = found;
  const rows = (without: number) =>
    [1, 2, 3].map((generation) => {
      let lineages = 0;
      let kept = 0;
      for (let i = 0; i < cells.family.length; i++) {
        if (cells.family[i] === without || cells.generation[i] !== generation) continue;
        lineages += cells.kept[i] + cells.changed[i] + cells.lost[i];
        kept += cells.kept[i];
      }
      return { generation, lineages, kept };
    });
  const rate = (without: number) => -Math.log(keptPerStep(rows(without))!);
  const all = rate(-1);
  let squares = 0;
  for (let family = 0; family < 200; family++) squares += (rate(family) - all) ** 2;
  const error = Math.sqrt(squares * 199 / 200) / all;
  const [low, high] = persistenceIntervals(found).halfLife!;
  assert.ok(Math.abs(Math.sqrt(low * high) - Math.LN2 / all) < 1e-9);
  // About two standard errors to each side on the logarithmic scale.
  const width = Math.log(high / low) / 2 / error;
  assert.ok(width > 1.95 && width < 2.05, `${width} standard errors`);
});

Deno.test("persistenceIntervals() gives none when families are few, one dominates or all agree", () => {
  const few = persistenceIntervals(simulated({ seed: 1, families: 4, p: 0.5 }));
  assert.deepEqual([few.generations[0].kept, few.halfLife, few.families], [null, null, 4]);
  const large = simulated({ seed: 1, families: 10, p: 0.5 });
  for (let i = 0; i < 3; i++) [large.cells.kept[i], large.cells.lost[i]] = [1e6, 1e5];
  const led = persistenceIntervals(large);
  assert.deepEqual([led.generations[0].kept, led.halfLife], [null, null]);
  const same = simulated({ seed: 1, families: 10, p: 0.5 });
  for (const key of ["kept", "changed"] as const) same.cells[key].fill(1);
  same.cells.lost.fill(0);
  const { generations: [{ kept, lost }] } = persistenceIntervals(same);
  assert.deepEqual([kept, lost], [null, null]);
  const other = persistenceIntervals(large, { relation: "merge" });
  assert.deepEqual(other, { generations: [], halfLife: null, families: 0 });
});

Deno.test("persistenceIntervals() refuses a level outside (0, 1)", () => {
  const found = simulated({ seed: 1, families: 5, p: 0.5 });
  for (const level of [0, 1, NaN]) {
    assert.throws(() => persistenceIntervals(found, { level }), RangeError);
  }
});
