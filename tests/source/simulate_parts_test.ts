import assert from "node:assert/strict";
import { random } from "../../lib/core/random.ts";
import { Attachment, RowList } from "../../lib/source/simulate/attachment.ts";
import {
  drawMoment,
  grownBy,
  lastSecond,
  seconds,
  timestamp,
} from "../../lib/source/simulate/clock.ts";
import { Drift } from "../../lib/source/simulate/drift.ts";
import { Governor } from "../../lib/source/simulate/governor.ts";
import { Quota } from "../../lib/source/simulate/quota.ts";

Deno.test("Governor.chance() holds its rate when weights vary and probabilities would exceed 1", () => {
  const rng = random({ seed: 3 });
  const governor = new Governor(0.4);
  let hits = 0;
  let refused = 0;
  for (let i = 0; i < 5000; i++) {
    const weight = i % 3 === 0 ? 9 : i % 3 === 1 ? 0.2 : 0;
    const hit = governor.chance(rng, weight);
    if (hit) hits++;
    if (weight === 0 && hit) refused++;
  }
  assert.equal(refused, 0);
  assert.ok(Math.abs(hits / 5000 - 0.4) < 0.01, `${hits}`);
});

Deno.test("Governor.record() counts what a hit came to", () => {
  const rng = random({ seed: 4 });
  const governor = new Governor(0.2);
  let sum = 0;
  for (let i = 0; i < 5000; i++) {
    if (!governor.proposes(rng)) continue;
    governor.record(0.5);
    sum += 0.5;
  }
  assert.ok(Math.abs(sum / 5000 - 0.2) < 0.01, `${sum}`);
});

Deno.test("Quota.draw() makes up for what others inherited, and waits for a value's first day", () => {
  const rng = random({ seed: 5 });
  const shares = [{ value: "a", share: 0.5 }, { value: "b", share: 0.2, since: "2023-01-01" }];
  const quota = new Quota(shares, { seconds, horizon: 20 });
  const late = seconds("2023-01-01");
  const counts = [0, 0, 0];
  for (let i = 0; i < 3000; i++) {
    // Every third model inherits "a".
    const code = i % 3 === 0 ? 1 : quota.draw(rng, { time: late });
    quota.add(code);
    counts[code]++;
  }
  assert.ok(Math.abs(counts[1] / 3000 - 0.5) < 0.01, `${counts}`);
  assert.ok(Math.abs(counts[2] / 3000 - 0.2) < 0.01, `${counts}`);
  for (let i = 0; i < 200; i++) {
    const code = quota.draw(rng, { time: late - 1, reported: true });
    assert.equal(code, 1);
  }
  assert.equal(quota.code("b"), 2);
  assert.throws(() => quota.code("constructor"), { name: "RangeError", message: /"constructor"/ });
});

Deno.test("Drift.chance() keeps children a fixed share above their parents", () => {
  const rng = random({ seed: 6 });
  const drift = new Drift(0.25);
  let parents = 0;
  let children = 0;
  for (let i = 0; i < 5000; i++) {
    const parent = rng.chance(0.1);
    if (parent) parents++;
    const weight = i % 10 === 0 ? Infinity : 1;
    const hit = drift.chance(rng, { parent, weight });
    if (weight === Infinity) assert.ok(hit);
    if (hit) children++;
  }
  assert.ok(Math.abs((children - parents) / 5000 - 0.25) < 0.01);
});

Deno.test("timestamp() writes what Date does, in any order of times", () => {
  const start = Date.UTC(2022, 2, 2, 23, 29, 4);
  for (const time of [0, 1, 1855, 1856, lastSecond, 5_000_000, 86_400, 86_399]) {
    assert.equal(timestamp(time), new Date(start + 1000 * time).toISOString());
  }
});

Deno.test("drawMoment() follows the growth from a day on", () => {
  const rng = random({ seed: 7 });
  const since = seconds("2024-01-01");
  const middle = seconds("2025-01-01");
  let before = 0;
  for (let i = 0; i < 4000; i++) {
    const time = drawMoment(rng, since);
    assert.ok(time >= since && time <= lastSecond);
    if (time < middle) before++;
  }
  const expected = (grownBy(middle) - grownBy(since)) / (1 - grownBy(since));
  assert.ok(Math.abs(before / 4000 - expected) < 0.03);
});

Deno.test("Attachment.choose() gives every fertile model a first child, then favours those with many", () => {
  const rng = random({ seed: 8 });
  const attachment = new Attachment(1, () => true);
  const children = new Map<number, number>();
  for (let i = 0; i < 4000; i++) {
    if (i % 20 === 0) attachment.enrol(i / 20, false);
    const parent = attachment.choose(rng, { relation: 0, encoders: false });
    children.set(parent, (children.get(parent) ?? 0) + 1);
  }
  assert.ok(children.size >= 195);
  const counts = [...children.values()].sort((a, b) => b - a);
  // The mean is 20; without preference the first of 200 would have about 20 ln 200 = 106.
  assert.ok(counts[0] > 250, `${counts[0]}`);
});

Deno.test("Attachment.choose() keeps encoders to relations that take them, and full parents out", () => {
  const rng = random({ seed: 9 });
  const full = new Set([1]);
  const attachment = new Attachment(2, (row) => !full.has(row));
  assert.equal(attachment.choose(rng, { relation: 0, encoders: true }), -1);
  attachment.enrol(7, true);
  assert.equal(attachment.choose(rng, { relation: 1, encoders: false }), -1);
  assert.equal(attachment.choose(rng, { relation: 0, encoders: true }), 7);
  attachment.enrol(1, false);
  assert.equal(attachment.choose(rng, { relation: 1, encoders: false }), 1);
  assert.equal(attachment.choose(rng, { relation: 1, encoders: false }), -1);
  attachment.offer(2);
  assert.equal(attachment.choose(rng, { relation: 1, encoders: false }), 2);
});

Deno.test("RowList.take() removes each row once", () => {
  const rng = random({ seed: 10 });
  const list = new RowList();
  for (let row = 0; row < 3000; row++) list.push(row);
  const taken = Array.from({ length: 3000 }, () => list.take(rng));
  assert.equal(new Set(taken).size, 3000);
  assert.equal(list.length, 0);
});
