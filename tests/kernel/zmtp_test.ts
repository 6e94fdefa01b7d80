import assert from "node:assert/strict";
import { encodeFrame, FrameReader, largestFrame } from "../../lib/kernel/zmtp_frame.ts";
import { connect, echo, Publisher, Router } from "../../lib/kernel/sockets.ts";

/** A stream that gives its bytes in pieces of `step`. */
function source(
  bytes: readonly number[],
  step = 3,
): { read(into: Uint8Array): Promise<number | null> } {
  let at = 0;
  return {
    read(into) {
      if (at >= bytes.length) return Promise.resolve(null);
      const piece = bytes.slice(at, at + Math.min(step, into.length));
      into.set(piece);
      at += piece.length;
      return Promise.resolve(piece.length);
    },
  };
}

const listen = () => Deno.listen({ hostname: "127.0.0.1", port: 0 });

Deno.test("FrameReader reads what encodeFrame() wrote, at every size where the form changes", async () => {
  for (const size of [0, 1, 255, 256, 65_535, 65_536, 1_048_577, 3_000_000]) {
    const body = new Uint8Array(size).map((_, i) => i * 7);
    const bytes = encodeFrame({ body, more: true, command: false }).flatMap((part) => [...part]);
    for (const step of [65_536, 4_000_000]) {
      const frame = await new FrameReader(source([...bytes, 0, 1, 9], step));
      assert.deepEqual(await frame.frame(), { body, more: true, command: false });
      assert.deepEqual((await frame.frame()).body, Uint8Array.of(9));
      await assert.rejects(() => frame.frame(), RangeError);
    }
  }
});

Deno.test("FrameReader refuses wrong flags, lengths that nobody means and commands that are too long", async () => {
  const cases: [number[], RegExp][] = [
    [[8, 0], /flags are 8/],
    [[255, 0], /flags are 255/],
    [[5, 0], /flags are 5/],
    [[2, 255, 255, 255, 255, 255, 255, 255, 255], /18446744073709551615 bytes, at most/],
    [[2, 0, 0, 0, 0, 32, 0, 0, 1], new RegExp(`${largestFrame + 1} bytes`)],
    [[6, 0, 0, 0, 0, 0, 1, 0, 1], /command of 65537/],
    [[0, 5, 1, 2], /stream has ended/],
    [[2, 0, 0, 0, 0, 31, 0, 0, 0, 1], /stream has ended/],
  ];
  for (const [bytes, message] of cases) {
    await assert.rejects(() => new FrameReader(source(bytes)).frame(), message);
  }
});

Deno.test("Router drops peers that do not speak ZMTP and serves the others on", async () => {
  const listener = listen();
  const { port } = listener.addr;
  const router = new Router(listener, ({ from, frames }) => router.send(from, frames));
  const hostile = [
    "GET / HTTP/1.1\r\nHost: a\r\n\r\n" + " ".repeat(100),
    "\xff" + "\0".repeat(8) + "\x7f\x01" + "\0".repeat(53),
    "\xff" + "\0".repeat(8) + "\x7f\x03\0PLAIN" + "\0".repeat(47),
    "\xff" + "\0".repeat(8) + "\x7f\x03\0NULL" + "\0".repeat(48) +
    "\x04\x16\x05READY\x0bSocket-Type\0\0\xff\xff",
    "\xff" + "\0".repeat(8) + "\x7f\x03\0NULL" + "\0".repeat(48) +
    "\x04\x19\x05READY\x0bSocket-Type\0\0\0\x03PUB",
    "\xff" + "\0".repeat(8) + "\x7f\x03\0NULL" + "\0".repeat(48) + "\x00\x03abc",
  ];
  for (const text of hostile) {
    const conn = await Deno.connect({ hostname: "127.0.0.1", port });
    await conn.write(Uint8Array.from(text, (char) => char.charCodeAt(0)));
    // The router's own greeting comes, then the end.
    const bytes = new Uint8Array(1024);
    while (await conn.read(bytes).catch(() => null) !== null);
    conn.close();
  }
  const peer = await connect({ type: "DEALER", hostname: "127.0.0.1", port });
  peer.send([Uint8Array.of(1, 2), new Uint8Array(0), new Uint8Array(70_000)]);
  assert.deepEqual(await peer.receive(), [
    Uint8Array.of(1, 2),
    new Uint8Array(0),
    new Uint8Array(70_000),
  ]);
  peer.close();
  router.close();
});

Deno.test("Publisher sends in order to all that subscribed, and a heartbeat is answered with itself", async () => {
  const listener = listen();
  const publisher = new Publisher(listener);
  const { port } = listener.addr;
  const subscribers = await Promise.all(
    [1, 2].map(() => connect({ type: "SUB", hostname: "127.0.0.1", port })),
  );
  await publisher.untilHeard(5000);
  await new Promise((resolve) => setTimeout(resolve, 50));
  for (let i = 0; i < 1000; i++) publisher.send([new Uint8Array(i).fill(i)]);
  for (const subscriber of subscribers) {
    for (let i = 0; i < 1000; i++) assert.equal((await subscriber.receive())?.[0].length, i);
    subscriber.close();
  }
  publisher.close();

  const heart = listen();
  echo(heart);
  const beat = await connect({ type: "REQ", hostname: "127.0.0.1", port: heart.addr.port });
  beat.send([new Uint8Array(0), Uint8Array.of(7)]);
  assert.deepEqual(await beat.receive(), [new Uint8Array(0), Uint8Array.of(7)]);
  beat.close();
  heart.close();
});
