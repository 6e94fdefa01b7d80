import assert from "node:assert/strict";
import { inOrder } from "../../../lib/fetch/hub/in_order.ts";

/** Numbers from 0, and how many of them were taken. */
function numbers(count: number) {
  const told = { taken: 0 };
  async function* each() {
    while (told.taken < count) {
      await Promise.resolve();
      yield told.taken++;
    }
  }
  return { each: each(), told };
}

const after = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

Deno.test("inOrder() runs as many tasks as it may, and gives their results in the order of the items", async () => {
  let running = 0;
  let most = 0;
  const { each } = numbers(50);
  const results: number[] = [];
  for await (
    const result of inOrder(each, {
      async task(item) {
        most = Math.max(most, ++running);
        await after((item * 7) % 5);
        running--;
        return item * item;
      },
      bytesOf: () => 1,
      atOnce: 3,
      most: 10,
      mostBytes: 1e9,
    })
  ) results.push(result);
  assert.equal(most, 3);
  assert.deepEqual(results, Array.from({ length: 50 }, (_, i) => i * i));
});

Deno.test("inOrder() begins no task while so many results wait, or hold so much", async () => {
  for (
    const { most, mostBytes, begun } of [
      { most: 6, mostBytes: 1e9, begun: 6 },
      { most: 99, mostBytes: 50, begun: 9 },
    ]
  ) {
    const { each, told } = numbers(40);
    const first = Promise.withResolvers<void>();
    const results = inOrder(each, {
      task: async (item) => {
        // While the first is not ready, no other can be taken.
        await (item === 0 ? first.promise : Promise.resolve());
        return item;
      },
      bytesOf: () => 10,
      atOnce: 4,
      most,
      mostBytes,
    });
    const next = results.next();
    await after(20);
    // Of four that run, three more may begin when the bytes of the others are just below the bound.
    assert.ok(told.taken >= 4 && told.taken <= begun, `${told.taken}`);
    first.resolve();
    assert.deepEqual(await next, { value: 0, done: false });
    let i = 1;
    for await (const result of results) assert.equal(result, i++);
    assert.equal(i, 40);
  }
});

Deno.test("inOrder() ends with what a task throws, begins no further one, and waits for those under way", async () => {
  let running = 0;
  const { each, told } = numbers(100);
  const results: number[] = [];
  await assert.rejects(
    (async () => {
      for await (
        const result of inOrder(each, {
          async task(item) {
            running++;
            await after(item === 8 ? 1 : 10);
            running--;
            if (item === 8) throw new Error("eight");
            return item;
          },
          bytesOf: () => 1,
          atOnce: 4,
          most: 50,
          mostBytes: 1e9,
        })
      ) results.push(result);
    })(),
    { message: "eight" },
  );
  assert.deepEqual(results, [0, 1, 2, 3, 4, 5, 6, 7]);
  assert.equal(running, 0);
  assert.ok(told.taken <= 13, `${told.taken} items`);
});

Deno.test("inOrder() waits for what is under way when nobody takes more", async () => {
  let running = 0;
  const { each } = numbers(100);
  const task = async (item: number) => {
    running++;
    await after(item === 0 ? 1 : 10);
    running--;
    return item;
  };
  const options = { task, bytesOf: () => 1, atOnce: 4, most: 50, mostBytes: 1e9 };
  for await (const result of inOrder(each, options)) {
    assert.equal(result, 0);
    assert.ok(running > 0);
    break;
  }
  assert.equal(running, 0);
});
