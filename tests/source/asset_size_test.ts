import assert from "node:assert/strict";
import fc from "fast-check";
import { type AssetSize, parseAssetSize, sizeIn } from "../../lib/source/asset_size.ts";

type Wanted = [text: string, quantity: number, unit: AssetSize["unit"], dense?: AssetSize["dense"]];

const read: Wanted[] = [
  ["175B parameters (dense)", 175e9, "parameters", "dense"],
  ["98B parameters (Dense)", 98e9, "parameters", "dense"],
  ["600M parameter (dense model)", 6e8, "parameters", "dense"],
  ["1.2T parameters", 1.2e12, "parameters"],
  ["46.7B parameters (sparse)", 46.7e9, "parameters", "sparse"],
  ["14B parameters with 2.7B parameters for activation (MoE)", 14e9, "parameters", "sparse"],
  ["61B parameters (sparse); 6.6B active parameters", 61e9, "parameters", "sparse"],
  ["a dense tower and a sparse one, 3B parameters", 3e9, "parameters", null],
  ["540B", 540e9, null],
  ["7b", 7e9, null],
  ["20 billion", 20e9, null],
  ["1.55B parameters", 1.55e9, "parameters"],
  ["1e12 parameters", 1e12, "parameters"],
  ["a 10-billion-parameter model", 10e9, "parameters"],
  ["12–billion-parameter", 12e9, "parameters"],
  ["GPT-3 175B", 175e9, null],
  ["LLaMA-2 70B parameters", 70e9, "parameters"],
  ["ViT-L/14, 428M parameters", 428e6, "parameters"],
  ["7B, 13B and 70B", 70e9, null],
  ["7B/13B/70B parameters", 70e9, "parameters"],
  ["2B parameters, 11B parameters", 11e9, "parameters"],
  ["500M parameters (200M text, 300M video)", 5e8, "parameters"],
  ["(70B parameters)", 70e9, "parameters"],
  ["8x7B (46.7B parameters, sparse)", 46.7e9, "parameters", "sparse"],
  ["825 GB", 825e9, "bytes"],
  ["825 GiB", 825 * 2 ** 30, "bytes"],
  ["1.6TB", 1.6e12, "bytes"],
  ["214 KB", 214e3, "bytes"],
  ["40 gb", 40e9, "bytes"],
  ["3 gigabytes", 3e9, "bytes"],
  ["512 bytes", 512, "bytes"],
  ["300B tokens", 300e9, "tokens"],
  ["6.3 trillion tokens", 6.3e12, "tokens"],
  ["43B English tokens with 101.2M documents and 571M images", 43e9, "tokens"],
  ["650K hours audio (60TB)", 650e3, "hours"],
  ["182GB Text, 185M Images", 182e9, "bytes"],
  ["400M (image, text) pairs", 400e6, "pairs"],
  ["15M text-video pairs at 8FPS", 15e6, "pairs"],
  ["580M annotated video clip pairs", 580e6, "pairs"],
  ["20M video clips, 2.3B image-text pairs", 20e6, "clips"],
  ["2.2M captions paired with 0.5M audio clips", 2.2e6, "annotations"],
  ["13B labels of quantum and biological nature.", 13e9, "annotations"],
  ["52K instruction-following demonstrations", 52e3, "examples"],
  ["2,073 prompts for 177 datasets", 2073, "examples"],
  ["1,234,567 images", 1234567, "images"],
  ["500 billion words", 500e9, "words"],
  ["1600 tasks", 1600, "tasks"],
  ["12B alt-text", 12e9, "other"],
];

for (const [text, quantity, unit, dense = null] of read) {
  Deno.test(`parseAssetSize() reads "${text}"`, () => {
    const size = parseAssetSize(text);
    assert.deepEqual(
      { quantity: size.quantity, unit: size.unit, dense: size.dense, problem: size.problem },
      { quantity, unit, dense, problem: null },
    );
  });
}

const refused: [text: string, problem: string][] = [
  ["2024-05-29", "a date"],
  ["2024-5", "a date"],
  ["", "no number"],
  ["Unclear", "no number"],
  ["half of the web", "no number"],
  ["2024", "a number without a unit"],
  ["4x larger", "a number without a unit"],
  ["8x7B", "experts and the size of one, not of all"],
  ["8 × 22B parameters (sparse)", "experts and the size of one, not of all"],
  ["10-20B parameters", "a range"],
  ["7B–70B", "a range"],
  ["7B to 70B parameters", "a range"],
  ["6.6B active parameters", "active parameters only"],
  ["10,7B parameters", "a number that cannot be read"],
  ["1.2.3B parameters", "a number that cannot be read"],
  ["1,23,456 images", "a number that cannot be read"],
  ["0 parameters", "a number that cannot be read"],
  [`${"9".repeat(400)}B`, "a number that cannot be read"],
  ["5 Gb", "a number that cannot be read"],
  ["5 GIB", "a number that cannot be read"],
  ["-5B parameters", "no number"],
  ["50% of tokens", "no number"],
  ["$5M", "no number"],
  ["10^11 tokens", "no number"],
  ["[[1B tokens]](https://example.org/7B)", "no number"],
];

for (const [text, problem] of refused) {
  Deno.test(`parseAssetSize() finds no size in "${text.slice(0, 40)}"`, () => {
    const size = parseAssetSize(text);
    assert.equal(size.problem, problem);
    assert.equal(size.quantity, null);
    assert.equal(size.unit, null);
    assert.equal(sizeIn(size, "parameters"), null);
  });
}

Deno.test("parseAssetSize() keeps all numbers, which are in brackets, active or approximate", () => {
  const { of } = parseAssetSize("over 61B parameters (of them 6.6B active), 2T tokens");
  assert.deepEqual(of, [
    { quantity: 61e9, unit: "parameters", aside: false, not: null, approximate: true },
    { quantity: 6.6e9, unit: null, aside: true, not: "active", approximate: false },
    { quantity: 2e12, unit: "tokens", aside: false, not: null, approximate: false },
  ]);
});

Deno.test("sizeIn() takes the largest outside brackets, else in them, else none", () => {
  const audio = parseAssetSize("650K hours audio (60TB)");
  assert.equal(sizeIn(audio, "bytes"), 60e12);
  assert.equal(sizeIn(audio, "hours"), 650e3);
  assert.equal(sizeIn(audio, "tokens"), null);
  assert.equal(sizeIn(parseAssetSize("3TB text (9TB raw), 5TB images"), "bytes"), 5e12);
});

Deno.test("parseAssetSize() reads any decimal with any scale and noun back", () => {
  const scales: [string, number][] = [["", 1], ["K", 1e3], ["M", 1e6], ["B", 1e9], ["T", 1e12]];
  const nouns = ["parameters", "tokens", "images", "hours", "tasks", "words"] as const;
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 999_999 }),
      fc.integer({ min: 0, max: 3 }),
      fc.constantFrom(...scales),
      fc.constantFrom(...nouns),
      (digits, decimals, [scale, factor], noun) => {
        const number = (digits / 10 ** decimals).toFixed(decimals);
        const { quantity, unit, problem } = parseAssetSize(`${number}${scale} ${noun}`);
        assert.deepEqual([problem, unit], [null, noun]);
        assert.ok(Math.abs(quantity! / (digits / 10 ** decimals * factor) - 1) < 1e-12);
      },
    ),
    { seed: 1 },
  );
});

Deno.test("parseAssetSize() gives a positive number or a problem, and never throws, when the text is any", () => {
  const word = fc.oneof(
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.constantFrom(
      "7B",
      "8x7B",
      "(",
      ")",
      "1,5",
      "-",
      "–",
      "to",
      "GB",
      "tokens",
      "%",
      "[[",
      "]](",
      "__proto__",
      "constructor",
      "=cmd()",
      "<script>",
      "1e9",
      "..",
      "٣B",
    ),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }).map((words) => words.join(" ")), (text) => {
      const { quantity, problem, of } = parseAssetSize(text);
      assert.equal(quantity === null, problem !== null);
      for (const part of of) assert.ok(part.quantity > 0 && Number.isFinite(part.quantity));
      if (quantity !== null) assert.ok(of.some((part) => part.quantity === quantity));
    }),
    { numRuns: 500, seed: 1 },
  );
});

Deno.test("parseAssetSize() takes time in proportion when the text is long and hostile", () => {
  const pieces = [
    "(",
    "1,",
    "1 ",
    "9",
    "[[",
    "[[a]](",
    " ",
    "1.",
    "http://",
    "1 - ",
    "(a ",
    "1B ",
    "x",
    "e+",
    "1e",
    "8x",
  ];
  for (const piece of pieces) {
    const times = [40_000, 160_000].map((length) => {
      const text = piece.repeat(Math.ceil(length / piece.length));
      const start = performance.now();
      parseAssetSize(text);
      return performance.now() - start;
    });
    // Four times the length; sixteen times the time would be quadratic, and a second far beyond.
    assert.ok(times[1] < 1000 + 8 * times[0], `${JSON.stringify(piece)}: ${times} ms`);
  }
});
