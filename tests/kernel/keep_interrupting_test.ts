import assert from "node:assert/strict";
import { keepInterrupting } from "../../lib/kernel/keep_interrupting.ts";

Deno.test("keepInterrupting() repeats an interrupt that was lost, and stops with the cell", async () => {
  let interrupts = 0;
  const told: string[] = [];
  await keepInterrupting({
    runs: () => interrupts < 1,
    interrupt: () => interrupts++,
    tell: (text) => told.push(text),
  });
  assert.deepEqual({ interrupts, told }, { interrupts: 1, told: [] });
});

Deno.test("keepInterrupting() tells once that the cell cannot be stopped, after 600 ms, and goes on", async () => {
  let interrupts = 0;
  const told: number[] = [];
  const start = performance.now();
  await keepInterrupting({
    runs: () => interrupts < 3,
    interrupt: () => interrupts++,
    tell: (text) => {
      assert.match(text, /Restart the kernel/);
      told.push(performance.now() - start);
    },
  });
  assert.equal(interrupts, 3);
  assert.equal(told.length, 1);
  assert.ok(told[0] >= 599, `${told}`);
});
