import assert from "node:assert/strict";
import { killPoints } from "./kill_points.ts";

/** How often the program is killed; CI asks for 200. */
const kills = Number(Deno.env.get("KINDRED_KILLS") ?? 16);

Deno.test(`fetch hub, killed ${kills} times at random moments, ends with the bytes of an uninterrupted run`, async () => {
  const report = await killPoints({ kills, seed: 1 });
  const sum = (counts: Map<string, number>) =>
    [...counts.values()].reduce((sum, count) => sum + count, 0);
  assert.equal(sum(report.kills), kills);
  assert.ok(sum(report.snapshots) > 0);
  for (const [what, counts] of Object.entries(report)) {
    console.log(`${what}: ${[...counts].map(([name, count]) => `${name} ${count}`).join(", ")}`);
  }
});
