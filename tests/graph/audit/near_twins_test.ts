import assert from "node:assert/strict";
import { random } from "../../../lib/core/random.ts";
import { isNearTwin } from "../../../lib/graph/audit/near_twin.ts";
import { NearTwins } from "../../../lib/graph/audit/near_twins.ts";

const words = [
  "diffusion",
  "Whisper",
  "stable",
  "model",
  "Models",
  "LLaMA",
  "wiki-pedia",
  "ärzteß",
];
const extra = ["𝒂", "İ", "s", "x", "-", "3", " ", "\u00a0"];

/** Names of few words, of which many are a slip or two from each other. */
function randomNames(seed: number, count: number): string[] {
  const rng = random({ seed });
  const pick = <T>(list: readonly T[]) => list[rng.below(list.length)];
  const slip = (name: string) => {
    const at = rng.below(name.length + 1);
    const [head, tail] = [name.slice(0, at), name.slice(at)];
    switch (rng.below(7)) {
      case 0:
        return head + tail.slice(1);
      case 1:
        return head + tail.slice(0, 1) + tail;
      case 2:
        return head + tail.slice(1, 2) + tail.slice(0, 1) + tail.slice(2);
      case 3:
        return head + pick(extra) + tail;
      case 4:
        return head + pick(extra) + tail.slice(1);
      case 5:
        return `${name} model`;
      default:
        return `${name}s`;
    }
  };
  return Array.from({ length: count }, () => {
    let name = Array.from({ length: 1 + rng.below(3) }, () => pick(words)).join(" ");
    for (let i = rng.below(3); i > 0; i--) name = slip(name);
    return name;
  });
}

Deno.test("NearTwins finds what isNearTwin() tells of every pair of random names, in their order", () => {
  let twins = 0;
  for (let seed = 1; seed <= 6; seed++) {
    const names = randomNames(seed, 250);
    const near = new NearTwins(names);
    for (const name of [...names, ...randomNames(seed + 100, 100), "", " ", "model", " model"]) {
      const slow = names.filter((other) => isNearTwin(name, other));
      assert.deepEqual(near.of(name), slow, JSON.stringify(name));
      twins += slow.length;
    }
  }
  assert.ok(twins > 1000, `${twins}`);
});

Deno.test("NearTwins finds names like those of objects' members, and none among none", () => {
  const near = new NearTwins(["__proto__", "constructor", "<script>", "constructors", ""]);
  assert.deepEqual(near.of("constructer"), []);
  assert.deepEqual(near.of("constuctor"), ["constructor"]);
  assert.deepEqual(near.of("constructor"), ["constructors"]);
  assert.deepEqual(near.of("__proto_"), []);
  assert.deepEqual(new NearTwins([]).of("Whisper"), []);
});

Deno.test("NearTwins compares few names where there are many, also those of one pattern or one letter", () => {
  // Told by the number of letters that are looked at, not by a clock: a name counts its own reading.
  let read = 0;
  const counted = (name: string) =>
    Object.create(String.prototype, {
      toLowerCase: { value: () => (read++, name.toLowerCase()) },
      length: { value: name.length },
    }) as string;
  const rng = random({ seed: 1 });
  const letter = () => String.fromCharCode(97 + rng.below(26));
  const names = Array.from(
    { length: 2000 },
    (_, i) => counted(`Stable Diffusion ${Array.from({ length: 12 }, letter).join("")} ${i % 7}`),
  );
  const near = new NearTwins(names);
  const before = read;
  for (const name of names) near.of(name);
  assert.equal(before, 2000);
  assert.ok(read - before < 3 * 2000, `${read}`);
});
