import assert from "node:assert/strict";
import { IdleGuard } from "../../lib/fetch/idle_guard.ts";

Deno.test("IdleGuard ends what is silent, and says for how long it was", async () => {
  const guard = new IdleGuard(20, null);
  const { promise, resolve } = Promise.withResolvers<void>();
  guard.signal.addEventListener("abort", () => resolve());
  await promise;
  assert.equal(guard.signal.reason.message, "nothing came for 0.02 s");
});

Deno.test("IdleGuard ends with the signal that it is given, and for its reason", () => {
  const controller = new AbortController();
  const guard = new IdleGuard(60_000, controller.signal);
  const reason = new Error("enough");
  controller.abort(reason);
  guard.end();
  assert.equal(guard.signal.reason, reason);
});

Deno.test("IdleGuard does not take for silence that the program was too busy to look", async () => {
  const guard = new IdleGuard(50, null);
  // Comes after 50 ms, and is due when the program looks again.
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, 60);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  await promise;
  guard.end();
  assert.equal(guard.signal.aborted, false);
});
